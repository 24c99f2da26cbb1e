/**
 * What `-drive` itself refuses before any image is opened, in the order in which QEMU looks.
 * Source: drive_init, drive_new and blockdev_init in blockdev.c of each release.
 */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheMode, driveOption, driveOptions } from '../../catalog/qemu-options.js';
import { isDriver } from '../../catalog/qemu-rbd.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import { type FlatOption, isUnknown, type OptionSet } from './flat-options.js';
import { fill, refusal } from './refusal.js';

export interface DriveToCheck {
  readonly release: QemuRelease;
  readonly options: OptionSet;
  /** `if=`, or what the flag stands for. */
  readonly interface: string;
  /** An alias given beside its full name. */
  readonly clash: { readonly alias: string; readonly option: FlatOption } | null;
}

/** The first complaint; null where `-drive` has none. */
export function checkDrive(drive: DriveToCheck): DriveError | null {
  const { release, options, clash } = drive;
  const behaviour = qemuBehaviour(release);
  if (clash !== null) {
    const message = `'${clash.option.key}' and its alias '${clash.alias}' can't be used at the same time`;
    return refusal('args', 'alias-clash', message, clash.option.span);
  }
  return (
    checkCache(release, options) ??
    checkTypes(release, behaviour, options) ??
    checkMedia(options) ??
    checkInterface(release, options) ??
    (behaviour.geometry ? checkGeometry(release, options) : null) ??
    checkPlace(options, drive.interface) ??
    checkAddress(behaviour, options, drive.interface) ??
    checkErrorActions(options, drive.interface) ??
    checkDiscard(behaviour, options) ??
    checkAio(release, options) ??
    checkFormat(release, behaviour, options) ??
    checkThrottling(behaviour, options) ??
    checkDetectZeroes(release, behaviour, options) ??
    checkFormatAndDriver(behaviour, options)
  );
}

function known(options: OptionSet, name: string): FlatOption | null {
  const option = options.get(name);
  return option === undefined || isUnknown(option) ? null : option;
}

function bad(option: FlatOption, message: string): DriveError {
  return refusal('args', 'bad-value', message, option.valueSpan);
}

/** A value of the wrong type, of an option that this release knows. */
export function typeProblem(release: QemuRelease, option: FlatOption, name = option.key): DriveError | null {
  if (isUnknown(option)) return null;
  const type = driveOption(release, name)?.type;
  if (type === 'bool') {
    if (qemuBehaviour(release).booleans.has(option.value)) return null;
    return bad(option, `Parameter '${name}' expects 'on' or 'off'`);
  }
  if (type === 'number' && !isNumber(option.value, qemuBehaviour(release).strictNumbers)) {
    return bad(option, `Parameter '${name}' expects a number`);
  }
  return null;
}

/** As `strtoull` with base 0 reads it, to the end. */
function isNumber(text: string, strict: boolean): boolean {
  return text === '' ? !strict : /^[ \t\n\v\f\r]*[+-]?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(text);
}

