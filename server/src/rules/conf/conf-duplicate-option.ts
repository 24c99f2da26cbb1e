import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { repeatedKeys, winnersOf } from '../support/conf-index.js';
import { confFinding, fix, inFile, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

export const confDuplicateOption: ConfRule = {
  id: 'conf-duplicate-option',
  severity: 'warning',
  statement: 'The same option stands twice in one section, in whatever spelling: only one of the lines counts.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    const times = new Map<KeyNode, number>();
    const pairs: { loser: KeyNode; winner: KeyNode }[] = [];
    for (const loser of repeatedKeys(context.tree)) {
      if (cephOption(release, loser.key) === undefined && !loser.key.startsWith('rbd_')) continue;
      const winner = winnersOf(context.tree, loser.section).get(loser.key);
      if (winner === undefined) continue;
      times.set(winner, (times.get(winner) ?? 0) + 1);
      pairs.push({ loser, winner });
    }
    for (const { loser, winner } of pairs) {
      const same = winner.value === loser.value;
      yield confFinding(
        context,
        this,
        lineSpan(loser),
        sentences(whichCounts(context, loser, winner), l10n.t('Delete one of them.')),
        {
          severity: same ? 'hint' : 'warning',
          tags: ['unnecessary'],
          related: [{ at: inFile(context, lineSpan(winner)), message: l10n.t('This line counts.') }],
          fixes: [
            deletion(context, loser, { preferred: true, safe: same && loser.comment === null }),
            // Of two lines the other one may be meant; of more, the next one would take its place.
            ...(same || times.get(winner) !== 1 ? [] : [deletion(context, winner, {})]),
          ],
        },
      );
    }
  },
};

function lineSpan({ keySpan, valueSpan }: KeyNode): Span {
  return { start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) };
}

function whichCounts(context: ConfRuleContext, loser: KeyNode, winner: KeyNode): string {
  const parts = [code(loser.key), code(`[${loser.section}]`), readerOf(context, loser.section), winner.line] as const;
  if (winner.value === loser.value) {
    return l10n.t('{0} stands more than once in {1}: {2} takes the one on line {3}, which says the same.', ...parts);
  }
  return context.tree.era === 'A'
    ? l10n.t(
        '{0} stands more than once in {1}: {2} takes the first one, on line {3}, and this line does nothing.',
        ...parts,
      )
    : l10n.t(
        '{0} stands more than once in {1}: {2} takes the last one, on line {3}, and this line does nothing.',
        ...parts,
      );
}

function deletion(
  context: ConfRuleContext,
  node: KeyNode,
  how: { readonly preferred?: boolean; readonly safe?: boolean },
): Fix {
  return fix(l10n.t('Delete line {0}', node.line), [replaceInFile(context, node.span, '')], how);
}
