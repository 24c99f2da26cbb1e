/**
 * A text with a caret in it, in one of the layers that a drive is written in: the document, the word after the shell, the
 * value after its doubled commas, the part of an `rbd:` name after its backslashes, the string of JSON. Each layer knows
 * where its characters stand in the document, and how a text is written so that it arrives in it.
 */
import type { Span } from '../../syntax/span.js';
import type { CompletionSpans } from './view.js';

export interface EditedText {
  /** Decoded. */
  readonly text: string;
  /** The caret, in it. */
  readonly caret: number;
  /** Where a character starts, in the document. */
  startOf(index: number): number;
  /** Where the character before `index` ends, in the document. */
  endOf(index: number): number;
  /** The caret, in the document. */
  readonly place: number;
  /** How a text is written here; null where no spelling of it arrives. */
  write(text: string): string | null;
}

/** The spans to replace for the part from `from` to `to`, around the caret. */
export function spansAround(edited: EditedText, from: number, to: number): CompletionSpans {
  const { caret, place } = edited;
  const start = from < caret ? Math.min(edited.startOf(from), place) : place;
  const end = to > caret ? Math.max(edited.endOf(to), place) : place;
  const insert: Span = { start, end: place };
  return { insert, replace: { start, end } };
}

/** The value of an option in which `,,` stands for a comma. `from`, `to`: the value in the outer text. */
export function withoutDoubledCommas(outer: EditedText, from: number, to: number): EditedText {
  const starts: number[] = [];
  let text = '';
  let caret: number | null = null;
  let at = from;
  while (at < to) {
    if (caret === null && at >= outer.caret) caret = text.length;
    const doubled = outer.text.startsWith(',,', at) && at + 1 < to;
    starts.push(at);
    text += outer.text.charAt(at);
    at += doubled ? 2 : 1;
  }
  starts.push(to);
  const outerOf = (index: number): number => starts[index] ?? to;
  return {
    text,
    caret: caret ?? text.length,
    place: outer.place,
    startOf: (index) => outer.startOf(outerOf(index)),
    endOf: (index) => outer.endOf(outerOf(index)),
    write: (written) => outer.write(written.replaceAll(',', ',,')),
  };
}

/** A part of the outer text whose characters are the same; `spell` says how others are written in it. */
export function partOf(
  outer: EditedText,
  from: number,
  to: number,
  spell: (text: string) => string | null,
): EditedText {
  return {
    text: outer.text.slice(from, to),
    caret: Math.min(Math.max(outer.caret - from, 0), to - from),
    place: outer.place,
    startOf: (index) => outer.startOf(from + index),
    endOf: (index) => outer.endOf(from + index),
    write: (text) => {
      const escaped = spell(text);
      return escaped === null ? null : outer.write(escaped);
    },
  };
}
