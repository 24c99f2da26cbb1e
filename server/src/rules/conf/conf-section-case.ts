import type { ConfTree } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule } from '../rule.js';
import { sectionKeys } from '../support/conf-index.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isCephSection, sectionType } from '../support/sections.js';
import { code } from '../support/shown.js';

export const confSectionCase: ConfRule = {
  id: 'conf-section-case',
  severity: 'warning',
  statement: 'A section name in the wrong case, such as `[Client]`, is read by no program of any release.',
  looksAt: 'conf',
  *check(context) {
    for (const node of context.tree.nodes) {
      if (node.kind !== 'section') continue;
      const type = sectionType(node.name.trim());
      const lower = type.toLowerCase();
      if (type === lower || !isCephSection(lower)) continue;
      const written = context.tree.text.slice(node.nameSpan.start, node.nameSpan.end);
      const corrected = written.replace(type, lower);
      yield confFinding(
        context,
        this,
        node.nameSpan,
        `${librbd(context)}, like every release, compares section names letter by letter: nothing under ${code(`[${written}]`)} ` +
          `is ever read. Write ${code(`[${corrected}]`)}.`,
        {
          fixes: wouldClash(context.tree, node.name, corrected.trim())
            ? []
            : [fix(`Write [${corrected}]`, [replaceInFile(context, node.nameSpan, corrected)], { preferred: true })],
        },
      );
    }
  },
};

/** True where both sections set the same option: which one was meant is not for us to say. */
function wouldClash(tree: ConfTree, name: string, corrected: string): boolean {
  const { winners } = sectionKeys(tree);
  const there = winners.get(corrected);
  return there !== undefined && [...(winners.get(name)?.keys() ?? [])].some((key) => there.has(key));
}
