/**
 * The pieces of the whole-file grammar (15.2 on), each read as boost::spirit reads it: before each element of a rule
 * with a skipper, joining backslashes and comments are passed over, in any number.
 * Source: IniGrammer in ConfUtils.cc of 15.1.0 to 20.2.4; observed with 18.2.7.
 */
import type { Span } from '../span.js';
import {
  BACKSLASH,
  CR,
  DOUBLE_QUOTE,
  EQUALS,
  isBlank,
  isLineEnd,
  isSpace,
  LEFT_BRACKET,
  LF,
  RIGHT_BRACKET,
  SINGLE_QUOTE,
  SPACE,
  startsComment,
} from './characters.js';

/** An expectation of the grammar that was not met: what it names, and where. */
export interface Unmet {
  readonly expected: string;
  readonly at: number;
}

export interface ScannedValue {
  readonly value: string;
  readonly span: Span;
  /** Where the parser stands after it. */
  readonly end: number;
  readonly quoted: boolean;
  readonly unmet: Unmet | null;
}

export interface ScannedName {
  readonly name: string;
  readonly span: Span;
  /** Behind the `]`. */
  readonly end: number;
  readonly unmet: Unmet | null;
}

export class GrammarScanner {
  /** The last comment that was passed over. */
  comment: Span | null = null;
  /** True where a joining backslash was passed over since this was last set to false. */
  joined = false;
  /** The farthest place that a rule tried. */
  farthest = 0;
  /** The first non-ASCII character that was tested for being a blank; -1: none. */
  nonAsciiAt = -1;

  constructor(readonly text: string) {}

  code(at: number): number {
    return this.text.charCodeAt(at);
  }

  /** Behind the line end at `at`; `at` itself where there is none. */
  lineEnd(at: number): number {
    const code = this.text.charCodeAt(at);
    if (code === LF) return at + 1;
    if (code !== CR) return at;
    return this.text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }

  /** The next line end, or the text's end. */
  restOfLine(at: number): number {
    const { text } = this;
    let i = at;
    while (i < text.length && !isLineEnd(text.charCodeAt(i))) i++;
    return i;
  }

  blanks(at: number): number {
    let i = at;
    while (isBlank(this.text.charCodeAt(i))) i++;
    return i;
  }

