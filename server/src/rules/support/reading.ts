/** How a release reads a written value, in the terms of the rules. */
import type { CephOption } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { readValue } from '../../simulate/librados/values.js';

const ERANGE = -34;

export type Reading = 'fine' | 'unreadable' | 'out-of-range';

/** `out-of-range`: readable as its type, but outside of minimum, maximum or the permitted words. */
export function readingOf(release: CephRelease, option: CephOption, written: string): Reading {
  const read = readValue(release, option, written);
  if (read.ok) return 'fine';
  const unlimited = { ...option, min: null, max: null, enum: null };
  if (readValue(release, unlimited, written).ok) return 'out-of-range';
  return read.errno === ERANGE ? 'out-of-range' : 'unreadable';
}

export function isFine(release: CephRelease, option: CephOption, written: string): boolean {
  return readValue(release, option, written).ok;
}

const PLACEHOLDER =
  /<[^<>=]+>|\{\{?[^{}]*\}?\}|@@?[A-Za-z][\w.-]*@@?|%%?[A-Za-z][\w.-]*%%?|\$\(?[A-Z_][A-Z_0-9]*|\.\.\./;

/** `FSID`, `HOST_IP`, `xxxxxxxx-xxxx-…`: where an address or a UUID belongs, these are no slips of the pen. */
const STAND_IN = /^(?:[A-Z][A-Z_]{2,}|[Xx][Xx.:-]{2,})$/;

/** True for text that somebody or some program was to fill in: `<FSID>`, `{n}`, `@@x@@`, `$FSID`. */
export function looksUnfilled(option: CephOption, written: string): boolean {
  const named = option.type === 'uuid' || option.type === 'addr' || option.type === 'addrvec';
  return PLACEHOLDER.test(written) || (named && STAND_IN.test(written));
}

const TYPE_WORDS: Readonly<Record<CephOption['type'], string>> = {
  bool: 'a boolean',
  int: 'a whole number',
  longlong: 'a whole number',
  u32: 'a whole number',
  u64: 'a whole number',
  uint: 'a whole number',
  size: 'a size',
  float: 'a number',
  double: 'a number',
  secs: 'a duration',
  millisecs: 'a duration in milliseconds',
  str: 'a text',
  addr: 'an address',
  addrvec: 'a list of addresses',
  uuid: 'a UUID',
  subsys: 'a debug level',
};

/** `a boolean`, `a size`: the option's type for people. */
export function typeInWords(option: CephOption): string {
  return TYPE_WORDS[option.type];
}

/** `the default (\`true\`)`; the word alone where the default is empty. */
export function defaultInWords(option: CephOption): string {
  return option.default === '' ? 'the default (empty)' : `the default (\`${option.default}\`)`;
}
