/** A half-open range of UTF-16 code units, `start <= end`, in the text it was read from. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** True where `offset` lies in the span or right at its end, as a caret does. */
export function touches(where: Span, offset: number): boolean {
  return where.start <= offset && offset <= where.end;
}

export function shift(where: Span, by: number): Span {
  return by === 0 ? where : { start: where.start + by, end: where.end + by };
}

/** Something a parser has to say about a place in its text. `code` is stable; `message` is for people. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}
