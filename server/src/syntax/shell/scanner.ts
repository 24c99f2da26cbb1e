/**
 * Cuts a shell script into simple commands without decoding their words (POSIX sh and bash).
 * Quotes, expansions, here-documents, arrays, `case` patterns, functions and comments are told apart exactly.
 */
import {
  AMPERSAND,
  BACKSLASH,
  BLANK,
  BYTE_ORDER_MARK,
  CLOSE,
  GREATER,
  HASH,
  LESS,
  lineBreakLength,
  MINUS,
  NEWLINE,
  OPEN,
  PIPE,
  RETURN,
  SEMICOLON,
  TAB,
} from './characters.js';
import { WordScanner } from './word-scanner.js';

/** Called with the words' starts and ends of each simple command; the arrays are used again afterwards. */
export type OnCommand = (starts: readonly number[], ends: readonly number[]) => void;

/**
 * Called with the start of each line at which nothing is open: what follows is read as if the script began there, and
 * what stands before does not depend on it. Returns true to end the scan.
 */
export type OnRestart = (at: number) => boolean;

/** Words after which another command starts. */
const BEFORE_COMMAND: ReadonlySet<string> = new Set([
  ...['if', 'then', 'elif', 'else', 'fi', 'do', 'done', 'while', 'until', '{', '}', '!', 'coproc'],
]);
const DESCRIPTOR = /^(?:\d+|\{\w+\})$/;

type Frame = 'subshell' | 'case-pattern' | 'case-body';

interface HereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
}

/** Nothing is decoded, and the words of other programs are only stepped over. */
export class ShellScanner extends WordScanner {
  private hereDocuments: HereDocument[] = [];

  /** `closeAtLineEnd`: what is not closed on its line ends there, so that the rest can still be read. */
  constructor(
    text: string,
    closeAtLineEnd: boolean,
    private readonly onCommand: OnCommand,
    private readonly onRestart: OnRestart,
  ) {
    super(text, closeAtLineEnd);
  }

  /** From a place where nothing is open. False where a quote or an expansion is never closed: what was reported is no use. */
  scan(from: number): boolean {
    this.at = from === 0 && this.text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : from;
    this.statements(false);
    return !this.unterminated;
  }

  /** True where the scan gave up searching, so that its result depends on where it began. */
  get exhausted(): boolean {
    return this.spare <= 0;
  }

  protected override statements(inParentheses: boolean): boolean {
    const starts: number[] = [];
    const ends: number[] = [];
    const frames: Frame[] = [];
    const finish = (): void => {
      if (starts.length === 0) return;
      const readable = this.tooDeepAt < (starts[0] ?? 0) && !this.unterminated;
      if (frames.at(-1) !== 'case-pattern' && readable) this.onCommand(starts, ends);
      starts.length = 0;
      ends.length = 0;
    };
    while (this.at < this.limit) {
      const code = this.text.charCodeAt(this.at);
      switch (code) {
        case BLANK:
        case TAB:
        case RETURN:
          this.at++;
          break;
        case NEWLINE:
          finish();
          this.at++;
          if (this.hereDocuments.length > 0) this.skipHereDocuments();
          if (frames.length === 0 && this.mayRestart() && this.onRestart(this.at)) return false;
          break;
        case HASH:
          this.skipComment();
          break;
        case SEMICOLON:
          finish();
          this.semicolon(frames);
          break;
        case AMPERSAND:
          if (this.text.charCodeAt(this.at + 1) === GREATER) {
            this.at++;
            this.redirection();
            break;
          }
          finish();
          this.at++;
          break;
        case PIPE:
          finish();
          this.at++;
          break;
        case OPEN:
          this.openParenthesis(starts, ends, frames);
          break;
        case CLOSE: {
          finish();
          this.at++;
          const top = frames.pop();
          if (top === 'case-pattern') frames.push('case-body');
          else if (top === 'case-body') frames.push(top);
          if (top !== 'subshell' && top !== 'case-pattern' && inParentheses) return true;
          break;
        }
        case LESS:
        case GREATER:
          if (this.text.charCodeAt(this.at + 1) === OPEN) this.wordOfCommand(starts, ends, frames);
          else this.redirection();
          break;
        case BACKSLASH: {
          const lineBreak = lineBreakLength(this.text, this.at + 1);
          if (lineBreak > 0) this.at += 1 + lineBreak;
          else this.wordOfCommand(starts, ends, frames);
          break;
        }
        default:
          this.wordOfCommand(starts, ends, frames);
      }
    }
    finish();
    return false;
  }

  private mayRestart(): boolean {
    return this.depth === 0 && !this.unterminated && this.lookedUpTo <= this.at;
  }

