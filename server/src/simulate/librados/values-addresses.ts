/**
 * Network addresses of daemons as librados reads and prints them.
 * Source: entity_addr_t::parse in msg_types.cc and C's inet_pton, inet_ntop; checked against librados 16.2.15.
 */
import { atLeast, type CephRelease } from '../../catalog/releases.js';
import { cInt, type Parsed, refuse } from './values-integers.js';

/** Four numbers up to 255, none with a leading zero. */
function isIpv4(text: string): boolean {
  return /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text) && text.split('.').every((part) => Number(part) < 256);
}

/** Eight words of an address of colons and hexadecimal digits; undefined where it is none. */
function ipv6Words(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const read = (half: string | undefined) => (half === undefined || half === '' ? [] : half.split(':'));
  const [left, right] = [read(halves[0]), read(halves[1])];
  if ([...left, ...right].some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const zeros = Array.from({ length: missing }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** The longest run of two or more zero words, the first of equals. */
function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < words.length; start++) {
    let end = start;
    while (words[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
    start = Math.max(start, end - 1);
  }
  return best;
}

function printIpv6(words: readonly number[]): string {
  const { start, length } = longestZeros(words);
  const hex = (part: readonly number[]) => part.map((word) => word.toString(16)).join(':');
  if (start < 0) return hex(words);
  const mapped = start === 0 && (length === 6 || (length === 5 && words[5] === 0xffff));
  if (mapped) {
    const bytes = words.slice(6).flatMap((word) => [word >> 8, word & 255]);
    return `::${length === 5 ? 'ffff:' : ''}${bytes.join('.')}`;
  }
  return `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`;
}

function readHost(text: string): { host: string; length: number } | undefined {
  const v4 = /^[0-9.]{0,38}/.exec(text)?.[0] ?? '';
  if (isIpv4(v4)) return { host: v4, length: v4.length };
  const v6 = /^[0-9a-f:]{0,63}/i.exec(text)?.[0] ?? '';
  const words = ipv6Words(v6);
  return words === undefined ? undefined : { host: `[${printIpv6(words)}]`, length: v6.length };
}

function atoi(text: string): number {
  return cInt(/^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1] ?? '');
}

interface Address {
  readonly printed: string;
  readonly isIpv6: boolean;
  /** What follows it. */
  readonly rest: string;
}

/** An address with or without type, port and nonce. Types since 14.2. */
function parseAddress(release: CephRelease, text: string): Address | undefined {
  const typed = atLeast(release, '14');
  if (typed && text.startsWith('-')) return { printed: '-', isIpv6: false, rest: text.slice(1) };
  const type = typed ? (/^(?:v1|v2|any):/.exec(text)?.[0] ?? '') : '';
  const bracket = text.startsWith('[', type.length) ? 1 : 0;
  const host = readHost(text.slice(type.length + bracket));
  let rest = text.slice(type.length + bracket + (host?.length ?? 0));
  if (host === undefined || (bracket === 1 && !rest.startsWith(']'))) return undefined;
  rest = rest.slice(bracket);
  const port = rest.startsWith(':') ? atoi(rest.slice(1)) : 0;
  if (port > 65535) return undefined;
  rest = rest.replace(/^:\d*/, '');
  const nonce = rest.startsWith('/') ? atoi(rest.slice(1)) : 0;
  rest = rest.replace(/^\/\d*/, '');
  const prefix = typed && type !== 'any:' ? type || 'v2:' : '';
  return {
    printed: `${prefix}${host.host}:${port & 65535}/${nonce >>> 0}`,
    isIpv6: host.host.startsWith('['),
    rest,
  };
}

/** Type `addr`. Up to 16.2 what follows the address is not looked at. */
export function readAddress(release: CephRelease, text: string): Parsed<string> {
  const found = parseAddress(release, text);
  if (found === undefined || (found.rest !== '' && atLeast(release, '17'))) return refuse('invalid address');
  return { ok: true, value: found.printed };
}

/** Type `addrvec`: one address, or several between brackets; what follows is not looked at. */
export function readAddresses(release: CephRelease, text: string): Parsed<string> {
  let found = parseAddress(release, text);
  if (text.startsWith('[') && found?.isIpv6 !== true) {
    const all: string[] = [];
    let rest = text;
    do {
      found = parseAddress(release, rest.slice(1));
      if (found === undefined) break;
      all.push(found.printed);
      rest = found.rest;
    } while (rest.startsWith(','));
    if (found === undefined || !rest.startsWith(']')) return refuse('invalid address');
    return { ok: true, value: all.length === 1 ? found.printed : `[${all.join(',')}]` };
  }
  return found === undefined ? refuse('invalid address') : { ok: true, value: found.printed };
}
