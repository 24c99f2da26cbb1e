import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { complaint, cutTexts, refusals, refusedBy } from '../support/refusals.js';

export const driveNameTooLong: CommandRule = {
  id: 'drive-name-too-long',
  severity: 'error',
  statement:
    'QEMU up to 2.8 limits the parts of an `rbd:` name, and up to 2.12 cuts a long key or value of `-drive` without a word.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      if (trace === null) continue;
      yield driveFinding(
        this,
        inCommand(span),
        `${refusedBy(trace, refusal)}: ${complaint(error)}. Up to 2.8 the pool and the snapshot may have 127 bytes, the image 95, all options together 1,023, a key 127 and its value 511 ` +
          '(backslashes count). Put long options, such as a list of monitors, into a ceph.conf.',
      );
    }
    for (const trace of context.command.trace.drives) {
      for (const { code, span } of cutTexts(context, trace)) {
        const [what, most] = code === 'key-cut' ? ['key', '127'] : ['value', '1,023'];
        yield driveFinding(
          this,
          inCommand(span),
          `${qemuName(trace)} keeps ${most} bytes of a ${what} and drops the rest without a word (up to QEMU 2.12): this ${what} is longer. Put long options, such as a list of monitors, into a ceph.conf.`,
        );
      }
    }
  },
};
