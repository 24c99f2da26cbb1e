/** The device of a drive: the one that stands there, or the one that `if=` stands for. */
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { type Given, readCommandLine } from '../simulate/qemu/command-line.js';
import { readDevice } from '../simulate/qemu/devices.js';
import { parseJsonText } from '../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../syntax/qemu/qemu-opts.js';
import type { PlacedEdit } from './analysis-model.js';
import { appendToWord, argumentsOf, type CommandPlace, type DrivePlace, editAt, wordsOf } from './refactor-command.js';
import type { LegacyDrive } from './refactor-legacy-drive.js';

/** `none`: the command has no device for it. */
export type DeviceUse =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; readonly driver: string }
  | { readonly kind: 'given'; readonly given: Given };

/** Null where it cannot be told which device the guest would see, or there is more than one. */
export function deviceFor(place: DrivePlace, drive: LegacyDrive): DeviceUse | null {
  const own = devicesOf(place, drive.id);
  const [given, another] = own;
  if (another !== undefined) return null;
  if (given !== undefined) return { kind: 'given', given };
  if (drive.interface === 'none') return drive.properties.length === 0 ? { kind: 'none' } : null;
  const program = programOf(place);
  const { machine } = readCommandLine(place.command.command.args);
  if (drive.interface === 'virtio') {
    if (machine !== null && /^(?:microvm|none)/.test(machine)) return null;
    return { kind: 'new', driver: /s390/.test(program) ? 'virtio-blk-ccw' : 'virtio-blk-pci' };
  }
  const isPc = machine === null || /^(?:pc|q35)/.test(machine);
  const isX86 = program === '' || /(?:x86_64|i386|kvm)$/.test(program);
  return drive.interface === 'ide' && isPc && isX86 ? { kind: 'new', driver: 'ide-hd' } : null;
}

/** Devices that take the drive or node of that name. */
export function devicesOf(place: CommandPlace, name: string | null): readonly Given[] {
  if (name === null) return [];
  const { qemu } = place.analysis.releases.pair;
  return argumentsOf(place, 'device').filter((given) => readDevice(given, qemu).drive === name);
}

function programOf({ command }: DrivePlace): string {
  const { text, program } = command.command;
  return text.slice(program.start, program.end);
}

export interface DeviceChange {
  readonly drive: string;
  readonly writeCache: string | null;
  readonly properties: LegacyDrive['properties'];
}

/** Puts what the drive said to a device that is there; null where its text has no plain place for it. */
export function addToDevice(place: CommandPlace, given: Given, change: DeviceChange): readonly PlacedEdit[] | null {
  const { qemu } = place.analysis.releases.pair;
  const known = propertiesOf(place, given);
  if (known === null) return null;
  const drive = known.get('drive');
  if (drive === undefined) return null;
  const wanted: (readonly [string, string])[] = [...change.properties];
  const { driver } = readDevice(given, qemu);
  const isDefault = change.writeCache === 'on' && !WITH_WRITE_CACHE.test(driver);
  if (change.writeCache !== null && !isDefault) wanted.unshift(['write-cache', change.writeCache]);
  const missing = wanted.filter(([name]) => !known.has(name));
  const edits: PlacedEdit[] = [];
  if (drive.text !== change.drive) edits.push(editAt(place, drive.span, change.drive));
  if (missing.length === 0) return edits;
  if (!given.argument.text.startsWith('{')) {
    if (missing.some(([, value]) => !/^[A-Za-z0-9._:-]+$/.test(value))) return null;
    const added = appendToWord(place, given.index, missing.map(([name, value]) => `,${name}=${value}`).join(''));
    return added === null ? null : [...edits, added];
  }
  const word = wordsOf(place)[given.index];
  if (word === undefined || word.quoting === 'double' || word.quoting === 'mixed') return null;
  if (word.quoting === 'none' && place.analysis.language === 'shellscript') return null;
  const start = given.argument.span(1, 1).start;
  const text = missing.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`).join('');
  return /['\\]/.test(text) ? null : [...edits, editAt(place, { start, end: start }, text)];
}

/** Devices of which it is known that they have the property. */
const WITH_WRITE_CACHE = /^(?:virtio-blk|scsi-hd|ide-hd)/;

/** What a `-device` says, by name; null where it cannot be read. */
function propertiesOf(
  place: CommandPlace,
  { argument }: Given,
): ReadonlyMap<string, { readonly text: string; readonly span: { start: number; end: number } }> | null {
  const behaviour = qemuBehaviour(place.analysis.releases.pair.qemu);
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object') return null;
    return new Map(
      tree.members.flatMap(({ key, value }) =>
        value.kind === 'string' ? [[key, { text: value.text, span: inQuotes(value.span) }] as const] : [],
      ),
    );
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'driver' });
  return new Map(
    tree.options.map(({ key, value, valueStart, end }) => [key, { text: value, span: argument.span(valueStart, end) }]),
  );
}

/** A string of JSON without its quotes. */
function inQuotes({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start: start + 1, end: end - 1 };
}

/** Takes `write-cache` out of a device, where the cache mode says the same; null where that cannot be done. */
export function withoutWriteCache(place: CommandPlace, given: Given): readonly PlacedEdit[] | null {
  const known = propertiesOf(place, given)?.get('write-cache');
  if (known === undefined) return [];
  if (given.argument.text.startsWith('{')) return null;
  const key = ',write-cache=';
  const { text } = place.command.command;
  const start = known.span.start - key.length;
  if (text.slice(start, known.span.start) !== key) return null;
  return [editAt(place, { start, end: known.span.end }, '')];
}
