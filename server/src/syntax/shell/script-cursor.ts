import { BACKSLASH, BLANK, lineBreakLength, NEWLINE, RETURN, TAB } from './characters.js';

/** A place in a script, with what may be read of it. Everything that opens and closes moves through {@link enter}. */
export abstract class ScriptCursor {
  protected at = 0;
  protected limit: number;
  /** How deep the constructs around the place are nested. */
  protected depth = 0;
  /** Something is never closed: the scan has given up. */
  protected unterminated = false;
  /** Characters that may still be spent on searches that come to nothing; keeps the whole linear. */
  protected spare: number;
  private lineFrom = 0;
  private lineEnd = -1;
  private quoteFrom = 0;
  private quoteAt = -1;

  /** `closeAtLineEnd`: what is not closed on its line ends there, so that the rest can still be read. */
  constructor(
    protected readonly text: string,
    private readonly closeAtLineEnd: boolean,
  ) {
    this.limit = text.length;
    this.spare = 8 * text.length + 1000;
  }

  protected skipBlanks(andLineBreaks: boolean): void {
    while (this.at < this.limit) {
      const code = this.text.charCodeAt(this.at);
      if (code === BACKSLASH && lineBreakLength(this.text, this.at + 1) > 0) {
        this.at += 1 + lineBreakLength(this.text, this.at + 1);
      } else if (code === BLANK || code === TAB || code === RETURN || (andLineBreaks && code === NEWLINE)) {
        this.at++;
      } else {
        return;
      }
    }
  }

  protected skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.limit : Math.min(end, this.limit);
  }

  /** Moves behind the next `closer` that no backslash stands before. */
  protected skipTo(closer: number): boolean {
    while (this.at < this.limit) {
      const code = this.text.charCodeAt(this.at);
      this.at++;
      if (code === closer) return true;
      if (code === BACKSLASH) this.at++;
    }
    this.notClosed();
    return false;
  }

  protected enter(): number {
    const outer = this.limit;
    if (this.closeAtLineEnd) this.limit = Math.min(outer, this.logicalLineEnd(this.at));
    this.depth++;
    return outer;
  }

  protected leave(outer: number): void {
    this.limit = outer;
    this.depth--;
  }

  protected notClosed(): void {
    if (this.closeAtLineEnd) {
      this.at = this.limit;
      return;
    }
    this.unterminated = true;
    this.at = this.text.length;
  }

  private logicalLineEnd(at: number): number {
    if (this.lineFrom <= at && at <= this.lineEnd) return this.lineEnd;
    let end = at;
    for (;;) {
      end = this.text.indexOf('\n', end);
      if (end < 0) end = this.text.length;
      if (end === this.text.length || !this.endsWithBackslash(end)) break;
      end++;
    }
    this.lineFrom = at;
    this.lineEnd = end;
    return end;
  }

  private endsWithBackslash(newline: number): boolean {
    const before = this.text.charCodeAt(newline - 1) === RETURN ? newline - 2 : newline - 1;
    return this.text.charCodeAt(before) === BACKSLASH;
  }

  protected nextSingleQuote(from: number): number {
    if (!(this.quoteFrom <= from && from <= this.quoteAt)) {
      const found = this.text.indexOf("'", from);
      this.quoteFrom = from;
      this.quoteAt = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.quoteAt;
  }
}
