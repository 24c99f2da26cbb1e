/**
 * The words of the simulation: what a run of the real programs would do with a drive, and why.
 * Every view (hover, diagnostic, hint, report) reads these; none of them decides anything by itself.
 *
 * Spans of kind "argument" are offsets into the text the arguments were read from, relative to its command; spans of
 * kind "file" are offsets into that file's text.
 */
import type { CephRelease, QemuRelease, Vendor } from '../catalog/releases.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import type { MappedText } from '../syntax/mapped-text.js';
import type { Span } from '../syntax/span.js';

// ---------------------------------------------------------------------------------------------------------------------
// Input

/** What one look at a path gives. `unknown`: the path may exist, but nobody was allowed to look. */
export type FileLookup =
  | { readonly status: 'file'; readonly file: ConfFile }
  | { readonly status: 'missing' | 'unreadable' | 'directory' | 'unknown' };

/** The file system of the machine that QEMU runs on, as far as it is known. Paths are absolute and normalised. */
export interface FileSystem {
  lookUp(path: string): FileLookup;
  /** The file that a secret object names, where other rules hold for such files; absent: as for any file. */
  lookUpSecret?(path: string): FileLookup;
}

/** What the QEMU process inherits. */
export interface ProcessEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly home: string;
  readonly pid: number | null;
  readonly host: string | null;
}

/** What somebody read from the running cluster; null: nobody said. Options with underscores. */
export interface ClusterSettings {
  /** `ceph config dump`. */
  readonly ofMonitors:
    | readonly {
        readonly section: string;
        readonly mask: string;
        readonly option: string;
        readonly value: string;
      }[]
    | null;
  /** Only what the pool keeps itself. */
  ofPool(pool: string): readonly { readonly option: string; readonly value: string }[] | null;
  /** Only what the image keeps itself. */
  ofImage(image: ImageName): readonly { readonly option: string; readonly value: string }[] | null;
}

/** Places outside of the text that somebody has looked at: what they hold is in the configuration. */
export interface Looked {
  readonly monitors: boolean;
  readonly pool: boolean;
  readonly image: boolean;
  readonly environment: boolean;
}

export interface ReleasePair {
  readonly qemu: QemuRelease;
  readonly librbd: CephRelease;
  readonly vendor: Vendor;
}

export interface SimulationInput {
  /** QEMU's arguments after the shell, without the program's name. */
  readonly args: readonly MappedText[];
  readonly releases: ReleasePair;
  readonly files: FileSystem;
  readonly environment: ProcessEnvironment;
  /** Absent: nobody looked. */
  readonly cluster?: ClusterSettings | undefined;
  /** Index of the argument that holds the one drive to open; all are opened without it. */
  readonly only?: number | undefined;
}

// ---------------------------------------------------------------------------------------------------------------------
// Where a value came from, and who won

/** librados 13 and later, weakest first. Before 13 there is one slot an option; the level says what wrote it last. */
export const LEVELS = ['default', 'mon', 'file', 'env', 'cmdline', 'override', 'final'] as const;
export type Level = (typeof LEVELS)[number];

export type Place =
  | { readonly kind: 'release' }
  /** `path` as it was opened; `line` from 1; `span` covers the key, blanks and value; `keySpan`, `valueSpan` its parts. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly line: number;
      readonly span: Span;
      readonly keySpan: Span;
      readonly valueSpan: Span;
      readonly section: string;
    }
  /** `argument` counts the arguments from 0; `offset` is that of the value in the decoded argument. */
  | {
      readonly kind: 'argument';
      readonly argument: number;
      readonly offset: number;
      readonly span: Span;
      readonly valueSpan: Span;
    }
  | { readonly kind: 'environment'; readonly variable: string }
  /** Kept by the cluster itself, as somebody read it there. `section`: of the monitors' database, such as `client.vm1`. */
  | {
      readonly kind: 'cluster';
      readonly keptBy: 'monitors' | 'pool' | 'image';
      readonly section: string | null;
    }
  /** QEMU itself: `rbd_cache` from the cache mode (the span is what decided the mode, if the text says so). */
  | {
      readonly kind: 'qemu';
      readonly because: 'cache-mode' | 'server' | 'secret' | 'auth' | 'vendor';
      readonly argument: number;
      readonly span: Span | null;
    };

