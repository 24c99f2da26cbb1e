/**
 * Formatting of a ceph.conf: one blank on each side of `=`, one indentation for all keys, headers and comments as they
 * stand, no blanks at line ends, one empty line at a time. What any release makes of the file stays the same: a line
 * that some grammar would read otherwise afterwards is left alone, whatever it looks like.
 */

import { confFile } from '../syntax/ceph-conf/conf-file.js';
import type { ConfFile, ConfNode, ConfTree, KeyNode, ParserEra } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import { editText } from '../syntax/text-edits.js';

export interface FormatEdit {
  readonly span: Span;
  readonly newText: string;
}

const ERAS: readonly ParserEra[] = ['A', 'B', 'C'];

/** Edits in the order of the text, within `range`; none where the text is as it should be. */
export function formatConf(file: ConfFile, range: Span): readonly FormatEdit[] {
  const edits = lineEdits(file, range);
  const harmless = harmlessEdits(file, edits, {
    left: Math.max(FEWEST_TRIALS, Math.floor(MOST_READ / file.text.length)),
  });
  return harmless.length === edits.length || sameMeaning(file, harmless) ? harmless : [];
}

/** Trials of one formatting, each of which reads the text six times: so many, or as many as read so many characters. */
const FEWEST_TRIALS = 8;
const MOST_READ = 2_000_000;

/** Without the edits that would have a line read otherwise; those that were not tried are left out, too. */
function harmlessEdits(file: ConfFile, edits: readonly FormatEdit[], budget: { left: number }): readonly FormatEdit[] {
  if (edits.length === 0 || budget.left <= 0) return [];
  budget.left -= 1;
  if (sameMeaning(file, edits)) return edits;
  const middle = edits.length >> 1;
  if (middle === 0) return [];
  return [...harmlessEdits(file, edits.slice(0, middle), budget), ...harmlessEdits(file, edits.slice(middle), budget)];
}

function lineEdits(file: ConfFile, range: Span): readonly FormatEdit[] {
  // Line by line, as people see the file, in the grammar that reads lines by themselves.
  const tree = file.tree('B');
  const indentation = commonIndentation(tree);
  const edits: FormatEdit[] = [];
  let blanks = 0;
  for (const node of tree.nodes) {
    blanks = node.kind === 'blank' ? blanks + 1 : 0;
    if (node.span.end <= range.start || node.span.start > range.end) continue;
    const line = file.text.slice(node.span.start, node.span.end);
    const ending = /\r?\n?$/.exec(line)?.[0] ?? '';
    const written = line.slice(0, line.length - ending.length);
    if (written.includes('\n') || written.trimEnd().endsWith('\\')) continue;
    const wanted = node.kind === 'blank' && blanks > 1 ? '' : formatted(node, written, file.text, indentation) + ending;
    const edit = smallest(line, wanted, node.span.start);
    if (edit !== null) edits.push(edit);
  }
  return edits;
}

/** The line without its end. */
function formatted(node: ConfNode, written: string, text: string, indentation: string): string {
  switch (node.kind) {
    case 'blank':
      return '';
    case 'comment':
    case 'section':
      return written.trimEnd();
    case 'key':
      return keyLine(node, written, text, indentation);
    case 'error':
      return written;
  }
}

/** `key = value`, and what follows the value (quotes, a comment) as it stands. */
function keyLine({ keySpan, span }: KeyNode, written: string, text: string, indentation: string): string {
  const key = text.slice(keySpan.start, keySpan.end);
  const behind = written.slice(keySpan.end - span.start);
  const equals = /^[ \t]*=[ \t]*/.exec(behind)?.[0];
  if (equals === undefined || /[\t]|\\/.test(key)) return written;
  const value = behind.slice(equals.length).trimEnd();
  return `${indentation}${key.trim()} =${value === '' ? '' : ` ${value}`}`;
}

/** What most keys are indented by; of equally many the lesser. */
function commonIndentation({ nodes, text }: ConfTree): string {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    if (node.kind !== 'key') continue;
    const own = /^[ \t]*/.exec(text.slice(node.span.start, node.keySpan.start))?.[0] ?? '';
    counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  let best = '';
  for (const [own, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && own.length < best.length)) best = own;
  }
  return best;
}

/** Only what differs, so that carets and marks around it stay where they are. */
function smallest(line: string, wanted: string, start: number): FormatEdit | null {
  if (line === wanted) return null;
  let from = 0;
  while (from < line.length && from < wanted.length && line[from] === wanted[from]) from += 1;
  let back = 0;
  const most = Math.min(line.length, wanted.length) - from;
  while (back < most && line[line.length - 1 - back] === wanted[wanted.length - 1 - back]) back += 1;
  return {
    span: { start: start + from, end: start + line.length - back },
    newText: wanted.slice(from, wanted.length - back),
  };
}

/** True where every grammar reads the same keys and values, in the same sections, and takes or refuses the file alike. */
function sameMeaning(file: ConfFile, edits: readonly FormatEdit[]): boolean {
  const after = confFile(file.id, editText(file.text, edits));
  return ERAS.every((era) => sameTree(file.tree(era), after.tree(era)));
}

function sameTree(before: ConfTree, after: ConfTree): boolean {
  if (before.rejected !== after.rejected) return false;
  if ((before.abortsAt === null) !== (after.abortsAt === null)) return false;
  if (before.problems.length !== after.problems.length) return false;
  const own = meaning(before);
  const other = meaning(after);
  return own.length === other.length && own.every((part, at) => part === other[at]);
}

function meaning({ nodes }: ConfTree): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'section') return [`[${node.name}]`];
    return node.kind === 'key' ? [`${node.section}\0${node.key}\0${node.value}\0${node.lost}`] : [];
  });
}
