/**
 * A copy of a piece of a text. The piece itself would keep the whole text in memory for as long as it lives, and pieces of
 * ever more versions of a document would come together.
 */
export function detached(piece: string): string {
  return [piece.slice(0, 1), piece.slice(1)].join('');
}
