import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { CommandRule, Fix } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { inCommand, librbdName, nameOptionsOf, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

const SUCCESSOR = 'auth_client_required';

export const driveAuthSupportedGone: CommandRule = {
  id: 'drive-auth-supported-gone',
  severity: 'error',
  statement: 'librados 20.2 refuses `auth_supported` in a drive string: the drive does not open.',
  holds: { qemu: { since: '0.15' }, librbd: { since: '20.2' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      const option = nameOptionsOf(trace, 'auth_supported').find(({ keySpan }) => keySpan.start === span.start);
      const removal = option === undefined ? null : removeNameOption(context, option);
      const fixes: Fix[] = removal === null ? [] : [fix(l10n.t('Delete {0}', 'auth_supported='), removal)];
      if (cephOption(trace.releases.librbd, SUCCESSOR) !== undefined) {
        fixes.unshift(fix(l10n.t('Write {0}', inTitle(SUCCESSOR)), [replaceIn(span, SUCCESSOR)], { preferred: true }));
      }
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          refusedDrive(trace, error),
          l10n.t(
            '{0} has no {1} any more, and an option that librados does not know is fatal in a drive string. Write {2}, which means the same to a client, or leave it out.',
            librbdName(trace),
            code('auth_supported'),
            code(SUCCESSOR),
          ),
        ),
        { fixes },
      );
    }
  },
};
