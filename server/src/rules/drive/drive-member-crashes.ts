import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { refusals } from '../support/refusals.js';

export const driveMemberCrashes: CommandRule = {
  id: 'drive-member-crashes',
  severity: 'error',
  statement: 'QEMU 5.2 to 11.1 die when the name carries a Ceph key and the rbd node gets a member that it refuses.',
  looksAt: 'command',
  *check(context) {
    for (const { trace, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      yield driveFinding(
        this,
        inCommand(span),
        `${qemuName(trace)} dies here (segmentation fault, no message): it refuses this member of the rbd node, and overlooks its own refusal because the name carries keys for Ceph. Take the member out, or correct it.`,
      );
    }
  },
};
