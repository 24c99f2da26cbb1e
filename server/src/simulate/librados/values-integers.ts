/**
 * How librados reads whole numbers, with and without units, in each release.
 * Source: src/common/strtol.cc and config.cc of 0.48 to 20.2, run on their own.
 */
import { atLeast, type CephRelease } from '../../catalog/releases.js';

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** A C integer type: what it can hold. */
export interface IntegerKind {
  readonly signed: boolean;
  readonly bits: 32 | 64;
}

const LONG_MAX = 2n ** 63n - 1n;
const LONG_MIN = -(2n ** 63n);

function limits(kind: IntegerKind): { min: bigint; max: bigint } {
  const bits = BigInt(kind.bits);
  return kind.signed ? { min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n } : { min: 0n, max: 2n ** bits - 1n };
}

/** Cuts to the type's width, as a C cast does. */
function cast(value: bigint, kind: IntegerKind): bigint {
  return kind.signed ? BigInt.asIntN(kind.bits, value) : BigInt.asUintN(kind.bits, value);
}

/** Digits as a number; one that no C type holds anyway is not worked out in full. */
export function fromDigits(digits: string): bigint {
  const significant = digits.length > 30 ? digits.replace(/^0+/, '') : digits;
  return significant.length > 30 ? 10n ** 30n : BigInt(significant === '' ? 0 : significant);
}

/** `strtoll` with base 10: leading blanks, a sign, digits. Null where there is no digit. */
function strtoll(text: string): { value: bigint; rest: string; outOfRange: boolean } | null {
  const match = /^[ \t\n\v\f\r]*([+-]?)(\d+)/.exec(text);
  if (match === null) return null;
  const digits = fromDigits(match[2] ?? '');
  const value = match[1] === '-' ? -digits : digits;
  const outOfRange = value > LONG_MAX || value < LONG_MIN;
  return { value, rest: text.slice(match[0].length), outOfRange };
}

/** Digits as `atoi` and `sscanf("%d")` take them: a long that saturates, of which an int keeps the low half. */
export function cInt(digits: string): number {
  const size = fromDigits(digits.replace(/^[+-]/, ''));
  const value = digits.startsWith('-') ? -size : size;
  const long = value > LONG_MAX ? LONG_MAX : value < LONG_MIN ? LONG_MIN : value;
  return Number(BigInt.asIntN(32, long));
}

interface LongWording {
  readonly since: string;
  readonly outOfRange: (text: string) => string;
  readonly noNumber: (text: string) => string;
  readonly rest: (text: string) => string;
  /** What is complained about where a number is both too long and followed by something. */
  readonly rangeFirst: boolean;
}

const seemsInvalid = (text: string) => `The option value '${text}' seems to be invalid`;
const expectedInteger = (text: string) => `Expected option value to be integer, got '${text}'`;

const LONG_WORDINGS: readonly LongWording[] = [
  {
    since: '0',
    outOfRange: (text) => `strict_strtoll: integer underflow or overflow parsing '${text}'`,
    noNumber: (text) => `strict_strtoll: expected integer, got: '${text}'`,
    rest: (text) => `strict_strtoll: garbage at end of string. got: '${text}'`,
    rangeFirst: true,
  },
  { since: '9', outOfRange: seemsInvalid, noNumber: expectedInteger, rest: seemsInvalid, rangeFirst: true },
  {
    since: '12',
    outOfRange: seemsInvalid,
    noNumber: expectedInteger,
    rest: (text) => `The option value '${text}' contains invalid digits`,
    rangeFirst: true,
  },
  { since: '12.2.8', outOfRange: seemsInvalid, noNumber: expectedInteger, rest: expectedInteger, rangeFirst: false },
];

function since<T extends { readonly since: string }>(table: readonly T[], release: CephRelease): T | undefined {
  return table.findLast((row) => atLeast(release, row.since));
}

