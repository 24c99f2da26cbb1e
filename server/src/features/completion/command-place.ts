/** Where in a command the caret stands: at a flag, or in a flag's argument. */
import { takesArgument } from '../../simulate/qemu/command-line.js';
import { firstFrom } from '../../syntax/edit-between.js';
import { type MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import type { CommandWord } from '../../syntax/qemu-command.js';
import { touches } from '../../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis } from '../analysis-model.js';
import type { EditedText } from './edited-text.js';
import { type QuoteState, quoteStateAt, writeInWord } from './word-writing.js';

export interface CommandPlace {
  /** Null where the document holds no command yet. */
  readonly command: CommandAnalysis | null;
  /** The flag, without its dashes, whose argument the caret is in; null: at a flag, or where one may stand. */
  readonly flag: string | null;
  /** Index of the word among the arguments; of one that is not there yet, where it would be. */
  readonly argument: number;
  /** True where no word stands at the caret. */
  readonly isNew: boolean;
  readonly word: EditedText;
}

/** Null where nothing can be completed: in a comment, in what the shell makes, in the program's name. */
export function commandPlace(analysis: CommandDocumentAnalysis, offset: number): CommandPlace | null {
  if (inComment(analysis, offset)) return null;
  const command = commandBefore(analysis, offset);
  if (command === undefined) return placeWithoutCommand(analysis, offset);
  const { words, program } = command.command;
  const own = offset - command.base;
  if (own <= program.end && program.end > 0) return null;
  const behind = firstFrom(words.length, (index) => words[index]?.span.start ?? 0, own);
  const argument = behind > 0 && touchesWord(words[behind - 1], own) ? behind - 1 : behind;
  const goesOn = behind > 0 && isJoin(analysis.text.slice(command.base + (words[behind - 1]?.span.end ?? own), offset));
  if (goesOn && !touchesWord(words[argument], own)) return atWord(analysis, command, behind - 1, own);
  const word = words[argument];
  const isNew = word === undefined || !touches(word.span, own);
  if (isNew) {
    const from = words[argument - 1]?.span.end ?? program.end;
    if (offset - command.base - from > LONGEST_GAP || !isGap(analysis.text.slice(command.base + from, offset)))
      return null;
    return { command, flag: flagBefore(words, argument), argument, isNew, word: newWord(analysis, offset) };
  }
  return atWord(analysis, command, argument, own);
}

function atWord(
  analysis: CommandDocumentAnalysis,
  command: CommandAnalysis,
  argument: number,
  own: number,
): CommandPlace | null {
  const { words } = command.command;
  const word = words[argument];
  const edited = word === undefined ? null : wordText(analysis, command, word, own);
  return edited === null ? null : { command, flag: flagBefore(words, argument), argument, isNew: false, word: edited };
}

/** Joined lines without a blank: the word before goes on. */
function isJoin(text: string): boolean {
  return /^(?:\\\r?\n)+$/.test(text);
}

function touchesWord(word: CommandWord | undefined, offset: number): boolean {
  return word !== undefined && touches(word.span, offset);
}

/** The command that the caret is in, or that it goes on with behind blanks. */
function commandBefore(analysis: CommandDocumentAnalysis, offset: number): CommandAnalysis | undefined {
  const { commands, text } = analysis;
  const behind = firstFrom(commands.length, (index) => commands[index]?.base ?? 0, offset + 1);
  // A command may hold another one, in `$(…)`: the innermost comes last.
  for (let at = behind - 1; at >= 0 && at >= behind - MOST_NESTED; at--) {
    const command = commands[at];
    if (command === undefined) break;
    if (offset <= command.end) return command;
    if (at === behind - 1 && isGap(text.slice(command.end, Math.min(offset, command.end + LONGEST_GAP)))) {
      return offset - command.end > LONGEST_GAP ? undefined : command;
    }
  }
  return undefined;
}

const MOST_NESTED = 8;
const LONGEST_GAP = 2_000;

/** Blanks and joined lines. */
function isGap(text: string): boolean {
  return /^(?:[ \t]|\\[ \t]*\r?\n)*$/.test(text);
}

function inComment({ text }: CommandDocumentAnalysis, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*#/.test(text.slice(start, offset));
}

/** A file of arguments may start with one; a script needs the program first. */
function placeWithoutCommand(analysis: CommandDocumentAnalysis, offset: number): CommandPlace | null {
  const { text, language } = analysis;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  if (language !== 'qemu-cmdline' || text.slice(start, offset).trim() !== '') return null;
  return { command: null, flag: null, argument: 0, isNew: true, word: newWord(analysis, offset) };
}

function newWord({ language }: CommandDocumentAnalysis, offset: number): EditedText {
  return {
    text: '',
    caret: 0,
    place: offset,
    startOf: () => offset,
    endOf: () => offset,
    write: (text) => writeInWord(text, 'none', language, ''),
  };
}

/** Null where the caret stands in something that the shell replaces. */
function wordText(
  { language }: CommandDocumentAnalysis,
  { base, command }: CommandAnalysis,
  { span, value }: CommandWord,
  own: number,
): EditedText | null {
  const caret = decodedOffset(value, own);
  if (caret > 0 && value.text.charAt(caret - 1) === UNKNOWN && own < value.span(caret - 1, caret).end) return null;
  let state: QuoteState | null = null;
  return {
    text: value.text,
    caret,
    place: base + own,
    startOf: (index) => base + value.span(index, index).start,
    endOf: (index) => base + (index === 0 ? value.span(0, 0).start : value.span(index - 1, index).end),
    write: (text) => {
      state ??= quoteStateAt(command.text, span.start, value, own);
      return writeInWord(text, state, language, value.text.slice(0, caret));
    },
  };
}

/** The first decoded character that starts at or behind a place in the command's text. */
function decodedOffset(value: MappedText, own: number): number {
  return firstFrom(value.length, (index) => value.span(index, index).start, own);
}

/** The flag that the word at `argument` belongs to, null where that is a flag itself. */
function flagBefore(words: readonly CommandWord[], argument: number): string | null {
  let pending: string | null = null;
  const before = Math.min(argument, words.length);
  for (let at = Math.max(0, before - MOST_WORDS); at < before; at++) {
    const text = words[at]?.value.text ?? '';
    if (pending !== null) pending = null;
    else if (/^--?[A-Za-z]/.test(text)) pending = takesArgument(text) ? text.replace(/^--?/, '') : null;
  }
  return pending;
}

/** Further back nothing tells a flag from an argument any better. */
const MOST_WORDS = 4_000;
