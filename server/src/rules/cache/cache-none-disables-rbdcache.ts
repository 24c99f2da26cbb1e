import type { CommandRule } from '../rule.js';
import {
  driveFinding,
  fileCandidates,
  inCommand,
  locationOf,
  modeSpan,
  modeWords,
  placeName,
  qemuName,
  setCacheMode,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';

export const cacheNoneDisablesRbdcache: CommandRule = {
  id: 'cache-none-disables-rbdcache',
  severity: 'information',
  statement:
    'A direct cache mode (`none`, `directsync`, `cache.direct=on`) turns RBDCache off although the file asks for it.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace('rbd_cache')?.winner;
      if (winner?.place.kind !== 'qemu' || winner.value !== 'false') continue;
      const asking = fileCandidates(trace, 'rbd_cache').at(-1);
      if (asking?.value !== 'true') continue;
      const at = locationOf(trace, asking.place);
      const edits = setCacheMode(trace, 'writeback');
      yield driveFinding(
        this,
        inCommand(modeSpan(trace)),
        `${modeWords(context, trace)} turns RBDCache off in ${qemuName(trace)}, although ${placeName(asking)} asks for it. ` +
          'For RBDCache set `cache=writeback`; the guest flushes in both modes.',
        {
          related: at === null ? [] : [{ at, message: 'Asks for RBDCache, and is beaten.' }],
          fixes: edits === null ? [] : [fix('Set cache=writeback', edits)],
        },
      );
    }
  },
};
