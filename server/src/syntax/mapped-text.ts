import type { Span } from './span.js';

/**
 * What stands in a decoded text for a part whose value cannot be known from the document, such as a shell variable.
 * One character per unknown part, so that grammar characters inside its spelling are never mistaken for syntax.
 */
export const UNKNOWN = '\uFFFC';

/** `length` decoded characters from `at` on were read from `sourceLength` source characters from `source` on. */
interface Piece {
  readonly at: number;
  readonly length: number;
  readonly source: number;
  readonly sourceLength: number;
}

/**
 * A decoded text (shell quoting, `,,`, backslashes or JSON escapes taken away) that still knows where each of its
 * characters stands in the document. Pieces with `length === sourceLength` map one to one; any other piece is atomic.
 */
export class MappedText {
  private constructor(
    readonly text: string,
    /** Null where the whole text stands in the source as it is, from `source` on. */
    private readonly pieces: readonly Piece[] | null,
    private readonly source: number,
    /** Where an empty text, or the end of this one, stands in the source. */
    private readonly sourceEnd: number,
  ) {}

  /** Text that stands in the source as it is, from `sourceStart` on. */
  static verbatim(text: string, sourceStart = 0): MappedText {
    return new MappedText(text, null, sourceStart, sourceStart + text.length);
  }

  get length(): number {
    return this.text.length;
  }

  /** Source place of the decoded range; an empty range gives an empty span at its place. */
  span(start = 0, end = this.text.length): Span {
    const from = this.sourceStartOf(start);
    return start >= end ? { start: from, end: from } : { start: from, end: this.sourceEndOf(end) };
  }

  slice(start: number, end = this.text.length): MappedText {
    if (this.pieces === null) return MappedText.verbatim(this.text.slice(start, end), this.source + start);
    const only = this.pieces[0];
    if (this.pieces.length === 1 && only !== undefined && only.length === only.sourceLength) {
      return MappedText.verbatim(this.text.slice(start, end), only.source + start);
    }
    const builder = new MappedTextBuilder(this.sourceStartOf(start));
    for (let i = Math.max(0, indexAt(this.pieces, start)); i < this.pieces.length; i++) {
      const piece = this.pieces[i];
      if (piece === undefined || piece.at >= end) break;
      const from = Math.max(start, piece.at);
      const to = Math.min(end, piece.at + piece.length);
      if (from >= to) continue;
      if (piece.length === piece.sourceLength) {
        builder.copy(this.text.slice(from, to), piece.source + from - piece.at);
      } else {
        builder.replace(this.text.slice(from, to), piece.source, piece.source + piece.sourceLength);
      }
    }
    return builder.build(this.sourceStartOf(end));
  }

  /** True where some part of the decoded range is unknown text. */
  hasUnknown(start = 0, end = this.text.length): boolean {
    const found = this.text.indexOf(UNKNOWN, start);
    return found >= 0 && found < end;
  }

  private sourceStartOf(offset: number): number {
    if (this.pieces === null) return this.holds(offset) ? this.source + offset : this.sourceEnd;
    const piece = this.pieces[indexAt(this.pieces, offset)];
    if (piece === undefined) return this.sourceEnd;
    return piece.length === piece.sourceLength ? piece.source + offset - piece.at : piece.source;
  }

  private sourceEndOf(offset: number): number {
    if (this.pieces === null) return this.holds(offset - 1) ? this.source + offset : this.sourceEnd;
    const piece = this.pieces[indexAt(this.pieces, offset - 1)];
    if (piece === undefined) return this.sourceEnd;
    return piece.length === piece.sourceLength ? piece.source + offset - piece.at : piece.source + piece.sourceLength;
  }

  private holds(offset: number): boolean {
    return offset >= 0 && offset < this.text.length;
  }

  /** For {@link MappedTextBuilder} only. */
  static fromPieces(text: string, pieces: readonly Piece[], sourceEnd: number): MappedText {
    return new MappedText(text, pieces, pieces[0]?.source ?? sourceEnd, sourceEnd);
  }
}

/** Index of the piece that holds the character; -1 where none does. */
function indexAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece === undefined) return -1;
    if (offset < piece.at) high = middle - 1;
    else if (offset >= piece.at + piece.length) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Builds a decoded text piece by piece, in the order of the source. */
export class MappedTextBuilder {
  private text = '';
  private readonly pieces: Piece[] = [];
  private sourceEnd: number;

  constructor(sourceStart: number) {
    this.sourceEnd = sourceStart;
  }

  /** Characters that stand in the source as they are. */
  copy(text: string, source: number): this {
    if (text.length === 0) return this;
    const last = this.pieces.at(-1);
    if (last !== undefined && last.length === last.sourceLength && last.source + last.length === source) {
      this.pieces[this.pieces.length - 1] = {
        ...last,
        length: last.length + text.length,
        sourceLength: last.length + text.length,
      };
    } else {
      this.pieces.push({ at: this.text.length, length: text.length, source, sourceLength: text.length });
    }
    this.text += text;
    this.sourceEnd = source + text.length;
    return this;
  }

  /** Characters that another spelling in the source stands for, such as `,` for `,,`. */
  replace(text: string, sourceStart: number, sourceEnd: number): this {
    if (text.length > 0) {
      this.pieces.push({
        at: this.text.length,
        length: text.length,
        source: sourceStart,
        sourceLength: sourceEnd - sourceStart,
      });
      this.text += text;
    }
    this.sourceEnd = sourceEnd;
    return this;
  }

  unknown(sourceStart: number, sourceEnd: number): this {
    return this.replace(UNKNOWN, sourceStart, sourceEnd);
  }

  build(sourceEnd = this.sourceEnd): MappedText {
    return MappedText.fromPieces(this.text, this.pieces, sourceEnd);
  }
}
