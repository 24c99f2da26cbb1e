/** What a rule is, and what it may look at. Rules read traces and trees; they never decide who wins. */
import type { Vendor } from '../catalog/releases.js';
import type { CommandTrace, DriveTrace, ReleasePair } from '../simulate/model.js';
import type { ConfFile, ConfTree } from '../syntax/ceph-conf/tree.js';
import type { CommandWord } from '../syntax/commands.js';
import type { Suppression } from '../syntax/directives.js';
import type { Span } from '../syntax/span.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A place in the command that is looked at, or in a ceph.conf named by {@link ConfFile.id}. */
export type Location =
  | { readonly in: 'command'; readonly span: Span }
  | { readonly in: 'file'; readonly file: string; readonly span: Span };

export interface TextEdit {
  readonly at: Location;
  readonly newText: string;
}

/** A quick fix: edits that are made together. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
  /** May be part of "fix all": changes nothing that other programs read, and loses nothing. */
  readonly safe: boolean;
}

export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly { readonly at: Location; readonly message: string }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  readonly fixes: readonly Fix[];
}

/** A command line in view. `text` is what its spans count in; `language` tells how words are quoted there. */
export interface CommandView {
  readonly trace: CommandTrace;
  readonly text: string;
  /** The word that names QEMU; empty where the document holds arguments only, and perhaps not all of them. */
  readonly program: Span;
  /** How each of QEMU's arguments is written. */
  readonly words: readonly CommandWord[];
  readonly language: 'qemu-cmdline' | 'shellscript';
}

/** Looks at one command line (all its drives). */
export interface CommandRuleContext {
  readonly command: CommandView;
  readonly releases: ReleasePair;
  /** Simulates an edited command, or the same command with an edited file. */
  simulateEdited(edits: readonly TextEdit[]): CommandTrace;
}

/** A drive that reads the file in view, wherever its text stands. */
export interface DriveOfFile {
  readonly trace: DriveTrace;
  /** Names the drive for people: `drive-virtio-disk1 (volumes/volume-512c…)`. */
  readonly label: string;
  /** Address of the document the drive stands in, and the drive's span there. */
  readonly document: string;
  readonly span: Span;
  /** Its command, which the spans of the trace count in. */
  readonly text: string;
}

/** Looks at one ceph.conf, with the drives that read it. */
export interface ConfRuleContext {
  readonly file: ConfFile;
  readonly tree: ConfTree;
  readonly releases: ReleasePair;
  readonly drives: readonly DriveOfFile[];
  /** Names that the user vouches for, options of other programs; one that ends in `*` stands for all that begin so. */
  readonly allowedOptions: readonly string[];
}

/** The row of a rule in the table that settings, documentation and tests derive from. */
export interface RuleInfo {
  readonly id: string;
  readonly severity: Severity;
  /** One line: what it states. */
  readonly statement: string;
  /** Releases in which its condition can be met at all; absent: in all that are known. A test holds the rule to it. */
  readonly holds?: Holds;
  /** True where it compares a ceph.conf with the drives that read it: silent where one of the two is not in view. */
  readonly compares?: true;
}

/** Both programs must be within their bounds. */
export interface Holds {
  readonly qemu?: ReleaseBounds;
  readonly librbd?: ReleaseBounds;
  readonly vendor?: Vendor;
}

/** Releases by their number, both included; an absent bound is none. `until` names a series or a point release. */
export interface ReleaseBounds {
  readonly since?: string;
  readonly until?: string;
}

export interface CommandRule extends RuleInfo {
  readonly looksAt: 'command';
  check(context: CommandRuleContext): Iterable<Finding>;
}

export interface ConfRule extends RuleInfo {
  readonly looksAt: 'conf';
  check(context: ConfRuleContext): Iterable<Finding>;
}

/** Looks at the comments that turn findings off, when all other rules have been heard. */
export interface CommentRuleContext {
  /** Address of the document, for places in it. */
  readonly document: string;
  readonly text: string;
  readonly releases: ReleasePair;
  readonly comments: readonly Suppression[];
  readonly ruleIds: ReadonlySet<string>;
  /** False where nobody can tell whether the rule finds something here: it is off, or what it looks at is not in view. */
  isHeard(rule: string): boolean;
  /** True where the comment turns a finding of the rule off. */
  silences(comment: Suppression, rule: string): boolean;
}

export interface CommentRule extends RuleInfo {
  readonly looksAt: 'comments';
  check(context: CommentRuleContext): Iterable<Finding>;
}

export type Rule = CommandRule | ConfRule | CommentRule;
