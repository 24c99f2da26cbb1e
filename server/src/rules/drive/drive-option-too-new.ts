import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { optionLife } from '../support/qemu-option-life.js';
import { refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveOptionTooNew: CommandRule = {
  id: 'drive-option-too-new',
  severity: 'error',
  statement: 'This option needs a newer QEMU; the chosen one refuses it.',
  looksAt: 'command',
  *check(context) {
    const { qemu } = context.releases;
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      if (trace === null) {
        yield driveFinding(
          this,
          inCommand(span),
          `QEMU ${qemu.label} has no \`-blockdev\`: it came with QEMU 2.9. Use \`-drive\`.`,
        );
        continue;
      }
      const option = refusedOption(trace, error);
      if (option === undefined) continue;
      const life = optionLife(qemu, option.key, trace.syntax.form === 'drive' ? 'drive' : 'node');
      yield driveFinding(
        this,
        inCommand(option.keySpan),
        `${refusedBy(trace, refusal)}: ${code(option.key)} needs QEMU ${life.release} or later.`,
      );
    }
  },
};
