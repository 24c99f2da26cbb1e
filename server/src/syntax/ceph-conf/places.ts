import { byteLength, CR, LF, TAB } from './characters.js';

/** Line ends in `text[start, end)`, `\r\n` counting once. */
export function countLineEnds(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) count++;
  }
  return count;
}

/** Line and position as messages give them; asked for places in ascending order, it reads the text once. */
export class PlaceCounter {
  private offset = 0;
  private line: number;
  /** As boost's line_pos_iterator counts: neither half of `\r\n` or of `\n\r` after a line end is another line. */
  private counted: number;
  private lineStart = 0;

  /** `firstLine`: the number of the text's first line, where it is a part of a file. */
  constructor(
    private readonly text: string,
    private readonly firstLine: number,
  ) {
    this.line = firstLine;
    this.counted = firstLine;
  }

  /** `column` counts bytes, a tab up to the next multiple of four. */
  at(offset: number): { line: number; counted: number; column: number } {
    if (offset < this.offset) {
      this.offset = 0;
      this.line = this.firstLine;
      this.counted = this.firstLine;
      this.lineStart = 0;
    }
    for (; this.offset < offset; this.offset++) {
      const code = this.text.charCodeAt(this.offset);
      if (code !== LF && code !== CR) continue;
      const previous = this.text.charCodeAt(this.offset - 1);
      if (previous !== (code === LF ? CR : LF)) this.counted++;
      if (code !== LF || previous !== CR) this.line++;
      this.lineStart = this.offset + 1;
    }
    return { line: this.line, counted: this.counted, column: this.column(offset) };
  }

  private column(offset: number): number {
    let column = 1;
    let from = this.lineStart;
    for (let i = from; i < offset; i++) {
      if (this.text.charCodeAt(i) !== TAB) continue;
      column += byteLength(this.text, from, i);
      column += 4 - ((column - 1) % 4);
      from = i + 1;
    }
    return column + byteLength(this.text, from, offset);
  }
}
