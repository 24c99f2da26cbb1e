/** QEMU's refusals and notices, and how errnos read. */

import data from '../../catalog/data/errno-texts.json' with { type: 'json' };
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

const errnoTexts = (): Readonly<Record<string, string>> => data.texts;

/** The C library's text for a negative errno. */
export function errnoText(returned: number): string {
  return errnoTexts()[-returned] ?? `Unknown error ${-returned}`;
}
