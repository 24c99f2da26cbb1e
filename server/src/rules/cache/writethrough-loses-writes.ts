import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule, Fix } from '../rule.js';
import {
  driveFinding,
  inCommand,
  isCached,
  locationOf,
  modeSpan,
  modeWords,
  pairName,
  placeName,
  setCacheMode,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';

export const writethroughLosesWrites: CommandRule = {
  id: 'writethrough-loses-writes',
  severity: 'error',
  statement:
    'QEMU up to 1.1 tells the guest of `writethrough` (its default) or `directsync` that there is no write cache, and nobody flushes RBDCache.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { outcome } = trace;
      if (outcome === null || !isCached(trace)) continue;
      const { writeCache, flushedBy, noFlush } = outcome.guest;
      if (writeCache || flushedBy !== 'nobody' || noFlush) continue;
      if (outcome.writePolicy === 'writethrough' && !outcome.staysWritethrough && outcome.safety === 'safe') continue;
      const loses = outcome.safety === 'unsafe';
      const winner = trace.config?.trace('rbd_cache')?.winner;
      const at = winner === undefined ? null : locationOf(trace, winner.place);
      // Before 1.0 not even the guest's flushes reach librbd.
      const writeback = qemuBehaviour(trace.releases.qemu).rbdFlushes ? setCacheMode(trace, 'writeback') : null;
      const fixes: Fix[] = writeback === null ? [] : [fix('Set cache=writeback', writeback, { preferred: true })];
      if (winner?.place.kind === 'file' && at?.in === 'file') {
        fixes.push(
          fix('Set rbd cache = false in the file', [{ at: { ...at, span: winner.place.valueSpan }, newText: 'false' }]),
        );
      }
      yield driveFinding(
        this,
        inCommand(modeSpan(trace)),
        `With ${modeWords(context, trace)}, ${pairName(trace)} tells the guest that there is no write cache, and QEMU does not flush either, while ` +
          `${winner === undefined ? 'librbd' : placeName(winner)} turns RBDCache on: ` +
          (loses
            ? 'a crash loses writes that the guest was told are safe. Set `cache=writeback`, or `rbd cache = false`.'
            : 'only write-through until the first flush, which never comes, keeps the writes safe. Set `cache=writeback` to make use of the cache.'),
        {
          severity: loses ? 'error' : 'information',
          related: at === null ? [] : [{ at, message: 'Turns RBDCache on.' }],
          fixes,
        },
      );
    }
  },
};
