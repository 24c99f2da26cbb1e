import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveEscapedAtCrashes: CommandRule = {
  id: 'drive-escaped-at-crashes',
  severity: 'error',
  statement: 'QEMU 1.0 to 6.0 dies on a name whose only `@` (or, from 5.0, `/` in the image) is escaped.',
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      const sign = error.code === 'escaped-slash-crash' ? '\\/' : '\\@';
      yield driveFinding(
        this,
        inCommand(span),
        `${qemuName(trace)} dies here (segmentation fault, no message): it looks for the sign without regard to the backslash and finds no piece behind ${code(sign)}. ` +
          'QEMU 6.1 and later read it as part of the name; before, only an image with another name helps.',
      );
    }
  },
};
