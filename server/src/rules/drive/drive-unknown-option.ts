import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { driveOptions } from '../../catalog/qemu-options.js';
import { commonMembers, rbdMembers } from '../../catalog/qemu-rbd.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { nearest } from '../support/nearest.js';
import { complaint, refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveUnknownOption: CommandRule = {
  id: 'drive-unknown-option',
  severity: 'error',
  statement: 'Not an option of this QEMU: the drive is refused, from QEMU 1.7 on only after the image was opened.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      const near = nearest(option.key, namesFor(trace, option.key));
      const plain = context.command.text.slice(option.keySpan.start, option.keySpan.end) === option.key;
      const meant = near.length === 0 ? '' : ` Did you mean ${near.map((name) => code(name)).join(' or ')}?`;
      yield driveFinding(this, inCommand(span), `${refusedBy(trace, refusal)}: ${complaint(error)}.${meant}`, {
        fixes: plain
          ? near.map((name, index) =>
              fix(`Write ${code(name)}`, [replaceIn(option.keySpan, name)], { preferred: index === 0 }),
            )
          : [],
      });
    }
  },
};

/** Names that could stand in the place of `key`. */
function namesFor({ syntax, releases: { qemu } }: DriveTrace, key: string): readonly string[] {
  const members = [...rbdMembers(qemu), ...commonMembers(qemu)].map(({ name }) => name);
  const ofNode = [...members, ...qemuBehaviour(qemu).nodeOptions];
  const prefix = /^(?:file\.)+/.exec(key)?.[0] ?? '';
  if (prefix !== '') return ofNode.map((name) => prefix + name);
  const ofDrive = driveOptions(qemu)
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('*'));
  if (syntax.form !== 'drive') return ofNode;
  const isRbd = syntax.options.some((option) => option.key === 'driver' && option.value === 'rbd');
  return isRbd ? [...ofDrive, ...ofNode] : ofDrive;
}
