/**
 * What a release makes of a value that somebody wrote: the value as `rados_conf_get` prints it, or the refusal.
 * Source: md_config_t::set_val_impl up to 11.2, Option::parse_value and Option::validate since 12.2.
 */
import type { CephOption } from '../../catalog/ceph-options.js';
import { printFloat } from '../../catalog/ceph-printing.js';
import { atLeast, type CephRelease } from '../../catalog/releases.js';
import { readAddress, readAddresses } from './values-addresses.js';
import { readFloat } from './values-floats.js';
import { type IntegerKind, type Parsed, readInteger, readSize } from './values-integers.js';
import {
  readBool,
  readDebugLevels,
  readImageFeatures,
  readMilliseconds,
  readQosOperations,
  readTimespan,
  readUuid,
} from './values-texts.js';

export interface AcceptedValue {
  readonly ok: true;
  /** As `rados_conf_get` prints it; meta variables are not expanded here. */
  readonly printed: string;
  readonly number?: number | bigint;
  readonly bool?: boolean;
}

export interface RefusedValue {
  readonly ok: false;
  /** -22 (EINVAL) or -34 (ERANGE). */
  readonly errno: number;
  /** The library's own words. */
  readonly message: string;
}

export type ReadValue = AcceptedValue | RefusedValue;

const EINVAL = -22;

function refused(message: string): RefusedValue {
  return { ok: false, errno: EINVAL, message };
}

function fromWhole(parsed: Parsed<bigint>): ReadValue {
  return parsed.ok ? { ok: true, printed: parsed.value.toString(), number: parsed.value } : refused(parsed.message);
}

function fromText(parsed: Parsed<string>): ReadValue {
  return parsed.ok ? { ok: true, printed: parsed.value } : refused(parsed.message);
}

function fromFloat(release: CephRelease, written: string, single: boolean): ReadValue {
  const parsed = readFloat(release, written, single);
  if (!parsed.ok) return refused(parsed.message);
  // C prints a negative "not a number" with its sign, which a JavaScript number does not carry.
  const sign = Number.isNaN(parsed.value) && written.trimStart().startsWith('-') ? '-' : '';
  return { ok: true, printed: sign + printFloat(release, parsed.value), number: parsed.value };
}

function integerKind(release: CephRelease, type: 'int' | 'longlong' | 'u32' | 'u64' | 'uint'): IntegerKind {
  switch (type) {
    case 'int':
      return { signed: true, bits: atLeast(release, '12') ? 64 : 32 };
    case 'longlong':
      return { signed: true, bits: 64 };
    case 'u32':
      return { signed: false, bits: 32 };
    case 'u64':
    case 'uint':
      return { signed: false, bits: 64 };
  }
}

type Rewrite = (release: CephRelease, written: string) => ReadValue;

function poolName(allowed: RegExp, otherwise: string): Rewrite {
  return (_release, written) => ({ ok: true, printed: allowed.test(written) ? written : otherwise });
}

/** Options that check or rewrite the text themselves, before its type is looked at. */
const REWRITES: ReadonlyMap<string, { readonly since: string; readonly read: Rewrite }> = new Map([
  [
    'rbd_default_features',
    {
      since: '11',
      read: (release: CephRelease, written: string) => fromWhole(readImageFeatures(release, written)),
    },
  ],
  [
    'rbd_qos_exclude_ops',
    { since: '17', read: (_release: CephRelease, written: string) => fromWhole(readQosOperations(written)) },
  ],
  ['rbd_default_pool', { since: '12', read: poolName(/^[^@/]+$/, 'rbd') }],
  ['rbd_default_data_pool', { since: '12', read: poolName(/^[^@/]*$/, '') }],
]);

/** A number that must be a power of two; zero passes here. */
const POWER_OF_TWO: ReadonlySet<string> = new Set(['rbd_discard_granularity_bytes']);

function readByType(release: CephRelease, option: CephOption, written: string): ReadValue {
  switch (option.type) {
    case 'bool': {
      const parsed = readBool(release, written);
      return parsed.ok ? { ok: true, printed: String(parsed.value), bool: parsed.value } : refused(parsed.message);
    }
    case 'int':
    case 'longlong':
    case 'u32':
    case 'u64':
    case 'uint':
      return fromWhole(readInteger(release, written, integerKind(release, option.type)));
    case 'size':
      return fromWhole(readSize(release, written));
    case 'float':
      return fromFloat(release, written, !atLeast(release, '12'));
    case 'double':
      return fromFloat(release, written, false);
    case 'secs':
      return fromWhole(readTimespan(written));
    case 'millisecs':
      return fromWhole(readMilliseconds(release, written));
    case 'subsys': {
      const parsed = readDebugLevels(release, written);
      return parsed.ok ? { ok: true, printed: parsed.value.printed, number: parsed.value.log } : parsed;
    }
    case 'uuid':
      return fromText(readUuid(written));
    case 'addr':
      return fromText(readAddress(release, written));
    case 'addrvec':
      return fromText(readAddresses(release, written));
    case 'str':
      return { ok: true, printed: written };
  }
}

/** The limits of the option's table, since 12.2. */
function checkLimits(option: CephOption, read: AcceptedValue): ReadValue {
  if (option.enum !== null && option.type === 'str' && !option.enum.includes(read.printed)) {
    return refused(`'${read.printed}' is not one of the permitted values: ${option.enum.join(', ')}`);
  }
  const { type, min } = option;
  // A limit is of the option's type: without a sign, -10 is so great that no value will do.
  const least = min !== null && min < 0 && type === 'uint' ? BigInt.asUintN(64, BigInt(min)) : min;
  if (read.number !== undefined && least !== null && read.number < least) {
    return refused(`Value '${read.printed}' is below minimum ${least}`);
  }
  if (read.number !== undefined && option.max !== null && read.number > option.max) {
    return refused(`Value '${read.printed}' exceeds maximum ${option.max}`);
  }
  return read;
}

/** Reads a value as `rados_conf_set` and the file reader of this release do. `written` is trimmed only if the caller did. */
export function readValue(release: CephRelease, option: CephOption, written: string): ReadValue {
  const rewrite = REWRITES.get(option.name);
  if (rewrite !== undefined && atLeast(release, rewrite.since)) return rewrite.read(release, written);
  const read = readByType(release, option, written);
  if (!read.ok) return read;
  if (POWER_OF_TWO.has(option.name) && typeof read.number === 'bigint' && (read.number & (read.number - 1n)) !== 0n) {
    return refused('value must be a power of two');
  }
  return checkLimits(option, read);
}
