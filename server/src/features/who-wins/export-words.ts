/** The words that a matrix is printed with; whoever prints it knows the reader's language. `{0}` stands for a value. */
export interface ExportWords {
  /** `Who wins: {0}`, the drive. */
  readonly title: string;
  /** `In force: {0}`, the pair. */
  readonly inForce: string;
  /** Marks the pair in force. */
  readonly chosen: string;
  /** `Sources of {0} for {1}, the weakest first`. */
  readonly sources: string;
  readonly source: string;
  readonly value: string;
  readonly where: string;
  /** Marks the source in force. */
  readonly wins: string;
}

/** Puts values into a text: `filled('{0} of {1}', 'a', 'b')`. */
export function filled(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (whole, at: string) => values[Number(at)] ?? whole);
}