/** A whole number of 64 bits, and nothing else in the text but leading blanks. */
export function strictLong(release: CephRelease, text: string): Parsed<bigint> {
  const wording = since(LONG_WORDINGS, release);
  if (wording === undefined) return refuse(seemsInvalid(text));
  const found = strtoll(text);
  if (found === null) return refuse(wording.noNumber(text));
  const tooLong = found.outOfRange ? refuse(wording.outOfRange(text)) : undefined;
  if (tooLong !== undefined && wording.rangeFirst) return tooLong;
  if (found.rest !== '') return refuse(wording.rest(text));
  return tooLong ?? { ok: true, value: found.value };
}

/** A whole number of 32 bits; up to 12.2 without the smallest and the largest one. */
export function strictInt(release: CephRelease, text: string): Parsed<bigint> {
  const long = strictLong(release, text);
  if (!long.ok) return long;
  const edge = atLeast(release, '13') ? 0n : 1n;
  const { min, max } = limits({ signed: true, bits: 32 });
  if (long.value > max - edge || long.value < min + edge) {
    if (atLeast(release, '9')) return refuse(seemsInvalid(text));
    return refuse(`strict_strtol: integer ${long.value > 0n ? 'overflow' : 'underflow'} parsing '${text}'`);
  }
  return long;
}

const BINARY_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['B', 0n],
  ['K', 10n],
  ['M', 20n],
  ['G', 30n],
  ['T', 40n],
  ['P', 50n],
  ['E', 60n],
]);
const DECIMAL_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['K', 3n],
  ['M', 6n],
  ['G', 9n],
  ['T', 12n],
  ['P', 15n],
  ['E', 18n],
]);

const NO_VALUE = 'strict_sistrtoll: value not specified';
const NEGATIVE = 'strict_sistrtoll: value should not be negative';
const OUT_OF_RANGE = 'strict_sistrtoll: value out of range';

/** Up to 0.80.5: no units; `int` and `u32` go through a 32-bit number, the others through a 64-bit one, and wrap. */
function plain(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  const read = kind.bits === 32 ? strictInt(release, text) : strictLong(release, text);
  return read.ok ? { ok: true, value: cast(read.value, kind) } : read;
}

function splitUnit(text: string): { number: string; shift: bigint } {
  const shift = BINARY_UNITS.get(text.slice(-1));
  return shift === undefined ? { number: text, shift: 0n } : { number: text.slice(0, -1), shift };
}

/** 0.80.6 to 0.87: units of 1024, shifted and cut without any check. */
function shifted(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  if (text === '') return refuse(NO_VALUE);
  const { number, shift } = splitUnit(text);
  const read = strictLong(release, number);
  return read.ok ? { ok: true, value: cast(BigInt.asUintN(64, read.value << shift), kind) } : read;
}

/** 0.94: nothing negative, whatever the type. */
function neverNegative(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  if (text === '') return refuse(NO_VALUE);
  const { number, shift } = splitUnit(text);
  const read = strictLong(release, number);
  if (!read.ok) return read;
  if (read.value < 0n) return refuse(NEGATIVE);
  if (read.value > (2n ** 64n - 1n) >> shift) return refuse('strict_sistrtoll: value seems to be too large');
  const value = read.value << shift;
  return value > limits(kind).max ? refuse(`The option value '${text}' seems to be too large`) : { ok: true, value };
}

/** 9.2 to 12.2.7: units of 1024, within the type's limits. */
function rangeChecked(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  if (text === '') return refuse(NO_VALUE);
  const { number, shift } = splitUnit(text);
  const read = strictLong(release, number);
  if (!read.ok) return read;
  const { min, max } = limits(kind);
  if (read.value < 0n && !kind.signed) return refuse(NEGATIVE);
  if (read.value < min >> shift) return refuse('strict_sistrtoll: value seems to be too small');
  if (read.value > max >> shift) return refuse('strict_sistrtoll: value seems to be too large');
  return { ok: true, value: read.value << shift };
}

