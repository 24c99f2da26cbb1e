/**
 * What `-drive` itself refuses before any image is opened, in the order in which QEMU looks.
 * Source: drive_init, drive_new and blockdev_init in blockdev.c of each release.
 */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isDriver } from '../../catalog/qemu-drivers.js';
import { cacheMode, driveOption } from '../../catalog/qemu-options.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { asksForHelp } from '../../syntax/qemu/keyval.js';
import type { DriveError } from '../model.js';
import type { DrivePlace } from './drive-places.js';
import { type FlatOption, isUnknown, type OptionSet } from './flat-options.js';
import { badValue as bad, isNonZero, isNumber, isTooLarge, known } from './option-values.js';
import { firstInOrder } from './qdict-order.js';
import { fill, refusal } from './refusal.js';
import { checkThrottling, splitIntervals } from './throttling.js';

export interface DriveToCheck {
  readonly release: QemuRelease;
  readonly options: OptionSet;
  /** `if=`, or what the flag stands for. */
  readonly interface: string;
  readonly place: DrivePlace;
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
  const type = drive.interface;
  const throttlingFirst = behaviour.cacheOfNodes;
  return (
    checkCache(release, options) ??
    checkTypes(release, behaviour, options, true) ??
    checkMedia(options) ??
    checkInterface(release, options) ??
    (behaviour.geometry ? checkGeometry(release, options) : null) ??
    drive.place.problem ??
    checkAddress(behaviour, options, type) ??
    checkReadOnly(behaviour, options, type) ??
    checkErrorActionsAllowed(options, type) ??
    checkTypes(release, behaviour, options, false) ??
    checkDiscard(behaviour, options) ??
    (behaviour.statsIntervals ? checkIntervalKeys(options) : null) ??
    checkAio(release, options) ??
    (throttlingFirst
      ? (checkThrottling(behaviour, options) ?? checkDetectZeroes(release, behaviour, options))
      : null) ??
    checkFormat(release, behaviour, options) ??
    (throttlingFirst ? null : checkThrottling(behaviour, options)) ??
    checkErrorActions(options) ??
    (throttlingFirst ? null : checkDetectZeroes(release, behaviour, options))
  );
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
  if (type === 'number' && qemuBehaviour(release).strictNumbers && isTooLarge(option.value)) {
    return bad(option, `Value '${option.value}' is too large for parameter '${name}'`);
  }
  return null;
}

function checkCache(release: QemuRelease, options: OptionSet): DriveError | null {
  const option = known(options, 'cache');
  if (option === null || cacheMode(release, option.value) !== undefined) return null;
  return bad(option, driveOption(release, 'cache')?.error ?? '');
}

/** Options that QEMU looks at first; the others follow when the image is about to be opened. */
const LOOKED_AT_FIRST: ReadonlySet<string> = new Set(
  'bus unit index cyls heads secs read-only copy-on-read boot'.split(' '),
);

function checkTypes(
  release: QemuRelease,
  behaviour: QemuBehaviour,
  options: OptionSet,
  early: boolean,
): DriveError | null {
  const found = firstInOrder(options, (key, option) => {
    const info = driveOption(release, key);
    if (info === undefined || (info.type !== 'bool' && info.type !== 'number')) return false;
    if (LOOKED_AT_FIRST.has(key) !== early || info.layer === 'node') return false;
    // From 2.6 on the node looks at these two.
    if (behaviour.cacheOfNodes && (key === 'cache.direct' || key === 'cache.no-flush')) return false;
    return typeProblem(release, option, key) !== null;
  });
  return found === null ? null : typeProblem(release, found[1], found[0]);
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

function checkAddress(behaviour: QemuBehaviour, options: OptionSet, type: string): DriveError | null {
  const option = behaviour.geometry ? options.get('addr') : undefined;
  if (option === undefined || type === 'virtio' || type.includes(UNKNOWN)) return null;
  return refusal('args', 'bad-value', 'addr is not supported by this bus type', option.span);
}

const WITH_ERROR_ACTIONS: ReadonlySet<string> = new Set(['ide', 'scsi', 'virtio', 'none']);

const READ_ONLY_INTERFACES: ReadonlySet<string> = new Set(['scsi', 'virtio', 'floppy', 'none', 'pflash']);

function checkReadOnly(behaviour: QemuBehaviour, options: OptionSet, type: string): DriveError | null {
  if (behaviour.readOnlyText === null || type.includes(UNKNOWN)) return null;
  const option = known(options, 'read-only') ?? known(options, 'readonly');
  if (option === null || behaviour.booleans.get(option.value) !== true) return null;
  if (READ_ONLY_INTERFACES.has(type) || options.get('media')?.value === 'cdrom') return null;
  return refusal('args', 'bad-value', behaviour.readOnlyText, option.span);
}

function checkErrorActionsAllowed(options: OptionSet, type: string): DriveError | null {
  for (const name of ['werror', 'rerror'] as const) {
    const option = known(options, name);
    if (option === null || WITH_ERROR_ACTIONS.has(type) || type.includes(UNKNOWN)) continue;
    return refusal('args', 'bad-value', `${name} is not supported by this bus type`, option.span);
  }
  return null;
}

function checkErrorActions(options: OptionSet): DriveError | null {
  for (const [name, what] of [
    ['werror', 'write'],
    ['rerror', 'read'],
  ] as const) {
    const option = known(options, name);
    if (option === null) continue;
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

function checkIntervalKeys(options: OptionSet): DriveError | null {
  const strange = firstInOrder(splitIntervals(options).strange, () => true);
  return strange === null
    ? null
    : refusal('args', 'unknown-option', `Invalid option stats-intervals.${strange[0]}`, strange[1].keySpan);
}

/** An unknown format is refused here up to 2.2; later it is taken for a driver's name, and refused as one. */
function checkFormat(release: QemuRelease, behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  const option = known(options, 'format');
  if (option === null || asksForHelp(option.value)) return null;
  if (behaviour.unknownFormatText !== null) {
    return isDriver(release, option.value) ? null : bad(option, fill(behaviour.unknownFormatText, option.value));
  }
  if (behaviour.formatAndDriver === null || !options.has('driver')) return null;
  return refusal('args', 'format-and-driver', behaviour.formatAndDriver, option.span);
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