  private semicolon(frames: Frame[]): void {
    this.at++;
    const next = this.text.charCodeAt(this.at);
    if (next !== SEMICOLON && next !== AMPERSAND) return;
    this.at++;
    if (next === SEMICOLON && this.text.charCodeAt(this.at) === AMPERSAND) this.at++;
    if (frames.at(-1) === 'case-body') frames[frames.length - 1] = 'case-pattern';
  }

  private openParenthesis(starts: number[], ends: number[], frames: Frame[]): void {
    if (frames.at(-1) === 'case-pattern') {
      this.at++;
      return;
    }
    if (this.text.charCodeAt(this.at + 1) === OPEN) {
      const end = this.arithmeticEnd(this.at);
      if (end >= 0) {
        this.at = end;
        return;
      }
    }
    // Behind a word it begins a function's definition: that word is no command.
    starts.length = 0;
    ends.length = 0;
    frames.push('subshell');
    this.at++;
  }

  private wordOfCommand(starts: number[], ends: number[], frames: Frame[]): void {
    const start = this.at;
    this.word();
    const end = this.wordEnd();
    // A `(` that belongs to no word, or nothing at all: one character on, so that the scan always moves.
    if (end === start) {
      this.at++;
      return;
    }
    const next = this.text.charCodeAt(end);
    if ((next === LESS || next === GREATER) && this.text.charCodeAt(end + 1) !== OPEN) {
      if (end - start < 20 && DESCRIPTOR.test(this.text.slice(start, end))) return;
    }
    if (starts.length === 0 && end - start <= 8 && this.reserved(this.text.slice(start, end), frames)) return;
    starts.push(start);
    ends.push(end);
  }

  /** Handles a reserved word at the place of a command; false where the word is none. */
  private reserved(word: string, frames: Frame[]): boolean {
    const top = frames.at(-1);
    if (word === 'esac' && (top === 'case-pattern' || top === 'case-body')) {
      frames.pop();
      return true;
    }
    if (top === 'case-pattern') return false;
    if (BEFORE_COMMAND.has(word)) return true;
    switch (word) {
      case 'function':
        this.skipBlanks(false);
        this.word();
        return true;
      case 'case':
        this.skipBlanks(false);
        this.word();
        this.skipBlanks(true);
        if (this.text.startsWith('in', this.at)) {
          this.at += 2;
          frames.push('case-pattern');
        }
        return true;
      case '[[':
        this.skipCondition();
        return true;
      default:
        return false;
    }
  }

  private skipCondition(): void {
    for (;;) {
      this.skipBlanks(false);
      const start = this.at;
      if (start >= this.limit || this.text.charCodeAt(start) === NEWLINE) return;
      this.word();
      if (this.at === start) this.at++;
      else if (this.at - start === 2 && this.text.startsWith(']]', start)) return;
    }
  }

  /** From a `<` or `>` over the operator and its target. */
  private redirection(): void {
    const { text } = this;
    if (text.startsWith('<<', this.at) && text.charCodeAt(this.at + 2) !== LESS) {
      this.at += 2;
      const stripTabs = text.charCodeAt(this.at) === MINUS;
      if (stripTabs) this.at++;
      this.skipBlanks(false);
      const start = this.at;
      this.word();
      if (this.at > start) {
        const delimiter = text.slice(start, this.at).replace(/\\\r?\n|['"]|\\(?=[^\n])|^\$(?=['"])/g, '');
        this.hereDocuments.push({ delimiter, stripTabs });
      }
      return;
    }
    while (this.at < this.limit) {
      const code = text.charCodeAt(this.at);
      if (code !== LESS && code !== GREATER && code !== AMPERSAND && code !== PIPE) break;
      this.at++;
    }
    this.skipBlanks(false);
    this.word();
  }

  private skipHereDocuments(): void {
    const waiting = this.hereDocuments;
    this.hereDocuments = [];
    for (const document of waiting) this.at = this.hereDocumentEnd(document);
  }

  /** Start of the line behind the delimiter; the text's end where it never comes, as in bash. */
  private hereDocumentEnd({ delimiter, stripTabs }: HereDocument): number {
    const { text } = this;
    let line = this.at;
    while (line < text.length) {
      const newline = text.indexOf('\n', line);
      const next = newline < 0 ? text.length : newline + 1;
      let end = newline < 0 ? text.length : newline;
      if (end > line && text.charCodeAt(end - 1) === RETURN) end--;
      let start = line;
      while (stripTabs && text.charCodeAt(start) === TAB) start++;
      if (end - start === delimiter.length && text.startsWith(delimiter, start)) return next;
      line = next;
    }
    return text.length;
  }
}
