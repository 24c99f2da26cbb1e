import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext } from '../rule.js';
import { complaintsOf, speaksCeph } from '../support/broken-lines.js';
import { refusalConsequence } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

export const confKeyOutsideSection: ConfRule = {
  id: 'conf-key-outside-section',
  severity: 'error',
  statement:
    'Keys before the first section belong to `[global]` up to 14.2; from 15.2 on they void the file, but for one key alone.',
  looksAt: 'conf',
  *check(context) {
    const { tree } = context;
    const refused = complaintsOf(tree, 'key-outside-section')[0];
    if (tree.era === 'C' && refused === undefined) return;
    const keys = leadingKeys(context);
    const first = keys[0];
    if (first === undefined || !speaksCeph(context)) return;
    const what = keys.length === 1 ? `${code(first.key)} stands` : `${keys.length} keys stand`;
    let consequence = 'takes them for part of `[global]`; from 15.2 on the whole file is refused';
    if (tree.era === 'C') {
      consequence =
        tree.problems[0] === refused
          ? `refuses the whole file because of it: ${refusalConsequence(context)}`
          : 'refuses such a file as a whole';
    }
    yield confFinding(
      context,
      this,
      { start: first.keySpan.start, end: Math.max(first.keySpan.end, first.valueSpan.end) },
      `${what} before the first section: ${librbd(context)} ${consequence}. Put a ${code('[global]')} above.`,
      {
        severity: tree.era === 'C' ? 'error' : 'information',
        fixes: [
          fix(
            'Put [global] above',
            [
              replaceInFile(
                context,
                { start: headerPlace(context, first), end: headerPlace(context, first) },
                header(context),
              ),
            ],
            {
              preferred: true,
              safe: true,
            },
          ),
        ],
      },
    );
  },
};

/** All of them, since a mark over one is enough for many. */
function leadingKeys(context: ConfRuleContext): KeyNode[] {
  const keys: KeyNode[] = [];
  for (const node of context.tree.nodes) {
    if (node.kind === 'section') break;
    if (node.kind === 'key' && !node.lost) keys.push(node);
  }
  return keys;
}

/** Above the first key; from 15.2 on above a line of blanks before it, which may not stand outside of sections either. */
function headerPlace(context: ConfRuleContext, first: KeyNode): number {
  const { nodes, text, era } = context.tree;
  const bad =
    era === 'C'
      ? nodes.find((node) => node.kind === 'blank' && /^[ \t]/.test(text.slice(node.span.start, node.span.end)))
      : undefined;
  const place = bad !== undefined && bad.span.start < first.span.start ? bad.span.start : first.span.start;
  return place === 0 && text.charCodeAt(0) === 0xfeff ? 1 : place;
}

function header(context: ConfRuleContext): string {
  return context.tree.text.includes('\r\n') ? '[global]\r\n' : '[global]\n';
}
