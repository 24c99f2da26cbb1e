/** Limits of bytes and requests a second. Source: do_check_io_limits and check_throttle_config in blockdev.c, util/throttle.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveError } from '../model.js';
import type { FlatOption, OptionSet } from './flat-options.js';
import { badValue, isNonZero, known, numberOf } from './option-values.js';
import { refusal } from './refusal.js';

/** Totals exclude the same limit for reads or writes; limits have a range, and a burst needs a limit. */
export function checkThrottling(behaviour: QemuBehaviour, options: OptionSet): DriveError | null {
  if (!hasLimits(options)) return null;
  const { limitGroups, limitsClashText } = behaviour;
  for (const [total, ...parts] of limitGroups) {
    const all = known(options, total);
    if (all === null || !isNonZero(all)) continue;
    if (parts.some((part) => isNonZero(known(options, part)))) {
      return refusal('args', 'bad-value', limitsClashText, all.span);
    }
  }
  if (behaviour.throttlesBuckets) return checkSize(behaviour, options) ?? checkBuckets(behaviour, options);
  for (const name of limitGroups.flat()) {
    const problem = checkRange(behaviour, known(options, name));
    if (problem !== null) return problem;
  }
  return behaviour.burstsNeedLimits ? checkBursts(options, limitGroups) : null;
}

function hasLimits(options: OptionSet): boolean {
  for (const key of options.keys()) {
    if (key.startsWith('throttling.') || key.startsWith('bps') || key.startsWith('iops')) return true;
  }
  return false;
}

function checkRange({ limitMost, limitRangeText }: QemuBehaviour, limit: FlatOption | null): DriveError | null {
  if (limitMost === null || limit === null) return null;
  const value = numberOf(limit) ?? 0;
  return value < 0 || value > limitMost ? badValue(limit, limitRangeText) : null;
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
  for (const name of behaviour.limitGroups.flat()) {
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
  { burstLengthLimited, limitMost }: QemuBehaviour,
  length: FlatOption | null,
  burst: FlatOption | null,
): DriveError | null {
  if (length === null) return null;
  const seconds = numberOf(length) ?? 1;
  if (seconds === 0) return badValue(length, 'the burst length cannot be 0');
  const rate = numberOf(burst) ?? 0;
  if (seconds !== 1 && rate === 0) return badValue(length, 'burst length set without burst rate');
  // A negative length is a great one.
  const isTooHigh = rate !== 0 && (seconds < 0 || seconds > Math.floor((limitMost ?? 0) / rate));
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

/** A length, or what stands in its place: keys below its own. */
interface Interval {
  readonly option: FlatOption;
  readonly isLength: boolean;
}

/**
 * `stats-intervals.0`, `.1` …: what is looked at when the image is open, and what does not belong to them. The list ends
 * where a number has a value and keys below it, too. Source: qdict_array_split.
 */
export function splitIntervals(options: OptionSet): {
  readonly intervals: readonly Interval[];
  readonly strange: ReadonlyMap<string, FlatOption>;
} {
  const prefix = 'stats-intervals.';
  const strange = new Map<string, FlatOption>();
  for (const [key, option] of options) if (key.startsWith(prefix)) strange.set(key.slice(prefix.length), option);
  const below = new Map<string, [string, ...string[]]>();
  for (const key of strange.keys()) {
    const index = /^\d+(?=\.)/.exec(key)?.[0];
    if (index === undefined) continue;
    const keys = below.get(index);
    if (keys === undefined) below.set(index, [key]);
    else keys.push(key);
  }
  const intervals: Interval[] = [];
  for (let index = 0; ; index++) {
    const name = String(index);
    const length = strange.get(name);
    const keys = below.get(name) ?? [name];
    const option = strange.get(keys[0]);
    if (option === undefined || (length !== undefined && option !== length)) return { intervals, strange };
    intervals.push({ option, isLength: length !== undefined });
    for (const key of keys) strange.delete(key);
  }
}

/** Refused when the image is open. */
export function checkIntervals(options: OptionSet): DriveError | null {
  for (const { option, isLength } of splitIntervals(options).intervals) {
    const { value, valueSpan } = option;
    if (!isLength) return refusal('open', 'bad-value', 'The specification of stats-intervals is invalid', valueSpan);
    if (/^\+?\d+$/.test(value.trim()) && Number(value) > 0 && Number(value) < 2 ** 32) continue;
    return refusal('open', 'bad-value', `Invalid interval length: ${value}`, valueSpan);
  }
  return null;
}