function numberOf(option: FlatOption | null): number | null {
  if (option === null) return null;
  const text = option.value.trim();
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

function checkCache(release: QemuRelease, options: OptionSet): DriveError | null {
  const option = known(options, 'cache');
  if (option === null || cacheMode(release, option.value) !== undefined) return null;
  return bad(option, driveOption(release, 'cache')?.error ?? '');
}

function checkTypes(release: QemuRelease, behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  for (const [key, option] of options) {
    const info = driveOption(release, key);
    if (info === undefined || (info.type !== 'bool' && info.type !== 'number')) continue;
    if (info.layer === 'node' && !behaviour.nodeOptions.has(key)) continue;
    const problem = typeProblem(release, option, key);
    if (problem !== null) return problem;
  }
  return null;
}

function checkMedia(options: OptionSet): DriveError | null {
  const option = known(options, 'media');
  return option === null || option.value === 'disk' || option.value === 'cdrom'
    ? null
    : bad(option, `'${option.value}' invalid media`);
}

function checkInterface(release: QemuRelease, options: OptionSet): DriveError | null {
  const option = known(options, 'if');
  const info = driveOption(release, 'if');
  if (option === null || info?.allowed.has(option.value) !== false) return null;
  return bad(option, fill(info.error ?? '', option.value));
}

function checkGeometry(release: QemuRelease, options: OptionSet): DriveError | null {
  const sizes = ['cyls', 'heads', 'secs'].map((name) => ({ name, option: options.get(name) }));
  const first = sizes.find(({ option }) => option !== undefined)?.option;
  if (
    first !== undefined &&
    !sizes.some(({ option }) => isUnknown(option)) &&
    sizes.some(({ option }) => isNonZero(option))
  ) {
    for (const { name, option } of sizes) {
      if (!isNonZero(option))
        return refusal('args', 'bad-value', `invalid physical ${name} number`, (option ?? first).span);
    }
  }
  const translation = known(options, 'trans');
  if (translation !== null) {
    if (!isNonZero(options.get('cyls'))) {
      return bad(translation, `'${translation.value}' trans must be used with cyls, heads and secs`);
    }
    if (driveOption(release, 'trans')?.allowed.has(translation.value) === false) {
      return bad(translation, `'${translation.value}' invalid translation type`);
    }
  }
  if (first !== undefined && options.get('media')?.value === 'cdrom') {
    return refusal('args', 'bad-value', "CHS can't be set with media=cdrom", first.span);
  }
  return null;
}

function isNonZero(option: FlatOption | undefined): boolean {
  return option !== undefined && numberOf(option) !== 0;
}

const UNITS_OF_A_BUS: ReadonlyMap<string, number> = new Map([
  ['ide', 2],
  ['scsi', 7],
]);

function checkPlace(options: OptionSet, type: string): DriveError | null {
  const index = known(options, 'index');
  const unit = known(options, 'unit');
  const bus = known(options, 'bus');
  if (index !== null && numberOf(index) !== -1) {
    if (unit === null && (bus === null || numberOf(bus) === 0)) return null;
    return refusal('args', 'bad-value', 'index cannot be used with bus and unit', index.span);
  }
  const most = UNITS_OF_A_BUS.get(type);
  const number = numberOf(unit);
  if (most === undefined || unit === null || number === null || number < most) return null;
  return bad(unit, `unit ${number} too big (max is ${most - 1})`);
}

function checkAddress(behaviour: QemuBehaviour, options: OptionSet, type: string): DriveError | null {
  const option = behaviour.geometry ? options.get('addr') : undefined;
  if (option === undefined || type === 'virtio' || type.includes(UNKNOWN)) return null;
  return refusal('args', 'bad-value', 'addr is not supported by this bus type', option.span);
}

const WITH_ERROR_ACTIONS: ReadonlySet<string> = new Set(['ide', 'scsi', 'virtio', 'none']);

function checkErrorActions(options: OptionSet, type: string): DriveError | null {
  for (const [name, what] of [
    ['werror', 'write'],
    ['rerror', 'read'],
  ] as const) {
    const option = known(options, name);
    if (option === null) continue;
    if (!WITH_ERROR_ACTIONS.has(type) && !type.includes(UNKNOWN)) {
      return refusal('args', 'bad-value', `${name} is not supported by this bus type`, option.span);
    }
    const { value } = option;
    const fine =
      value === 'ignore' || value === 'report' || value === 'stop' || (value === 'enospc' && name === 'werror');
    if (!fine) return bad(option, `'${value}' invalid ${what} error action`);
  }
  return null;
}

const DISCARD: ReadonlySet<string> = new Set(['ignore', 'off', 'unmap', 'on']);

function checkDiscard(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  if (behaviour.discardChecked !== 'args') return null;
  const option = known(options, 'discard');
  return option === null || DISCARD.has(option.value) ? null : bad(option, behaviour.discardText);
}

function checkAio(release: QemuRelease, options: OptionSet): DriveError | null {
  const option = known(options, 'aio');
  const info = driveOption(release, 'aio');
  if (option === null || info?.allowed.has(option.value) !== false) return null;
  return bad(option, info.error ?? '');
}

function checkFormat(release: QemuRelease, behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  const option = known(options, 'format');
  if (option === null || isDriver(release, option.value)) return null;
  return bad(option, fill(behaviour.unknownFormatText, option.value));
}

/** Totals exclude the same limit for reads or writes; limits are not negative. */
function checkThrottling(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  for (const [total, read, write] of behaviour.throttling.triples) {
    const limits = [known(options, total), known(options, read), known(options, write)] as const;
    const [all, reads, writes] = limits;
    const negative = behaviour.throttlingRange && limits.find((limit) => (numberOf(limit) ?? 0) < 0);
    if (negative) return bad(negative, 'bps/iops/max values must be 0 or greater');
    if (all === null || !isNonZero(all)) continue;
    if (isNonZero(reads ?? undefined) || isNonZero(writes ?? undefined)) {
      return refusal('args', 'bad-value', behaviour.throttling.text, all.span);
    }
  }
  return null;
}

function checkDetectZeroes(release: QemuRelease, behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  const option = known(options, 'detect-zeroes');
  const info = driveOption(release, 'detect-zeroes');
  if (option === null || info === undefined) return null;
  if (!info.allowed.has(option.value)) return bad(option, fill(info.error ?? '', option.value));
  const discard = options.get('discard');
  if (!behaviour.detectZeroesNeedsDiscard || option.value !== 'unmap' || isUnknown(discard)) return null;
  if (discard?.value === 'unmap' || discard?.value === 'on') return null;
  const message = 'setting detect-zeroes to unmap is not allowed without setting discard operation to unmap';
  return refusal('args', 'detect-zeroes-without-discard', message, option.valueSpan);
}

function checkFormatAndDriver(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  const format = options.get('format');
  if (behaviour.formatAndDriver === null || format === undefined || !options.has('driver')) return null;
  return refusal('args', 'format-and-driver', behaviour.formatAndDriver, format.span);
}

/** Releases that look at each option while they read it: the first one, in the order of the text, that they refuse. */
export function checkWhileReading(release: QemuRelease, options: Iterable<FlatOption>): DriveError | null {
  const behaviour = qemuBehaviour(release);
  for (const option of options) {
    if (option.key === 'id' || option.key.includes(UNKNOWN)) continue;
    const info = driveOption(release, option.key);
    if (info === undefined) {
      return refusal('args', 'unknown-option', fill(behaviour.unknownOptionText, option.key), option.keySpan);
    }
    const problem = typeProblem(release, option);
    if (problem !== null) return problem;
  }
  return null;
}

/** Names that `-drive` takes for itself in this release. */
export function drivesOwnOptions(release: QemuRelease): ReadonlySet<string> {
  return new Set(
    driveOptions(release)
      .filter((option) => option.layer === 'drive')
      .map((option) => option.name),
  );
}
