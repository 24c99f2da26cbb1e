/** Options of `-drive` that became properties of the device, or always were, and the edits that take them there. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import { type Given, readCommandLine } from '../../simulate/qemu/command-line.js';
import { readDevice } from '../../simulate/qemu/devices.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { CommandRuleContext, Fix, TextEdit } from '../rule.js';
import { idsOf, isPlain, jsonQuote, removeOptions, replaceIn, written } from './drive-text.js';
import { optionOf } from './drive-words.js';
import { fix } from './finding.js';
import { listInTitle } from './refusal-words.js';

const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['serial', 'serial'],
  ['addr', 'addr'],
  ['cyls', 'cyls'],
  ['heads', 'heads'],
  ['secs', 'secs'],
  ['trans', 'bios-chs-trans'],
  ['bootindex', 'bootindex'],
  ['write-cache', 'write-cache'],
]);

export function isDeviceProperty(key: string): boolean {
  return PROPERTIES.has(key);
}

/** The `-device` arguments of a command by the drive that they take, and what may be moved there; found when first asked for. */
export class Devices {
  private made: Map<string, Given[]> | null = null;
  private readonly moves = new Map<DriveTrace, Fix | null>();

  constructor(private readonly context: CommandRuleContext) {}

  /** One fix for all options of the drive that belong to its device: each finding offers the same. */
  moveFrom(trace: DriveTrace): Fix | null {
    let move = this.moves.get(trace);
    if (move === undefined) {
      move = moveToDevice(this.context, this, trace);
      this.moves.set(trace, move);
    }
    return move;
  }

  of(id: string): readonly Given[] {
    return this.all().get(id) ?? [];
  }

  private all(): Map<string, Given[]> {
    if (this.made !== null) return this.made;
    this.made = new Map();
    for (const given of readCommandLine(this.context.command.words.map((word) => word.value)).devices) {
      const { drive } = readDevice(given, this.context.releases.qemu);
      if (drive === null) continue;
      const known = this.made.get(drive);
      if (known === undefined) this.made.set(drive, [given]);
      else known.push(given);
    }
    return this.made;
  }
}

/**
 * Takes every property of the device out of the drive and gives it to the `-device` that holds the drive, or to a new one
 * for a virtio disk that has none. Null where there is no plain place for them.
 */
function moveToDevice(context: CommandRuleContext, devices: Devices, trace: DriveTrace): Fix | null {
  const options = trace.syntax.options.filter(({ key }) => PROPERTIES.has(key));
  if (options.length === 0 || options.some((option) => option.unknown || !isPlain(written(context, option.valueSpan))))
    return null;
  const removal = removeOptions(context, options);
  if (removal === null) return null;
  const own = trace.syntax.id === null ? [] : devices.of(trace.syntax.id);
  const [only] = own;
  if (only === undefined) return newDevice(context, trace, options, removal);
  const target = own.length > 1 ? null : deviceText(context, only, trace);
  if (target === null) return null;
  const moved = effective(options).flatMap(({ key, value }) => {
    const property = PROPERTIES.get(key) ?? key;
    // The translation of geometries is a matter of IDE disks; others never looked at it.
    const taken = target.keys.has(property) || (property === 'bios-chs-trans' && !target.driver.startsWith('ide'));
    return taken ? [] : [{ key, text: target.write(property, value) }];
  });
  const title =
    moved.length > 0
      ? l10n.t('Move {0} to the -device', listInTitle(moved.map(({ key }) => `${key}=`)))
      : options.every(({ key }) => target.keys.has(PROPERTIES.get(key) ?? key))
        ? l10n.t('Delete {0}: the -device says it already', listInTitle(options.map(({ key }) => `${key}=`)))
        : l10n.t('Delete {0}', listInTitle(options.map(({ key }) => `${key}=`)));
  const text = moved.map((each) => each.text).join('');
  const at = { start: target.end, end: target.end };
  return fix(title, text === '' ? removal : [...removal, replaceIn(at, text)], { preferred: true });
}

function effective(options: readonly DriveOption[]): readonly DriveOption[] {
  return options.filter((option) => option.effective);
}

interface DeviceText {
  readonly driver: string;
  readonly keys: ReadonlySet<string>;
  /** Where more properties go. */
  readonly end: number;
  write(property: string, value: string): string;
}

function deviceText(context: CommandRuleContext, { argument }: Given, trace: DriveTrace): DeviceText | null {
  const behaviour = qemuBehaviour(trace.releases.qemu);
  if (!argument.text.startsWith('{')) {
    const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'driver' });
    const driver = tree.options.find(({ key }) => key === 'driver')?.value ?? '';
    const keys = new Set(tree.options.map(({ key }) => key));
    return { driver, keys, end: argument.span().end, write: (property, value) => `,${property}=${value}` };
  }
  const { tree } = parseJsonText(argument, behaviour.json);
  if (tree?.kind !== 'object' || tree.members.length === 0) return null;
  const driver = tree.members.find(({ key }) => key === 'driver')?.value;
  const quote = jsonQuote(written(context, tree.span));
  return {
    driver: driver?.kind === 'string' ? driver.text : '',
    keys: new Set(tree.members.map(({ key }) => key)),
    end: tree.span.end - 1,
    write: (property, value) => `,${quote}${property}${quote}:${quote}${value}${quote}`,
  };
}

/** `if=virtio` in two words: a drive without an interface, and the device that takes it up. */
function newDevice(
  context: CommandRuleContext,
  trace: DriveTrace,
  options: readonly DriveOption[],
  removal: readonly TextEdit[],
): Fix | null {
  const { syntax } = trace;
  const type = optionOf(trace, 'if');
  const word = context.command.words[syntax.argument];
  const program = written(context, context.command.program);
  if (type?.value !== 'virtio' || word === undefined || syntax.flag !== '-drive' || program.includes('s390'))
    return null;
  const id = syntax.id ?? freeId(context, `drive${syntax.argument}`);
  if (!isPlain(id)) return null;
  const named = effective(options).filter(({ key }) => key !== 'trans');
  const properties = named.map(({ key, value }) => `,${key}=${value}`).join('');
  const { end } = word.span;
  return fix(
    l10n.t('Write a -device for this drive, with {0}', listInTitle(named.map(({ key }) => `${key}=`))),
    [
      ...removal,
      replaceIn(type.valueSpan, syntax.id === null ? `none,id=${id}` : 'none'),
      replaceIn({ start: end, end }, ` -device virtio-blk-pci,drive=${id}${properties}`),
    ],
    { preferred: true },
  );
}

function freeId(context: CommandRuleContext, wanted: string): string {
  const taken = idsOf(context);
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}-${i}`;
  return id;
}
