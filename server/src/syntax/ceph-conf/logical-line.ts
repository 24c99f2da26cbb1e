import type { Span } from '../span.js';
import { LF } from './characters.js';

/** A logical line: what is left of one or more lines when the joining backslashes are gone. */
export interface LogicalLine {
  /** Holds the line's characters from `from` to `to`. */
  readonly content: string;
  readonly from: number;
  readonly to: number;
  /** Place in the file of each joined piece; null where the line stands in the file as it is. */
  readonly pieces: readonly Piece[] | null;
  /** In the file, its line end included. */
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  /** The number that messages give: that of the last line joined. */
  readonly lastLine: number;
  readonly lost: boolean;
}

interface Piece {
  readonly at: number;
  readonly source: number;
}

export function logicalLine(
  text: string,
  start: number,
  contentEnd: number,
  end: number,
  firstLine: number,
  lastLine: number,
  lost: boolean,
): LogicalLine {
  const common = { start, end, firstLine, lastLine, lost };
  if (firstLine === lastLine && (contentEnd === start || text.charCodeAt(contentEnd - 1) !== LF)) {
    return { content: text, from: start, to: contentEnd, pieces: null, ...common };
  }
  let content = '';
  const pieces: Piece[] = [];
  for (let at = start; at < contentEnd; ) {
    const newline = text.indexOf('\n', at);
    const joined = newline >= 0 && newline < contentEnd;
    pieces.push({ at: content.length, source: at });
    content += text.slice(at, joined ? newline - 1 : contentEnd);
    at = joined ? newline + 1 : contentEnd;
  }
  return { content, from: 0, to: content.length, pieces, ...common };
}

/** Where a part of the line stands in the file. */
export function sourceSpan(line: LogicalLine, start: number, end: number): Span {
  if (line.pieces === null) return { start, end };
  const from = sourceOf(line.pieces, start);
  return { start: from, end: end > start ? sourceOf(line.pieces, end - 1) + 1 : from };
}

function sourceOf(pieces: readonly Piece[], at: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece === undefined ? at : piece.source + at - piece.at;
}
