/** The pieces that an answer is made of, before anybody decides how to print them. */
import * as l10n from '@vscode/l10n';
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

const HOLES = /\*\*([^*]+)\*\*|`([^`]*)`|\{(\d+)\}/g;

/**
 * A sentence of ours in the reader's language. `{0}` … in it stand for the parts, in whatever order that language has them;
 * `**words**` are strong, names in backquotes code.
 */
export function filled(template: string, ...parts: readonly (Sentence | string)[]): Sentence {
  const pieces: Piece[] = [];
  const add = (piece: Piece): void => {
    const last = pieces.at(-1);
    if (piece.kind === 'words' && last?.kind === 'words') pieces[pieces.length - 1] = words(last.text + piece.text);
    else if (piece.kind !== 'words' || piece.text !== '') pieces.push(piece);
  };
  let end = 0;
  for (const hole of template.matchAll(HOLES)) {
    const [whole, bold, name, number] = hole;
    add(words(template.slice(end, hole.index)));
    end = hole.index + whole.length;
    if (bold !== undefined) add(strong(bold));
    else if (name !== undefined) add(code(name));
    else {
      const part = parts[Number(number)] ?? '';
      for (const piece of typeof part === 'string' ? [words(part)] : part) add(piece);
    }
  }
  add(words(template.slice(end)));
  return pieces;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly Sentence[]): Sentence {
  const [last, ...others] = [...items].reverse();
  if (last === undefined) return [];
  if (others.length === 0) return last;
  return filled(l10n.t('{0} and {1}'), joined(others.reverse()), last);
}

/** `a, b, c`. */
export function joined(items: readonly Sentence[]): Sentence {
  return items.flatMap((item, at) => (at === 0 ? item : [words(l10n.t(', ')), ...item]));
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
