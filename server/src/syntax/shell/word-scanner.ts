import {
  AMPERSAND,
  AT,
  BACKSLASH,
  BACKTICK,
  BANG,
  BLANK,
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOLLAR,
  DOUBLE_QUOTE,
  EQUALS,
  GREATER,
  HASH,
  LESS,
  LOWER_A,
  LOWER_Z,
  lineBreakLength,
  MINUS,
  NEWLINE,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  PLUS,
  QUESTION,
  RETURN,
  SEMICOLON,
  SINGLE_QUOTE,
  STAR,
  TAB,
  UNDERSCORE,
  UPPER_A,
  UPPER_Z,
} from './characters.js';
import { ScriptCursor } from './script-cursor.js';

const ARRAY_TARGET = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=$/;
/** Nesting deeper than this is read as plain text. */
const DEEPEST = 64;

/** Finds where words, quotes and expansions end, without decoding them. */
export abstract class WordScanner extends ScriptCursor {
  /** End of each `$(…)`, `${…}`, backtick and `<(…)` by its start, in the order of their ends. */
  readonly expansionEnds = new Map<number, number>();
  /** The starts, in that order. */
  readonly expansionStarts: number[] = [];
  /** Up to where a search that came to nothing has looked ahead. */
  protected lookedUpTo = 0;
  /** Where something was last nested too deep to be told apart; a command around that place is not read as it is by itself. */
  protected tooDeepAt = -1;
  private joinStart = -1;
  private joinEnd = -1;

  /** Reads commands up to the limit, or up to the `)` that closes this list; true where that was found. */
  protected abstract statements(inParentheses: boolean): boolean;

  /** Moves to the end of the word that starts here; stays where none does. */
  protected word(): void {
    const { text } = this;
    const start = this.at;
    while (this.at < this.limit) {
      const code = text.charCodeAt(this.at);
      switch (code) {
        case BLANK:
        case TAB:
        case NEWLINE:
        case RETURN:
        case SEMICOLON:
        case AMPERSAND:
        case PIPE:
        case CLOSE:
          return;
        case BACKSLASH:
          this.backslashInWord();
          break;
        case SINGLE_QUOTE:
          this.singleQuotes();
          break;
        case DOUBLE_QUOTE:
          this.doubleQuotes();
          break;
        case DOLLAR:
          this.dollar(false);
          break;
        case BACKTICK:
          this.backticks();
          break;
        case LESS:
        case GREATER:
          if (text.charCodeAt(this.at + 1) !== OPEN) return;
          this.commandSubstitution(this.at, this.at + 2);
          break;
        case OPEN:
          if (!this.parenthesisInWord(start)) return;
          break;
        default:
          this.plain();
      }
    }
  }

  /** The character here, which means itself, and those behind it that do. */
  private plain(): void {
    const { text, limit } = this;
    let at = this.at + 1;
    while (at < limit && isNameOrSign(text.charCodeAt(at))) at++;
    this.at = at;
  }

  private isTooDeep(): boolean {
    if (this.depth < DEEPEST) return false;
    this.tooDeepAt = this.at;
    return true;
  }

  private noteExpansion(start: number, end: number): void {
    this.expansionEnds.set(start, end);
    this.expansionStarts.push(start);
  }

  private backslashInWord(): void {
    const lineBreak = lineBreakLength(this.text, this.at + 1);
    if (lineBreak === 0) {
      this.at = Math.min(this.at + 2, this.limit);
      return;
    }
    if (this.at !== this.joinEnd) this.joinStart = this.at;
    this.at += 1 + lineBreak;
    this.joinEnd = this.at;
  }

  /** End of the word just read, without the joined lines behind it. */
  protected wordEnd(): number {
    return this.at === this.joinEnd ? this.joinStart : this.at;
  }

  private parenthesisInWord(start: number): boolean {
    if (this.isTooDeep()) return false;
    const previous = this.at > start ? this.text.charCodeAt(this.at - 1) : 0;
    if (previous === EQUALS && ARRAY_TARGET.test(this.text.slice(start, this.at))) {
      this.array();
      return true;
    }
    const pattern = previous === QUESTION || previous === STAR || previous === PLUS || previous === AT;
    if (!pattern && !(previous === BANG && this.at - 1 > start)) return false;
    return this.extendedPattern();
  }

  private extendedPattern(): boolean {
    let open = 0;
    for (let i = this.at; i < this.limit && this.spare > 0; i++) {
      this.spare--;
      const code = this.text.charCodeAt(i);
      if (code === NEWLINE) return false;
      if (code === OPEN) open++;
      if (code === CLOSE && --open === 0) {
        this.at = i + 1;
        return true;
      }
    }
    return false;
  }

