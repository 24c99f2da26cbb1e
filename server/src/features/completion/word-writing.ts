/** How a text is written at a place in a word of a command, so that the program gets it as it is. */

import { type MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import type { CommandLanguage } from '../../syntax/qemu-command.js';

/** What the caret stands in. `other`: `$'…'` and the like, where only plain characters are safe. */
export type QuoteState = 'none' | 'single' | 'double' | 'other';

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]*$/;

/** What stands between the decoded characters of a word are its quotes: the state at the caret follows from them. */
export function quoteStateAt(source: string, start: number, word: MappedText, caret: number): QuoteState {
  let state: QuoteState = 'none';
  let at = start;
  for (let index = 0; index <= word.length && at < caret; index++) {
    const { start: next, end } = index < word.length ? word.span(index, index + 1) : { start: caret, end: caret };
    state = afterQuotes(state, source.slice(at, Math.min(next, caret)));
    at = Math.max(at, end);
  }
  return state;
}

function afterQuotes(before: QuoteState, between: string): QuoteState {
  let state = before;
  for (let at = 0; at < between.length; at++) {
    const character = between.charAt(at);
    if (character === "'" && state !== 'double') {
      if (state !== 'none') state = 'none';
      else state = between.charAt(at - 1) === '$' ? 'other' : 'single';
    } else if (character === '"' && (state === 'none' || state === 'double')) {
      state = state === 'none' ? 'double' : 'none';
    }
  }
  return state;
}

/** `before`: the decoded text of the word before the caret. Null where the text cannot be written at this place. */
export function writeInWord(text: string, state: QuoteState, language: CommandLanguage, before: string): string | null {
  if (text.includes(UNKNOWN) || /[\r\n]/.test(text)) return null;
  if (PLAIN.test(text)) return text;
  return language === 'shellscript' ? inScript(text, state) : inCommandLine(text, state, before);
}

function inScript(text: string, state: QuoteState): string | null {
  switch (state) {
    case 'none':
      return text.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\uffff-]/g, '\\$&');
    case 'single':
      return text.replaceAll("'", "'\\''");
    case 'double':
      return text.replace(/["$`]|\\(?=["$`\\]|$)/g, '\\$&');
    case 'other':
      return null;
  }
}

/** As `ps` and libvirt's logs show words: a backslash is itself, quotes group. */
function inCommandLine(text: string, state: QuoteState, before: string): string | null {
  switch (state) {
    case 'none':
      if (/[\s']/.test(text)) return null;
      return text.includes('"') && !before.includes('{') && !text.startsWith('{') ? null : text;
    case 'single':
      return text.replaceAll("'", "'\\''");
    case 'double':
      return text.replaceAll('"', '\\"');
    case 'other':
      return null;
  }
}
