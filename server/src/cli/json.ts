/** Readers of foreign JSON: each gives the value in the wanted shape or throws {@link ShapeError}, naming the member. */

/** The JSON is not of the shape that was asked for; the message says which member, and what was wanted. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readObject(value: unknown, member: string): JsonObject {
  if (isObject(value)) return value;
  throw new ShapeError(`${member} must be an object`);
}

export function readString(value: unknown, member: string): string {
  if (typeof value === 'string') return value;
  throw new ShapeError(value === undefined ? `${member} is missing` : `${member} must be a string`);
}

export function readStrings(value: unknown, member: string): readonly string[] {
  if (value === undefined) throw new ShapeError(`${member} is missing`);
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new ShapeError(`${member} must be a list of strings`);
}

export function readStringMap(value: unknown, member: string): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null);
  for (const [key, item] of Object.entries(readObject(value, member))) map[key] = readString(item, `${member}.${key}`);
  return map;
}

/** What JSON escapes, and a half of a surrogate pair, which may stand alone. */
const TO_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON. Nearly all texts need no escape: looking for one is faster than `JSON.stringify`. */
export function quoted(text: string): string {
  return TO_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