  private array(): void {
    const outer = this.enter();
    this.at++;
    for (;;) {
      this.skipBlanks(true);
      if (this.at >= this.limit) break;
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE) {
        this.at++;
        this.leave(outer);
        return;
      }
      if (code === HASH) {
        this.skipComment();
        continue;
      }
      const start = this.at;
      if (code !== OPEN) this.word();
      if (this.at === start) this.at++;
    }
    this.notClosed();
    this.leave(outer);
  }

  private singleQuotes(): void {
    const outer = this.enter();
    const close = this.nextSingleQuote(this.at + 1);
    if (close < 0 || close >= this.limit) this.notClosed();
    else this.at = close + 1;
    this.leave(outer);
  }

  /** `$'…'`: a backslash keeps a quote from closing. */
  private ansiQuotes(): void {
    const outer = this.enter();
    this.at += 2;
    this.skipTo(SINGLE_QUOTE);
    this.leave(outer);
  }

  private doubleQuotes(): void {
    const outer = this.enter();
    this.at++;
    while (this.at < this.limit) {
      const code = this.text.charCodeAt(this.at);
      if (code === DOUBLE_QUOTE) {
        this.at++;
        this.leave(outer);
        return;
      }
      if (code === BACKSLASH) this.at += 2;
      else if (code === DOLLAR) this.dollar(true);
      else if (code === BACKTICK) this.backticks();
      else this.at++;
    }
    this.notClosed();
    this.leave(outer);
  }

  private dollar(inDoubleQuotes: boolean): void {
    const start = this.at;
    const next = this.text.charCodeAt(start + 1);
    if (next === OPEN && !this.isTooDeep()) {
      const arithmetic = this.text.charCodeAt(start + 2) === OPEN ? this.arithmeticEnd(start + 1) : -1;
      if (arithmetic >= 0) {
        this.at = arithmetic;
        this.noteExpansion(start, arithmetic);
      } else {
        this.commandSubstitution(start, start + 2);
      }
    } else if (next === OPEN_BRACE && !this.isTooDeep()) {
      this.parameter(inDoubleQuotes);
    } else if (next === SINGLE_QUOTE && !inDoubleQuotes) {
      this.ansiQuotes();
    } else if (next === OPEN_BRACKET) {
      this.oldArithmetic();
    } else {
      this.at++;
    }
  }

  /** `$[…]`, bash's older spelling of `$((…))`; a `$` like any other where it is not closed on its line. */
  private oldArithmetic(): void {
    const start = this.at;
    let depth = 0;
    this.at++;
    for (let i = start + 1; i < this.limit && this.spare > 0; i++) {
      this.spare--;
      const code = this.text.charCodeAt(i);
      if (code === NEWLINE) return;
      if (code === OPEN_BRACKET) depth++;
      if (code === CLOSE_BRACKET && --depth === 0) {
        this.at = i + 1;
        this.noteExpansion(start, this.at);
        return;
      }
    }
  }

  private commandSubstitution(start: number, body: number): void {
    this.at = body;
    if (this.isTooDeep()) return;
    const outer = this.enter();
    if (!this.statements(true)) this.notClosed();
    this.noteExpansion(start, this.at);
    this.leave(outer);
  }

  private parameter(inDoubleQuotes: boolean): void {
    const start = this.at;
    const outer = this.enter();
    this.at += 2;
    while (this.at < this.limit) {
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_BRACE) {
        this.at++;
        this.noteExpansion(start, this.at);
        this.leave(outer);
        return;
      }
      if (code === BACKSLASH) this.at += 2;
      else if (code === SINGLE_QUOTE && !inDoubleQuotes) this.singleQuotes();
      else if (code === DOUBLE_QUOTE) this.doubleQuotes();
      else if (code === DOLLAR) this.dollar(inDoubleQuotes);
      else if (code === BACKTICK) this.backticks();
      else this.at++;
    }
    this.notClosed();
    this.noteExpansion(start, this.at);
    this.leave(outer);
  }

  /** Commands between backticks are read too, but for those with backslashes, which mean something else there. */
  private backticks(): void {
    const start = this.at;
    const outer = this.enter();
    this.at++;
    const body = this.at;
    if (this.skipTo(BACKTICK)) {
      const end = this.at;
      const written = this.text.slice(body, end - 1);
      if (!this.isTooDeep() && !written.includes('\\')) {
        this.at = body;
        this.limit = end - 1;
        this.statements(false);
        if (!this.unterminated) this.at = end;
      }
    }
    this.noteExpansion(start, this.at);
    this.leave(outer);
  }

  /** End of the `((…))` whose first parenthesis stands at `open`; -1 where it is no arithmetic. */
  protected arithmeticEnd(open: number): number {
    let depth = 0;
    let i = open;
    for (; i < this.limit && this.spare > 0; i++) {
      this.spare--;
      const code = this.text.charCodeAt(i);
      if (code === OPEN) depth++;
      else if (code === BACKSLASH) i++;
      else if (code === CLOSE && --depth === 1) {
        if (this.text.charCodeAt(i + 1) === CLOSE && i + 1 < this.limit) return i + 2;
        i++;
        break;
      }
    }
    this.lookedUpTo = Math.max(this.lookedUpTo, i);
    return -1;
  }
}

/** Letters, digits and the signs that options are made of: what most of a script's words hold and nothing looks for. */
function isNameOrSign(code: number): boolean {
  return (
    (code >= LOWER_A && code <= LOWER_Z) ||
    (code >= MINUS && code <= COLON) ||
    code === EQUALS ||
    code === COMMA ||
    (code >= UPPER_A && code <= UPPER_Z) ||
    code === UNDERSCORE
  );
}
