/** How librados prints values: `rados_conf_get` on defaults and on values that were set. */

import type { OptionType } from './ceph-timeline.js';
import { atLeast, type CephRelease } from './releases.js';

/** As C++ streams print by default: six significant digits, no trailing zeros (`%g`). */
function sixDigits(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(6)))));
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  const [digits = '', power = ''] = value.toExponential(5).split('e');
  const mantissa = digits.replace(/\.?0+$/, '');
  const size = power.replace(/^[+-]/, '').padStart(2, '0');
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${size}`;
}

/** Exactly, with six decimals (`%f`). */
function sixDecimals(value: number): string {
  if (Math.abs(value) < 1e21) return Object.is(value, -0) ? `-${(0).toFixed(6)}` : value.toFixed(6);
  return `${BigInt(value)}.000000`;
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
      if (text === 'true') return '1';
      return text === '' || text === 'false' ? '0' : text;
    case 'uuid':
      return text === '' ? '00000000-0000-0000-0000-000000000000' : text;
    case 'addr':
    case 'addrvec':
      return text === '' ? blankAddress(release) : text;
    case 'subsys':
    case 'str':
      return text;
  }
}

function blankAddress(release: CephRelease): string {
  return atLeast(release, '12') ? '-' : ':/0';
}
