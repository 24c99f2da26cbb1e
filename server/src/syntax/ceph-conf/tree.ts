/**
 * ceph.conf as a lossless tree: the nodes, in order, cover every character of the text exactly once.
 * Three parser eras (source: ConfUtils.cc of 0.48.3, 0.56.7–14.2.16, 15.1.0–20.2.4).
 */
import type { Problem, Span } from '../span.js';

/** `A`: 0.48. `B`: 0.56 to 14.2, line by line. `C`: 15.2 on, one grammar for the whole file. */
export type ParserEra = 'A' | 'B' | 'C';

interface NodeBase {
  /** The whole logical line (joined lines included) with its line end. */
  readonly span: Span;
  /** Line number of its start, from 1. */
  readonly line: number;
  /** The same node as many characters and lines further on. */
  moved(by: number, lines: number): ConfNode;
}

export interface BlankNode extends NodeBase {
  readonly kind: 'blank';
}

export interface CommentNode extends NodeBase {
  readonly kind: 'comment';
  readonly textSpan: Span;
}

export interface SectionNode extends NodeBase {
  readonly kind: 'section';
  /** The name as this era stores it. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly comment: Span | null;
}

export interface KeyNode extends NodeBase {
  readonly kind: 'key';
  /** The section it is stored in. */
  readonly section: string;
  /** As this era stores it, to be compared with option names. */
  readonly key: string;
  readonly keySpan: Span;
  /** As this era stores it: unquoted, unescaped, trimmed. */
  readonly value: string;
  /** Without the quotes' outer blanks; an empty span after `=` where the value is empty. */
  readonly valueSpan: Span;
  readonly comment: Span | null;
  /** True where this line as such is lost (a dropped last line …): it is listed, and counts for nothing. */
  readonly lost: boolean;
}

/** A line that this era cannot read. */
export interface ErrorNode extends NodeBase {
  readonly kind: 'error';
}

export type ConfNode = BlankNode | CommentNode | SectionNode | KeyNode | ErrorNode;

/** Consecutive lines of a tree: all of it, or from one section to before another. */
export interface ConfPart {
  /** The lines as they were once read: the same array for as long as none of them is edited, wherever they stand by now. */
  readonly content: readonly ConfNode[];
  /** How many characters and lines further on they stand than `content` says. */
  readonly by: number;
  readonly lines: number;
  readonly start: number;
  /** The lines where they stand. */
  readonly nodes: readonly ConfNode[];
  /** One of `nodes`, without the others having to be made. */
  node(index: number): ConfNode | undefined;
  moved(by: number, lines: number): ConfPart;
}

/** The parser's own complaint. */
export interface ConfProblem extends Problem {
  readonly line: number;
  /** What is lost because of it. */
  readonly loses: 'line' | 'file' | 'process' | 'nothing';
}

export interface ConfTree {
  readonly era: ParserEra;
  readonly text: string;
  readonly nodes: readonly ConfNode[];
  /** The same nodes. What is done at each keystroke goes by them: most are those of the tree before. */
  readonly parts: readonly ConfPart[];
  readonly problems: readonly ConfProblem[];
  /** True where the era's parser refuses the file as a whole (-EINVAL): no value counts. */
  readonly rejected: boolean;
  /**
   * Era C: the first non-ASCII character that the parser meets outside comments and quotes, before its first complaint.
   * A parser built with Boost's assertions ends the process there; any other takes it as text. Null in other eras.
   */
  readonly abortsAt: Span | null;
}

/** A file's text, with its trees made once for each era. */
export interface ConfFile {
  /** Names the document for views (an address or a path). */
  readonly id: string;
  readonly text: string;
  tree(era: ParserEra): ConfTree;
}
