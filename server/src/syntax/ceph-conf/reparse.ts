/**
 * Parsing after an edit. What a section of ceph.conf reads as depends on its own text alone, so the sections before the
 * edit are taken over, those after it are moved, and only what lies between is read. The tree's parts spare a look at each
 * line that is taken over.
 */
import { detached } from '../detached.js';
import { editBetween, firstFrom } from '../edit-between.js';
import { shift } from '../span.js';
import { parseWithGrammar } from './grammar-parser.js';
import { parseLines } from './line-parser.js';
import { parseCephConf } from './parse.js';
import { opensLine, partsOf, treeOfParts } from './parts.js';
import { countLineEnds } from './places.js';
import type { ConfNode, ConfPart, ConfProblem, ConfTree } from './tree.js';

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

  const { era, parts } = before;
  const first = sectionBefore(before, edit.start);
  const last = sectionBehind(before, edit.oldEnd, text, by);
  if (first.at === 0 && last === null) return null;
  const { at } = first;
  const oldEnd = last?.at ?? before.text.length;
  const end = oldEnd + by;
  const lines = countLineEnds(text, at, end) - countLineEnds(before.text, at, oldEnd);

  const read = parsePart(era, text.slice(at, end), first.line);
  // Without sections behind the edit, what is said of the text's end is said again.
  const change: Change = { at, oldEnd: last === null ? Number.POSITIVE_INFINITY : oldEnd, by };
  const problems = joinProblems(before, read, change, lines);
  if (problems === null) return null;
  if (era === 'C' && isBareKey(parts, at)) return null;
  if (era === 'C' && last !== null && (isBareKey(parts, oldEnd) || isBareKey(read.parts, end))) return null;
  if (era === 'B' && sharesSections(before, read, first, last)) return null;
  const abortsAt = era === 'C' ? joinAborts(before, read, text, change) : null;
  if (abortsAt === undefined) return null;

  const own = parts[first.part]?.nodes.slice(0, first.index) ?? [];
  for (const node of read.nodes) own.push(node.moved(at, 0));
  const rest = last === null || last.index === 0 ? [] : (parts[last.part]?.nodes.slice(last.index) ?? []);
  for (const node of rest) own.push(by === 0 && lines === 0 ? node : node.moved(by, lines));
  const head = parts.slice(0, first.part);
  const tail = last === null ? [] : parts.slice(last.index === 0 ? last.part : last.part + 1);
  const joined = [...head, ...partsOf(own, text), ...tail.map((part) => part.moved(by, lines))];
  return treeOfParts(era, text, joined, problems, abortsAt);
}

function parsePart(era: ConfTree['era'], part: string, firstLine: number): ConfTree {
  const text = detached(part);
  return era === 'C' ? parseWithGrammar(text, firstLine) : parseLines(text, era, era === 'A', firstLine);
}

// ---------------------------------------------------------------------------------------------------------------------
// Where to read

/** A node by its place among the parts. */
interface Spot {
  readonly part: number;
  readonly index: number;
  /** Its start in the text. */
  readonly at: number;
  readonly line: number;
}

const TEXT_START: Spot = { part: 0, index: 0, at: 0, line: 1 };

/** The last section whose first line ends before the edit; without one, the text's start. */
function sectionBefore({ parts, text }: ConfTree, edit: number): Spot {
  for (let part = partBefore(parts, edit); part >= 0; part--) {
    const { content, by, lines } = parts[part] ?? NOTHING;
    for (let index = firstNodeFrom(content, edit - by) - 1; index >= 0; index--) {
      const node = content[index];
      if (node?.kind !== 'section') continue;
      const { start, end } = node.span;
      if (end + by <= edit && opensLine(text, start + by)) {
        return { part, index, at: start + by, line: node.line + lines };
      }
    }
  }
  return TEXT_START;
}

/** The first section that starts behind the edit, and still does; null where there is none. */
function sectionBehind({ parts, text }: ConfTree, edit: number, edited: string, moved: number): Spot | null {
  for (let part = Math.max(0, partBefore(parts, edit)); part < parts.length; part++) {
    const { content, by, lines } = parts[part] ?? NOTHING;
    for (let index = firstNodeFrom(content, edit - by); index < content.length; index++) {
      const node = content[index];
      if (node?.kind !== 'section') continue;
      const at = node.span.start + by;
      if (opensLine(text, at) && opensLine(edited, at + moved)) return { part, index, at, line: node.line + lines };
    }
  }
  return null;
}

const NOTHING = { content: [], by: 0, lines: 0 };

/** Index of the last part that starts before an offset; -1: none does. */
function partBefore(parts: readonly ConfPart[], offset: number): number {
  return firstFrom(parts.length, (index) => parts[index]?.start ?? 0, offset) - 1;
}

/** Index of the first node that starts at an offset or behind it. */
function firstNodeFrom(nodes: readonly ConfNode[], offset: number): number {
  return firstFrom(nodes.length, (index) => nodes[index]?.span.start ?? 0, offset);
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
function sharesSections({ parts }: ConfTree, read: ConfTree, first: Spot, last: Spot | null): boolean {
  const names = new Set(read.parts.flatMap((part) => [...namesIn(part.content)]));
  const own = parts.slice(first.part, last === null ? parts.length : last.part + 1).flatMap((part) => part.content);
  const behind = own.length - (last === null ? 0 : (parts[last.part]?.content.length ?? 0) - last.index);
  for (const name of namesIn(own.slice(first.index, behind))) names.add(name);
  const known = [namesIn(own.slice(0, first.index)), namesIn(own.slice(behind))];
  const others = [...parts.slice(0, first.part), ...(last === null ? [] : parts.slice(last.part + 1))];
  for (const name of names) {
    if (known.some((there) => there.has(name)) || others.some(({ content }) => namesOf(content).has(name))) return true;
  }
  return false;
}

/** The sections that lines stand in, or begin. */
function namesIn(nodes: readonly ConfNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    if (node.kind === 'section') names.add(node.name);
    else if (node.kind === 'key') names.add(node.section);
  }
  return names;
}

/** Those of a part's lines. */
const namesOf = (() => {
  const known = new WeakMap<readonly ConfNode[], ReadonlySet<string>>();
  return (content: readonly ConfNode[]): ReadonlySet<string> => {
    const names = known.get(content) ?? namesIn(content);
    known.set(content, names);
    return names;
  };
})();

/** A key before an offset, and no section: that one follows it is what the grammar complains about, at the section. */
function isBareKey(parts: readonly ConfPart[], offset: number): boolean {
  let key = false;
  for (const { content, by } of parts) {
    for (const { kind, span } of content) {
      if (span.start + by >= offset) return key;
      if (kind === 'section') return false;
      key ||= kind === 'key';
    }
  }
  return key;
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
