import type { ConfDocumentAnalysis } from '../workspace/analysis-model.js';
import { type CompletionList, type CompletionView, NO_COMPLETIONS } from './completion.js';
import { optionNames, optionValues } from './completion-values.js';

const META_VARIABLES: readonly (readonly [string, string])[] = [
  ['$cluster', 'the cluster’s name'],
  ['$type', 'client'],
  ['$id', 'the client’s id'],
  ['$host', 'the machine’s name'],
  ['$name', '$type.$id'],
  ['$pid', 'the process'],
  ['$cctid', 'the connection in that process'],
];

export function confCompletions(analysis: ConfDocumentAnalysis, offset: number): CompletionList {
  const { text } = analysis;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^\s*[#;]/.test(before)) return NO_COMPLETIONS;
  const header = /^\s*\[([^\]]*)$/.exec(before);
  if (header !== null) return sections(analysis, offset, header[1] ?? '');
  const equals = before.indexOf('=');
  if (equals < 0) return names(analysis, offset, before);
  const meta = /\$\{?(\w*)$/.exec(before);
  if (meta !== null) return { items: metaVariables(offset, meta[0]), incomplete: false };
  const key = before.slice(0, equals).trim().toLowerCase().replace(/\s+/g, '_');
  const typed = /\S*$/.exec(before.slice(equals + 1))?.[0] ?? '';
  const span = { start: offset - typed.length, end: offset };
  return { items: optionValues(analysis.releases.pair.librbd, key, span), incomplete: false };
}

function names(analysis: ConfDocumentAnalysis, offset: number, before: string): CompletionList {
  const typed = before.trimStart();
  const span = { start: offset - typed.length, end: offset };
  const underscores = typed.includes('_');
  const spell = (name: string): string => (underscores ? name : name.replaceAll('_', ' '));
  return optionNames(analysis.releases.pair.librbd, typed, span, spell);
}

function sections(analysis: ConfDocumentAnalysis, offset: number, typed: string): CompletionList {
  const clients = new Set(analysis.drives.map(({ trace }) => `client.${trace.image.user ?? 'admin'}`));
  const all = ['global', 'client', ...clients];
  const closed = analysis.text[offset] === ']';
  return {
    items: all.map((name, rank) => ({
      label: `[${name}]`,
      kind: 'section' as const,
      detail: clients.has(name) ? 'a drive connects as this' : '',
      newText: closed ? name : `${name}]`,
      span: { start: offset - typed.length, end: offset },
      option: null,
      rank,
    })),
    incomplete: false,
  };
}

function metaVariables(offset: number, typed: string): readonly CompletionView[] {
  return META_VARIABLES.map(([name, detail], rank) => ({
    label: name,
    kind: 'variable' as const,
    detail,
    newText: name,
    span: { start: offset - typed.length, end: offset },
    option: null,
    rank,
  }));
}
