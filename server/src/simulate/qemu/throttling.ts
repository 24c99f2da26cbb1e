/** Limits of bytes and requests a second. Source: do_check_io_limits and check_throttle_config in blockdev.c, util/throttle.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveError } from '../model.js';
import type { FlatOption, OptionSet } from './flat-options.js';
import { badValue, isNonZero, known, numberOf } from './option-values.js';
import { refusal } from './refusal.js';

/** Totals exclude the same limit for reads or writes; limits have a range, and a burst needs a limit. */
export function checkThrottling(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  if (!hasLimits(options)) return null;
  const { groups, clash, range } = behaviour.throttling;
  for (const [total, ...parts] of groups) {
    const all = known(options, total);
    if (all === null || !isNonZero(all)) continue;
    if (parts.some((part) => isNonZero(known(options, part)))) return refusal('args', 'bad-value', clash, all.span);
  }
  if (behaviour.throttlesBuckets) return checkSize(behaviour, options) ?? checkBuckets(behaviour, options);
  for (const name of range === null ? [] : groups.flat()) {
    const problem = checkRange(behaviour, known(options, name));
    if (problem !== null) return problem;
  }
  return behaviour.burstsNeedLimits ? checkBursts(options, groups) : null;
}

function hasLimits(options: OptionSet): boolean {
  for (const key of options.keys()) {
    if (key.startsWith('throttling.') || key.startsWith('bps') || key.startsWith('iops')) return true;
  }
  return false;
}

function checkRange({ throttling: { range } }: QemuBehaviour, limit: FlatOption | null): DriveError | null {
  if (range === null || limit === null) return null;
  const value = numberOf(limit) ?? 0;
  return value < 0 || value > range.most ? badValue(limit, range.text) : null;
}

function checkBursts(options: OptionSet, groups: readonly (readonly string[])[]): DriveError | null {
  for (const name of groups.flat()) {
    const burst = known(options, `${name}-max`);
    if (burst === null || !isNonZero(burst) || isNonZero(options.get(name))) continue;
    return refusal('args', 'bad-value', NEEDS_LIMIT, burst.span);
  }
  return null;
}

const NEEDS_LIMIT = 'bps_max/iops_max require corresponding bps/iops values';

/** `throttling.iops-size` without a limit. */
function checkSize({ burstsAboveLimits }: QemuBehaviour, options: OptionSet): DriveError | null {
  const size = known(options, 'throttling.iops-size');
  if (!burstsAboveLimits || size === null || !isNonZero(size)) return null;
  const limits = ['total', 'read', 'write'].map((which) => options.get(`throttling.iops-${which}`));
  return limits.some(isNonZero) ? null : badValue(size, 'iops size requires an iops value to be set');
}

/** One limit after the other, each with its burst and the burst's length. */
function checkBuckets(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  for (const name of behaviour.throttling.groups.flat()) {
    if (name.endsWith('-max')) continue;
    const limit = known(options, name);
    const burst = known(options, `${name}-max`);
    const length = known(options, `${name}-max-length`);
    const problem =
      checkRange(behaviour, limit) ??
      checkRange(behaviour, burst) ??
      checkLength(behaviour, length, burst) ??
      checkBurst(behaviour, burst, limit);
    if (problem !== null) return problem;
  }
  return null;
}

function checkLength(
  { burstLengthLimited, throttling: { range } }: QemuBehaviour,
  length: FlatOption | null,
  burst: FlatOption | null,
): DriveError | null {
  if (length === null) return null;
  const seconds = numberOf(length) ?? 1;
  if (seconds === 0) return badValue(length, 'the burst length cannot be 0');
  const rate = numberOf(burst) ?? 0;
  if (seconds !== 1 && rate === 0) return badValue(length, 'burst length set without burst rate');
  // A negative length is a great one.
  const isTooHigh = rate !== 0 && (seconds < 0 || seconds > Math.floor((range?.most ?? 0) / rate));
  return burstLengthLimited && isTooHigh ? badValue(length, 'burst length too high for this burst rate') : null;
}

function checkBurst(
  { burstsAboveLimits }: QemuBehaviour,
  burst: FlatOption | null,
  limit: FlatOption | null,
): DriveError | null {
  if (burst === null || !isNonZero(burst)) return null;
  if (!isNonZero(limit)) return refusal('args', 'bad-value', NEEDS_LIMIT, burst.span);
  if (!burstsAboveLimits || (numberOf(burst) ?? 0) >= (numberOf(limit) ?? 0)) return null;
  return badValue(burst, 'bps_max/iops_max cannot be lower than bps/iops');
}

/** `stats-intervals.0`, `.1` …: the lengths that are looked at when the image is open, and what does not belong to them. */
export function splitIntervals(options: OptionSet): {
  readonly lengths: readonly FlatOption[];
  readonly strange: ReadonlyMap<string, FlatOption>;
} {
  const prefix = 'stats-intervals.';
  const given = new Map<string, FlatOption>();
  for (const [key, option] of options) if (key.startsWith(prefix)) given.set(key.slice(prefix.length), option);
  const lengths: FlatOption[] = [];
  for (let index = 0; ; index++) {
    const option = given.get(String(index));
    if (option === undefined) return { lengths, strange: given };
    lengths.push(option);
    given.delete(String(index));
  }
}

/** Refused when the image is open. */
export function checkIntervals(options: OptionSet): DriveError | null {
  for (const length of splitIntervals(options).lengths) {
    if (/^\+?\d+$/.test(length.value.trim()) && Number(length.value) > 0 && Number(length.value) < 2 ** 32) continue;
    const message = `Invalid interval length: ${length.value}`;
    return refusal('open', 'bad-value', message, length.valueSpan);
  }
  return null;
}
