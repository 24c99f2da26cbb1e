/** How librados reads numbers with a point: C's `strtod`, taken loosely up to 0.87 and strictly since 0.94. */
import { atLeast, type CephRelease } from '../../catalog/releases.js';
import { type Parsed, refuse } from './values-integers.js';

const NUMBER =
  /^[ \t\n\v\f\r]*([+-]?)(?:(inf(?:inity)?)|(nan(?:\([A-Za-z0-9_]*\))?)|0x([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)/i;

interface Leading {
  readonly value: number;
  readonly length: number;
  /** Digits say a number that is not zero: a zero result has underflowed. */
  readonly nonZero: boolean;
}

/** The longest number at the start of the text; null where there is none. */
function strtod(text: string): Leading | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [whole, sign, infinite, notNumber, hexWhole, hexFraction, hexPower, digits, power] = match;
  const negative = sign === '-';
  if (infinite !== undefined) return { value: negative ? -Infinity : Infinity, length: whole.length, nonZero: false };
  if (notNumber !== undefined) return { value: NaN, length: whole.length, nonZero: false };
  if (digits !== undefined) {
    const value = Number(digits + (power ?? ''));
    return { value: negative ? -value : value, length: whole.length, nonZero: /[1-9]/.test(digits) };
  }
  const hex = (hexWhole ?? '') + (hexFraction ?? '');
  if (hex === '') {
    const zero = whole.search(/0x/i) + 1;
    return { value: negative ? -0 : 0, length: zero, nonZero: false };
  }
  const value = Number(`0x${hex}`) * 2 ** (Number(hexPower ?? '0') - 4 * (hexFraction?.length ?? 0));
  return { value: negative ? -value : value, length: whole.length, nonZero: /[1-9a-f]/i.test(hex) };
}

interface Width {
  readonly name: 'strict_strtof' | 'strict_strtod';
  readonly largest: number;
  readonly smallest: number;
}

const SINGLE: Width = { name: 'strict_strtof', largest: 3.4028235677973366e38, smallest: 2 ** -126 };
const DOUBLE: Width = { name: 'strict_strtod', largest: Number.MAX_VALUE, smallest: 2 ** -1022 };

/** `single` for C's `float`, the type `float` of the sources up to 11.2. Up to 0.87 nothing is refused: text is 0. */
export function readFloat(release: CephRelease, text: string, single: boolean): Parsed<number> {
  const found = strtod(text);
  const narrow = (value: number) => (single ? Math.fround(value) : value);
  if (!atLeast(release, '0.94')) return { ok: true, value: narrow(found?.value ?? 0) };
  const width = single ? SINGLE : DOUBLE;
  if (found === null) return refuse(`${width.name}: expected ${single ? 'float' : 'double'}, got: '${text}'`);
  const size = Math.abs(found.value);
  const outOfRange = found.nonZero && (size >= width.smallest ? size > width.largest || size === Infinity : true);
  if (outOfRange) return refuse(`${width.name}: floating point overflow or underflow parsing '${text}'`);
  if (found.length < text.length) return refuse(`${width.name}: garbage at end of string. got: '${text}'`);
  return { ok: true, value: narrow(found.value) };
}
