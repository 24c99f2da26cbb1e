import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle } from '../support/refusal-words.js';
import { code } from '../support/shown.js';

const DEFAULT = 'conf=/etc/ceph/ceph.conf';

export const driveConfText: CommandRule = {
  id: 'drive-conf-text',
  severity: 'warning',
  statement: 'QEMU up to 2.8: the text `conf=` inside another option stops the default ceph.conf from being read.',
  holds: { qemu: { since: '0.15', until: '2.8' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).name.conf !== 'text') continue;
      const options = trace.syntax.name?.options ?? [];
      const [first] = options;
      if (first === undefined || options.some(({ key }) => key === 'conf')) continue;
      const culprit = options.find(({ key, value }) => `${key}=${value}`.includes('conf='));
      if (culprit === undefined) continue;
      const at = { start: first.span.start, end: first.span.start };
      yield findingAt(
        this,
        inCommand(culprit.span),
        l10n.t(
          '{0} looks for the mere text {1} and finds it here: it takes the drive for one that names its own file, and reads no ceph.conf at all. Name the file with {2}.',
          qemuName(trace),
          code('conf='),
          code(`:${DEFAULT}`),
        ),
        {
          fixes: [
            fix(l10n.t('Name the file: {0}', inTitle(DEFAULT)), [replaceIn(at, `${DEFAULT}:`)], { preferred: true }),
          ],
        },
      );
    }
  },
};
