/** The pieces that an answer is made of, before anybody decides how to print them. */
import type { Location } from '../rules/rule.js';

/** Where a statement stands: the place in the text, and for files their path on the machine and line from 1. */
export interface AnswerPlace {
  readonly location: Location;
  readonly path: string | null;
  readonly line: number | null;
}

/** `code` is text of the user or of a program, `words` are ours. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly place: AnswerPlace | null };

export type Sentence = readonly Piece[];

export function words(text: string): Piece {
  return { kind: 'words', text };
}

export function strong(text: string): Piece {
  return { kind: 'strong', text };
}

export function code(text: string, place: AnswerPlace | null = null): Piece {
  return { kind: 'code', text, place };
}

/** A sentence of ours with names in backquotes. */
export function fromText(text: string): Sentence {
  return text.split('`').flatMap((part, at): Sentence => {
    if (part === '') return [];
    return [at % 2 === 0 ? words(part) : code(part)];
  });
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly Sentence[]): Sentence {
  return items.flatMap((item, at) => {
    if (at === 0) return item;
    return [words(at === items.length - 1 ? ' and ' : ', '), ...item];
  });
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `32 MiB`, `1.5 GiB`; a number that no unit fits stays in bytes: `1,234,567 bytes`. */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const rounded = Math.round(size * 100) / 100;
  return rounded === size ? `${rounded} ${UNITS[unit]}` : `${bytes.toLocaleString('en-US')} bytes`;
}

/** `1 s`, `0.5 s`, `2 min`. */
export function humanSeconds(seconds: number): string {
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.round(seconds * 1000) / 1000} s`;
}

/** At most `length` characters, the middle left out. */
export function shortened(text: string, length = 72): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`;
}
