/** Decodes one word of a shell command: what the program gets, and where each character of it is written. */
import { MappedText as Mapped, type MappedText, MappedTextBuilder } from '../mapped-text.js';
import type { CommandWord, Quoting } from '../qemu-command.js';
import { readAnsiEscape } from './ansi-escape.js';
import {
  BACKSLASH,
  BACKTICK,
  COLON,
  DOLLAR,
  DOUBLE_QUOTE,
  EQUALS,
  GREATER,
  LESS,
  lineBreakLength,
  NEWLINE,
  OPEN,
  OPEN_BRACE,
  SINGLE_QUOTE,
  TILDE,
} from './characters.js';

/** Anything that keeps a word from being taken as it stands. */
const SPECIAL = /[\\'"$`{~<>]/;
const NAME_CHARACTER = /[A-Za-z0-9_]/;
const DIGIT = /[0-9]/;
const SPECIAL_PARAMETERS = '@*#?$!-';
const TILDE_PREFIX = /^~[A-Za-z0-9_.+-]*(?=[/:]|$)/;
const ASSIGNMENT_LIKE = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
/** Expansions that make several words even inside quotes. */
const MANY = /^\$(?:@|\{[!#]?(?:@|\w+\[@\]))/;
const NO_OFFSETS: readonly number[] = [];

/** A word of a command; `start` and `end` count in `text`, the result's offsets from `base`. */
export function readWord(
  text: string,
  start: number,
  end: number,
  base: number,
  expansionEnds: ReadonlyMap<number, number>,
): CommandWord {
  const written = text.slice(start, end);
  if (SPECIAL.test(written)) return new WordReader(text, start, end, base, expansionEnds).read();
  return plainWord(Mapped.verbatim(written, start - base), start - base, end - base);
}

export function plainWord(value: MappedText, start: number, end: number): CommandWord {
  return { span: { start, end }, value, quoting: 'none', takenBackslashes: NO_OFFSETS, mayBeMany: false };
}

interface BracePair {
  readonly close: number;
  /** True where a `,` or `..` between them makes several words of it. */
  expands: boolean;
}

class WordReader {
  private at: number;
  private readonly builder: MappedTextBuilder;
  private readonly taken: number[] = [];
  private bare = false;
  private single = false;
  private double = false;
  private ansi = false;
  /** Something stands in the word that is no unquoted expansion. */
  private fixed = false;
  private many = false;
  private readonly assignmentLike: boolean;
  private readonly braces: ReadonlyMap<number, BracePair>;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
    private readonly base: number,
    private readonly expansionEnds: ReadonlyMap<number, number>,
  ) {
    this.at = start;
    this.builder = new MappedTextBuilder(start - base);
    const written = text.slice(start, end);
    this.assignmentLike = ASSIGNMENT_LIKE.test(written);
    this.braces = written.includes('{') ? matchBraces(text, start, end, expansionEnds) : new Map();
  }

  read(): CommandWord {
    while (this.at < this.end) this.part();
    const onlyExpansions = !this.fixed && this.bare;
    return {
      span: { start: this.start - this.base, end: this.end - this.base },
      value: this.builder.build(),
      quoting: this.quoting(),
      takenBackslashes: this.taken.length > 0 ? this.taken : NO_OFFSETS,
      mayBeMany: this.many || onlyExpansions,
    };
  }

  private quoting(): Quoting {
    const kinds = Number(this.bare) + Number(this.single) + Number(this.double);
    if (this.ansi || kinds > 1) return 'mixed';
    if (this.single) return 'single';
    return this.double ? 'double' : 'none';
  }

  /** One quoted string, escape, expansion or run of plain characters. */
  private part(): void {
    const code = this.text.charCodeAt(this.at);
    if (code === SINGLE_QUOTE) this.singleQuotes();
    else if (code === DOUBLE_QUOTE) this.doubleQuotes(this.at + 1);
    else if (code === BACKSLASH) this.bareBackslash();
    else if (code === DOLLAR) this.bareDollar();
    else if (code === BACKTICK) this.bareExpansion();
    else if (code === OPEN_BRACE) this.brace();
    else if (code === TILDE) this.tilde();
    else if ((code === LESS || code === GREATER) && this.text.charCodeAt(this.at + 1) === OPEN) this.bareExpansion();
    else this.plain();
  }

  private bareExpansion(): void {
    this.bare = true;
    this.unknown(Math.min(this.expansionEnds.get(this.at) ?? this.end, this.end));
  }

  private brace(): void {
    const pair = this.braces.get(this.at);
    if (pair?.expands !== true) {
      this.plain();
      return;
    }
    this.bare = true;
    this.many = true;
    this.unknown(pair.close + 1);
  }

  /** A `~` is a home folder at the start of a word, and in `name=~/x:~/y` behind `=` and `:`. */
  private tilde(): void {
    const before = this.text.charCodeAt(this.at - 1);
    const mayStart = this.at === this.start || (this.assignmentLike && (before === EQUALS || before === COLON));
    const length = mayStart ? (TILDE_PREFIX.exec(this.text.slice(this.at, this.end))?.[0].length ?? 0) : 0;
    if (length === 0) {
      this.plain();
      return;
    }
    this.bare = true;
    this.fixed = true;
    this.unknown(this.at + length);
  }

  /** The character here, and those behind it that mean themselves. */
  private plain(): void {
    const { text } = this;
    const from = this.at;
    let to = from + 1;
    while (to < this.end && isPlain(text.charCodeAt(to))) to++;
    this.bare = true;
    this.fixed = true;
    this.builder.copy(text.slice(from, to), from - this.base);
    this.at = to;
  }

  private bareBackslash(): void {
    const lineBreak = lineBreakLength(this.text, this.at + 1);
    if (lineBreak > 0) {
      this.at += 1 + lineBreak;
    } else if (this.at + 1 >= this.end) {
      this.plain();
    } else {
      this.bare = true;
      this.fixed = true;
      this.taken.push(this.at - this.base);
      this.escaped();
    }
  }

  /** A backslash and the character it stands for. */
  private escaped(): void {
    const character = String.fromCodePoint(this.text.codePointAt(this.at + 1) ?? 0);
    const to = Math.min(this.at + 1 + character.length, this.end);
    this.builder.replace(this.text.slice(this.at + 1, to), this.at - this.base, to - this.base);
    this.at = to;
  }

  private bareDollar(): void {
    const next = this.at + 1 < this.end ? this.text.charCodeAt(this.at + 1) : 0;
    if (next === SINGLE_QUOTE) {
      this.ansiQuotes();
    } else if (next === DOUBLE_QUOTE) {
      this.doubleQuotes(this.at + 2);
    } else if (this.expansion()) {
      this.bare = true;
    } else {
      this.plain();
    }
  }

  /** Takes the expansion that starts at the `$` here; false where the `$` means itself. */
  private expansion(): boolean {
    const known = this.expansionEnds.get(this.at);
    const length = known === undefined ? this.parameterLength() : known - this.at;
    if (length === 0) return false;
    const to = Math.min(this.at + length, this.end);
    if (MANY.test(this.text.slice(this.at, Math.min(to, this.at + 200)))) this.many = true;
    this.unknown(to);
    return true;
  }

  private parameterLength(): number {
    const from = this.at + 1;
    let to = from;
    while (to < this.end && NAME_CHARACTER.test(this.text.charAt(to))) {
      to++;
      if (to === from + 1 && DIGIT.test(this.text.charAt(from))) break;
    }
    if (to > from) return to - this.at;
    return from < this.end && SPECIAL_PARAMETERS.includes(this.text.charAt(from)) ? 2 : 0;
  }

  private unknown(to: number): void {
    this.builder.unknown(this.at - this.base, to - this.base);
    this.at = to;
  }

  private singleQuotes(): void {
    this.single = true;
    this.fixed = true;
    const from = this.at + 1;
    const found = this.text.indexOf("'", from);
    const to = found < 0 || found >= this.end ? this.end : found;
    this.builder.copy(this.text.slice(from, to), from - this.base);
    this.at = Math.min(to + 1, this.end);
  }

  /** `opened`: behind the opening quote. */
  private doubleQuotes(opened: number): void {
    const { text } = this;
    this.double = true;
    this.fixed = true;
    this.at = opened;
    let from = opened;
    const flush = (): void => {
      this.builder.copy(text.slice(from, this.at), from - this.base);
    };
    while (this.at < this.end) {
      const code = text.charCodeAt(this.at);
      if (code === DOUBLE_QUOTE) break;
      const escapes = code === BACKSLASH && this.at + 1 < this.end;
      if (escapes && lineBreakLength(text, this.at + 1) > 0) {
        flush();
        this.at += 1 + lineBreakLength(text, this.at + 1);
        from = this.at;
      } else if (escapes && isEscapedInDoubleQuotes(text.charCodeAt(this.at + 1))) {
        flush();
        this.escaped();
        from = this.at;
      } else if (code === DOLLAR || code === BACKTICK) {
        flush();
        from = this.at;
        if (this.expansion()) from = this.at;
        else this.at++;
      } else {
        this.at += escapes ? 2 : 1;
      }
    }
    flush();
    this.at = Math.min(this.at + 1, this.end);
  }

  private ansiQuotes(): void {
    const { text } = this;
    this.ansi = true;
    this.fixed = true;
    this.at += 2;
    let from = this.at;
    let ended = false;
    const flush = (): void => {
      if (!ended) this.builder.copy(text.slice(from, this.at), from - this.base);
    };
    while (this.at < this.end && text.charCodeAt(this.at) !== SINGLE_QUOTE) {
      if (text.charCodeAt(this.at) !== BACKSLASH || this.at + 1 >= this.end) {
        this.at++;
        continue;
      }
      flush();
      const decoded = readAnsiEscape(text, this.at, this.end);
      // A NUL ends what bash makes of the quotes.
      if (decoded.value === '\0') ended = true;
      if (!ended) this.builder.replace(decoded.value, this.at - this.base, decoded.end - this.base);
      this.at = decoded.end;
      from = this.at;
    }
    flush();
    this.at = Math.min(this.at + 1, this.end);
  }
}

function isPlain(code: number): boolean {
  switch (code) {
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
    case BACKSLASH:
    case DOLLAR:
    case BACKTICK:
    case LESS:
    case GREATER:
    case OPEN_BRACE:
    case TILDE:
      return false;
    default:
      return true;
  }
}

function isEscapedInDoubleQuotes(code: number): boolean {
  return code === DOLLAR || code === BACKTICK || code === DOUBLE_QUOTE || code === BACKSLASH || code === NEWLINE;
}

/** The unquoted `{…}` of a word, by the place of their `{`. */
function matchBraces(
  text: string,
  start: number,
  end: number,
  expansionEnds: ReadonlyMap<number, number>,
): ReadonlyMap<number, BracePair> {
  const pairs = new Map<number, BracePair>();
  const open: { at: number; expands: boolean }[] = [];
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    const top = open.at(-1);
    if (character === '\\') at++;
    else if (character === "'" || character === '"') at = quoteEnd(text, at, end, expansionEnds) - 1;
    else if (character === '$' || character === '`') at = Math.max(at, (expansionEnds.get(at) ?? 0) - 1);
    else if (character === '{') open.push({ at, expands: false });
    else if (character === '}' && top !== undefined) {
      open.pop();
      pairs.set(top.at, { close: at, expands: top.expands });
    } else if (top !== undefined && (character === ',' || (character === '.' && text.charAt(at + 1) === '.'))) {
      top.expands = true;
    }
    at++;
  }
  return pairs;
}

/** Behind the quote that closes the one at `at`. */
function quoteEnd(text: string, at: number, end: number, expansionEnds: ReadonlyMap<number, number>): number {
  const quote = text.charAt(at);
  const escapes = quote === '"' || text.charAt(at - 1) === '$';
  let i = at + 1;
  while (i < end && text.charAt(i) !== quote) {
    if (escapes && text.charAt(i) === '\\') i++;
    else if (quote === '"') i = Math.max(i, (expansionEnds.get(i) ?? 0) - 1);
    i++;
  }
  return i + 1;
}
