/** Several rounds of edits as one: what they make of the first text, in places of the first text. */
import type { Span } from '../../syntax/span.js';

export interface SpanEdit {
  readonly span: Span;
  readonly newText: string;
}

/** What a later text is made of: stretches of the first one, and what was put in. */
type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string };

export class ComposedEdits {
  private pieces: readonly Piece[];

  /** `length` of the first text. */
  constructor(private readonly length: number) {
    this.pieces = [{ kind: 'kept', start: 0, end: length }];
  }

  /** Takes a round of edits that do not overlap, in places of the text as the rounds before have left it. */
  add(edits: readonly SpanEdit[]): void {
    const ordered = edits
      .map((edit, order) => ({ ...edit, order }))
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.order - b.order);
    const reader = new PieceReader(this.pieces);
    const made: Piece[] = [];
    for (const { span, newText } of ordered) {
      made.push(...reader.takeTo(span.start));
      reader.takeTo(span.end);
      if (newText !== '') made.push({ kind: 'new', text: newText });
    }
    made.push(...reader.takeTo(Number.POSITIVE_INFINITY));
    this.pieces = made;
  }

  /** In the order of the text; none where everything is as it was. */
  edits(): readonly SpanEdit[] {
    const found: SpanEdit[] = [];
    let at = 0;
    let text = '';
    const close = (start: number): void => {
      if (start > at || text !== '') found.push({ span: { start: at, end: start }, newText: text });
      text = '';
    };
    for (const piece of this.pieces) {
      if (piece.kind === 'new') text += piece.text;
      else {
        close(piece.start);
        at = piece.end;
      }
    }
    close(this.length);
    return found;
  }
}

/** Walks through pieces by places of the text that they make. */
class PieceReader {
  private index = 0;
  /** Characters of the piece at `index` that are taken. */
  private taken = 0;
  private at = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  takeTo(end: number): readonly Piece[] {
    const found: Piece[] = [];
    while (this.at < end) {
      const piece = this.pieces[this.index];
      if (piece === undefined) break;
      const length = lengthOf(piece);
      const count = Math.min(length - this.taken, end - this.at);
      if (count > 0) found.push(part(piece, this.taken, this.taken + count));
      this.at += count;
      this.taken += count;
      if (this.taken >= length) {
        this.index += 1;
        this.taken = 0;
      }
    }
    return found;
  }
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.end - piece.start : piece.text.length;
}

function part(piece: Piece, from: number, to: number): Piece {
  if (piece.kind === 'new') return { kind: 'new', text: piece.text.slice(from, to) };
  return { kind: 'kept', start: piece.start + from, end: piece.start + to };
}
