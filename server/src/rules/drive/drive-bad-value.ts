import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import { driverNames } from '../../catalog/qemu-rbd.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { nearest } from '../support/nearest.js';
import { complaint, refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveBadValue: CommandRule = {
  id: 'drive-bad-value',
  severity: 'error',
  statement: 'Not a value that this option has in this QEMU.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error } = refusal;
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      const allowed = valuesOf(trace, option);
      const near = nearest(option.value, allowed);
      const plain = context.command.text.slice(option.valueSpan.start, option.valueSpan.end) === option.value;
      yield driveFinding(
        this,
        inCommand(option.valueSpan),
        `${refusedBy(trace, refusal)}: ${complaint(error)}.${advice(trace, option, allowed, near)}`,
        {
          fixes: plain
            ? near.map((value, index) =>
                fix(`Write ${code(`${option.key}=${value}`)}`, [replaceIn(option.valueSpan, value)], {
                  preferred: index === 0,
                }),
              )
            : [],
        },
      );
    }
  },
};

const SHORT_LIST = 10;

function valuesOf({ releases: { qemu } }: DriveTrace, { key }: DriveOption): readonly string[] {
  const name = key.replace(/^(?:file\.)+/, '');
  if (name === 'format' || name === 'driver') return driverNames(qemu);
  return [...(driveOption(qemu, name)?.allowed ?? [])];
}

function advice(trace: DriveTrace, option: DriveOption, allowed: readonly string[], near: readonly string[]): string {
  const name = option.key.replace(/^(?:file\.)+/, '');
  const since = anyDriveOption(name)?.values.find(({ value }) => value === option.value)?.since;
  const { label } = trace.releases.qemu;
  if (since !== undefined && !allowed.includes(option.value)) {
    return ` ${code(option.value)} came with QEMU ${since}, and this is ${label}.`;
  }
  const list = allowed.length > SHORT_LIST ? near : allowed;
  return list.length === 0 || allowed.includes(option.value)
    ? ''
    : ` Possible: ${list.map((value) => code(value)).join(', ')}.`;
}
