/**
 * Parsing after an edit. What a section of ceph.conf reads as depends on its own text alone, so the sections before the
 * edit are taken over, those after it are moved, and only what lies between is read.
 */
import { detached } from '../detached.js';
import { editBetween, firstFrom } from '../edit-between.js';
import { shift } from '../span.js';
import { parseWithGrammar } from './grammar-parser.js';
import { parseLines } from './line-parser.js';
import { parseCephConf } from './parse.js';
import { countLineEnds } from './places.js';
import type { ConfNode, ConfProblem, ConfTree } from './tree.js';

const NON_ASCII = /[^\0-\x7f]/;

/** As {@link parseCephConf} of `text`, given the tree of a text that may be much like it. */
export function reparseCephConf(before: ConfTree, text: string): ConfTree {
  if (text === before.text) return before;
  return takeOver(before, text) ?? parseCephConf(text, before.era);
}

/** Null where the parts of the text cannot be told apart safely. */
function takeOver(before: ConfTree, text: string): ConfTree | null {
  // Line ends of two characters, halves of which an edit may touch.
  if (text.includes('\r') || before.text.includes('\r')) return null;
  const edit = editBetween(before.text, text);
  const by = text.length - before.text.length;

  const first = sectionBefore(before, edit.start);
  const last = sectionBehind(before, edit.oldEnd, text, by);
  const from = before.nodes[first];
  if (from === undefined) return null;
  const at = from.span.start;
  const oldEnd = before.nodes[last]?.span.start ?? before.text.length;
  const end = oldEnd + by;
  const lines = countLineEnds(text, at, end) - countLineEnds(before.text, at, oldEnd);

  const read = parsePart(before.era, text.slice(at, end), from.line);
  // Without sections behind the edit, what is said of the text's end is said again.
  const change: Change = { at, oldEnd: last < before.nodes.length ? oldEnd : Number.POSITIVE_INFINITY, by };
  const problems = joinProblems(before, read, change, lines);
  if (problems === null) return null;
  const head = before.nodes.slice(0, first);
  if (before.era === 'C' && isBareKey(head)) return null;
  const old = before.nodes.slice(first, last);
  const tail = before.nodes.slice(last);
  if (before.era === 'B' && sharesSections([...old, ...read.nodes], head, tail)) return null;
  const abortsAt = before.era === 'C' ? joinAborts(before, read, text, change) : null;
  if (abortsAt === undefined) return null;

  const nodes = head;
  for (const node of read.nodes) nodes.push(node.moved(at, 0));
  for (const node of tail) nodes.push(node.moved(by, lines));
  return { era: before.era, text, nodes, problems, rejected: before.era === 'C' && problems.length > 0, abortsAt };
}

function parsePart(era: ConfTree['era'], part: string, firstLine: number): ConfTree {
  const text = detached(part);
  return era === 'C' ? parseWithGrammar(text, firstLine) : parseLines(text, era, era === 'A', firstLine);
}

// ---------------------------------------------------------------------------------------------------------------------
// The parts

/** Index of the last section whose first line ends before the edit; -1: none. */
function sectionBefore({ nodes, text }: ConfTree, edit: number): number {
  for (let i = firstNodeFrom(nodes, edit) - 1; i >= 0; i--) {
    const node = nodes[i];
    if (node?.kind !== 'section') continue;
    const { start, end } = node.span;
    if (end <= edit && opensLine(text, start)) return i;
  }
  return -1;
}

/** Index of the first section that starts behind the edit, and still does; the number of nodes where there is none. */
function sectionBehind({ nodes, text }: ConfTree, edit: number, edited: string, by: number): number {
  for (let i = firstNodeFrom(nodes, edit); i < nodes.length; i++) {
    const node = nodes[i];
    if (node?.kind !== 'section') continue;
    const { start } = node.span;
    if (opensLine(text, start) && opensLine(edited, start + by)) return i;
  }
  return nodes.length;
}

/** Index of the first node that starts at an offset or behind it. */
function firstNodeFrom(nodes: readonly ConfNode[], offset: number): number {
  return firstFrom(nodes.length, (index) => nodes[index]?.span.start ?? 0, offset);
}

/** True for a bracket at a line's start that is no continuation of the line before. */
function opensLine(text: string, at: number): boolean {
  return text[at] === '[' && (at === 0 || (text[at - 1] === '\n' && text[at - 2] !== '\\'));
}

// ---------------------------------------------------------------------------------------------------------------------
// What the parts share

interface Change {
  /** Start of the part that is read again. */
  readonly at: number;
  /** Its end in the text before; infinite where that is the text's. */
  readonly oldEnd: number;
  readonly by: number;
}

/** Null where a problem speaks of more than its own part. */
function joinProblems(
  before: ConfTree,
  read: ConfTree,
  { at, oldEnd, by }: Change,
  lines: number,
): readonly ConfProblem[] | null {
  const problems: ConfProblem[] = [];
  const tail: ConfProblem[] = [];
  for (const problem of before.problems) {
    if (isAboutBytes(before, problem)) return null;
    if (problem.span.start >= oldEnd) {
      // Its message names the line.
      if (lines !== 0) return null;
      tail.push({ ...problem, span: shift(problem.span, by) });
    } else if (problem.span.start < at) {
      if (problem.span.end > at) return null;
      problems.push(problem);
    }
  }
  for (const problem of read.problems) {
    if (isAboutBytes(read, problem)) return null;
    problems.push({ ...problem, span: shift(problem.span, at) });
  }
  problems.push(...tail);
  return problems;
}

/** The grammar looks at all bytes of a file before it reads anything. */
function isAboutBytes({ era }: ConfTree, { code }: ConfProblem): boolean {
  return era === 'C' && code === 'not-utf8';
}

/** True where a section that was read again stands elsewhere too: which of its keys come twice is then not known. */
function sharesSections(read: readonly ConfNode[], head: readonly ConfNode[], tail: readonly ConfNode[]): boolean {
  const names = new Set<string>();
  for (const node of read) if (node.kind === 'section') names.add(node.name);
  const stands = (node: ConfNode): boolean =>
    (node.kind === 'section' && names.has(node.name)) || (node.kind === 'key' && names.has(node.section));
  return head.some(stands) || tail.some(stands);
}

/** A key before all sections: that one follows it is what the grammar complains about, at the section. */
function isBareKey(head: readonly ConfNode[]): boolean {
  return head.some(({ kind }) => kind === 'key') && !head.some(({ kind }) => kind === 'section');
}

/** Undefined where it takes reading what follows: only up to the first complaint does the grammar meet anything. */
function joinAborts(
  before: ConfTree,
  read: ConfTree,
  text: string,
  { at, oldEnd, by }: Change,
): ConfTree['abortsAt'] | undefined {
  const { abortsAt, problems } = before;
  const complains = (from: number, to: number): boolean =>
    problems.some(({ span }) => span.start >= from && span.start < to);
  if (abortsAt !== null && abortsAt.start < at) return abortsAt;
  if (complains(0, at)) return null;
  if (read.abortsAt !== null) return shift(read.abortsAt, at);
  if (read.problems.length > 0) return null;
  const hidden = complains(at, oldEnd) || (abortsAt !== null && abortsAt.start < oldEnd);
  if (hidden) return NON_ASCII.test(text.slice(oldEnd + by)) ? undefined : null;
  return abortsAt === null ? null : shift(abortsAt, by);
}
