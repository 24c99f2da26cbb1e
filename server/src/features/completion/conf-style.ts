/** How a ceph.conf spells its keys, so that what is put in looks like what is there. */
import type { ConfTree } from '../../syntax/ceph-conf/tree.js';

export interface ConfStyle {
  /** What joins the words of a key: blanks or underscores. */
  readonly joint: ' ' | '_';
  /** What stands between key and value. */
  readonly equals: string;
  readonly lineEnd: '\n' | '\r\n';
}

/** Keys that are looked at; a file is rarely of two minds. */
const MOST_KEYS = 60;

export const confStyle = (() => {
  const known = new WeakMap<ConfTree, ConfStyle>();
  return (tree: ConfTree): ConfStyle => {
    const made = known.get(tree) ?? styleOf(tree);
    known.set(tree, made);
    return made;
  };
})();

function styleOf({ nodes, text }: ConfTree): ConfStyle {
  let blanks = 0;
  let underscores = 0;
  let keys = 0;
  const equals = new Map<string, number>();
  for (const node of nodes) {
    if (node.kind !== 'key') continue;
    const key = text.slice(node.keySpan.start, node.keySpan.end).trim();
    if (key.includes('_')) underscores++;
    else if (/\s/.test(key)) blanks++;
    const between = text.slice(node.keySpan.end, node.valueSpan.start);
    const sign = /[ \t]*=[ \t]*/.exec(between)?.[0];
    if (sign !== undefined) equals.set(sign, (equals.get(sign) ?? 0) + 1);
    if (++keys >= MOST_KEYS) break;
  }
  const [commonest] = [...equals].sort((a, b) => b[1] - a[1])[0] ?? [' = '];
  return {
    joint: blanks > underscores ? ' ' : '_',
    // A column of aligned signs is no spelling.
    equals: commonest.length > 3 ? ' = ' : commonest,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

export function spelled(name: string, { joint }: Pick<ConfStyle, 'joint'>): string {
  return joint === '_' ? name : name.replaceAll('_', ' ');
}