/** A value for an option from one source. */
export interface Candidate {
  readonly option: string;
  /** As it stands in the source. */
  readonly written: string;
  /** As `rados_conf_get` prints it; null where this release refuses it (the option keeps its earlier value). */
  readonly value: string | null;
  readonly level: Level;
  readonly place: Place;
  /** Why it was refused: the errno (negative) and the program's own words where a fact has them. */
  readonly refusal: { readonly errno: number; readonly message: string } | null;
  /** True where the written text holds a part that cannot be known (a shell variable). */
  readonly unknown: boolean;
  /**
   * A line that librados never looked at, because the file says it again in the same section ('duplicate') or in a more
   * specific one ('section'). Absent on the line that it took, accepted or not.
   */
  readonly superseded?: 'duplicate' | 'section';
}

/** All that was said about one option, in the order in which the programs met it; the release's default comes first. */
export interface OptionTrace {
  readonly option: string;
  readonly candidates: readonly Candidate[];
  readonly winner: Candidate;
}

/** The configuration of one connection. A live view while QEMU opens the drive, frozen from `rados_connect` on. */
export interface ConfigTrace {
  /** As `rados_conf_get` prints it; undefined for an option that this release does not know. */
  get(option: string): string | undefined;
  /** Undefined for an option that this release does not know. */
  trace(option: string): OptionTrace | undefined;
  /** The winner of {@link trace} alone, for those who ask for many options. */
  inForce(option: string): Candidate | undefined;
  /** Names of the options that some source other than the release speaks of, accepted or refused. */
  mentioned(): readonly string[];
}

// ---------------------------------------------------------------------------------------------------------------------
// librados as QEMU sees it

/** One `rados_conf_read_file`. */
export interface FileRead {
  /** What the caller asked for; null for the default search. */
  readonly requested: string | null;
  /** Each path looked at, in order, with what was found. */
  readonly searched: readonly { readonly path: string; readonly status: FileLookup['status'] }[];
  /** The file that was read, even where its content was refused; null where none was found. */
  readonly taken: { readonly path: string; readonly file: ConfFile } | null;
  /** 0 or a negative errno. */
  readonly returned: number;
  /** True where a file that could not be looked at might change the answer. */
  readonly uncertain: boolean;
  /** Debian's 16.2.15 aborts the whole process on some texts: the reason, else null. */
  readonly abort: string | null;
}

/** A librados connection handle before `rados_connect`, as the simulation of QEMU drives it. */
export interface Cluster extends ConfigTrace {
  /** `client.<id>`. */
  readonly identity: string;
  readonly reads: readonly FileRead[];
  /** What librados prints before `rados_create` ends the whole process (CEPH_ARGS without a value), else null. */
  readonly exits: string | null;
  /** `path` null: the release's default search. Returns 0 or a negative errno. */
  readFile(path: string | null): FileRead;
  /** Returns 0 or a negative errno. */
  set(option: string, value: string, place: Place): number;
}

export interface LibradosContext {
  readonly release: CephRelease;
  readonly files: FileSystem;
  readonly environment: ProcessEnvironment;
}

/** `rados_create(id)`; null is `admin`. */
export type CreateCluster = (context: LibradosContext, id: string | null) => Cluster;

// ---------------------------------------------------------------------------------------------------------------------
// Outcome

export type WritePolicy = 'off' | 'writethrough' | 'writeback' | 'writearound';
export type Safety = 'safe' | 'flush-safe' | 'unsafe';

/** What QEMU makes of the cache mode and the device for the guest. */
export interface GuestCache {
  readonly direct: boolean;
  readonly noFlush: boolean;
  readonly writeback: boolean;
  /** Whether the guest is shown a volatile write cache. */
  readonly writeCache: boolean;
  readonly flushedBy: 'guest' | 'qemu' | 'nobody';
}

/** The resulting behaviour of one drive; these are its JSON names. Sizes in bytes, ages in seconds; null: does not apply. */
export interface Outcome {
  readonly rbdCache: 'on' | 'off';
  readonly writePolicy: WritePolicy;
  /** Starts as write-through and changes at the guest's first flush. */
  readonly untilFirstFlush: boolean;
  /** That flush can never come (no-flush), so it stays write-through for good. */
  readonly staysWritethrough: boolean;
  readonly servesReads: boolean;
  readonly dirtyLimit: number | null;
  readonly targetDirty: number | null;
  readonly maxDirtyAge: number | null;
  readonly size: number | null;
  readonly guest: GuestCache;
  readonly safety: Safety;
  readonly safetyReason: string;
  /** What static text cannot show, one sentence each. Never empty. */
  readonly assumes: readonly string[];
}

// ---------------------------------------------------------------------------------------------------------------------
// QEMU

export type Call =
  | readonly ['rados_create', string | null]
  | readonly ['rados_conf_set', string, string, number]
  | readonly ['rados_conf_read_file', string | null, number]
  | readonly ['rados_connect'];

