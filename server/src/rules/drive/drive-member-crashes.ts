import * as l10n from '@vscode/l10n';
import type { CommandRule } from '../rule.js';
import { removeOption, written } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';

export const driveMemberCrashes: CommandRule = {
  id: 'drive-member-crashes',
  severity: 'error',
  statement: 'QEMU 5.1 to 11.1 die when the name carries a Ceph key and the rbd node gets a member that it refuses.',
  holds: { qemu: { since: '5.1' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      const option = refusedOption(trace, error);
      const edits = option === undefined ? null : removeOption(context, option);
      yield findingAt(
        this,
        inCommand(span),
        l10n.t(
          '{0} dies here (segmentation fault, no message): it refuses this member of the rbd node, and overlooks its own refusal because the name carries keys for Ceph. Take the member out, or correct it.',
          qemuName(trace),
        ),
        {
          fixes:
            option === undefined || edits === null
              ? []
              : [fix(l10n.t('Delete {0}', inTitle(written(context, option.span))), edits)],
        },
      );
    }
  },
};
