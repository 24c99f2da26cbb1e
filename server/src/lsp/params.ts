/** Parameters of our own requests: parsed, never believed. */
import type { Position } from 'vscode-languageserver';

/** `{uri, position}`; null for anything else. */
export function placeIn(params: unknown): { readonly uri: string; readonly position: Position } | null {
  if (typeof params !== 'object' || params === null || !('uri' in params) || !('position' in params)) return null;
  const { uri, position } = params;
  if (typeof uri !== 'string' || typeof position !== 'object' || position === null) return null;
  if (!('line' in position) || !('character' in position)) return null;
  const { line, character } = position;
  return typeof line === 'number' && typeof character === 'number' ? { uri, position: { line, character } } : null;
}

/** The number at `name`; null where there is none. */
export function numberIn(params: unknown, name: string): number | null {
  if (typeof params !== 'object' || params === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(params, name)?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The text at `name`; null where there is none. */
export function stringIn(params: unknown, name: string): string | null {
  if (typeof params !== 'object' || params === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(params, name)?.value;
  return typeof value === 'string' ? value : null;
}
