/** In a ceph.conf. */
import * as l10n from '@vscode/l10n';
import type { CephRelease } from '../../catalog/releases.js';
import { normalizeKeyName } from '../../syntax/ceph-conf/key-name.js';
import { firstFrom } from '../../syntax/edit-between.js';
import type { ConfDocumentAnalysis } from '../analysis-model.js';
import { FAR, findCephNames, type Nearness, nearClient, shortFacts } from './ceph-names.js';
import { cephValues, variableOffers } from './ceph-values.js';
import { confSnippets } from './conf-snippets.js';
import { type ConfStyle, confStyle, spelled } from './conf-style.js';
import type { CompletionContext } from './context.js';
import { directiveCompletions } from './directive-completions.js';
import { seenNames } from './seen.js';
import { type CompletionList, type CompletionView, item, NO_COMPLETIONS } from './view.js';

/** A line, cut at the caret. */
interface Line {
  readonly before: string;
  readonly after: string;
  readonly caret: number;
}

export function confCompletions(
  analysis: ConfDocumentAnalysis,
  offset: number,
  context: CompletionContext,
): CompletionList {
  const { text } = analysis;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const after = text.slice(offset, end < 0 ? text.length : end).replace(/\r$/, '');
  const line: Line = { before: text.slice(start, offset), after, caret: offset };
  const { before } = line;
  if (/^\s*[#;]/.test(before)) return directiveCompletions(before, offset) ?? NO_COMPLETIONS;
  if (isContinued(text, start)) return variables(line, analysis.releases.pair.librbd) ?? NO_COMPLETIONS;
  const header = /^\s*\[([^\]]*)$/.exec(before);
  if (header !== null) return sections(analysis, line, header[1] ?? '', context);
  if (/^\s*\[/.test(before)) return NO_COMPLETIONS;
  return before.includes('=') ? values(analysis, line, context) : names(analysis, line, start, context);
}

/** A backslash at the end of the line before joins this one to it. */
function isContinued(text: string, lineStart: number): boolean {
  const previous = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  return /\\\r?$/.test(previous) && !/^\s*[#;]/.test(previous);
}

// ---------------------------------------------------------------------------------------------------------------------
// Sections

function sections(
  analysis: ConfDocumentAnalysis,
  { before, after, caret }: Line,
  typed: string,
  context: CompletionContext,
): CompletionList {
  const rest = /^[^\]\s;#]*/.exec(after)?.[0] ?? '';
  const closed = after.charAt(rest.length) === ']';
  const start = caret - typed.length;
  return {
    items: sectionItems(analysis, context, (name) => (closed ? name : `${name}]`), before.trimStart()),
    incomplete: false,
    insert: { start, end: caret },
    replace: { start, end: caret + rest.length },
  };
}

/** The drives' own sections first, then the general ones, then those of other programs. */
function sectionItems(
  analysis: ConfDocumentAnalysis,
  context: CompletionContext,
  spell: (name: string) => string,
  typed: string,
): readonly CompletionView[] {
  const there = new Set(sectionNames(analysis));
  const clients = new Set(clientsOf(analysis, context).map((id) => `client.${id}`));
  const all = [...clients, 'client', 'global', 'mon', 'mgr', 'osd', 'mds'];
  return [...new Set(all)].map((name, at) => {
    const known = clients.has(name);
    const isThere = there.has(name) && !typed.includes(name);
    const detail = known ? l10n.t('a drive connects as this client') : '';
    const rank = (isThere ? 20 : 0) + at;
    return item({
      label: `[${name}]`,
      kind: 'section',
      detail: isThere ? l10n.t('is there already') : detail,
      newText: spell(name),
      rank,
    });
  });
}

function sectionNames({ tree }: ConfDocumentAnalysis): readonly string[] {
  return tree.nodes.flatMap((node) => (node.kind === 'section' ? [node.name] : []));
}

/** Ids of the drives that read this file, as far as they are known; of all drives where none does. */
function clientsOf({ address, drives }: ConfDocumentAnalysis, context: CompletionContext): readonly string[] {
  const own = drives.length > 0 ? drives : context.drives();
  const byDefault = own.some(({ trace }) => trace.image.user === null) ? ['admin'] : [];
  return [...new Set([...byDefault, ...seenNames(() => own, { address, offset: 0 }).clients()])].sort();
}

// ---------------------------------------------------------------------------------------------------------------------
// Names

/** Longer than any name: somebody writes prose. */
const LONGEST_NAME = 80;

function names(
  analysis: ConfDocumentAnalysis,
  { before, after, caret }: Line,
  lineStart: number,
  context: CompletionContext,
): CompletionList {
  const typed = before.trimStart();
  if (typed.length > LONGEST_NAME || /[^\w\s./:-]/.test(typed)) return NO_COMPLETIONS;
  const release = analysis.releases.pair.librbd;
  const rest = /^[\w \t./:-]*/.exec(after)?.[0].trimEnd() ?? '';
  const hasEquals = /^[ \t]*=/.test(after.slice(rest.length));
  if (!hasEquals && /^[ \t]*[^\s;#]/.test(after.slice(rest.length))) return NO_COMPLETIONS;
  const start = caret - typed.length;
  const around = sectionAt(analysis, lineStart);
  const file = confStyle(analysis.tree);
  const style: ConfStyle = { ...file, joint: typed.includes('_') ? '_' : /\S\s/.test(typed) ? ' ' : file.joint };
  const spans = { insert: { start, end: caret }, replace: { start, end: caret + rest.length } };
  const isEmptyLine = !hasEquals && rest === '';
  const parts = isEmptyLine ? structure(analysis, context, typed, around, style) : [];
  if (around.name === null && analysis.tree.era === 'C') return { items: parts, incomplete: false, ...spans };
  const found = findCephNames(release, typed, nearSection(around.name ?? 'global'), around.keys);
  const items = found.names.map(({ name, rank, renamed }) =>
    item({
      label: spelled(name, style),
      kind: 'option',
      detail: around.keys.has(name) ? l10n.t('set here already') : shortFacts(release, name),
      newText: hasEquals ? spelled(name, style) : `${spelled(name, style)}${style.equals}`,
      filter: filterOf(name, typed, style),
      topic: { about: 'ceph', name },
      rank,
      deprecated: renamed,
      goesOn: !hasEquals,
    }),
  );
  return { items: [...items, ...parts], incomplete: found.left > 0, ...spans };
}

/** As it would be typed in the spelling that was begun, so that no editor sorts it out. */
function filterOf(name: string, typed: string, style: ConfStyle): string {
  return typed.includes('-') ? name.replaceAll('_', '-') : spelled(name, style);
}

/** Headers and whole parts of a file. */
function structure(
  analysis: ConfDocumentAnalysis,
  context: CompletionContext,
  typed: string,
  { name }: SectionAround,
  style: ConfStyle,
): readonly CompletionView[] {
  if (/\s/.test(typed)) return [];
  const there = new Set(sectionNames(analysis));
  const client = clientsOf(analysis, context).find((id) => !there.has(`client.${id}`)) ?? null;
  const headers = sectionItems(analysis, context, (section) => `[${section}]`, '').map((one) => ({
    ...one,
    filter: one.newText.slice(1),
    rank: one.rank + 40,
  }));
  return [...headers, ...confSnippets({ release: analysis.releases.pair.librbd, style, section: name, client })];
}

interface SectionAround {
  /** Null before the first one. */
  readonly name: string | null;
  /** Options that it sets, but for that of the caret's own line. */
  readonly keys: ReadonlySet<string>;
}

function sectionAt({ tree }: ConfDocumentAnalysis, lineStart: number): SectionAround {
  const { nodes } = tree;
  let first = firstFrom(nodes.length, (index) => nodes[index]?.span.start ?? 0, lineStart + 1) - 1;
  while (first >= 0 && nodes[first]?.kind !== 'section') first--;
  const header = nodes[first];
  const keys = new Set<string>();
  for (let at = first + 1; at < nodes.length; at++) {
    const node = nodes[at];
    if (node === undefined || node.kind === 'section') break;
    if (node.kind === 'key' && node.span.start !== lineStart) keys.add(node.key);
  }
  return { name: header?.kind === 'section' ? header.name : null, keys };
}

/** What the programs read from each kind of section. */
const PREFIXES: ReadonlyMap<string, readonly string[]> = new Map([
  ['osd', ['osd_', 'bluestore_', 'filestore_', 'journal_']],
  ['mon', ['mon_', 'paxos_', 'auth_']],
  ['mgr', ['mgr_']],
  ['mds', ['mds_']],
  ['client.rgw', ['rgw_']],
  ['client.radosgw', ['rgw_']],
]);

function nearSection(section: string): Nearness {
  const [type = '', id = ''] = section.split('.');
  const prefixes = PREFIXES.get(id === '' ? type : `${type}.${id}`) ?? PREFIXES.get(type);
  if (prefixes === undefined) return nearClient;
  return ({ name }) => (prefixes.some((prefix) => name.startsWith(prefix)) ? 0 : FAR);
}

// ---------------------------------------------------------------------------------------------------------------------
// Values

function values(analysis: ConfDocumentAnalysis, line: Line, context: CompletionContext): CompletionList {
  const { before, after, caret } = line;
  const equals = before.indexOf('=');
  const written = before.slice(equals + 1).trimStart();
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const typed = written.slice(quote.length);
  if (typed.includes(quote === '' ? '\u0000' : quote) || (quote === '' && /(?:^|[^\\])[;#"']/.test(typed))) {
    return NO_COMPLETIONS;
  }
  const release = analysis.releases.pair.librbd;
  const inVariable = variables(line, release);
  if (inVariable !== null) return inVariable;
  const key = normalizeKeyName(before.slice(0, equals), analysis.tree.era).replaceAll('-', '_');
  const rest = restOfValue(after, quote);
  const start = caret - typed.length;
  const offers = [...seenValues(key, analysis, context, caret), ...cephValues(release, key)];
  const items = offers
    // Behind a blank a list may go on; anything else is complete.
    .filter(({ text }) => !/\s/.test(typed) || text.startsWith(typed))
    .map(({ text, detail }, rank) => item({ label: text, kind: 'value', detail, newText: text, rank }));
  return {
    items,
    incomplete: false,
    insert: { start, end: caret },
    replace: { start, end: caret + rest.length },
  };
}

/** What stands behind the caret and belongs to the value. */
function restOfValue(after: string, quote: string): string {
  if (quote !== '') {
    const end = after.indexOf(quote);
    return end < 0 ? '' : after.slice(0, end);
  }
  return (/^[^;#"']*/.exec(after)?.[0] ?? '').trimEnd();
}

/** What the drives of the workspace say for the same thing. */
function seenValues(
  key: string,
  analysis: ConfDocumentAnalysis,
  context: CompletionContext,
  offset: number,
): readonly { readonly text: string; readonly detail: string }[] {
  if (key !== 'mon_host' && key !== 'keyring') return [];
  const seen = seenNames(() => context.drives(), { address: analysis.address, offset }).valuesOf(key);
  return [...seen]
    .filter((text) => !/[;#"'\\\s]/.test(text))
    .map((text) => ({ text, detail: l10n.t('in this workspace') }));
}

/** Behind a `$`; null where there is none. */
function variables({ before, after, caret }: Line, release: CephRelease): CompletionList | null {
  const typed = /\$(\{?)[a-z_]*$/.exec(before);
  if (typed === null) return null;
  const braces = typed[1] === '{';
  const rest = /^[a-z_]*/.exec(after)?.[0] ?? '';
  const closed = after.charAt(rest.length) === '}';
  const start = caret - typed[0].length;
  return {
    items: variableOffers(release).map(({ name, detail }, rank) =>
      item({
        label: `$${name}`,
        kind: 'variable',
        detail,
        newText: braces ? `\${${name}${closed ? '' : '}'}` : `$${name}`,
        rank,
      }),
    ),
    incomplete: false,
    insert: { start, end: caret },
    replace: { start, end: caret + rest.length },
  };
}
