/** Words of a QEMU command line as `ps` and libvirt's logs show it. */
import { MappedText, MappedTextBuilder } from '../mapped-text.js';
import type { CommandWord, Quoting } from '../qemu-command.js';
import {
  BACKSLASH,
  BLANK,
  BYTE_ORDER_MARK,
  DOUBLE_QUOTE,
  HASH,
  lineBreakLength,
  NEWLINE,
  OPEN_BRACE,
  RETURN,
  SINGLE_QUOTE,
} from '../shell/characters.js';
import { plainWord } from '../shell/word.js';

/** A word's place in the document. */
export interface RawWord {
  readonly start: number;
  readonly end: number;
}

/** Blank, tab, return, vertical tab, form feed. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || (code >= 11 && code <= 13);
}

/** A quote behind one of these, or at the start of a word, groups; in the middle of a name it is a character. */
const BEFORE_QUOTE = /[=,:'"]/;
const SPECIAL = /[\\'"]/;

/**
 * Parts of a word that stand for something else: quotes, joined lines, and `'\''` inside single quotes (how libvirt
 * writes an apostrophe). Any other backslash is itself.
 */
interface WordSink {
  copy(from: number, to: number): void;
  character(character: string, from: number, to: number): void;
  quoted(kind: 'single' | 'double'): void;
}

/** Reads the logical lines of a document, comment lines left out; each is a list of words. */
export function* readLogicalLines(text: string): Generator<readonly RawWord[]> {
  const quotes = new QuoteSearch(text);
  let words: RawWord[] = [];
  let lineStart = true;
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const lineBreak = code === NEWLINE || code === RETURN ? lineBreakLength(text, at) : 0;
    if (lineBreak > 0) {
      if (words.length > 0) yield words;
      words = [];
      lineStart = true;
      at += lineBreak;
    } else if (isBlank(code)) {
      at++;
    } else if (code === HASH && lineStart) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      const joined = code === BACKSLASH ? joinLength(text, at) || looseJoinLength(text, at) : 0;
      if (joined > 0) {
        lineStart = true;
        at += joined;
      } else {
        const start = at;
        at = walkWord(text, start, quotes, null);
        words.push({ start, end: at });
        lineStart = false;
      }
    }
  }
  if (words.length > 0) yield words;
}

export function readCommandWord(text: string, { start, end }: RawWord, base: number): CommandWord {
  const written = text.slice(start, end);
  if (!SPECIAL.test(written)) return plainWord(MappedText.verbatim(written, start - base), start - base, end - base);
  const builder = new MappedTextBuilder(start - base);
  const kinds = new Set<Quoting>();
  walkWord(text, start, new QuoteSearch(text), {
    copy: (from, to) => builder.copy(text.slice(from, to), from - base),
    character: (character, from, to) => builder.replace(character, from - base, to - base),
    quoted: (kind) => kinds.add(kind),
  });
  const whole = written.startsWith("'") || written.startsWith('"');
  const only = kinds.size === 1 && whole ? [...kinds][0] : undefined;
  return {
    ...plainWord(builder.build(), start - base, end - base),
    quoting: only ?? (kinds.size === 0 ? 'none' : 'mixed'),
  };
}

/** Length of a backslash and line break at `at`; 0 where there is none. */
function joinLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) return 0;
  const lineBreak = lineBreakLength(text, at + 1);
  return lineBreak === 0 ? 0 : 1 + lineBreak;
}

/** The same for a backslash alone with blanks behind it, as pasted text often has it. */
function looseJoinLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) return 0;
  let end = at + 1;
  while (end < text.length && isBlank(text.charCodeAt(end)) && lineBreakLength(text, end) === 0) end++;
  if (end === at + 1) return 0;
  return lineBreakLength(text, end) > 0 || end === text.length ? end - at + lineBreakLength(text, end) : 0;
}

/** Walks one word from `start` and tells its end. */
function walkWord(text: string, start: number, quotes: QuoteSearch, sink: WordSink | null): number {
  let at = start;
  let from = start;
  let inJson = false;
  for (;;) {
    while (at < text.length && isPlain(text.charCodeAt(at))) at++;
    if (endsWord(text, at)) break;
    const code = text.charCodeAt(at);
    const joined = code === BACKSLASH ? joinLength(text, at) : 0;
    const groups = code === SINGLE_QUOTE || (code === DOUBLE_QUOTE && !inJson);
    const close = groups && mayOpen(text, at, start) ? quotes.closing(text.charAt(at), at + 1) : -1;
    if (joined > 0) {
      // A join that ends the word is left to the line.
      if (endsWord(text, at + joined)) break;
      sink?.copy(from, at);
      at += joined;
      from = at;
    } else if (close >= 0) {
      sink?.copy(from, at);
      if (sink !== null) emitGroup(text, at, close, sink);
      at = close + 1;
      from = at;
    } else {
      if (code === OPEN_BRACE) inJson = true;
      at++;
    }
  }
  sink?.copy(from, at);
  return at;
}

/** A character that means itself wherever it stands in a word. */
function isPlain(code: number): boolean {
  return code > BLANK && code !== SINGLE_QUOTE && code !== DOUBLE_QUOTE && code !== BACKSLASH && code !== OPEN_BRACE;
}

function mayOpen(text: string, at: number, start: number): boolean {
  return at === start || BEFORE_QUOTE.test(text.charAt(at - 1));
}

function endsWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === NEWLINE || isBlank(code);
}

/** The text between two quotes. */
function emitGroup(text: string, open: number, end: number, sink: WordSink): void {
  const quote = text.charAt(open);
  sink.quoted(quote === "'" ? 'single' : 'double');
  const start = open + 1;
  let from = start;
  let at = start;
  while (at < end) {
    const joined = joinLength(text, at);
    const apostrophe = quote === "'" && text.startsWith("'\\''", at);
    const escapedQuote = quote === '"' && text.startsWith('\\"', at);
    if (joined === 0 && !apostrophe && !escapedQuote) {
      at++;
      continue;
    }
    sink.copy(from, at);
    const length = joined || (apostrophe ? 4 : 2);
    if (joined === 0) sink.character(quote, at, at + length);
    at += length;
    from = at;
  }
  sink.copy(from, end);
}

/** Finds closing quotes; remembers that there are none left, so that many open ones cost no more than one. */
class QuoteSearch {
  private readonly exhausted = new Set<string>();

  constructor(private readonly text: string) {}

  /** Place of the quote that closes a group whose text starts at `from`; -1 where none does. */
  closing(quote: string, from: number): number {
    if (this.exhausted.has(quote)) return -1;
    let at = from;
    for (;;) {
      at = this.text.indexOf(quote, at);
      if (at < 0) {
        this.exhausted.add(quote);
        return -1;
      }
      if (quote === "'" && this.text.startsWith("'\\''", at)) at += 4;
      else if (quote === '"' && this.text.charAt(at - 1) === '\\' && at > from) at += 1;
      else return at;
    }
  }
}
