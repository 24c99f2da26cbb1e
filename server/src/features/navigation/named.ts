/** What stands under the caret that has a name elsewhere, and all places of it. */
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';
import { type Span, shift, touches } from '../../syntax/span.js';
import type {
  CommandAnalysis,
  CommandDocumentAnalysis,
  ConfDocumentAnalysis,
  DocumentAnalysis,
  PlacedDrive,
} from '../analysis-model.js';
import { type NameUse, namesIn } from '../command-names.js';
import { nodeAt } from '../conf-sections.js';
import { commandAt } from '../places.js';
import { confWords, optionWordsOf, userWords, type Word } from './drive-names.js';

export interface Place {
  readonly address: string;
  readonly span: Span;
}

export interface Occurrence extends Place {
  /** Names it, rather than uses it: a section, an `id=` of a drive, a line of a ceph.conf. */
  readonly defines: boolean;
  /** As it is written there. */
  readonly written: string;
}

/** A thing with a name, where it was asked for. */
export type Named =
  /** The id that a drive connects as, and the section `[client.ID]`. */
  | { readonly kind: 'client'; readonly name: string; readonly here: Place }
  /** A drive's or node's, an object's or device's name, known to one command only. */
  | { readonly kind: 'part'; readonly name: string; readonly here: Place; readonly places: readonly Occurrence[] }
  /** A file that drives name by `conf=`. */
  | { readonly kind: 'file'; readonly name: string; readonly here: Place }
  /** An option of Ceph's, with underscores. */
  | { readonly kind: 'option'; readonly name: string; readonly here: Place };

/** What there is to look through. */
export interface Neighbourhood {
  /** All drives that are known. */
  readonly drives: readonly PlacedDrive[];
  /** The text of a ceph.conf as sections and keys; null where it cannot be read. */
  tree(address: string): ConfTree | null;
}

export function namedAt(analysis: DocumentAnalysis, offset: number): Named | null {
  if (analysis.kind === 'skipped') return null;
  return analysis.kind === 'conf' ? namedInConf(analysis, offset) : namedInCommand(analysis, offset);
}

function namedInConf({ address, tree }: ConfDocumentAnalysis, offset: number): Named | null {
  const node = nodeAt(tree, offset);
  if (node?.kind === 'section' && touches(node.nameSpan, offset)) {
    const id = clientOf(tree, node.nameSpan);
    return id === null ? null : { kind: 'client', name: id.name, here: { address, span: id.span } };
  }
  if (node?.kind !== 'key' || !touches(node.keySpan, offset)) return null;
  return { kind: 'option', name: optionOf(node), here: { address, span: node.keySpan } };
}

function namedInCommand(analysis: CommandDocumentAnalysis, offset: number): Named | null {
  const { address } = analysis;
  const command = commandAt(analysis, offset);
  if (command === undefined) return null;
  const own = offset - command.base;
  const here = ({ valueSpan }: Word): Place => ({ address, span: shift(valueSpan, command.base) });
  for (const trace of command.trace.drives) {
    const user = userWords(trace).find(({ valueSpan }) => touches(valueSpan, own));
    if (user !== undefined) return { kind: 'client', name: user.value, here: here(user) };
    const conf = confWords(trace).find(({ valueSpan }) => touches(valueSpan, own));
    if (conf !== undefined) return { kind: 'file', name: conf.value, here: here(conf) };
    const option = optionWordsOf(trace).find(({ keySpan }) => touches(keySpan, own));
    if (option !== undefined) {
      return { kind: 'option', name: option.key, here: { address, span: shift(option.keySpan, command.base) } };
    }
  }
  const names = namesIn(command);
  const part = names.find(({ span }) => touches(span, own));
  if (part === undefined) return null;
  const places = names
    .filter(({ space, name }) => space === part.space && name === part.name)
    .map((use) => occurrenceOf(address, command, use));
  return { kind: 'part', name: part.name, here: { address, span: shift(part.span, command.base) }, places };
}

function occurrenceOf(address: string, { base, command }: CommandAnalysis, { span, gives }: NameUse): Occurrence {
  return { address, span: shift(span, base), defines: gives, written: command.text.slice(span.start, span.end) };
}

/** The id in `[client.ID]`, and where it stands; null for any other section. */
export function clientOf({ text }: ConfTree, nameSpan: Span): { readonly name: string; readonly span: Span } | null {
  const written = text.slice(nameSpan.start, nameSpan.end);
  const prefix = /^\s*client\./.exec(written)?.[0];
  if (prefix === undefined) return null;
  const name = written.slice(prefix.length).trimEnd();
  if (name === '') return null;
  const start = nameSpan.start + prefix.length;
  return { name, span: { start, end: start + name.length } };
}

export function optionOf({ key }: Pick<KeyNode, 'key'>): string {
  return key.replaceAll(' ', '_');
}
