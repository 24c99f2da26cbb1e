/** What to do about a line that the parser cannot read, by the complaint's code. */
import { cephOption } from '../../catalog/ceph-options.js';
import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext, Fix } from '../rule.js';
import { lineAround, trimmed } from './broken-lines.js';
import { fix, replaceInFile } from './finding.js';

const ADVICE: Readonly<Record<string, string>> = {
  'blank-before-section': 'Before the first section a line must be empty, or a comment.',
  'bracket-in-key': 'A key cannot hold a bracket.',
  'comment-in-key': 'A comment sign stands before the `=`: write `key = value`.',
  'comment-in-section-name': 'A comment sign stands inside the brackets: escape it with a backslash.',
  'embedded-null': 'Remove the NUL character.',
  'empty-key': 'Write a key before the `=`.',
  'empty-section-name': 'Write a name between the brackets.',
  'missing-equals': 'Write `key = value`, a `[section]`, or make it a comment.',
  'not-utf8': 'Save the file as UTF-8.',
  'text-after-quote': 'Behind the closing quote only a comment may follow.',
  'text-after-section': 'Behind the closing bracket only a comment may follow.',
  'trailing-backslash': 'The last line must not end in a backslash, which would join it with a next one.',
  'unclosed-quote': 'Close the quote on the same line.',
  'unclosed-section': 'Close the bracket.',
  'unexpected-bracket': 'A line cannot begin with a closing bracket.',
  'unterminated-escape': 'A backslash needs a character behind it.',
};

export function adviceFor(problem: ConfProblem): string {
  return ADVICE[problem.code] ?? 'Write `key = value`, a `[section]`, or a comment.';
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'bracket-in-key',
  'comment-in-key',
  'empty-key',
  'missing-equals',
  'unexpected-bracket',
]);

export function repairsFor(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  if (UNREADABLE.has(problem.code)) return [...colonToEquals(context, problem), ...commentOut(context, problem)];
  switch (problem.code) {
    case 'blank-before-section':
      return [fix('Empty the line', [replaceInFile(context, problem.span, '')], { preferred: true, safe: true })];
    case 'text-after-section':
      return breakAfterSection(context, problem);
    case 'unclosed-section':
      return closeAtEnd(context, problem, ']', 'Close the bracket');
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
    fix('Write = for the colon', [replaceInFile(context, { start: at, end: at + 1 }, ' =')], { preferred: true }),
  ];
}

function commentOut(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const line = lineAround(text, problem.span.start);
  // Up to 14.2 a backslash at its end makes a comment swallow the next line.
  if (problem.span.end > line.end || text.slice(line.start, line.end).trimEnd().endsWith('\\')) return [];
  const start = trimmed(text, line).start;
  return [fix('Make the line a comment', [replaceInFile(context, { start, end: start }, '# ')])];
}

function breakAfterSection(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const line = lineAround(text, problem.span.start);
  const bracket = text.indexOf(']', line.start);
  if (bracket < 0 || bracket >= line.end) return [];
  const rest = trimmed(text, { start: bracket + 1, end: line.end });
  const isKey = /^[A-Za-z][^=[#;]*=/.test(text.slice(rest.start, rest.end));
  const span = { start: bracket + 1, end: rest.start };
  return isKey
    ? [
        fix('Put it on a line of its own', [replaceInFile(context, span, text.includes('\r\n') ? '\r\n' : '\n')], {
          preferred: true,
        }),
      ]
    : [fix('Make the rest a comment', [replaceInFile(context, span, ' # ')])];
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
  return quote === undefined ? [] : closeAtEnd(context, problem, quote, 'Close the quote');
}

function dropBackslash(context: ConfRuleContext, problem: ConfProblem): Fix[] {
  const { text } = context.tree;
  const at = text.lastIndexOf('\\', problem.span.end);
  if (at < problem.span.start) return [];
  return [fix('Remove the backslash', [replaceInFile(context, { start: at, end: at + 1 }, '')], { preferred: true })];
}
