import { isSpace, SPACE } from './characters.js';
import type { ParserEra } from './tree.js';

/**
 * A key as librados compares it with its option names. Outer white space goes. Inner runs: up to 14.2 only their first
 * character stays, and becomes `_` if it is a space; from 15.2 on each run becomes one `_`.
 * Source: ConfFile::normalize_key_name of 0.48.3, 14.2.16, 18.2.7.
 */
export function normalizeKeyName(raw: string, era: ParserEra): string {
  let start = 0;
  let end = raw.length;
  while (start < end && isSpace(raw.charCodeAt(start))) start++;
  while (end > start && isSpace(raw.charCodeAt(end - 1))) end--;
  let name = '';
  let from = start;
  for (let i = start; i < end; i++) {
    const code = raw.charCodeAt(i);
    if (!isSpace(code)) continue;
    name += raw.slice(from, i) + (era === 'C' || code === SPACE ? '_' : raw.charAt(i));
    while (isSpace(raw.charCodeAt(i + 1))) i++;
    from = i + 1;
  }
  return from === start ? raw.slice(start, end) : name + raw.slice(from, end);
}

/** A section's name up to 14.2: trimmed, inner runs of white space shrunk to their first character. */
export function shrinkWhiteSpace(raw: string): string {
  let name = '';
  let lastWasSpace = true;
  for (let i = 0; i < raw.length; i++) {
    const space = isSpace(raw.charCodeAt(i));
    if (!space || !lastWasSpace) name += raw.charAt(i);
    lastWasSpace = space;
  }
  return lastWasSpace ? name.slice(0, -1) : name;
}

/** Normalizes the keys of one file, in which the same spellings come again and again. */
export class KeyNames {
  private readonly known = new Map<string, string>();

  constructor(private readonly era: ParserEra) {}

  of(raw: string): string {
    let name = this.known.get(raw);
    if (name === undefined) {
      name = normalizeKeyName(raw, this.era);
      this.known.set(raw, name);
    }
    return name;
  }
}
