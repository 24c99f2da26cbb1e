/** The parser's complaints, dealt out to the rules: each cause has one rule that speaks of it. */
import { cephOption } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { nodesOf } from '../../syntax/ceph-conf/parts.js';
import type { ConfProblem, ConfTree } from '../../syntax/ceph-conf/tree.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRuleContext } from '../rule.js';

const OWN_RULES: ReadonlySet<string> = new Set([
  'byte-order-mark',
  'comment-in-quotes',
  'indented-section',
  'key-outside-section',
  'no-final-newline',
  'redefined',
]);

/** As many as Ceph itself prints before it counts the rest. */
const MOST_COMPLAINTS = 20;

/** Complaints with no more specific rule. */
export function otherComplaints(tree: ConfTree): ConfProblem[] {
  const marked = tree.text.charCodeAt(0) === 0xfeff;
  const found: ConfProblem[] = [];
  for (const problem of tree.problems) {
    if (problem.loses === 'nothing' || OWN_RULES.has(problem.code)) continue;
    if (marked && problem.line === 1) continue;
    found.push(problem);
    if (found.length === MOST_COMPLAINTS) break;
  }
  return found;
}

export function complaintsOf(tree: ConfTree, code: string): ConfProblem[] {
  return tree.problems.filter((problem) => problem.code === code && problem.loses !== 'nothing');
}

/**
 * False for a file that only has the name of a ceph.conf: no section, no key that any option has, and no line that was
 * meant to be one. A file of blank lines holds nothing that speaks against it.
 */
export function speaksCeph(context: ConfRuleContext): boolean {
  const release = context.releases.librbd;
  const { text } = context.tree;
  let empty = true;
  let looks = MOST_COMPLAINTS;
  for (const node of nodesOf(context.tree)) {
    if (node.kind === 'section') return true;
    if (node.kind === 'key' && cephOption(release, node.key) !== undefined) return true;
    if (node.kind === 'error' && looks-- > 0 && beginsLikeCeph(release, text.slice(node.span.start, node.span.end)))
      return true;
    empty &&= node.kind === 'blank' || node.kind === 'comment';
  }
  return empty;
}

/** A header that was not closed or is hidden behind a byte-order mark; an option's name at the start of the line. */
function beginsLikeCeph(release: CephRelease, line: string): boolean {
  const start = line.replace(/^\ufeff/, '').trimStart();
  if (/^\[ *(global|client|mon|osd|mds|mgr)\b/.test(start)) return true;
  const words = start.split(/[\s_]+/, LONGEST_NAME);
  return words.some(
    (_word, i) =>
      cephOption(
        release,
        words
          .slice(0, i + 1)
          .join('_')
          .replace(/[:,;]+$/, ''),
      ) !== undefined,
  );
}

/** In words. */
const LONGEST_NAME = 8;

/** The line that `offset` is on, without its line end. */
export function lineAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  let end = offset;
  while (end < text.length && !isLineEnd(text[end])) end++;
  return { start, end };
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

/** The span without the white space at its ends. */
export function trimmed(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/.test(text[start] ?? '')) start++;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  return { start, end };
}
