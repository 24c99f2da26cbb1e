/** Where a key leads in the grid of cells. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** Null for a key that does not move. `toEnd`: with Ctrl or Command, which takes Home and End to the grid's corners. */
export function moved(from: GridPlace, key: string, toEnd: boolean, size: GridPlace): GridPlace | null {
  const { row, column } = from;
  const within = (place: GridPlace): GridPlace => ({
    row: Math.min(size.row - 1, Math.max(0, place.row)),
    column: Math.min(size.column - 1, Math.max(0, place.column)),
  });
  switch (key) {
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'ArrowLeft':
      return within({ row, column: column - 1 });
    case 'ArrowRight':
      return within({ row, column: column + 1 });
    case 'Home':
      return within({ row: toEnd ? 0 : row, column: 0 });
    case 'End':
      return within({ row: toEnd ? size.row : row, column: size.column });
    case 'PageUp':
      return within({ row: 0, column });
    case 'PageDown':
      return within({ row: size.row, column });
    default:
      return null;
  }
}