  skip(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && isLineEnd(text.charCodeAt(at + 1))) {
        at = this.lineEnd(at + 1);
        this.joined = true;
        continue;
      }
      const start = isBlank(code) ? this.blanks(at) : at;
      const found = text.charCodeAt(start);
      if (startsComment(found)) {
        at = this.restOfLine(start);
        this.comment = { start, end: at };
        continue;
      }
      this.testAscii(start);
      return at;
    }
  }

  /** Behind an empty line, comment and all; -1 where there is none. `from` is behind what was passed over before it. */
  emptyLine(from: number): number {
    const at = this.blanks(this.skip(from));
    const end = this.lineEnd(at);
    return end === at ? -1 : end;
  }

  /** End of a key's raw text that starts at `start`; -1 where there is no key. */
  key(start: number): number {
    let end = this.keyWord(start);
    if (end < 0) return -1;
    for (;;) {
      const gap = this.keyGap(end);
      if (gap === end) return end;
      const next = this.keyWord(gap);
      if (next < 0) return end;
      end = next;
    }
  }

  /** One or more blanks between two words of a key, joining backslashes among them. */
  private keyGap(from: number): number {
    let at = from;
    let any = false;
    for (;;) {
      const start = this.skip(at);
      const end = this.blanks(start);
      if (end === start) return any ? start : from;
      any = true;
      at = end;
    }
  }

  private keyWord(start: number): number {
    const { text } = this;
    let at = start;
    let blanksKnownUpTo = start;
    for (;;) {
      const before = at;
      if (at >= blanksKnownUpTo) {
        at = this.pass(at);
        blanksKnownUpTo = this.blanks(at);
      }
      const code = text.charCodeAt(at);
      if (code === SPACE || code === EQUALS || code === LEFT_BRACKET) {
        this.reach(at);
        return before > start ? before : -1;
      }
      if (Number.isNaN(code) || isLineEnd(code)) {
        this.reach(at);
        return before > start ? at : -1;
      }
      if (this.escapes(at)) at++;
      this.testAscii(at);
      at++;
    }
  }

  /** As {@link skip}, for the middle of a word: blanks stay unless a comment follows them. */
  private pass(at: number): number {
    const code = this.text.charCodeAt(at);
    if (code === BACKSLASH) return isLineEnd(this.text.charCodeAt(at + 1)) ? this.skip(at) : at;
    if (startsComment(code)) return this.skip(at);
    return isBlank(code) && startsComment(this.text.charCodeAt(this.blanks(at))) ? this.skip(at) : at;
  }

  /** True for a backslash that takes the next character with it. */
  private escapes(at: number): boolean {
    if (this.text.charCodeAt(at) !== BACKSLASH || at + 1 >= this.text.length) return false;
    return !isLineEnd(this.text.charCodeAt(at + 1));
  }

  value(from: number): ScannedValue {
    const start = this.skip(from);
    const quote = this.text.charCodeAt(start);
    if (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE) return this.quoted(start, quote);
    return this.plain(start);
  }

  private quoted(start: number, quote: number): ScannedValue {
    const { text } = this;
    let value = '';
    let from = start + 1;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) {
        const next = text.charCodeAt(at + 1);
        if (Number.isNaN(next) || isLineEnd(next)) continue;
        value += text.slice(from, at);
        from = at + 1;
        at++;
      } else if (code === quote) {
        const trimmed = trimSpace(value + text.slice(from, at));
        return { value: trimmed, span: { start, end: at + 1 }, end: at + 1, quoted: true, unmet: null };
      } else if (Number.isNaN(code) || isLineEnd(code) || startsComment(code)) {
        const unmet = { expected: quote === DOUBLE_QUOTE ? '"""' : '"\'"', at };
        const trimmed = trimSpace(value + text.slice(from, at));
        return { value: trimmed, span: { start, end: at }, end: at, quoted: true, unmet };
      }
    }
  }

  private plain(from: number): ScannedValue {
    const { text } = this;
    let value = '';
    let pieceStart = from;
    let start = -1;
    let end = from;
    let at = from;
    for (;;) {
      const passed = this.pass(at);
      if (passed > at) {
        value += text.slice(pieceStart, at);
        pieceStart = passed;
        at = passed;
      }
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || isLineEnd(code)) break;
      if (isBlank(code)) {
        at = this.blanks(at);
        continue;
      }
      if (start < 0 && !isSpace(code)) start = at;
      if (this.escapes(at)) {
        value += text.slice(pieceStart, at);
        at++;
        pieceStart = at;
      }
      this.testAscii(at);
      at++;
      if (!isSpace(code)) end = at;
    }
    if (start < 0) return { value: '', span: { start: from, end: from }, end: at, quoted: false, unmet: null };
    const whole =
      value === '' && pieceStart === from ? text.slice(start, end) : trimSpace(value + text.slice(pieceStart, at));
    return { value: whole, span: { start, end }, end: at, quoted: false, unmet: null };
  }

  /** A section's name from behind its `[`. */
  name(from: number): ScannedName {
    const { text } = this;
    let name = '';
    let at = from;
    let any = false;
    for (;;) {
      at = this.skip(at);
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || isLineEnd(code) || code === RIGHT_BRACKET) break;
      any = true;
      if (isBlank(code)) {
        name += text.slice(at, this.blanks(at));
        at = this.blanks(at);
        continue;
      }
      if (this.escapes(at)) {
        at++;
        this.testAscii(at);
      }
      const textStart = at;
      at++;
      while (isNameText(text.charCodeAt(at))) at++;
      name += text.slice(textStart, at);
    }
    const span = { start: from, end: at };
    const closed = text.charCodeAt(at) === RIGHT_BRACKET;
    if (!any) {
      const unmet = { expected: '<difference><unnamed-rule>"]"', at: from };
      return { name, span, end: closed ? at + 1 : at, unmet };
    }
    return { name, span, end: closed ? at + 1 : at, unmet: closed ? null : { expected: '"]"', at } };
  }

  private reach(at: number): void {
    if (at > this.farthest) this.farthest = at;
  }

  private testAscii(at: number): void {
    if (this.nonAsciiAt < 0 && this.text.charCodeAt(at) >= 0x80) this.nonAsciiAt = at;
  }
}

/** What cannot start anything but a section name's text. */
function isNameText(code: number): boolean {
  return (
    code < 0x80 &&
    code !== BACKSLASH &&
    code !== RIGHT_BRACKET &&
    !isBlank(code) &&
    !isLineEnd(code) &&
    !startsComment(code)
  );
}

function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
