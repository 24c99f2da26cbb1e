/** Character codes that the grammars of ceph.conf speak of. Past the end of a text the code is NaN, equal to none. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const LEFT_BRACKET = 91;
export const BACKSLASH = 92;
export const RIGHT_BRACKET = 93;
export const BYTE_ORDER_MARK = 0xfeff;

/** C's `isspace`: form feed and vertical tab too. */
export function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= CR);
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

export function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}

export function startsComment(code: number): boolean {
  return code === HASH || code === SEMICOLON;
}

/** A byte that was not UTF-8, as it stands in a decoded text: a low surrogate without its high one. */
const PERHAPS_LONE_BYTE = /[\udc80-\udcff]/;
const LONE_BYTE = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** Offset of the first byte that was not UTF-8, -1 where all was. */
export function firstBadByte(text: string): number {
  return PERHAPS_LONE_BYTE.test(text) ? text.search(LONE_BYTE) : -1;
}

/** Bytes of `text[start, end)` in the file it was decoded from. */
export function byteLength(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code < 0xd800 || code > 0xdfff) bytes += 3;
    else if (code >= 0xdc00) bytes += 1;
    else if (isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
