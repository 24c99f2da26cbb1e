/** Lines put into a section of a ceph.conf, in the file's own manner. */
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import type { ConfDocumentAnalysis, PlacedEdit } from './analysis-model.js';

/** Characters that no era of the parser takes for anything else. */
const PLAIN_VALUE = /^[A-Za-z0-9._/:+-][A-Za-z0-9._/:=+, -]*$/;

/** One edit that adds the options; null where the section says one of them already, or a value needs quotes. */
export function confLines(
  { address, text, tree }: ConfDocumentAnalysis,
  section: string,
  options: readonly (readonly [option: string, value: string])[],
): PlacedEdit | null {
  if (options.length === 0 || options.some(([, value]) => !PLAIN_VALUE.test(value) || value.endsWith(' '))) return null;
  if (tree.rejected || !/^[\w.-]+$/.test(section)) return null;
  const keys = tree.nodes.filter((node): node is KeyNode => node.kind === 'key');
  const own = keys.filter((node) => node.section === section);
  if (own.some(({ key }) => options.some(([option]) => option === key))) return null;
  const lineEnd = /\r\n/.test(text) ? '\r\n' : '\n';
  const manner = own.at(-1) ?? keys.at(-1);
  const write = lineWriter(text, manner, lineEnd);
  const lines = options.map(([option, value]) => write(option, value)).join('');
  const last = own.at(-1) ?? tree.nodes.findLast((node) => node.kind === 'section' && node.name === section);
  if (last !== undefined) {
    if (!text.slice(last.span.start, last.span.end).endsWith('\n')) return null;
    return { address, span: { start: last.span.end, end: last.span.end }, newText: lines };
  }
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
  const newText = `${gap}${text === '' ? '' : lineEnd}[${section}]${lineEnd}${lines}`;
  return { address, span: { start: text.length, end: text.length }, newText };
}

/** Indented and spelt as another line of the file. */
function lineWriter(
  text: string,
  manner: KeyNode | undefined,
  lineEnd: string,
): (option: string, value: string) => string {
  const written = manner === undefined ? '' : text.slice(manner.keySpan.start, manner.keySpan.end);
  const indent =
    manner === undefined ? '' : (/^[ \t]*/.exec(text.slice(manner.span.start, manner.span.end))?.[0] ?? '');
  const blanks = / /.test(written);
  return (option, value) => `${indent}${blanks ? option.replaceAll('_', ' ') : option} = ${value}${lineEnd}`;
}
