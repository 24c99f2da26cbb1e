import { cephOption } from '../../catalog/ceph-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand, librbdName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { createNearNames, type NearNames } from '../support/near-names.js';
import { absenceOf } from '../support/option-life.js';
import { complaint, refusals, refusedBy } from '../support/refusals.js';
import { code } from '../support/shown.js';

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
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      const option = trace?.syntax.name?.options.find(({ keySpan }) => keySpan.start === span.start);
      if (trace === null || option === undefined) continue;
      const { librbd } = trace.releases;
      const key = option.key.replaceAll(' ', '_');
      const absence = absenceOf(librbd, key);
      const names = suggestions(trace, key, nearNames);
      const meant = names.length === 0 ? '' : ` Did you mean ${names.map((name) => code(name)).join(' or ')}?`;
      const when = absence === null ? '' : ` The option ${absence.when}.`;
      const plain = context.command.text.slice(span.start, span.end) === option.key;
      yield driveFinding(
        this,
        inCommand(span),
        `${librbdName(trace)} knows no option ${code(option.key)}, and in a drive string that is fatal (in a file it would be ignored). ${refusedBy(trace, refusal)}: ${complaint(error)}.${when}${meant}`,
        {
          fixes: plain
            ? names.map((name, index) =>
                fix(`Write ${code(name)}`, [replaceIn(span, name)], { preferred: index === 0 && absence === null }),
              )
            : [],
        },
      );
    }
  },
};

function suggestions({ releases: { librbd } }: DriveTrace, key: string, near: NearNames): readonly string[] {
  const own = QEMUS_OWN.get(key);
  const underscored = key.replaceAll('-', '_');
  const known = absenceOf(librbd, underscored)?.knownAs ?? null;
  if (own !== undefined) return [own];
  if (cephOption(librbd, underscored) !== undefined) return [underscored];
  return known !== null ? [known] : near(librbd, underscored).slice(0, 3);
}
