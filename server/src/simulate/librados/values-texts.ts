/**
 * How librados reads the texts that it checks or rewrites: times, debug levels, image features, addresses, identities.
 * Source: ceph_time.cc, config.cc, Features.cc, options.cc; checked against librados 16.2.15.
 */
import * as l10n from '@vscode/l10n';
import words from '../../catalog/data/librados-words.json' with { type: 'json' };
import { atLeast, type CephRelease, within } from '../../catalog/releases.js';
import { cInt, fromDigits, type Parsed, refuse, strictInt } from './values-integers.js';

const secondsOf = (unit: string): number | undefined => new Map(Object.entries(words.seconds)).get(unit);

/** Type `secs`: whole numbers, or sums of number and unit (`1h 30m`). Empty is 0. The sum wraps at 64 bits. */
export function readTimespan(text: string): Parsed<bigint> {
  const part = /[ \t\n\v\f\r]*(?:(\d+)[ \t\n\v\f\r]*([A-Za-z]*)|$)/y;
  let sum = 0n;
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const match = part.exec(text);
    if (match === null) return refuse('expected digit');
    const [, digits, unit = ''] = match;
    if (digits === undefined) break;
    const number = fromDigits(digits);
    const factor = secondsOf(unit);
    if (number >= 2n ** 63n) return refuse(`The option value '${digits}' seems to be invalid`);
    if (factor === undefined) return refuse(`unrecogized unit '${unit}'`);
    if (unit === '' && part.lastIndex < text.length) {
      return refuse(`unexpected trailing '${text.slice(at + match[0].length)}'`);
    }
    sum = BigInt.asIntN(64, sum + number * BigInt(factor));
  }
  return { ok: true, value: sum };
}

/** Type `millisecs`: the digits at the start; what follows is not looked at. 16.2.15 was seen to refuse every value. */
export function readMilliseconds(release: CephRelease, text: string): Parsed<bigint> {
  if (within(release, '16.2', '16.2')) return refuse(l10n.t('no value of this type is accepted'));
  const match = /^[ \t\n\v\f\r]*([+-]?)(\d+)/.exec(text);
  if (match === null) return refuse('stoul');
  const digits = fromDigits(match[2] ?? '');
  if (digits >= 2n ** 64n) return refuse('stoul');
  return { ok: true, value: BigInt.asIntN(64, match[1] === '-' ? -digits : digits) };
}

export interface DebugLevels {
  readonly log: number;
  readonly gather: number;
  readonly printed: string;
}

export type DebugParsed =
  | { readonly ok: true; readonly value: DebugLevels }
  | { readonly ok: false; readonly errno: number; readonly message: string };

/** A debug level: `N` or `N/M`, and whatever comes behind. Since 13.2 from 0 to 99, and kept as written if it has both. */
export function readDebugLevels(release: CephRelease, text: string): DebugParsed {
  const match = /^[ \t\n\v\f\r]*([+-]?\d+)(?:\/[ \t\n\v\f\r]*([+-]?\d+))?/.exec(text);
  if (match === null) {
    return { ok: false, errno: -22, message: 'value must take the form N or N/M, where N and M are integers' };
  }
  const [, first = '', second] = match;
  const log = cInt(first);
  const gather = second === undefined ? log : cInt(second);
  const checked = atLeast(release, '13');
  if (checked && (log < 0 || log > 99 || gather < 0 || gather > 99)) {
    return { ok: false, errno: -34, message: 'value must be in range [0, 99]' };
  }
  const printed = checked && second !== undefined ? text : `${log}/${gather}`;
  return { ok: true, value: { log, gather, printed } };
}

/** Bits that a number may not name since 13.2, though a word may. */
const INTERNAL_FEATURES = 256n | 512n | 1024n | 2048n;
const DEFAULT_FEATURES = 61n;

const BLANKS = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;

