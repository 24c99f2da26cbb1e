/** What a selection grows to: a value, its option, its section or drive, the file. */
import type { ConfTree, KeyNode } from '../syntax/ceph-conf/tree.js';
import { firstFrom } from '../syntax/edit-between.js';
import { type Span, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { keyEnd, nodeAt, sectionAt } from './conf-sections.js';
import { commandAt } from './places.js';

/** From the innermost outwards; each holds the one before it and more. The last is the whole text. */
export function selectionRanges(analysis: DocumentAnalysis, offset: number): readonly Span[] {
  const spans =
    analysis.kind === 'skipped'
      ? []
      : analysis.kind === 'conf'
        ? confSpans(analysis.tree, offset)
        : commandSpans(analysis, offset);
  return nested([...spans, { start: 0, end: analysis.text.length }], offset);
}

function confSpans(tree: ConfTree, offset: number): Span[] {
  const node = nodeAt(tree, offset);
  const section = sectionAt(tree, offset);
  const spans: Span[] = [];
  if (node?.kind === 'key') spans.push(...keySpans(node));
  else if (node?.kind === 'comment') spans.push(node.textSpan);
  else if (node?.kind === 'section') spans.push(node.nameSpan);
  if (section !== undefined) spans.push(section.span);
  return spans;
}

function keySpans(node: KeyNode): Span[] {
  const { keySpan, valueSpan, comment } = node;
  return [
    keySpan,
    valueSpan,
    ...(comment === null ? [] : [comment, { start: keySpan.start, end: comment.end }]),
    { start: keySpan.start, end: keyEnd(node) },
  ];
}

function commandSpans(analysis: CommandDocumentAnalysis, offset: number): Span[] {
  const found = commandAt(analysis, offset);
  if (found === undefined) return [];
  const own = offset - found.base;
  const spans: Span[] = [{ start: 0, end: found.command.text.length }, found.command.program, ...wordSpans(found, own)];
  for (const { syntax } of [...found.trace.drives, ...found.trace.others]) {
    if (!touches(syntax.span, own)) continue;
    spans.push(syntax.span);
    for (const { keySpan, valueSpan, span } of [...syntax.options, ...(syntax.jsonMembers ?? [])]) {
      if (touches(span, own)) spans.push(keySpan, valueSpan, span);
    }
    const { name } = syntax;
    if (name === null || !touches(name.span, own)) continue;
    spans.push(name.span, ...imageSpans(name));
    for (const { keySpan, valueSpan, span } of name.options) {
      if (touches(span, own)) spans.push(keySpan, valueSpan, span);
    }
  }
  return spans.map(({ start, end }) => ({ start: start + found.base, end: end + found.base }));
}

/** The parts of `pool/namespace/image@snapshot`, and all of it. */
function imageSpans(name: {
  readonly poolSpan: Span | null;
  readonly namespaceSpan: Span | null;
  readonly imageSpan: Span | null;
  readonly snapshotSpan: Span | null;
}): readonly Span[] {
  const parts = [name.poolSpan, name.namespaceSpan, name.imageSpan, name.snapshotSpan].filter((part) => part !== null);
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return [];
  return [...parts, { start: first.start, end: last.end }];
}

/** The word, quotes and all, and with it the flag whose argument it is. */
function wordSpans({ command: { words } }: CommandAnalysis, offset: number): readonly Span[] {
  const at = firstFrom(words.length, (index) => words[index]?.span.end ?? 0, offset);
  const word = words[at];
  if (word === undefined || !touches(word.span, offset)) return [];
  const isFlag = (index: number): boolean => /^--?[A-Za-z]/.test(words[index]?.value.text ?? '');
  const [flag, argument] = isFlag(at) ? [word, isFlag(at + 1) ? undefined : words[at + 1]] : [words[at - 1], word];
  if (flag === undefined || argument === undefined || !/^--?[A-Za-z]/.test(flag.value.text)) return [word.span];
  return [word.span, { start: flag.span.start, end: argument.span.end }];
}

/** Of these spans those around the offset, each in the next; empty ones and those that cross others are left out. */
function nested(spans: readonly Span[], offset: number): readonly Span[] {
  const length = ({ start, end }: Span): number => end - start;
  const around = spans.filter((span) => touches(span, offset)).sort((a, b) => length(a) - length(b));
  const kept: Span[] = [];
  for (const span of around) {
    const inner = kept.at(-1);
    if (length(span) === 0) continue;
    if (inner === undefined || (span.start <= inner.start && inner.end <= span.end && length(span) > length(inner))) {
      kept.push(span);
    }
  }
  return kept.length === 0 ? [{ start: offset, end: offset }] : kept;
}
