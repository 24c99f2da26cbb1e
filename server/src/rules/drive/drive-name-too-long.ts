import * as l10n from '@vscode/l10n';
import type { CommandRule } from '../rule.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { refusedDrive } from '../support/refusal-words.js';
import { cutTexts, refusals } from '../support/refusals.js';
import { sentences } from '../support/wording.js';

export const driveNameTooLong: CommandRule = {
  id: 'drive-name-too-long',
  severity: 'error',
  statement:
    'QEMU up to 2.8 limits the parts of an `rbd:` name, and up to 2.12 cuts a long key or value of `-drive` without a word.',
  holds: { qemu: { until: '2.12' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          refusedDrive(trace, error),
          l10n.t(
            'Up to 2.8 the pool and the snapshot may have 127 bytes, the image 95, all options together 1,023, a key 127 and its value 511 (backslashes count).',
          ),
          intoFile(),
        ),
      );
    }
    for (const trace of context.command.trace.drives) {
      for (const { code, span } of cutTexts(context, trace)) {
        yield findingAt(
          this,
          inCommand(span),
          sentences(
            code === 'key-cut'
              ? l10n.t(
                  '{0} keeps 127 bytes of a key and drops the rest without a word (up to QEMU 2.12): this key is longer.',
                  qemuName(trace),
                )
              : l10n.t(
                  '{0} keeps 1,023 bytes of a value and drops the rest without a word (up to QEMU 2.12): this value is longer.',
                  qemuName(trace),
                ),
            intoFile(),
          ),
        );
      }
    }
  },
};

function intoFile(): string {
  return l10n.t('Put long options, such as a list of monitors, into a ceph.conf.');
}
