/** What became of a text: `before[start, oldEnd)` was replaced by `after[start, newEnd)`. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Texts are compared in pieces of this length, which takes far less time than letter by letter. */
const PIECE = 4_096;

/** The smallest single replacement that makes one text of the other. */
export function editBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  const start = commonLength(before, after, most, (text, from, to) => text.slice(from, to));
  const kept = commonLength(before, after, most - start, (text, from, to) =>
    text.slice(text.length - to, text.length - from),
  );
  return { start, oldEnd: before.length - kept, newEnd: after.length - kept };
}

/** `part` gives a text's characters from one count to another, seen from the end that the texts may share. */
function commonLength(
  a: string,
  b: string,
  most: number,
  part: (text: string, from: number, to: number) => string,
): number {
  const same = (from: number, to: number): boolean => part(a, from, to) === part(b, from, to);
  let low = 0;
  while (low + PIECE <= most && same(low, low + PIECE)) low += PIECE;
  let high = Math.min(low + PIECE, most);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (same(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the first of ascending numbers that is not below `least`. */
export function firstFrom(count: number, numberAt: (index: number) => number, least: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
