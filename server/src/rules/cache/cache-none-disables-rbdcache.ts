import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext } from '../rule.js';
import { changeDirect, isNode, type ModeChange, modeSpan, modeWith, modeWords } from '../support/cache-mode.js';
import { fileCandidates, inCommand, locationOf, placeName, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';

export const cacheNoneDisablesRbdcache: CommandRule = {
  id: 'cache-none-disables-rbdcache',
  severity: 'information',
  statement:
    'A direct cache mode (`none`, `directsync`, `cache.direct=on`) turns RBDCache off although the file asks for it.',
  holds: { qemu: { since: '1.2' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace('rbd_cache')?.winner;
      if (trace.error !== null || winner?.place.kind !== 'qemu' || winner.value !== 'false') continue;
      const asking = fileCandidates(trace, 'rbd_cache').at(-1);
      if (asking?.value !== 'true') continue;
      const at = locationOf(trace, asking.place);
      const what = l10n.t(
        '{0} turns RBDCache off in {1}, although {2} asks for it.',
        modeWords({ trace, text: context.command.text }),
        qemuName(trace),
        placeName(asking),
      );
      const changes = changesOf(context, trace);
      yield findingAt(this, inCommand(modeSpan(trace)), `${what} ${advice(trace, changes)}`, {
        related: at === null ? [] : [{ at, message: l10n.t('Asks for RBDCache, and is beaten.') }],
        fixes: changes.map(({ says, edits }, index) => fix(l10n.t('Set {0}', says), edits, { preferred: index === 0 })),
      });
    }
  },
};

/** `writeback` first; of a mode in which QEMU flushes after each write also the one that goes on to do so. */
function changesOf(context: CommandRuleContext, trace: DriveTrace): readonly ModeChange[] {
  const drive = { trace, text: context.command.text };
  const first = changeDirect(drive, false, 'writeback');
  const kept = changeDirect(drive, false, modeWith(trace, false));
  return [first, ...(kept?.says === first?.says ? [] : [kept])].filter((change) => change !== null);
}

function advice(trace: DriveTrace, [first]: readonly ModeChange[]): string {
  if (isNode(trace) || first?.says.startsWith('cache.direct') === true) {
    return l10n.t('For RBDCache turn `cache.direct` off; flushes go the same way as before.');
  }
  return trace.cacheMode.writeback
    ? l10n.t('For RBDCache set `cache=writeback`; the guest flushes in both modes.')
    : l10n.t(
        'For RBDCache set `cache=writeback`, where the guest flushes, or `cache=writethrough`, where QEMU goes on flushing after each write.',
      );
}