/** 12.2.8 on: units of 1000. */
function decimal(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  if (text === '') return refuse(NO_VALUE);
  let number = text;
  let factor = 1n;
  if (/[^0-9+-]/.test(text)) {
    const unit = text.slice(-1);
    const power = DECIMAL_UNITS.get(unit);
    if (power === undefined && unit !== 'B') return refuse('strict_si_cast: unit prefix not recognized');
    if (power !== undefined) {
      number = text.slice(0, -1);
      factor = 10n ** power;
    }
  }
  const read = strictLong(release, number);
  if (!read.ok) return read;
  const { min, max } = limits(kind);
  const exact = atLeast(release, '15');
  if (read.value < 0n && !kind.signed) return refuse(NEGATIVE);
  if (read.value < min / factor) return refuse(exact ? OUT_OF_RANGE : 'strict_sistrtoll: value seems to be too small');
  if (read.value > max / factor) return refuse(exact ? OUT_OF_RANGE : 'strict_sistrtoll: value seems to be too large');
  // Up to 14.2 the product is one of C's doubles, which have 53 bits.
  const product = exact ? read.value * factor : BigInt(Number(read.value) * Number(factor));
  return { ok: true, value: cast(product, kind) };
}

const INTEGER_RULES = [
  { since: '0', read: plain },
  { since: '0.80.6', read: shifted },
  { since: '0.94', read: neverNegative },
  { since: '9', read: rangeChecked },
  { since: '12.2.8', read: decimal },
] as const;

/** An integer option of that C type. */
export function readInteger(release: CephRelease, text: string, kind: IntegerKind): Parsed<bigint> {
  return since(INTEGER_RULES, release)?.read(release, text, kind) ?? refuse(seemsInvalid(text));
}

const SIZE_KIND: IntegerKind = { signed: false, bits: 64 };

/** The unit of a size, up to 19.2.2: two characters of which the first counts. */
function looseUnit(unit: string): Parsed<bigint> {
  if (unit.endsWith('i') && unit.startsWith('B')) return refuse('strict_iecstrtoll: illegal prefix "Bi"');
  if (unit.length > 2) return refuse('strict_iecstrtoll: illegal prefix (length > 2)');
  const shift = BINARY_UNITS.get(unit.slice(0, 1));
  return shift === undefined ? refuse('strict_iecstrtoll: unit prefix not recognized') : { ok: true, value: shift };
}

/** Since 19.2.3: exactly `K`, `Ki`, `KB`, `KiB` and their like, and `B`. */
function exactUnit(unit: string): Parsed<bigint> {
  const bare = unit.length > 1 && unit.endsWith('B') ? unit.slice(0, -1) : unit;
  if (bare.endsWith('i') && bare.startsWith('B')) return refuse('strict_iecstrtoll: illegal prefix "Bi"');
  if (bare.length > 2) return refuse('strict_iecstrtoll: illegal prefix (length > 2)');
  if (bare.length === 2 && !bare.endsWith('i')) return refuse(`strict_iecstrtoll: illegal prefix '${bare}' `);
  const shift = BINARY_UNITS.get(bare.slice(0, 1));
  return shift === undefined
    ? refuse(`strict_iecstrtoll: unit prefix not recognized '${bare}' `)
    : { ok: true, value: shift };
}

const UNIT_RULES = [
  { since: '0', read: looseUnit },
  { since: '19.2.3', read: exactUnit },
] as const;

/** An option of type `size`: bytes, with units of 1024. */
export function readSize(release: CephRelease, text: string): Parsed<bigint> {
  if (text === '') return refuse('strict_iecstrtoll: value not specified');
  const start = text.search(/[^0-9+-]/);
  let shift = 0n;
  if (start >= 0) {
    const unit = since(UNIT_RULES, release)?.read(text.slice(start)) ?? looseUnit(text.slice(start));
    if (!unit.ok) return unit;
    shift = unit.value;
  }
  const read = strictLong(release, start >= 0 ? text.slice(0, start) : text);
  if (!read.ok) return read;
  if (read.value < 0n) return refuse('strict_iecstrtoll: value should not be negative');
  if (read.value > limits(SIZE_KIND).max >> shift) return refuse('strict_iecstrtoll: value seems to be too large');
  return { ok: true, value: read.value << shift };
}
