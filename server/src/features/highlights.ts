/** All places of what stands under the caret: an option under any spelling, a section, a drive's id and what uses it. */
import type { DriveSyntax } from '../simulate/model.js';
import type { ConfTree, KeyNode } from '../syntax/ceph-conf/tree.js';
import { type Span, shift, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { namesIn } from './command-names.js';
import { nodeAt } from './conf-sections.js';
import { commandAt } from './places.js';

export interface HighlightView {
  readonly span: Span;
  /** `write`: sets or names it; `read`: uses it. */
  readonly kind: 'write' | 'read';
}

/** Editors stand still over more. */
const MAX_HIGHLIGHTS = 2_000;

/** In the order of the text; empty where nothing has a name. */
export function highlightsAt(analysis: DocumentAnalysis, offset: number): readonly HighlightView[] {
  if (analysis.kind === 'skipped') return [];
  const found = analysis.kind === 'conf' ? inConf(analysis.tree, offset) : inCommands(analysis, offset);
  return found.slice(0, MAX_HIGHLIGHTS);
}

function inConf(tree: ConfTree, offset: number): readonly HighlightView[] {
  const node = nodeAt(tree, offset);
  if (node?.kind === 'section' && touches(node.nameSpan, offset)) {
    return tree.nodes.flatMap((other): HighlightView[] =>
      other.kind === 'section' && other.name === node.name ? [{ span: other.nameSpan, kind: 'write' }] : [],
    );
  }
  if (node?.kind !== 'key') return [];
  const option = touches(node.keySpan, offset)
    ? canonical(node.key)
    : variablesIn(tree.text, node).find(({ span }) => touches(span, offset))?.name;
  if (option === undefined || option === '') return [];
  return tree.nodes.flatMap((other): readonly HighlightView[] => {
    if (other.kind !== 'key') return [];
    const sets: HighlightView[] = canonical(other.key) === option ? [{ span: other.keySpan, kind: 'write' }] : [];
    if (!other.value.includes('$')) return sets;
    const uses = variablesIn(tree.text, other).filter(({ name }) => name === option);
    return [...sets, ...uses.map(({ span }): HighlightView => ({ span, kind: 'read' }))];
  });
}

/** Blanks, dashes and underscores between the words of an option's name mean the same. */
function canonical(key: string): string {
  return /[ \t-]/.test(key) ? key.replace(/[ \t-]+/g, '_') : key;
}

/** `$name` and `${name}` in a value. */
function variablesIn(text: string, { valueSpan }: KeyNode): readonly { readonly name: string; readonly span: Span }[] {
  const value = text.slice(valueSpan.start, valueSpan.end);
  return [...value.matchAll(/\$(?:\{([a-z_]+)\}|([a-z_]+))/g)].map((match) => {
    const start = valueSpan.start + match.index;
    return { name: match[1] ?? match[2] ?? '', span: { start, end: start + match[0].length } };
  });
}

function inCommands(analysis: CommandDocumentAnalysis, offset: number): readonly HighlightView[] {
  const command = commandAt(analysis, offset);
  if (command === undefined) return [];
  const own = offset - command.base;
  const user = usersIn(command).find(({ span }) => touches(span, own));
  // One client is used by many commands; all else is known to one QEMU process only.
  if (user !== undefined) {
    return analysis.commands.flatMap((other) =>
      usersIn(other).flatMap(({ name, span }): HighlightView[] =>
        name === user.name ? [{ span: shift(span, other.base), kind: 'read' }] : [],
      ),
    );
  }
  return sameName(command, own) ?? sameOption(command, own);
}

function sameName(command: CommandAnalysis, own: number): readonly HighlightView[] | null {
  const names = namesIn(command);
  const here = names.find(({ span }) => touches(span, own));
  if (here === undefined) return null;
  return names
    .filter(({ space, name }) => space === here.space && name === here.name)
    .map(({ span, gives }) => ({ span: shift(span, command.base), kind: gives ? 'write' : 'read' }));
}

/** The same key in all drives of the command. */
function sameOption(command: CommandAnalysis, own: number): readonly HighlightView[] {
  const keys = drivesOf(command).flatMap((syntax) => [
    ...syntax.options.map(({ key, keySpan }) => ({ key, span: keySpan, inName: false })),
    ...(syntax.name?.options.map(({ key, keySpan }) => ({ key: canonical(key), span: keySpan, inName: true })) ?? []),
  ]);
  const here = keys.findLast(({ span }) => span.end > span.start && touches(span, own));
  if (here === undefined) return [];
  return keys
    .filter(({ key, inName, span }) => key === here.key && inName === here.inName && span.end > span.start)
    .map(({ span }) => ({ span: shift(span, command.base), kind: 'write' }));
}

/** The ids of clients, as they are written. */
function usersIn({ trace, command }: CommandAnalysis): readonly { readonly name: string; readonly span: Span }[] {
  return trace.drives.flatMap(({ syntax }) =>
    [
      ...(syntax.name?.options.filter(({ key }) => key === 'id') ?? []),
      ...syntax.options.filter(({ key }) => /(^|\.)user$/.test(key)),
    ].map(({ valueSpan }) => ({ name: command.text.slice(valueSpan.start, valueSpan.end), span: valueSpan })),
  );
}

function drivesOf({ trace }: CommandAnalysis): readonly DriveSyntax[] {
  return [...trace.drives, ...trace.others].map(({ syntax }) => syntax);
}
