/** The command under the caret, and edits of its words. */

import type { DriveTrace } from '../simulate/model.js';
import { type Given, readCommandLine } from '../simulate/qemu/command-line.js';
import type { CommandWord } from '../syntax/commands.js';
import { UNKNOWN } from '../syntax/mapped-text.js';
import { type Span, shift } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis, PlacedEdit } from './analysis-model.js';

/** A command in its document. */
export interface CommandPlace {
  readonly analysis: CommandDocumentAnalysis;
  readonly command: CommandAnalysis;
}

/** An rbd drive of a command. */
export interface DrivePlace extends CommandPlace {
  readonly trace: DriveTrace;
}

/** A flag with its argument, each as one word. */
export type OptionWords = readonly [flag: string, argument: string];

export function editAt({ analysis, command }: CommandPlace, span: Span, newText: string): PlacedEdit {
  return { address: analysis.address, span: shift(span, command.base), newText };
}

/** Puts other options where a flag and its argument stand; `argument` is the argument's index. */
export function replaceOption(
  place: CommandPlace,
  argument: number,
  options: readonly OptionWords[],
): PlacedEdit | null {
  const words = wordsOf(place);
  const [flag, value] = [words[argument - 1], words[argument]];
  if (flag === undefined || value === undefined) return null;
  const between = separatorBefore(place, argument - 1);
  const newText = options.map((words) => words.join(' ')).join(between);
  return editAt(place, { start: flag.span.start, end: value.span.end }, newText);
}

/** Takes a flag and its argument out, with what parts them from the word before. */
export function removeOption(place: CommandPlace, argument: number): PlacedEdit | null {
  const words = wordsOf(place);
  const [flag, value] = [words[argument - 1], words[argument]];
  const start = endBefore(place, argument - 1);
  if (flag === undefined || value === undefined || start === null) return null;
  return editAt(place, { start, end: value.span.end }, '');
}

/** Puts a text behind a word. */
export function appendToWord(place: CommandPlace, argument: number, text: string): PlacedEdit | null {
  const word = wordsOf(place)[argument];
  if (word === undefined) return null;
  const end = contentEnd(place, word);
  return editAt(place, { start: end, end }, text);
}

/** Before the quote that ends the word, if one does. */
function contentEnd({ command }: CommandPlace, word: CommandWord): number {
  const quoted = word.quoting === 'single' || word.quoting === 'double';
  const last = command.command.text.charAt(word.span.end - 1);
  return quoted && (last === "'" || last === '"') ? word.span.end - 1 : word.span.end;
}

export function wordsOf({ command }: CommandPlace): readonly CommandWord[] {
  return command.command.words;
}

/** As the words before are parted: a blank, or a line joined by a backslash. */
function separatorBefore(place: CommandPlace, index: number): string {
  const from = endBefore(place, index);
  const word = wordsOf(place)[index];
  const between = from === null || word === undefined ? '' : place.command.command.text.slice(from, word.span.start);
  return /\n/.test(between) ? between : ' ';
}

/** Where the word before ends; null where there is none. */
function endBefore(place: CommandPlace, index: number): number | null {
  const { program } = place.command.command;
  if (index > 0) return wordsOf(place)[index - 1]?.span.end ?? null;
  return program.end > program.start ? program.end : null;
}

/** The arguments of a flag, in order: `blockdev`, `device`, `object`. */
export function argumentsOf({ command }: CommandPlace, kind: 'blockdev' | 'device' | 'object'): readonly Given[] {
  const line = readCommandLine(command.command.args);
  if (kind === 'device') return line.devices;
  if (kind === 'object') return line.objects;
  return line.inOrder.flatMap((one) => (one.kind === 'blockdev' ? one.given : []));
}

/** True where the command hands QEMU a word that cannot be known, or `-snapshot`, which makes another thing of each drive. */
export function isPlainCommand(place: CommandPlace): boolean {
  return wordsOf(place).every(({ value, mayBeMany }) => !mayBeMany && !/^--?snapshot$/.test(value.text));
}

export function isKnownText(text: string): boolean {
  return !text.includes(UNKNOWN);
}

/** A name that no other word of the command holds: `rbd0`, `rbd1` … */
export function freshName(place: CommandPlace, stem: string): string {
  const words = wordsOf(place).map(({ value }) => value.text);
  for (let number = 0; ; number++) {
    const name = `${stem}${number}`;
    if (!words.some((word) => word.includes(name))) return name;
  }
}

/** QEMU keeps 31 characters of a node's name, and refuses more. */
const LONGEST_NODE_NAME = 31;

export function isNodeName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._-]*$/.test(name) && name.length <= LONGEST_NODE_NAME;
}
