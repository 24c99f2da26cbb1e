import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { inCommand, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';

export const driveIdRepeated: CommandRule = {
  id: 'drive-id-repeated',
  severity: 'warning',
  statement: '`id=` more than once in the name: the first counts up to QEMU 2.8, the last from 2.9 on.',
  holds: { qemu: { since: '1.0' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const copies = nameOptionsOf(trace, 'id');
      const rule = qemuBehaviour(trace.releases.qemu).name.id;
      const winner = rule === 'last-key' ? copies.at(-1) : copies[0];
      if (copies.length < 2 || rule === 'none' || winner === undefined) continue;
      for (const option of copies) {
        if (option === winner) continue;
        const edits = removeNameOption(context, option);
        const same = !option.unknown && option.value === winner.value;
        yield findingAt(
          this,
          inCommand(option.span),
          rule === 'last-key'
            ? l10n.t(
                '{0} takes the last `id=` of a name: this one counts for nothing (up to 2.8 the first counts). Keep one.',
                qemuName(trace),
              )
            : l10n.t(
                '{0} takes the first `id=` of a name: this one counts for nothing (from 2.9 on the last counts). Keep one.',
                qemuName(trace),
              ),
          {
            severity: same ? 'hint' : 'warning',
            tags: ['unnecessary'],
            related: [{ at: inCommand(winner.span), message: l10n.t('This one counts.') }],
            fixes:
              edits === null
                ? []
                : [fix(l10n.t('Delete the one without effect'), edits, { preferred: true, safe: same })],
          },
        );
      }
    }
  },
};