export interface ImageName {
  readonly pool: string;
  readonly namespace: string;
  readonly image: string;
  readonly snapshot: string | null;
  readonly user: string | null;
}

export type ErrorStage = 'args' | 'filename' | 'conf' | 'open' | 'crash';

/** QEMU's refusal. `code` is stable, for rules; `message` is QEMU's own where a fact has it. */
export interface DriveError {
  readonly stage: ErrorStage;
  readonly code: string;
  readonly message: string;
  /** The place that caused it, in the command; null where it is the drive as a whole. */
  readonly span: Span | null;
}

/** One `key=value` of a `-drive`, or one member of a `-blockdev` with its dotted path, as QEMU reads it. */
export interface DriveOption {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** Which one counts where a key is repeated: false for the losers. */
  readonly effective: boolean;
  readonly unknown: boolean;
}

/** One `:key=value` behind an `rbd:` name. `keyText` and `valueText` are unescaped. */
export interface NameOption {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly unknown: boolean;
}

/** An `rbd:` file name as this QEMU splits it. Part spans are null where the part is absent. */
export interface RbdNameSyntax {
  readonly span: Span;
  readonly poolSpan: Span | null;
  readonly namespaceSpan: Span | null;
  readonly imageSpan: Span | null;
  readonly snapshotSpan: Span | null;
  readonly options: readonly NameOption[];
}

export interface DriveSyntax {
  /** `-drive`, `-blockdev`, `-hda` …, as written. */
  readonly flag: string;
  readonly flagSpan: Span;
  /** Index of the argument that holds the drive. */
  readonly argument: number;
  /** The whole argument. */
  readonly span: Span;
  readonly form: 'drive' | 'blockdev' | 'json';
  readonly options: readonly DriveOption[];
  /** The members of a `json:` file name with their dotted paths; absent or empty where the drive has no such name. */
  readonly jsonMembers?: readonly DriveOption[];
  /** The `rbd:` name, where the drive is given by one. */
  readonly name: RbdNameSyntax | null;
  /** The drive's id, or the node-name. */
  readonly id: string | null;
}

/** QEMU's cache mode for a drive, and which words of the text made it. */
export interface CacheModeTrace {
  /** `none`, `writeback` …: the mode that these three booleans spell, for people. */
  readonly name: string;
  readonly direct: boolean;
  readonly noFlush: boolean;
  readonly writeback: boolean;
  /** What decided `direct`, hence `rbd_cache`; null: the release's default. */
  readonly decidedBy: Span | null;
  /** The release's default mode, in force because nothing was said. */
  readonly isDefault: boolean;
}

/** A part of the text that cannot be known but bears on the answer. */
export interface UnknownPart {
  readonly matters: 'cache-mode' | 'conf-file' | 'option-value' | 'image-name' | 'user' | 'name-syntax';
  readonly span: Span;
}

/** What QEMU prints and goes on (deprecations, notices), with its place. */
export interface QemuNotice {
  readonly code: string;
  readonly message: string;
  readonly span: Span | null;
}

export interface DriveTrace {
  readonly releases: ReleasePair;
  readonly syntax: DriveSyntax;
  /** Block nodes that are given by themselves and stand above this one; absent or empty where there are none. */
  readonly nodesAbove?: readonly DriveSyntax[];
  readonly image: ImageName;
  readonly cacheMode: CacheModeTrace;
  readonly calls: readonly Call[];
  readonly reads: readonly FileRead[];
  readonly error: DriveError | null;
  readonly notices: readonly QemuNotice[];
  readonly unknown: readonly UnknownPart[];
  /** The configuration at `rados_connect`; null where QEMU did not get that far. */
  readonly config: ConfigTrace | null;
  /** Null with an error before `open`, or where an unknown part decides. */
  readonly outcome: Outcome | null;
  /** Absent where QEMU does not get as far as librados. */
  readonly looked?: Looked;
  /** Where QEMU opens the image twice and the first open differs (only to guess its format): what that one did. */
  readonly firstOpen?: { readonly calls: readonly Call[]; readonly config: ConfigTrace } | null;
}

/** A drive that QEMU opens with another driver, or that cannot be known (`file=$disk`). */
export interface OtherDrive {
  readonly syntax: DriveSyntax;
  readonly why: 'not-rbd' | 'unknown';
}

/** One QEMU command line. */
export interface CommandTrace {
  readonly releases: ReleasePair;
  /** The RBD drives, in order of appearance. */
  readonly drives: readonly DriveTrace[];
  readonly others: readonly OtherDrive[];
  /** Why QEMU refuses the arguments as such, before or beside any RBD drive. */
  readonly error: DriveError | null;
}
