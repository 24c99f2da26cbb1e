import { cephOption } from '../../catalog/ceph-options.js';
import type { ConfRule } from '../rule.js';
import { sectionKeys } from '../support/conf-index.js';
import { confFinding, fix, inFile, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

export const confDuplicateOption: ConfRule = {
  id: 'conf-duplicate-option',
  severity: 'warning',
  statement: 'The same option stands twice in one section, in whatever spelling: only one of the lines counts.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    const firstWins = context.tree.era === 'A';
    const keys = sectionKeys(context.tree);
    for (const loser of keys.losers) {
      if (cephOption(release, loser.key) === undefined && !loser.key.startsWith('rbd_')) continue;
      const winner = keys.winners.get(loser.section)?.get(loser.key);
      if (winner === undefined) continue;
      const same = winner.value === loser.value;
      yield confFinding(
        context,
        this,
        { start: loser.keySpan.start, end: Math.max(loser.keySpan.end, loser.valueSpan.end) },
        `${code(loser.key)} stands more than once in ${code(`[${loser.section}]`)}: ${librbd(context)} takes the ${firstWins ? 'first' : 'last'} one, ` +
          `on line ${winner.line}${same ? ' (with the same value)' : ', and this line does nothing'}. Delete one of them.`,
        {
          severity: same ? 'hint' : 'warning',
          tags: ['unnecessary'],
          related: [
            {
              at: inFile(context, {
                start: winner.keySpan.start,
                end: Math.max(winner.keySpan.end, winner.valueSpan.end),
              }),
              message: 'This line counts.',
            },
          ],
          fixes: [
            fix(`Delete line ${loser.line}, which does nothing`, [replaceInFile(context, loser.span, '')], {
              preferred: true,
              safe: same,
            }),
          ],
        },
      );
    }
  },
};
