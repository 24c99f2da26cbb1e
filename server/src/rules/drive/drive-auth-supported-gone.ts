import { cephOption } from '../../catalog/ceph-options.js';
import type { CommandRule, Fix } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand, librbdName, nameOptionsOf, removeNameOption } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { complaint, refusals, refusedBy } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveAuthSupportedGone: CommandRule = {
  id: 'drive-auth-supported-gone',
  severity: 'error',
  statement: 'librados 20.2 refuses `auth_supported` in a drive string: the drive does not open.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      if (trace === null) continue;
      const option = nameOptionsOf(trace, 'auth_supported').find(({ keySpan }) => keySpan.start === span.start);
      const { librbd } = trace.releases;
      const removal = option === undefined ? null : removeNameOption(context, option);
      const fixes: Fix[] = removal === null ? [] : [fix('Delete it', removal)];
      if (cephOption(librbd, 'auth_client_required') !== undefined) {
        fixes.unshift(
          fix('Write auth_client_required', [replaceIn(span, 'auth_client_required')], { preferred: true }),
        );
      }
      yield driveFinding(
        this,
        inCommand(span),
        `${librbdName(trace)} has no ${code('auth_supported')} any more, and an option that librados does not know is fatal in a drive string. ` +
          `${refusedBy(trace, refusal)}: ${complaint(error)}. Write ${code('auth_client_required')}, or leave it out.`,
        { fixes },
      );
    }
  },
};
