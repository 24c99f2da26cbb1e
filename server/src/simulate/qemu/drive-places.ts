/** Buses and units that drives take, one after the other. Source: drive_init and drive_new in blockdev.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import type { OptionSet } from './flat-options.js';
import { isQ35 } from './machine.js';
import { isUnknownText, known, numberOf } from './option-values.js';
import { refusal } from './refusal.js';

export interface DrivePlace {
  readonly bus: number;
  readonly unit: number;
  /** The name of a drive without an id. */
  readonly name: string;
  /** Why QEMU refuses it; null where the drive has the place. */
  readonly problem: DriveError | null;
}

/** How many units a bus has; 0: there is one bus without end. */
const UNITS_OF_A_BUS: ReadonlyMap<string, number> = new Map([
  ['ide', 2],
  ['scsi', 7],
]);

/** What is asked of a place: `if=`, the media, and the index that a flag such as `-hdb` stands for. */
export interface PlaceWanted {
  readonly type: string;
  readonly media: string;
  readonly index: number | null;
}

const PLACE_OPTIONS = ['index', 'bus', 'unit'];

export class DrivePlaces {
  private readonly taken = new Set<string>();
  /** By interface and bus: the place from there on that was free last; a place that is taken stays so. */
  private readonly free = new Map<string, readonly [bus: number, unit: number]>();
  private readonly oneUnit: boolean;

  constructor(behaviour: QemuBehaviour, machine: string | null) {
    this.oneUnit = behaviour.unitsOfMachine && isQ35(machine);
  }

  take(options: OptionSet, { type, media, index: implied }: PlaceWanted): DrivePlace {
    const perBus = type === 'ide' && this.oneUnit ? 1 : (UNITS_OF_A_BUS.get(type) ?? 0);
    const isUnknown = isUnknownText(type) || PLACE_OPTIONS.some((key) => isUnknownText(options.get(key)?.value ?? ''));
    const index = known(options, 'index');
    const bus = known(options, 'bus');
    const unit = known(options, 'unit');
    const at = (onBus: number, atUnit: number, problem: DriveError | null): DrivePlace => {
      const name = isUnknown ? `${type}${UNKNOWN}` : driveName(type, media, perBus, onBus, atUnit);
      return { bus: onBus, unit: atUnit, name, problem };
    };
    const refuse = (message: string, option: typeof index): DrivePlace =>
      at(0, 0, refusal('args', 'bad-value', message, option?.span ?? null));
    const wanted = numberOf(index) ?? (options.has('index') ? -1 : (implied ?? -1));
    let onBus = numberOf(bus) ?? 0;
    let atUnit = numberOf(unit) ?? -1;
    if (wanted !== -1) {
      if (onBus !== 0 || atUnit !== -1) return refuse('index cannot be used with bus and unit', index);
      onBus = perBus === 0 ? 0 : Math.trunc(wanted / perBus);
      atUnit = perBus === 0 ? wanted : wanted % perBus;
    } else if (atUnit === -1) {
      [onBus, atUnit] = this.firstFree(type, onBus, perBus);
    }
    if (perBus !== 0 && atUnit >= perBus) return refuse(`unit ${atUnit} too big (max is ${perBus - 1})`, unit);
    if (this.isTaken(type, onBus, atUnit)) {
      const message = `drive with bus=${onBus}, unit=${atUnit} (index=${wanted}) exists`;
      return at(onBus, atUnit, refusal('args', 'place-taken', message, (index ?? unit ?? bus)?.span ?? null));
    }
    // A place that cannot be known keeps nobody off.
    if (!isUnknown) this.taken.add(`${type} ${onBus} ${atUnit}`);
    return at(onBus, atUnit, null);
  }

  private isTaken(type: string, bus: number, unit: number): boolean {
    return this.taken.has(`${type} ${bus} ${unit}`);
  }

  private firstFree(type: string, from: number, perBus: number): readonly [bus: number, unit: number] {
    const start = `${type} ${from}`;
    let [bus, unit] = this.free.get(start) ?? [from, 0];
    while (this.isTaken(type, bus, unit)) {
      unit++;
      if (unit !== perBus) continue;
      bus++;
      unit = 0;
    }
    this.free.set(start, [bus, unit]);
    return [bus, unit];
  }
}

/** What QEMU calls a drive without an id. */
function driveName(type: string, media: string, perBus: number, bus: number, unit: number): string {
  if (perBus === 0) return `${type}${unit}`;
  return `${type}${bus}${media === 'cdrom' ? '-cd' : '-hd'}${unit}`;
}
