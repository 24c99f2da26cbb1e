import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { isCephxKey, type SecretObject, secretObjects, secretsOfDrives } from '../support/secret-objects.js';
import { code } from '../support/shown.js';

export const driveSecretNotBase64: CommandRule = {
  id: 'drive-secret-not-base64',
  severity: 'warning',
  statement: 'A cephx key in a secret object needs `format=base64`; else QEMU encodes it a second time.',
  holds: { qemu: { since: '2.6' } },
  looksAt: 'command',
  *check(context) {
    if (!qemuBehaviour(context.releases.qemu).passwordSecret) return;
    const objects = secretObjects(context);
    const used = objects.length === 0 ? new Map() : secretsOfDrives(context);
    for (const object of objects) {
      const trace = used.get(object.id);
      if (trace === undefined || !isTakenAsItStands(object)) continue;
      const { span, end, members, write } = object;
      const format = members.get('format');
      const base64 = write('format', 'base64');
      yield findingAt(
        this,
        inCommand(span),
        l10n.t(
          '{0} encodes the data of this secret in base64 before it hands it to librados, and a cephx key is base64 already: the key arrives encoded twice, and the cluster refuses it. Add {1}.',
          qemuName(trace),
          code('format=base64'),
        ),
        {
          fixes: [
            format === undefined
              ? fix(l10n.t('Add {0}', 'format=base64'), [replaceIn({ start: end, end }, `,${base64}`)], {
                  preferred: true,
                })
              : fix(l10n.t('Set {0}', 'format=base64'), [replaceIn(format.span, base64)], { preferred: true }),
          ],
        },
      );
    }
  },
};

/** A cephx key, or a file that holds one; what is no key may well be meant as it stands. */
function isTakenAsItStands({ members }: SecretObject): boolean {
  const format = members.get('format')?.value ?? 'raw';
  if (format !== 'raw' || members.has('keyid')) return false;
  const data = members.get('data');
  return data === undefined ? members.has('file') : isCephxKey(data.value);
}
