import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import { type Given, readCommandLine } from '../../simulate/qemu/command-line.js';
import { readDevice } from '../../simulate/qemu/devices.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { isPlain, removeOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveOptionRemoved: CommandRule = {
  id: 'drive-option-removed',
  severity: 'error',
  statement: 'This option of `-drive` is gone from this QEMU, or about to go (a warning then).',
  looksAt: 'command',
  *check(context) {
    const devices = devicesByDrive(context);
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      const info = anyDriveOption(option.key);
      yield driveFinding(
        this,
        inCommand(span),
        `${refusedBy(trace, refusal)}: ${code(`${option.key}=`)} was removed in QEMU ${info?.removed}.${advice(info?.replacement)}`,
        { fixes: fixes(context, devices, trace, option) },
      );
    }
    for (const trace of context.command.trace.drives) {
      if (trace.syntax.form !== 'drive') continue;
      for (const option of trace.syntax.options) {
        const info = driveOption(trace.releases.qemu, option.key);
        if (info?.isDeprecated !== true) continue;
        const ignored = option.key === 'boot' ? ' and ignored' : '';
        yield driveFinding(
          this,
          inCommand(option.keySpan),
          `${code(`${option.key}=`)} is deprecated${ignored} in ${qemuName(trace)}, and refused from QEMU ${info.removed} on.${advice(info.replacement)}`,
          { severity: 'warning', tags: ['deprecated'], fixes: fixes(context, devices, trace, option) },
        );
      }
    }
  },
};

function advice(replacement: string | null | undefined): string {
  return replacement == null ? ' Leave it out.' : ` Say it to the device: ${code(replacement)}.`;
}

const TO_DEVICE: ReadonlyMap<string, string> = new Map([
  ['serial', 'serial'],
  ['addr', 'addr'],
  ['cyls', 'cyls'],
  ['heads', 'heads'],
  ['secs', 'secs'],
  ['trans', 'bios-chs-trans'],
]);

function fixes(context: CommandRuleContext, devices: Devices, trace: DriveTrace, option: DriveOption): Fix[] {
  const removal = removeOption(context, option);
  if (removal === null) return [];
  const key = TO_DEVICE.get(option.key);
  if (key === undefined) return [fix(`Delete ${code(`${option.key}=`)}`, removal, { preferred: true })];
  const device = deviceOf(devices(), trace, key);
  const value = written(context, option.valueSpan);
  if (device === null || option.unknown || !isPlain(value)) return [];
  if (device.says) return [fix(`Delete it; the -device says ${code(`${key}=`)} already`, removal, { preferred: true })];
  const end = { start: device.end, end: device.end };
  return [fix('Move it to the -device', [...removal, replaceIn(end, `,${key}=${value}`)], { preferred: true })];
}

/** The `-device` arguments by the drive that they take; made when first asked for. */
type Devices = () => ReadonlyMap<string, readonly Given[]>;

function devicesByDrive(context: CommandRuleContext): Devices {
  let made: Map<string, Given[]> | null = null;
  return () => {
    if (made !== null) return made;
    made = new Map();
    for (const given of readCommandLine(context.command.words.map((word) => word.value)).devices) {
      const { drive } = readDevice(given, context.releases.qemu);
      if (drive !== null) made.set(drive, [...(made.get(drive) ?? []), given]);
    }
    return made;
  };
}

/** The `-device` that takes the drive, where its argument is no JSON: where it ends, and whether it has the key. */
function deviceOf(
  devices: ReturnType<Devices>,
  { syntax: { id }, releases: { qemu } }: DriveTrace,
  key: string,
): { end: number; says: boolean } | null {
  const own = id === null ? [] : (devices.get(id) ?? []);
  const [only] = own;
  if (only === undefined || own.length > 1 || only.argument.text.startsWith('{')) return null;
  const { tree } = parseQemuOpts(only.argument, { ...qemuBehaviour(qemu).driveOpts, firstKey: 'driver' });
  return { end: only.argument.span().end, says: tree.options.some((option) => option.key === key) };
}
