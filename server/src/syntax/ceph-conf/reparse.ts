/**
 * Parsing after an edit. What a section of ceph.conf reads as depends on its own text alone, so the sections before the
 * edit are taken over, those after it are moved, and only what lies between is read.
 */
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
  const start = commonPrefix(before.text, text);
  const kept = Math.min(commonSuffix(before.text, text), before.text.length - start, text.length - start);
  const by = text.length - before.text.length;

  const first = sectionBefore(before, start);
  const last = sectionBehind(before, before.text.length - kept, text, by);
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
  // A copy: a piece of a text keeps the whole of it in memory, and pieces of ever more texts would come together.
  const text = [part.slice(0, 1), part.slice(1)].join('');
  return era === 'C' ? parseWithGrammar(text, firstLine) : parseLines(text, era, era === 'A', firstLine);
}

// ---------------------------------------------------------------------------------------------------------------------
// The parts

/** Index of the last section whose first line ends before the edit; -1: none. */
function sectionBefore({ nodes, text }: ConfTree, edit: number): number {
  for (let i = firstFrom(nodes, edit) - 1; i >= 0; i--) {
    const node = nodes[i];
    if (node?.kind !== 'section') continue;
    const { start, end } = node.span;
    if (end <= edit && opensLine(text, start)) return i;
  }
  return -1;
}

/** Index of the first section that starts behind the edit, and still does; the number of nodes where there is none. */
function sectionBehind({ nodes, text }: ConfTree, edit: number, edited: string, by: number): number {
  for (let i = firstFrom(nodes, edit); i < nodes.length; i++) {
    const node = nodes[i];
    if (node?.kind !== 'section') continue;
    const { start } = node.span;
    if (opensLine(text, start) && opensLine(edited, start + by)) return i;
  }
  return nodes.length;
}

/** Index of the first node that starts at an offset or behind it. */
function firstFrom(nodes: readonly ConfNode[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
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

// ---------------------------------------------------------------------------------------------------------------------
// The edit

/** Texts are compared in pieces of this length, which takes far less time than letter by letter. */
const PIECE = 4_096;

function commonPrefix(a: string, b: string): number {
  return commonLength(a, b, (text, from, to) => text.slice(from, to));
}

function commonSuffix(a: string, b: string): number {
  return commonLength(a, b, (text, from, to) => text.slice(text.length - to, text.length - from));
}

/** `part` gives a text's characters from one count to another, seen from the end that the texts may share. */
function commonLength(a: string, b: string, part: (text: string, from: number, to: number) => string): number {
  const most = Math.min(a.length, b.length);
  const same = (from: number, to: number): boolean => part(a, from, to) === part(b, from, to);
  let low = 0;
  while (low + PIECE <= most && same(low, low + PIECE)) low += PIECE;
  let high = Math.min(low + PIECE, most);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (same(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
