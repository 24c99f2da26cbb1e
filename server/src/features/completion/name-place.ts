/** Where the caret stands in an `rbd:` name. Splits as QEMU does, and leaves out what no half-written name needs. */
import type { RbdNameRules } from '../../syntax/qemu/rbd-name.js';
import { type EditedText, partOf } from './edited-text.js';

export type NamePart = 'pool' | 'image' | 'snapshot' | 'key' | 'value';

export interface NamePlace {
  readonly part: NamePart;
  /** The part; for an image its namespace, too, where this QEMU knows such. */
  readonly edited: EditedText;
  /** Unescaped; empty where the caret stands in it or before it. */
  readonly pool: string;
  /** At a value. */
  readonly key: string;
  /** Keys of the other options. */
  readonly otherKeys: ReadonlySet<string>;
  /** At a key: whether `=` follows. */
  readonly hasEquals: boolean;
  /** At a pool: whether `/` follows. */
  readonly hasSlash: boolean;
}

const PREFIX = 'rbd:';

/** Null where the text is no `rbd:` name, or the caret stands before it. */
export function namePlace(outer: EditedText, rules: RbdNameRules): NamePlace | null {
  const { text, caret } = outer;
  if (!text.startsWith(PREFIX) || caret < PREFIX.length) return null;
  const find = (from: number, stops: string): number => indexOfAny(text, from, text.length, stops, rules.escapes);
  const slash = find(PREFIX.length, '/');
  const poolEnd = Math.min(slash, find(PREFIX.length, ':'));
  const hasSlash = slash === poolEnd && slash < text.length;
  const none = { pool: '', key: '', otherKeys: new Set<string>(), hasEquals: false, hasSlash };
  if (caret <= poolEnd) {
    return { ...none, part: 'pool', edited: partOf(outer, PREFIX.length, poolEnd, escaper(rules, '/@:')) };
  }
  const pool = withoutEscapes(text.slice(PREFIX.length, poolEnd), rules);
  const imageStart = slash === poolEnd ? poolEnd + 1 : poolEnd;
  const nameEnd = find(imageStart, ':');
  const imageEnd = Math.min(find(imageStart, '@'), nameEnd);
  if (caret <= imageEnd) {
    return { ...none, pool, part: 'image', edited: partOf(outer, imageStart, imageEnd, escaper(rules, '@:')) };
  }
  if (caret <= nameEnd) {
    return { ...none, pool, part: 'snapshot', edited: partOf(outer, imageEnd + 1, nameEnd, escaper(rules, ':')) };
  }
  if (!rules.options) return null;
  return { ...none, ...optionPlace(outer, rules, nameEnd + 1), pool };
}

function optionPlace(outer: EditedText, rules: RbdNameRules, from: number): Omit<NamePlace, 'pool' | 'hasSlash'> {
  const { text, caret } = outer;
  const otherKeys = new Set<string>();
  let here = { start: caret, end: caret };
  for (let start = from; start <= text.length; ) {
    const end = indexOfAny(text, start, text.length, ':', rules.escapes);
    if (start <= caret && caret <= end) here = { start, end };
    else {
      const keyEnd = indexOfAny(text, start, end, '=', rules.escapes);
      otherKeys.add(withoutEscapes(text.slice(start, keyEnd), rules));
    }
    start = end + 1;
  }
  const equals = indexOfAny(text, here.start, here.end, '=', rules.escapes);
  const hasEquals = equals < here.end;
  if (!hasEquals || caret <= equals) {
    const edited = partOf(outer, here.start, equals, escaper(rules, '=:'));
    return { part: 'key', edited, key: '', otherKeys, hasEquals };
  }
  const key = withoutEscapes(text.slice(here.start, equals), rules);
  return {
    part: 'value',
    key,
    otherKeys,
    hasEquals: false,
    edited: partOf(outer, equals + 1, here.end, escaper(rules, ':')),
  };
}

/** The first of the characters before `to` that no backslash stands before; `to` where there is none. */
function indexOfAny(text: string, from: number, to: number, stops: string, escapes: boolean): number {
  for (let at = from; at < to; at++) {
    if (escapes && text.charAt(at) === '\\') at++;
    else if (stops.includes(text.charAt(at))) return at;
  }
  return to;
}

function withoutEscapes(text: string, { escapes }: RbdNameRules): string {
  return escapes ? text.replace(/\\([\s\S])/g, '$1') : text;
}

/**
 * `stops`: what ends the part. A release without escapes takes no such text; and up to 6.0 an `@` behind the image, even
 * an escaped one, is taken for a snapshot's or ends the process.
 */
function escaper(rules: RbdNameRules, stops: string): (text: string) => string | null {
  const special = new RegExp(`[\\\\${stops}]`, 'g');
  return (text) => {
    if (!rules.escapedSearch && text.includes('@')) return null;
    if (text.search(special) < 0) return text;
    return rules.escapes ? text.replace(special, '\\$&') : null;
  };
}
