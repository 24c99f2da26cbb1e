import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { driveOptions } from '../../catalog/qemu-options.js';
import { commonMembers, rbdMembers } from '../../catalog/qemu-rbd.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { rewriteValue } from '../support/drive-text.js';
import { inCommand } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { nearest } from '../support/nearest.js';
import { didYouMean, inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { Devices, isDeviceProperty } from '../support/to-device.js';
import { sentences } from '../support/wording.js';

export const driveUnknownOption: CommandRule = {
  id: 'drive-unknown-option',
  severity: 'error',
  statement: 'Not an option of this QEMU: the drive is refused, from QEMU 1.7 on only after the image was opened.',
  looksAt: 'command',
  *check(context) {
    const devices = new Devices(context);
    for (const { trace, error, span } of refusals(context, this.id)) {
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      if (isDeviceProperty(option.key) && trace.syntax.form === 'drive') {
        const move = devices.moveFrom(trace);
        const message = sentences(
          refusedDrive(trace, error),
          l10n.t('{0} belongs to the device.', code(`${option.key}=`)),
        );
        yield findingAt(this, inCommand(span), message, { fixes: move === null ? [] : [move] });
        continue;
      }
      const near = nearest(option.key, namesFor(trace, option.key));
      const path = /^.*\./.exec(option.key)?.[0] ?? '';
      yield findingAt(
        this,
        inCommand(span),
        sentences(refusedDrive(trace, error), ofCeph(trace, option), didYouMean(near)),
        {
          fixes: near.flatMap((name, index) => {
            const title = l10n.t('Write {0}', inTitle(name));
            const edits =
              rewriteValue(context, option.keySpan, option.key, name) ??
              // In JSON the path is not written out.
              (name.startsWith(path)
                ? rewriteValue(context, option.keySpan, option.key.slice(path.length), name.slice(path.length))
                : null);
            return edits === null ? [] : [fix(title, edits, { preferred: index === 0 })];
          }),
        },
      );
    }
  },
};

/** A node has no place for the options of Ceph's that a name takes. */
function ofCeph({ syntax, releases: { librbd } }: DriveTrace, { key }: DriveOption): string {
  const name = key.replace(/^.*\./, '').replaceAll('-', '_');
  if (syntax.name !== null || cephOption(librbd, name) === undefined) return '';
  return l10n.t(
    "{0} is an option of Ceph's, and a node takes none: put it into the ceph.conf that its member {1} names.",
    code(name),
    code('conf'),
  );
}

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
