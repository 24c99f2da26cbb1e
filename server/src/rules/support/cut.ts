import type { CephOption } from '../../catalog/ceph-options.js';
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';

export interface Cut {
  /** Where the comment sign stands. */
  readonly at: number;
  readonly sign: string;
  /** Nothing is left of the value. */
  readonly empty: boolean;
}

/**
 * Where a comment sign takes away what was probably meant as part of the value: glued to a text, or leaving nothing.
 * Null for ordinary comments: with a blank before the sign, or, after a number or a boolean, with one behind it.
 */
export function cutBy(tree: ConfTree, node: KeyNode, option: CephOption): Cut | null {
  if (node.comment === null) return null;
  const at = node.comment.start;
  const sign = tree.text[at] ?? '';
  const before = tree.text[at - 1] ?? '';
  const cut = { at, sign, empty: node.value === '' };
  if (before === '"' || before === "'") return null;
  if (cut.empty) return isQuoted(tree, node) ? null : cut;
  if (/\s/.test(before)) return null;
  const behind = tree.text[at + 1] ?? '';
  return option.type !== 'str' && /^[\s#;]?$/.test(behind) ? null : cut;
}

/** True where the value is written in quotes. */
export function isQuoted(tree: ConfTree, node: KeyNode): boolean {
  const quote = /["']/;
  return quote.test(tree.text[node.valueSpan.start] ?? '') || quote.test(tree.text[node.valueSpan.start - 1] ?? '');
}
