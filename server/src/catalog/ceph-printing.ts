/** How librados prints values: `rados_conf_get` on defaults and on values that were set. */

import type { OptionType } from './ceph-timeline.js';
import { atLeast, type CephRelease } from './releases.js';

/** Rounds digits as C does: exact ties go to the even neighbour. `exact` has the dropped digits in full. */
function tiesToEven(exact: string, rounded: string, kept: number): string {
  const digits = exact.replace(/[^0-9]/g, '');
  const tie = /^50*$/.test(digits.slice(kept)) && Number(digits[kept - 1]) % 2 === 0;
  return tie ? exact.slice(0, rounded.length) : rounded;
}

/** As C++ streams print by default: six significant digits, no trailing zeros (`%g`). */
function sixDigits(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [exact = ''] = Math.abs(value).toExponential(100).split('e');
  const [short = '', power = '0'] = Math.abs(value).toExponential(5).split('e');
  const digits = tiesToEven(exact, short, 6);
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  if (exponent >= -4 && exponent < 6) return sign + String(Number(`${digits}e${exponent}`));
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${sign}${digits.replace(/\.?0+$/, '')}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** Exactly, with six decimals (`%f`). */
function sixDecimals(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 2 ** 53) return `${sign}${BigInt(size)}.000000`;
  const rounded = size.toFixed(6);
  return sign + tiesToEven(size.toFixed(100), rounded, rounded.length - 1);
}

/** Up to 11.2 as a stream prints it (`1`, `0.5`); since 12.2 with six decimals (`1.000000`). */
export function printFloat(release: CephRelease, value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return atLeast(release, '12') ? sixDecimals(value) : sixDigits(value);
}

/** A default of the source, as `rados_conf_get` prints it. */
export function printDefault(release: CephRelease, type: OptionType, sourceDefault: string | null): string {
  const text = sourceDefault ?? '';
  switch (type) {
    case 'bool':
      return text === '' || text === '0' || text === 'false' ? 'false' : 'true';
    case 'float':
    case 'double':
      return printFloat(release, Number(text));
    case 'int':
    case 'longlong':
    case 'u32':
    case 'u64':
    case 'uint':
    case 'size':
    case 'secs':
    case 'millisecs':
      if (text.includes('.')) return String(Math.trunc(Number(text)));
      if (text === 'true') return '1';
      return text === '' || text === 'false' ? '0' : text;
    case 'uuid':
      return text === '' ? '00000000-0000-0000-0000-000000000000' : text;
    case 'addr':
    case 'addrvec':
      return text === '' ? blankAddress(release, type) : text;
    case 'subsys':
    case 'str':
      return text;
  }
}

function blankAddress(release: CephRelease, type: OptionType): string {
  if (type === 'addrvec') return '';
  return atLeast(release, '12') ? '-' : ':/0';
}
