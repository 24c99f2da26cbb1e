import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { inCommand, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';

export const driveConfRepeated: CommandRule = {
  id: 'drive-conf-repeated',
  severity: 'warning',
  statement: '`conf=` more than once: QEMU up to 2.8 reads each file, from 2.9 on only the last.',
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const copies = nameOptionsOf(trace, 'conf');
      const [first] = copies;
      const last = copies.at(-1);
      if (copies.length < 2 || first === undefined || last === undefined) continue;
      const readsLast = qemuBehaviour(trace.releases.qemu).name.conf === 'last-key';
      const edits = copies.slice(0, -1).map((option) => removeNameOption(context, option));
      const all = edits.every((edit) => edit !== null) ? edits.flat() : null;
      // Reading one file again changes nothing, nor does leaving out a copy of it.
      const same = copies.every(({ value, unknown }) => !unknown && value === last.value);
      yield findingAt(
        this,
        inCommand((readsLast ? first : last).span),
        readsLast
          ? l10n.t(
              '{0} reads only the last `conf=` of a name: this one counts for nothing (up to 2.8 each is read). Keep one.',
              qemuName(trace),
            )
          : l10n.t(
              '{0} reads the file of each `conf=`, one after the other (from 2.9 on only the last one). Keep one.',
              qemuName(trace),
            ),
        {
          severity: same ? 'hint' : 'warning',
          tags: readsLast ? ['unnecessary'] : [],
          related: [
            {
              at: inCommand((readsLast ? last : first).span),
              message: readsLast ? l10n.t('This one counts.') : l10n.t('This file is read, too.'),
            },
          ],
          fixes:
            all === null
              ? []
              : [fix(l10n.t('Keep only the last conf='), all, { preferred: readsLast || same, safe: same })],
        },
      );
    }
  },
};
