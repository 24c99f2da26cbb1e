import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext } from '../rule.js';
import { bearsOnDisks } from '../support/client-options.js';
import { winnersOf } from '../support/conf-index.js';
import { knownIdentities, listed } from '../support/drives.js';
import { confFinding, inFile, librbd } from '../support/finding.js';
import { code } from '../support/shown.js';

/** Of the lines that count instead. */
const MOST_NOTES = 10;

export const confShadowedBySection: ConfRule = {
  id: 'conf-shadowed-by-section',
  severity: 'information',
  statement: 'A more specific section sets this option too, for every drive in view.',
  compares: true,
  looksAt: 'conf',
  *check(context) {
    const identities = knownIdentities(context);
    if (identities === null || context.tree.rejected) return;
    const own = ownLines(context.tree, identities);
    const who = listed(identities);
    for (const node of deadLines(context, own, identities.size)) {
      const owners = own.get(node.key) ?? [];
      const ofClient = owners.length < identities.size ? winnersOf(context.tree, 'client').get(node.key) : undefined;
      const counting = ofClient === undefined ? owners : [...owners, ofClient];
      yield confFinding(
        context,
        this,
        lineSpan(node),
        l10n.t(
          'The drives in view connect as {0}, and {1} sets {2} too: {3} does not look at this line for them. Change it there.',
          who,
          listed(counting.map((each) => `[${each.section}]`)),
          code(node.key),
          librbd(context),
        ),
        {
          tags: ['unnecessary'],
          related: counting.slice(0, MOST_NOTES).map((each) => ({
            at: inFile(context, lineSpan(each)),
            message: l10n.t('{0} is more specific, and counts.', code(`[${each.section}]`)),
          })),
        },
      );
    }
  },
};

/** By key, the lines in the drives' own sections: found in one walk, whatever the number of drives. */
function ownLines(tree: ConfTree, identities: ReadonlySet<string>): ReadonlyMap<string, readonly KeyNode[]> {
  const lines = new Map<string, KeyNode[]>();
  for (const identity of identities) {
    for (const [key, node] of winnersOf(tree, identity)) {
      const known = lines.get(key);
      if (known === undefined) lines.set(key, [node]);
      else known.push(node);
    }
  }
  return lines;
}

/** Lines of `[client]` and `[global]` that no drive in view looks at. */
function* deadLines(
  { tree, releases }: ConfRuleContext,
  own: ReadonlyMap<string, readonly KeyNode[]>,
  clients: number,
): Generator<KeyNode> {
  for (const section of ['client', 'global']) {
    for (const node of winnersOf(tree, section).values()) {
      // Daemons read [global] as well; only what is a client's alone is dead there.
      if (section === 'global' ? !node.key.startsWith('rbd_') : !bearsOnDisks(node.key)) continue;
      if (cephOption(releases.librbd, node.key) === undefined) continue;
      const ofAll = own.get(node.key)?.length === clients;
      if (ofAll || (section === 'global' && winnersOf(tree, 'client').has(node.key))) yield node;
    }
  }
}

function lineSpan({ keySpan, valueSpan }: KeyNode): Span {
  return { start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) };
}
