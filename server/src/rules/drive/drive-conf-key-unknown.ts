import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, Fix } from '../rule.js';
import { cephKey, replaceIn } from '../support/drive-text.js';
import { inCommand, librbdName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { createNearNames, type NearNames } from '../support/near-names.js';
import { type Absence, absenceOf } from '../support/option-life.js';
import { didYouMean, inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

const nearNames = createNearNames();

/** What people write for the names that QEMU itself takes. */
const QEMUS_OWN: ReadonlyMap<string, string> = new Map([
  ['user', 'id'],
  ['name', 'id'],
  ['username', 'id'],
  ['Id', 'id'],
  ['ID', 'id'],
  ['Conf', 'conf'],
  ['config', 'conf'],
]);

export const driveConfKeyUnknown: CommandRule = {
  id: 'drive-conf-key-unknown',
  severity: 'error',
  statement: 'This librados knows no such option: that is fatal in a drive string, though not in a file.',
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      const option = trace?.syntax.name?.options.find(({ keySpan }) => keySpan.start === span.start);
      if (trace === null || option === undefined) continue;
      const key = cephKey(trace, option.key);
      const absence = absenceOf(trace.releases.librbd, key);
      const names = suggestions(trace, key, nearNames);
      const plain = context.command.text.slice(span.start, span.end) === option.key;
      const fixes: Fix[] = (plain ? names : []).map((name, index) =>
        fix(l10n.t('Write {0}', inTitle(name)), [replaceIn(span, name)], {
          preferred: index === 0 && absence === null,
        }),
      );
      const removal = absence === null ? null : removeNameOption(context, option);
      if (removal !== null) fixes.push(fix(l10n.t('Delete {0}', inTitle(`${option.key}=`)), removal));
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          refusedDrive(trace, error),
          l10n.t(
            '{0} knows no option {1}: in a drive string that is fatal, while in a file it would be ignored.',
            librbdName(trace),
            code(option.key),
          ),
          absence === null ? '' : whenThere(absence),
          didYouMean(names),
        ),
        { fixes },
      );
    }
  },
};

function whenThere({ kind, history }: Absence): string {
  switch (kind) {
    case 'not-yet':
      return l10n.t('The option exists from librbd {0} on.', history.since);
    case 'gone':
      return l10n.t('The option is gone; it was last seen in librbd {0}.', history.lastSeen ?? history.since);
    case 'hole':
      return l10n.t('Older and newer releases have it, this one has not.');
  }
}

function suggestions({ releases: { librbd } }: DriveTrace, key: string, near: NearNames): readonly string[] {
  const own = QEMUS_OWN.get(key);
  const underscored = key.replaceAll('-', '_');
  const known = absenceOf(librbd, underscored)?.knownAs ?? null;
  if (own !== undefined) return [own];
  if (cephOption(librbd, underscored) !== undefined) return [underscored];
  return known !== null ? [known] : near(librbd, underscored).slice(0, 3);
}
