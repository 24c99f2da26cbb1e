import * as l10n from '@vscode/l10n';
import type { CommandRule } from '../rule.js';
import { removeOption } from '../support/drive-text.js';
import { inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveAioIgnored: CommandRule = {
  id: 'drive-aio-ignored',
  severity: 'information',
  statement: '`aio=` means nothing for rbd: only the drivers of host files read it.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const option = optionOf(trace, 'aio');
      if (option === undefined || option.unknown || trace.error?.span?.start === option.valueSpan.start) continue;
      const edits = removeOption(context, option);
      yield findingAt(
        this,
        inCommand(option.span),
        l10n.t(
          '{0} has no effect in {1}: only the drivers of host files and devices read it, rbd does not. A value that this QEMU does not know would still be refused.',
          code(`aio=${option.value}`),
          qemuName(trace),
        ),
        {
          tags: ['unnecessary'],
          fixes: edits === null ? [] : [fix(l10n.t('Delete {0}', 'aio='), edits, { preferred: true, safe: true })],
        },
      );
    }
  },
};
