import * as l10n from '@vscode/l10n';
import type { CommandRule } from '../rule.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveEscapedAtCrashes: CommandRule = {
  id: 'drive-escaped-at-crashes',
  severity: 'error',
  statement: 'QEMU 1.0 to 6.0 dies on a name whose only `@` (or, from 5.0, `/` in the image) is escaped.',
  holds: { qemu: { since: '1.0', until: '6.0' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      yield findingAt(
        this,
        inCommand(span),
        l10n.t(
          '{0} dies here (segmentation fault, no message): it looks for the sign without regard to the backslash and finds no piece behind {1}. QEMU 6.1 and later read it as part of the name; before, only an image with another name helps.',
          qemuName(trace),
          code(error.code === 'escaped-slash-crash' ? '\\/' : '\\@'),
        ),
      );
    }
  },
};