/** `lexical_cast` to 64 bits: digits with a sign, which wraps. */
function lexicalNumber(text: string): bigint | undefined {
  const match = /^([+-]?)(\d+)$/.exec(text);
  const digits = match === null ? undefined : fromDigits(match[2] ?? '');
  if (digits === undefined || digits >= 2n ** 64n) return undefined;
  return match?.[1] === '-' ? BigInt.asUintN(64, -digits) : digits;
}

function allOf(names: readonly string[]): bigint {
  return (1n << BigInt(names.length)) - 1n;
}

/** The names' places are their bits. */
function listed(text: string, names: readonly string[]): { bits: bigint; unknown: string[] } {
  let bits = 0n;
  const unknown: string[] = [];
  for (const part of text.split(',')) {
    const name = part.replace(BLANKS, '');
    const bit = names.indexOf(name);
    if (bit < 0) unknown.push(name);
    else bits |= 1n << BigInt(bit);
  }
  return { bits, unknown };
}

/** `rbd_default_features` from 11.2 on: a bit mask, or names; kept as a bit mask. */
export function readImageFeatures(release: CephRelease, text: string): Parsed<bigint> {
  const names = Object.entries(words.features).flatMap(([name, since]) => (atLeast(release, since) ? [name] : []));
  const known = allOf(names);
  if (!atLeast(release, '13')) {
    const number = lexicalNumber(text);
    if (number !== undefined) return { ok: true, value: number & known };
    const { bits, unknown } = listed(text, names);
    return { ok: true, value: bits === 0n && unknown.length > 0 ? DEFAULT_FEATURES : bits };
  }
  const trimmed = text.replace(BLANKS, '');
  if (trimmed === '') return { ok: true, value: DEFAULT_FEATURES };
  const number = lexicalNumber(trimmed);
  if (number !== undefined) {
    const excess = number & ~known;
    if (excess !== 0n) return refuse(`ignoring unknown feature mask 0x${excess.toString(16)}`);
    const internal = number & INTERNAL_FEATURES;
    if (internal !== 0n) return refuse(`ignoring internal feature mask 0x${internal.toString(16)}`);
    return { ok: true, value: number };
  }
  const { bits, unknown } = listed(trimmed, names);
  return unknown.length > 0
    ? refuse(unknown.map((name) => `ignoring unknown feature ${name}`).join(', '))
    : { ok: true, value: bits };
}

/** `rbd_qos_exclude_ops`: a bit mask, or names; kept as a bit mask. */
export function readQosOperations(text: string): Parsed<bigint> {
  const trimmed = text.replace(BLANKS, '');
  if (trimmed === '') return { ok: true, value: 0n };
  const number = lexicalNumber(trimmed);
  if (number !== undefined) {
    const excess = number & ~allOf(words.operations);
    return excess === 0n
      ? { ok: true, value: number }
      : refuse(`ignoring unknown operation mask 0x${excess.toString(16)}`);
  }
  const { bits, unknown } = listed(trimmed, words.operations);
  return unknown.length > 0
    ? refuse(unknown.map((name) => `ignoring unknown operation ${name}`).join(', '))
    : { ok: true, value: bits };
}

/** An identity of 16 bytes; hyphens all or none, braces allowed. */
export function readUuid(text: string): Parsed<string> {
  const bare = /^\{([^{}]*)\}$/.exec(text)?.[1] ?? text;
  const hyphenated = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(bare);
  if (!hyphenated && !/^[0-9a-f]{32}$/i.test(bare)) return refuse('invalid uuid string');
  const hex = bare.replaceAll('-', '').toLowerCase();
  const cuts = [0, 8, 12, 16, 20, 32];
  return {
    ok: true,
    value: cuts
      .slice(1)
      .map((end, i) => hex.slice(cuts[i], end))
      .join('-'),
  };
}

/** A boolean: `true` or `false` in any case, or a whole number of 32 bits. */
export function readBool(release: CephRelease, text: string): Parsed<boolean> {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return { ok: true, value: lower === 'true' };
  const number = strictInt(release, text);
  return number.ok ? { ok: true, value: number.value !== 0n } : number;
}
