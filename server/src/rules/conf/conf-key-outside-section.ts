import * as l10n from '@vscode/l10n';
import { nodesOf } from '../../syntax/ceph-conf/parts.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext } from '../rule.js';
import { complaintsOf, speaksCeph } from '../support/broken-lines.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

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
    if (first === undefined || isOnlyKey(context, first) || !speaksCeph(context)) return;
    const place = headerPlace(context, first);
    yield confFinding(
      context,
      this,
      { start: first.keySpan.start, end: Math.max(first.keySpan.end, first.valueSpan.end) },
      sentences(
        keys.length === 1
          ? l10n.t('{0} stands before the first section.', code(first.key))
          : l10n.t('{0} keys stand before the first section.', keys.length),
        refused === undefined ? takenForGlobal(context) : refusedFile(context, refused),
        l10n.t('Put a `[global]` above.'),
      ),
      {
        severity: tree.era === 'C' ? 'error' : 'information',
        fixes: [
          fix(
            l10n.t('Put {0} above', '[global]'),
            [replaceInFile(context, { start: place, end: place }, header(context))],
            { preferred: true, safe: true },
          ),
        ],
      },
    );
  },
};

function takenForGlobal(context: ConfRuleContext): string {
  return l10n.t(
    '{0} reads what stands there as part of `[global]`; from 15.2 on the whole file is refused.',
    librbd(context),
  );
}

/** All of them, since a mark over one is enough for many. */
function leadingKeys(context: ConfRuleContext): KeyNode[] {
  const keys: KeyNode[] = [];
  for (const node of nodesOf(context.tree)) {
    if (node.kind === 'section') break;
    if (node.kind === 'key' && !node.lost) keys.push(node);
  }
  return keys;
}

/** A file that is one key, which every release reads: blank and comment lines may follow it, and none may come before. */
function isOnlyKey(context: ConfRuleContext, key: KeyNode): boolean {
  let isFirst = true;
  for (const node of nodesOf(context.tree)) {
    if (isFirst ? node !== key : node.kind !== 'blank' && node.kind !== 'comment') return false;
    isFirst = false;
  }
  return true;
}

/** Above the first key; from 15.2 on above a line of blanks before it, which may not stand outside of sections either. */
function headerPlace(context: ConfRuleContext, first: KeyNode): number {
  const { text, era } = context.tree;
  const place = era === 'C' ? blanksBefore(context, first) : first.span.start;
  return place === 0 && text.charCodeAt(0) === 0xfeff ? 1 : place;
}

/** Start of the first line of blanks, or of the key where none stands before it. */
function blanksBefore({ tree }: ConfRuleContext, first: KeyNode): number {
  for (const node of nodesOf(tree)) {
    if (node === first) break;
    if (node.kind === 'blank' && /^[ \t]/.test(tree.text.slice(node.span.start, node.span.end))) return node.span.start;
  }
  return first.span.start;
}

function header(context: ConfRuleContext): string {
  return context.tree.text.includes('\r\n') ? '[global]\r\n' : '[global]\n';
}
