/** What `-set` and `-global` say of drives and devices. Source: qemu_set_option and qemu_global_option in vl.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { kindsOf } from '../../catalog/qemu-devices.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseQemuOpts, type QemuOpt } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError } from '../model.js';
import type { CommandLine, Given } from './command-line.js';
import { type FlatOption, WrittenOption } from './flat-options.js';
import { fill, refusal } from './refusal.js';

/** One more option of a drive or device that stands before it. */
interface SetOption {
  readonly group: string;
  readonly id: string;
  readonly option: FlatOption;
  readonly index: number;
}

/** A property of all devices of a kind. */
interface GlobalProperty {
  readonly driver: string;
  readonly property: string;
  readonly value: string;
  readonly span: Span;
}

const SET = /^([^.]{1,63})\.([^.]{1,63})\.([^=]{1,63})=/;
const GLOBAL = /^([^.=]{1,63})\.([^=]{1,63})=/;

export class Settings {
  private readonly sets = new Map<string, SetOption[]>();
  private readonly globals: readonly GlobalProperty[];
  readonly error: DriveError | null;

  constructor(line: CommandLine, behaviour: QemuBehaviour) {
    this.globals = line.globals.flatMap((given) => readGlobal(given, behaviour) ?? []);
    this.error = line.sets.length === 0 ? null : this.readSets(line, behaviour);
  }

  private readSets(line: CommandLine, behaviour: QemuBehaviour): DriveError | null {
    const drives = driveIds(line, behaviour);
    let error: DriveError | null = null;
    for (const given of line.sets) {
      const { text } = given.argument;
      const set = readSet(given);
      if (set === null) {
        const message = fill('can\'t parse: "%s"', text);
        if (!text.includes(UNKNOWN)) error ??= refusal('args', 'bad-value', message, given.argument.span());
        continue;
      }
      const key = `${set.group} ${set.id}`;
      const earlier = this.sets.get(key);
      if (earlier === undefined) this.sets.set(key, [set]);
      else earlier.push(set);
      if (!line.hasMore) error ??= missingDrive(set, drives);
    }
    return error;
  }

  /** What is said of a drive or device behind its own argument, in order. */
  of(group: 'drive' | 'device', id: string | null, behind: number): readonly FlatOption[] {
    if (this.sets.size === 0 || id === null) return [];
    return (this.sets.get(`${group} ${id}`) ?? []).filter(({ index }) => index > behind).map(({ option }) => option);
  }

  /** The value of a property for devices of this kind; null where nothing is said. */
  ofKind(driver: string, property: string): { readonly value: string; readonly span: Span } | null {
    if (this.globals.length === 0) return null;
    for (const name of kindsOf(driver)) {
      const found = this.globals.findLast((global) => global.driver === name && global.property === property);
      if (found !== undefined) return found;
    }
    return null;
  }
}

/** The ids of the drives, each with the place of the first argument that has it. */
function driveIds(line: CommandLine, behaviour: QemuBehaviour): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const { given } of line.inOrder) {
    const id = given.name === 'drive' ? parseQemuOpts(given.argument, behaviour.driveOpts).tree.id?.value : undefined;
    const key = id?.includes(UNKNOWN) === true ? UNKNOWN : id;
    if (key !== undefined && !ids.has(key)) ids.set(key, given.index);
  }
  return ids;
}

/** The drive must stand before what is set of it. */
function missingDrive({ group, id, option, index }: SetOption, drives: ReadonlyMap<string, number>): DriveError | null {
  if (group !== 'drive' || id.includes(UNKNOWN)) return null;
  const isThere = [id, UNKNOWN].some((name) => (drives.get(name) ?? index) < index);
  return isThere ? null : refusal('args', 'bad-value', `there is no drive "${id}" defined`, option.span);
}

function readSet(given: Given): SetOption | null {
  const { argument, index } = given;
  const parts = SET.exec(argument.text);
  const [whole = '', group = '', id = '', key = ''] = parts ?? [];
  if (parts === null) return null;
  const opt: QemuOpt = {
    key,
    value: argument.text.slice(whole.length),
    bare: null,
    start: whole.length - key.length - 1,
    keyEnd: whole.length - 1,
    valueStart: whole.length,
    end: argument.text.length,
    cut: null,
    doubled: false,
  };
  return { group, id, option: new WrittenOption(argument, index, opt), index };
}

function readGlobal({ argument }: Given, behaviour: QemuBehaviour): GlobalProperty | null {
  const parts = GLOBAL.exec(argument.text);
  if (parts !== null) {
    const [whole, driver = '', property = ''] = parts;
    return { driver, property, value: argument.text.slice(whole.length), span: argument.span() };
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: null });
  const last = (key: string) => tree.options.findLast((option) => option.key === key)?.value;
  const [driver, property, value] = [last('driver'), last('property'), last('value')];
  if (driver === undefined || property === undefined || value === undefined) return null;
  return { driver, property, value, span: argument.span() };
}
