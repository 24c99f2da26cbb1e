/** The sections of a ceph.conf as people see them: a header and what stands below it. */

import type { ConfNode, ConfTree, SectionNode } from '../syntax/ceph-conf/tree.js';
import { firstFrom } from '../syntax/edit-between.js';
import type { Span } from '../syntax/span.js';

export { nodeAt } from '../syntax/ceph-conf/parts.js';

export interface ConfSection {
  readonly header: SectionNode;
  /** From the header's line to the end of its last option; comments behind that belong to what follows. */
  readonly span: Span;
}

/** In the order of the text; found once for each version of a file. */
export const sectionsOf = (() => {
  const byTree = new WeakMap<ConfTree, readonly ConfSection[]>();
  return (tree: ConfTree): readonly ConfSection[] => {
    const known = byTree.get(tree);
    if (known !== undefined) return known;
    const made = findSections(tree);
    byTree.set(tree, made);
    return made;
  };
})();

function findSections({ nodes }: ConfTree): readonly ConfSection[] {
  const sections: { header: SectionNode; span: Span }[] = [];
  for (const node of nodes) {
    const last = sections.at(-1);
    if (node.kind === 'section') {
      sections.push({
        header: node,
        span: { start: node.span.start, end: Math.max(node.nameSpan.end, headerEnd(node)) },
      });
    } else if (node.kind === 'key' && last !== undefined) {
      last.span = { start: last.span.start, end: keyEnd(node) };
    }
  }
  return sections;
}

/** The header up to its bracket. */
function headerEnd({ span, nameSpan, comment }: SectionNode): number {
  return Math.min(nameSpan.end + 1, comment?.start ?? span.end, span.end);
}

/** Where an option's value ends; its key, where nothing stands behind that. */
export function keyEnd(node: Extract<ConfNode, { kind: 'key' }>): number {
  return Math.max(node.keySpan.end, node.valueSpan.end);
}

/** The section that the offset lies in; undefined before the first. */
export function sectionAt(tree: ConfTree, offset: number): ConfSection | undefined {
  const sections = sectionsOf(tree);
  return sections[firstFrom(sections.length, (index) => sections[index]?.span.start ?? 0, offset + 1) - 1];
}

/** The lines that touch a range. */
export function nodesIn({ nodes }: ConfTree, range: Span): readonly ConfNode[] {
  return nodes.slice(Math.max(0, firstNodeFrom(nodes, range.start) - 1), firstNodeFrom(nodes, range.end + 1));
}

function firstNodeFrom(nodes: readonly ConfNode[], offset: number): number {
  return firstFrom(nodes.length, (index) => nodes[index]?.span.start ?? 0, offset);
}
