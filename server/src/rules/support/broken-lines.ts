/** The parser's complaints, dealt out to the rules: each cause has one rule that speaks of it. */
import { cephOption } from '../../catalog/ceph-options.js';
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

/** False for a file that only has the name of a ceph.conf: no section, and no key that any option has. */
export function speaksCeph(context: ConfRuleContext): boolean {
  for (const node of context.tree.nodes) {
    if (node.kind === 'section') return true;
    if (node.kind === 'key' && cephOption(context.releases.librbd, node.key) !== undefined) return true;
  }
  // A byte-order mark hides the header, or the key, of the first line.
  return context.tree.text.charCodeAt(0) === 0xfeff && /^\ufeff\s*\[/.test(context.tree.text);
}

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
