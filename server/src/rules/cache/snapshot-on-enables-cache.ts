import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheMode } from '../../catalog/qemu-options.js';
import type { CommandRule } from '../rule.js';
import { modeSpan } from '../support/cache-mode.js';
import { inCommand, isCached, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { code } from '../support/shown.js';

export const snapshotOnEnablesCache: CommandRule = {
  id: 'snapshot-on-enables-cache',
  severity: 'information',
  statement: 'QEMU 1.2 to 2.5: `snapshot=on` makes a direct drive open its image with RBDCache on.',
  holds: { qemu: { since: '1.2', until: '2.5' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { qemu } = trace.releases;
      const { snapshotUnsafe, open } = qemuBehaviour(qemu);
      const mode = optionOf(trace, 'cache');
      if (!snapshotUnsafe || open.setsRbdCache === 'never' || mode === undefined || trace.cacheMode.direct) continue;
      if (cacheMode(qemu, mode.value)?.direct !== true || !isCached(trace)) continue;
      // Without a snapshot the mode would be direct; an explicit switch is the only other reason that it is not.
      if (trace.syntax.options.some(({ key }) => /cache\.direct$/.test(key))) continue;
      const message = l10n.t(
        'With a temporary snapshot, {0} opens the image as `unsafe` whatever {1} says: RBDCache is on. Writes go to the temporary overlay, so no data of the image is at risk; its reads may come from the cache.',
        qemuName(trace),
        code(`cache=${mode.value}`),
      );
      yield findingAt(this, inCommand(mode.span), message, {
        related: [{ at: inCommand(modeSpan(trace)), message: l10n.t('The snapshot decides.') }],
      });
    }
  },
};
