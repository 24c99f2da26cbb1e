import * as l10n from '@vscode/l10n';
import { driverNames } from '../../catalog/qemu-drivers.js';
import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import { commonMembers, rbdMembers } from '../../catalog/qemu-rbd.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { rewriteValue } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { nearest } from '../support/nearest.js';
import { codes, inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveBadValue: CommandRule = {
  id: 'drive-bad-value',
  severity: 'error',
  statement: 'Not a value that this option has in this QEMU.',
  looksAt: 'command',
  *check(context) {
    for (const { trace, error } of refusals(context, this.id)) {
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      const allowed = valuesOf(trace, option);
      const near = meant(option.value, allowed);
      yield findingAt(
        this,
        inCommand(option.valueSpan),
        sentences(refusedDrive(trace, error), advice(trace, option, allowed, near)),
        {
          fixes: near.flatMap((value, index) => {
            const edits = rewriteValue(context, option.valueSpan, option.value, value);
            const title = l10n.t('Write {0}', inTitle(`${nameOf(option)}=${value}`));
            return edits === null ? [] : [fix(title, edits, { preferred: index === 0 })];
          }),
        },
      );
    }
  },
};

const SHORT_LIST = 10;

/** Near in spelling, else what the word is the beginning of. */
function meant(value: string, allowed: readonly string[]): readonly string[] {
  const near = nearest(value, allowed);
  return near.length > 0 || value.length < 2 ? near : allowed.filter((word) => word.startsWith(value.toLowerCase()));
}

function nameOf({ key }: DriveOption): string {
  return key.replace(/^(?:file\.)+/, '');
}

function valuesOf({ syntax, releases: { qemu } }: DriveTrace, option: DriveOption): readonly string[] {
  const name = nameOf(option);
  if (name === 'format' || name === 'driver') return driverNames(qemu);
  if (syntax.form !== 'drive' || name !== option.key) {
    const members = [...commonMembers(qemu), ...rbdMembers(qemu)];
    return [...(members.find((member) => member.name === name)?.values ?? [])];
  }
  return [...(driveOption(qemu, name)?.allowed ?? [])];
}

function advice(trace: DriveTrace, option: DriveOption, allowed: readonly string[], near: readonly string[]): string {
  if (allowed.includes(option.value)) return '';
  const since = anyDriveOption(nameOf(option))?.values.find(({ value }) => value === option.value)?.since;
  if (since !== undefined) {
    return l10n.t('{0} came with QEMU {1}, and this is {2}.', code(option.value), since, qemuName(trace));
  }
  const list = allowed.length > SHORT_LIST ? near : allowed;
  return list.length === 0 ? '' : l10n.t('Possible: {0}.', codes(list));
}
