import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule } from '../rule.js';
import { sectionKeys } from '../support/conf-index.js';
import { knownIdentities } from '../support/drives.js';
import { confFinding, inFile, librbd } from '../support/finding.js';
import { code } from '../support/shown.js';

export const confShadowedBySection: ConfRule = {
  id: 'conf-shadowed-by-section',
  severity: 'information',
  statement: 'A more specific section sets this option too, for every drive in view.',
  looksAt: 'conf',
  *check(context) {
    const identities = knownIdentities(context);
    if (identities === null || context.tree.rejected) return;
    const { winners: bySection } = sectionKeys(context.tree);
    const holders = (node: KeyNode): KeyNode[] | null => {
      const found = new Set<KeyNode>();
      for (const identity of identities) {
        const holder =
          bySection.get(identity)?.get(node.key) ??
          (node.section === 'global' ? bySection.get('client')?.get(node.key) : undefined);
        if (holder === undefined) return null;
        found.add(holder);
      }
      return [...found];
    };
    for (const [section, keys] of bySection) {
      if (section !== 'client' && section !== 'global') continue;
      for (const node of keys.values()) {
        // Daemons read [global] as well; only what is a client's alone is dead there.
        if (section === 'global' && !node.key.startsWith('rbd_')) continue;
        const winners = holders(node);
        if (winners === null) continue;
        const who = [...identities].map((each) => code(each)).join(', ');
        yield confFinding(
          context,
          this,
          { start: node.keySpan.start, end: Math.max(node.keySpan.end, node.valueSpan.end) },
          `The drives in view connect as ${who}, and ${winners.map((each) => code(`[${each.section}]`)).join(', ')} sets ` +
            `${code(node.key)} too: ${librbd(context)} does not look at this line for them. Change it there.`,
          {
            tags: ['unnecessary'],
            related: winners.map((each) => ({
              at: inFile(context, { start: each.keySpan.start, end: Math.max(each.keySpan.end, each.valueSpan.end) }),
              message: `${each.section} is more specific, and counts.`,
            })),
          },
        );
      }
    }
  },
};
