/**
 * Most lines of most files: a key of ASCII words, an unquoted value without backslashes, perhaps a comment. The whole-file
 * grammar reads such a line without going back, so it can be read in one pass.
 */
import type { Span } from '../span.js';
import {
  BACKSLASH,
  CR,
  DOUBLE_QUOTE,
  EQUALS,
  isBlank,
  isLineEnd,
  LEFT_BRACKET,
  LF,
  SINGLE_QUOTE,
  SPACE,
  startsComment,
} from './characters.js';

export interface PlainKey {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly comment: Span | null;
  /** Behind the line end. */
  readonly end: number;
}

/** Printable ASCII that starts neither an escape nor a comment, and the space. */
export function isPlain(code: number): boolean {
  return code >= SPACE && code < 0x7f && code !== BACKSLASH && !startsComment(code);
}

/** Null for any other line, the last one without line end among them. */
export function scanPlainKey(text: string, from: number): PlainKey | null {
  let i = from;
  while (isBlank(text.charCodeAt(i))) i++;
  const keyStart = i;
  let keyEnd = i;
  let code = text.charCodeAt(i);
  while (code !== EQUALS) {
    if (!isPlain(code) || code === LEFT_BRACKET) return null;
    i++;
    if (code !== SPACE) keyEnd = i;
    code = text.charCodeAt(i);
  }
  if (keyEnd === keyStart) return null;
  const behindEquals = i + 1;
  i = behindEquals;
  while (isBlank(text.charCodeAt(i))) i++;
  code = text.charCodeAt(i);
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return null;
  let valueStart = i;
  let valueEnd = i;
  while (isPlain(code)) {
    i++;
    if (code !== SPACE) valueEnd = i;
    code = text.charCodeAt(i);
  }
  if (valueEnd === valueStart) {
    valueStart = behindEquals;
    valueEnd = behindEquals;
  }
  let comment: Span | null = null;
  if (startsComment(code)) {
    const start = i;
    while (i < text.length && !isLineEnd(text.charCodeAt(i))) i++;
    comment = { start, end: i };
    code = text.charCodeAt(i);
  }
  if (!isLineEnd(code)) return null;
  const end = code === CR && text.charCodeAt(i + 1) === LF ? i + 2 : i + 1;
  return { keyStart, keyEnd, valueStart, valueEnd, comment, end };
}
