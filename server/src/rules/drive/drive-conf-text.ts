import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { code } from '../support/shown.js';

export const driveConfText: CommandRule = {
  id: 'drive-conf-text',
  severity: 'warning',
  statement: 'QEMU up to 2.8: the text `conf=` inside another option stops the default ceph.conf from being read.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).name.conf !== 'text') continue;
      const options = trace.syntax.name?.options ?? [];
      if (options.some(({ key }) => key === 'conf')) continue;
      const culprit = options.find(({ key, value }) => `${key}=${value}`.includes('conf='));
      if (culprit === undefined) continue;
      yield driveFinding(
        this,
        inCommand(culprit.span),
        `${qemuName(trace)} looks for the mere text ${code('conf=')} and finds it here: it takes the drive for one that names its own file, and reads no ceph.conf at all. ` +
          `Name the file with ${code(':conf=/etc/ceph/ceph.conf')}.`,
      );
    }
  },
};
