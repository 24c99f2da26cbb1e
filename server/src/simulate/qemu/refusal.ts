/** QEMU's refusals and notices, and how errnos read. */

import type { Span } from '../../syntax/span.js';
import type { DriveError, ErrorStage } from '../model.js';

export function refusal(stage: ErrorStage, code: string, message: string, span: Span | null): DriveError {
  return { stage, code, message, span };
}

/** Puts texts into a message template: `%s` in order. */
export function fill(template: string, ...texts: readonly string[]): string {
  let next = 0;
  return template.replace(/%s/g, () => texts[next++] ?? '');
}

const ERRNO_TEXTS: ReadonlyMap<number, string> = new Map([
  [1, 'Operation not permitted'],
  [2, 'No such file or directory'],
  [5, 'Input/output error'],
  [12, 'Cannot allocate memory'],
  [13, 'Permission denied'],
  [17, 'File exists'],
  [20, 'Not a directory'],
  [21, 'Is a directory'],
  [22, 'Invalid argument'],
  [33, 'Numerical argument out of domain'],
  [34, 'Numerical result out of range'],
  [36, 'File name too long'],
  [38, 'Function not implemented'],
  [40, 'Too many levels of symbolic links'],
  [75, 'Value too large for defined data type'],
  [95, 'Operation not supported'],
]);

/** The C library's text for a negative errno. */
export function errnoText(returned: number): string {
  return ERRNO_TEXTS.get(-returned) ?? `Unknown error ${-returned}`;
}
