import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, pairName } from '../support/drive-words.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveConfMissing: CommandRule = {
  id: 'drive-conf-missing',
  severity: 'error',
  statement: '`conf=` names a file that is not there: the drive does not open. (A missing default file is ignored.)',
  looksAt: 'command',
  *check(context) {
    for (const { trace, span, error } of refusals(context, this.id)) {
      if (trace === null) continue;
      const read = trace.reads.at(-1);
      const paths = (read?.searched ?? []).map(({ path }) => code(path)).join(', ');
      const what =
        error.span === null
          ? `there is no ceph.conf at the default places (${paths}), and this QEMU needs one`
          : `${paths === '' ? 'the named file' : paths} is not there, and a file named by \`conf=\` has to be`;
      yield driveFinding(
        this,
        inCommand(span),
        `${pairName(trace)} does not open this drive: ${what}. Create the file, or name another${error.span === null ? '' : ', or leave `conf=` out for the default places'}.`,
      );
    }
  },
};
