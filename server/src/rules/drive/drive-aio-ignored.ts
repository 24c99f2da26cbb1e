import type { CommandRule } from '../rule.js';
import { removeOption } from '../support/drive-text.js';
import { driveFinding, inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
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
      yield driveFinding(
        this,
        inCommand(option.span),
        `${code(`aio=${option.value}`)} has no effect in ${qemuName(trace)}: only the drivers of host files and devices read it, rbd does not. A value that this QEMU does not know would still be refused.`,
        {
          tags: ['unnecessary'],
          fixes: edits === null ? [] : [fix(`Remove ${code('aio=')}`, edits, { preferred: true })],
        },
      );
    }
  },
};
