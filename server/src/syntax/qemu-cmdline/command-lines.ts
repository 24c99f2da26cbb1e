import { lazyCommand, type QemuCommand } from '../qemu-command.js';
import { findQemuProgram, isAssignment } from '../shell/launchers.js';
import { type RawWord, readCommandWord, readLogicalLines } from './words.js';

/** `2016-03-01 12:00:00.000+0000: starting up …`, `2016-10-23T11:43:30.639659Z qemu-kvm: …` */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}(?:T|$)/;
const FLAG = /^['"]?--?[A-Za-z0-9]/;
const ENVIRONMENT_NAME = /^[A-Z_][A-Z0-9_]*=/;
/** How many words (columns of `ps`, a prompt) may stand before the program on its line. */
const MOST_COLUMNS = 40;

interface Draft {
  readonly assignments: readonly RawWord[];
  readonly start: number;
  readonly program: RawWord | null;
  readonly words: RawWord[];
}

/**
 * QEMU command lines of a document as `ps` or a libvirt log shows them. A line that names QEMU starts a command; lines
 * of arguments go on with it; what a log says between them is left out. Arguments without a program are one command.
 */
export function findCommandLines(text: string): QemuCommand[] {
  const drafts: Draft[] = [];
  let current: Draft | null = null;
  let environment: RawWord[] = [];
  for (const line of readLogicalLines(text)) {
    const first = wordText(text, line, 0);
    const started = FLAG.test(first) ? null : startCommand(text, line, environment);
    if (started !== null) {
      current = started;
      drafts.push(started);
      environment = [];
    } else if (TIMESTAMP.test(first)) {
      current = null;
      environment = [];
    } else if (FLAG.test(first) || (current !== null && continues(text, line))) {
      if (current === null) {
        current = { assignments: [], start: line[0]?.start ?? 0, program: null, words: [] };
        drafts.push(current);
      }
      for (const word of line) current.words.push(word);
    } else if (line.every((word) => ENVIRONMENT_NAME.test(text.slice(word.start, word.end)))) {
      environment.push(...line.slice(0, MOST_COLUMNS));
    }
  }
  return drafts.map((draft) => finish(text, draft));
}

function wordText(text: string, line: readonly RawWord[], index: number): string {
  const word = line[index];
  return word === undefined ? '' : text.slice(word.start, word.end);
}

/** The command that this line starts, or null. */
function startCommand(text: string, line: readonly RawWord[], environment: readonly RawWord[]): Draft | null {
  const words = {
    length: line.length,
    text: (index: number): string => wordText(text, line, index).replace(/^(['"])(.*)\1$/s, '$2'),
  };
  for (let column = 0; column < Math.min(line.length, MOST_COLUMNS); column++) {
    if (FLAG.test(words.text(column))) return null;
    const place = findQemuProgram(words, column);
    // Behind columns or words of a log, a host named `kvm` is no program: arguments follow one.
    if (place !== null && (column === 0 || FLAG.test(words.text(place.program + 1)))) {
      const assignments = [...environment, ...place.assignments.flatMap((index) => line[index] ?? [])];
      const program = line[place.program] ?? null;
      const start = environment[0]?.start ?? line[column]?.start ?? 0;
      return { assignments, start, program, words: line.slice(place.program + 1) };
    }
    while (column + 1 < line.length && isAssignment(words.text(column)) && isAssignment(words.text(column + 1)))
      column++;
  }
  return null;
}

/** A line that does not start with a flag goes on with the command where it is one word, or one before a flag. */
function continues(text: string, line: readonly RawWord[]): boolean {
  const first = wordText(text, line, 0);
  if (first.endsWith(':') || ENVIRONMENT_NAME.test(first)) return false;
  return line.length === 1 || FLAG.test(wordText(text, line, 1));
}

function finish(text: string, { assignments, start, program, words }: Draft): QemuCommand {
  const end = words.at(-1)?.end ?? program?.end ?? start;
  return lazyCommand(start, {
    text: text.slice(start, end),
    language: 'qemu-cmdline',
    program: program === null ? { start: 0, end: 0 } : { start: program.start - start, end: program.end - start },
    length: words.length,
    readWords: (count) => words.slice(0, count).map((word) => readCommandWord(text, word, start)),
    readEnvironment: () => assignments.map((word) => readCommandWord(text, word, start)),
  });
}
