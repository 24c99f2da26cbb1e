/** What to do about a line that the parser cannot read, by the complaint's code. */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext, Fix } from '../rule.js';
import { lineAround, trimmed } from './broken-lines.js';
import { fix, replaceInFile } from './finding.js';

const ADVICE: ReadonlyMap<string, () => string> = new Map([
  ['blank-before-section', () => l10n.t('Before the first section a line must be empty, or a comment.')],
  ['bracket-in-key', () => l10n.t('A key cannot hold a bracket.')],
  ['comment-in-key', () => l10n.t('A comment sign stands before the `=`: write `key = value`.')],
  [
    'comment-in-section-name',
    () => l10n.t('A comment sign stands inside the brackets: put a backslash before it, or take it out.'),
  ],
  ['embedded-null', () => l10n.t('Remove the NUL character.')],
  ['empty-key', () => l10n.t('Write a key before the `=`.')],
  ['empty-section-name', () => l10n.t('Write a name between the brackets.')],
  ['missing-equals', () => l10n.t('Write `key = value`, a `[section]`, or make it a comment.')],
  ['not-utf8', () => l10n.t('Save the file as UTF-8.')],
  ['text-after-quote', () => l10n.t('Behind the closing quote only a comment may follow.')],
  ['text-after-section', () => l10n.t('Behind the closing bracket only a comment may follow.')],
  [
    'trailing-backslash',
    () => l10n.t('The last line must not end in a backslash, which would join it with a next one.'),
  ],
  ['unclosed-quote', () => l10n.t('Close the quote on the same line.')],
  ['unclosed-section', () => l10n.t('Close the bracket.')],
  ['unexpected-bracket', () => l10n.t('A line cannot begin with a closing bracket.')],
  ['unterminated-escape', () => l10n.t('A backslash needs a character behind it.')],
]);

/** What to do about the line, as a sentence. */
export function adviceFor(problem: ConfProblem): string {
  return ADVICE.get(problem.code)?.() ?? l10n.t('Write `key = value`, a `[section]`, or a comment.');
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'bracket-in-key',
  'comment-in-key',
  'empty-key',
  'missing-equals',
  'unexpected-bracket',
]);

export function repairsFor(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  if (UNREADABLE.has(problem.code)) {
    const meant = [...colonToEquals(context, problem), ...insertEquals(context, problem)].slice(0, 1);
    return [...meant, ...commentOut(context, problem, meant.length === 0)];
  }
  switch (problem.code) {
    case 'blank-before-section':
      return [
        fix(l10n.t('Empty the line'), [replaceInFile(context, problem.span, '')], { preferred: true, safe: true }),
      ];
    case 'text-after-section':
      return breakAfterSection(context, problem);
    case 'unclosed-section':
      return closeAtEnd(context, problem, ']', l10n.t('Close the bracket'));
    case 'unclosed-quote':
      return closeQuote(context, problem);
    case 'trailing-backslash':
      return dropBackslash(context, problem);
    default:
      return [];
  }
}

/** More than any option's name with blanks for underscores. */
const LONGEST_KEY = 200;

/** `fsid: x` for an option that there is. */
function colonToEquals(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const text = context.tree.text.slice(
    problem.span.start,
    Math.min(problem.span.end, problem.span.start + LONGEST_KEY),
  );
  const match = /^([A-Za-z][\w \t]*?)\s*:\s/.exec(`${text} `);
  const key = match?.[1]?.replace(/\s+/g, '_');
  if (key === undefined || cephOption(context.releases.librbd, key) === undefined) return [];
  const at = problem.span.start + text.indexOf(':');
  return [
    fix(l10n.t('Write = for the colon'), [replaceInFile(context, { start: at, end: at + 1 }, ' =')], {
      preferred: true,
    }),
  ];
}

/** In words. */
const LONGEST_NAME = 8;

/** `rbd cache false` for an option that there is. */
function insertEquals(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { start, end } = problem.span;
  const text = context.tree.text.slice(start, Math.min(end, start + LONGEST_KEY));
  const words = [...text.matchAll(/[^ \t]+/g)].slice(0, LONGEST_NAME + 1);
  for (let count = words.length - 1; count > 0; count--) {
    const last = words[count - 1];
    const key = words
      .slice(0, count)
      .map(([word]) => word)
      .join('_');
    if (last === undefined || cephOption(context.releases.librbd, key) === undefined) continue;
    const at = start + last.index + last[0].length;
    return [
      fix(l10n.t('Write = behind the key'), [replaceInFile(context, { start: at, end: at }, ' =')], {
        preferred: true,
      }),
    ];
  }
  return [];
}

function commentOut(context: ConfRuleContext, problem: ConfProblem, preferred: boolean): Fix[] {
  const { text } = context.tree;
  const line = lineAround(text, problem.span.start);
  // Up to 14.2 a backslash at its end makes a comment swallow the next line.
  if (problem.span.end > line.end || text.slice(line.start, line.end).trimEnd().endsWith('\\')) return [];
  const start = trimmed(text, line).start;
  return [fix(l10n.t('Make the line a comment'), [replaceInFile(context, { start, end: start }, '# ')], { preferred })];
}

function breakAfterSection(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const line = lineAround(text, problem.span.start);
  const closing = text.slice(line.start, line.end).indexOf(']');
  if (closing < 0) return [];
  const bracket = line.start + closing;
  const rest = trimmed(text, { start: bracket + 1, end: line.end });
  const isKey = /^[A-Za-z][^=[#;]*=/.test(text.slice(rest.start, rest.end));
  const span = { start: bracket + 1, end: rest.start };
  return isKey
    ? [
        fix(
          l10n.t('Put it on a line of its own'),
          [replaceInFile(context, span, text.includes('\r\n') ? '\r\n' : '\n')],
          {
            preferred: true,
          },
        ),
      ]
    : [fix(l10n.t('Make the rest a comment'), [replaceInFile(context, span, ' # ')])];
}

function closeAtEnd(context: ConfRuleContext, problem: ConfProblem, sign: string, title: string): Fix[] {
  const { text } = context.tree;
  const line = trimmed(text, lineAround(text, problem.span.start));
  const written = text.slice(line.start, line.end);
  if (/[#;\\]/.test(written)) return [];
  return [fix(title, [replaceInFile(context, { start: line.end, end: line.end }, sign)], { preferred: true })];
}

function closeQuote(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const line = lineAround(text, problem.span.start);
  const quote = /^[^=]*=\s*(["'])/.exec(text.slice(line.start, line.end))?.[1];
  return quote === undefined ? [] : closeAtEnd(context, problem, quote, l10n.t('Close the quote'));
}

function dropBackslash(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const last = text.slice(problem.span.start, problem.span.end).lastIndexOf('\\');
  if (last < 0) return [];
  const at = problem.span.start + last;
  return [
    fix(l10n.t('Remove the backslash'), [replaceInFile(context, { start: at, end: at + 1 }, '')], { preferred: true }),
  ];
}
