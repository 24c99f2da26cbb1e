/** Settings that live in the cluster, as its own commands print them. */

/** One setting that somebody read from the cluster. `option` with underscores. */
export interface StatedValue {
  readonly option: string;
  readonly value: string;
}

/** The text as JSON; undefined where it is none. */
export function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A member as text: numbers and booleans are printed as JSON has them. */
export function textIn(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = record[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
