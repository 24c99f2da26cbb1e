/** What is known of a document after analysis. Spans are offsets into the document that their address names. */

import type { Severity } from '../rules/rule.js';
import type { CommandTrace, DriveTrace, ReleasePair } from '../simulate/model.js';
import type { ConfFile, ConfTree } from '../syntax/ceph-conf/tree.js';
import type { QemuCommand } from '../syntax/commands.js';
import type { Suppression } from '../syntax/directives.js';
import type { MappedText } from '../syntax/mapped-text.js';
import type { Span } from '../syntax/span.js';
import type { LineUses } from './line-uses.js';
import type { ReleasesInForce } from './releases.js';

export interface PlacedEdit {
  readonly address: string;
  readonly span: Span;
  readonly newText: string;
}

export interface PlacedFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly safe: boolean;
  readonly edits: readonly PlacedEdit[];
}

export interface PlacedNote {
  readonly address: string;
  readonly span: Span;
  readonly message: string;
}

/** A finding where it stands, with the severity that the user's settings and the certainty of the releases leave it. */
export interface PlacedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly address: string;
  readonly span: Span;
  readonly related: readonly PlacedNote[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  readonly fixes: readonly PlacedFix[];
}

/** A finding that is not shown, and the comment that turns it off. */
export interface SuppressedFinding {
  readonly finding: PlacedFinding;
  readonly comment: Suppression;
}

/** One QEMU command line; spans in its trace are relative to `base`. */
export interface CommandAnalysis {
  readonly command: QemuCommand;
  readonly base: number;
  readonly end: number;
  readonly trace: CommandTrace;
  /** The same command, with the same files, in other releases. `only`: argument of the one drive that is asked for. */
  readonly inReleases: (pair: ReleasePair, only?: number) => CommandTrace;
  /** Other arguments, with the same files, environment and cluster, in the releases in force. */
  readonly withArguments: (args: readonly MappedText[]) => CommandTrace;
}

/** A folder that stands for the machine that QEMU runs on. */
export interface Root {
  readonly address: string;
  /** For people. */
  readonly shown: string;
  /** False where the user named it. */
  readonly guessed: boolean;
  /** `/etc/ceph`: the folder holds a ceph.conf, and nothing else of the machine. */
  readonly standsFor: '/' | '/etc/ceph';
}

/** Something the tool has to say about a comment meant for it. */
export interface Notice {
  readonly span: Span;
  readonly message: string;
}

interface AnalysisBase {
  readonly address: string;
  readonly text: string;
  readonly releases: ReleasesInForce;
  /** In the order of the text. */
  readonly findings: readonly PlacedFinding[];
  /** In the order of the text. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly notices: readonly Notice[];
}

export interface CommandDocumentAnalysis extends AnalysisBase {
  readonly kind: 'command';
  readonly language: 'qemu-cmdline' | 'shellscript';
  readonly root: Root | null;
  readonly commands: readonly CommandAnalysis[];
}

/** A drive and where it stands. */
export interface PlacedDrive {
  readonly trace: DriveTrace;
  readonly label: string;
  readonly address: string;
  readonly span: Span;
  /** Start of its command in that document: the trace's spans count from here. */
  readonly base: number;
  /** Text of that command. */
  readonly text: string;
  readonly releases: ReleasesInForce;
}

export interface ConfDocumentAnalysis extends AnalysisBase {
  readonly kind: 'conf';
  readonly file: ConfFile;
  readonly tree: ConfTree;
  /** The drives that read this file. */
  readonly drives: readonly PlacedDrive[];
  /** What each line is to them. */
  readonly uses: LineUses;
}

/** A document that is not looked into: too large, or not what its name says. `reason` is null where nothing need be said. */
export interface SkippedDocument {
  readonly kind: 'skipped';
  readonly address: string;
  readonly text: string;
  readonly releases: ReleasesInForce;
  readonly reason: string | null;
}

export type DocumentAnalysis = CommandDocumentAnalysis | ConfDocumentAnalysis | SkippedDocument;
