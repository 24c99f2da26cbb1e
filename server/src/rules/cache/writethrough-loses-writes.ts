import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { modeSpan, modeWords, stateMode } from '../support/cache-mode.js';
import { inCommand, isCached, locationOf, pairName, placeName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { optionFixes } from '../support/option-edits.js';

export const writethroughLosesWrites: CommandRule = {
  id: 'writethrough-loses-writes',
  severity: 'error',
  statement:
    'QEMU up to 1.1 tells the guest of `writethrough` (its default) or `directsync` that there is no write cache, and nobody flushes RBDCache.',
  holds: { qemu: { since: '0.15', until: '1.1' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { outcome } = trace;
      if (outcome === null || !isCached(trace)) continue;
      const { writeCache, flushedBy, noFlush } = outcome.guest;
      if (writeCache || flushedBy !== 'nobody' || noFlush || outcome.writePolicy === 'writethrough') continue;
      const loses = outcome.safety === 'unsafe';
      const winner = trace.config?.inForce('rbd_cache');
      const at = winner === undefined ? null : locationOf(trace, winner.place);
      // Before 1.0 not even the guest's flushes reach librbd.
      const flushes = qemuBehaviour(trace.releases.qemu).rbdFlushes;
      const change = flushes ? stateMode(trace, 'writeback') : null;
      const what = l10n.t(
        'With {0}, {1} tells the guest that there is no write cache, and QEMU does not flush either, while {2} turns RBDCache on.',
        modeWords({ trace, text: context.command.text }),
        pairName(trace),
        winner === undefined ? 'librbd' : placeName(winner),
      );
      yield findingAt(this, inCommand(modeSpan(trace)), `${what} ${consequence(loses, flushes)}`, {
        severity: loses ? 'error' : 'information',
        related: at === null ? [] : [{ at, message: l10n.t('Turns RBDCache on.') }],
        fixes: [
          ...(change === null ? [] : [fix(l10n.t('Set {0}', change.says), change.edits, { preferred: true })]),
          ...optionFixes(trace, 'rbd_cache', 'false', { preferred: change === null }),
        ],
      });
    }
  },
};

function consequence(loses: boolean, flushes: boolean): string {
  if (!loses) {
    return flushes
      ? l10n.t(
          'Only write-through until the first flush, which never comes, keeps the writes safe. Set `cache=writeback` to make use of the cache.',
        )
      : l10n.t('Only write-through until the first flush, which never comes, keeps the writes safe.');
  }
  return flushes
    ? l10n.t('A crash loses writes that the guest was told are safe. Set `cache=writeback`, or `rbd cache = false`.')
    : l10n.t('A crash loses writes that the guest was told are safe. Set `rbd cache = false`.');
}
