/** Values of drive options as QEMU takes them. */
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import { type FlatOption, isUnknown, type OptionSet } from './flat-options.js';
import { refusal } from './refusal.js';

/** Null where it is absent, or cannot be known. */
export function known(options: OptionSet, name: string): FlatOption | null {
  const option = options.get(name);
  return option === undefined || isUnknown(option) ? null : option;
}

/** As `strtoull` with base 0 reads it, to the end. */
export function isNumber(text: string, strict: boolean): boolean {
  return text === '' ? !strict : /^[ \t\n\v\f\r]*[+-]?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(text);
}

/** A number of {@link isNumber} with more than 64 bits. */
export function isTooLarge(text: string): boolean {
  const digits = text.trim().replace(/^[+-]/, '');
  if (digits.length < 17) return false;
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits) >= 2n ** 64n;
}

export function numberOf(option: FlatOption | null): number | null {
  if (option === null) return null;
  const text = option.value.trim();
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

export function isNonZero(option: FlatOption | null | undefined): boolean {
  return option != null && numberOf(option) !== 0;
}

export function isUnknownText(text: string): boolean {
  return text.includes(UNKNOWN);
}

export function badValue(option: FlatOption, message: string): DriveError {
  return refusal('args', 'bad-value', message, option.valueSpan);
}
