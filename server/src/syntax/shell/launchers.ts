/** Programs that start another one, and how to find the started one behind their own options. */
import launchers from './launchers.json' with { type: 'json' };

interface Launcher {
  /** Short options that take an argument. */
  readonly valued?: string;
  /** Long options whose argument may stand in the next word. */
  readonly valuedLong?: readonly string[];
  /** Short options with which nothing is started. */
  readonly idle?: string;
  /** Its own operands before the program. */
  readonly operands?: number;
  /** `NAME=value` may stand before the program. */
  readonly assignments?: boolean;
  /** Words that must follow its options to make it a launcher. */
  readonly subcommand?: readonly string[];
}

/** From the programs' manual pages. A program that is not there starts nothing, as far as is known. */
function launcherNamed(name: string): Launcher | undefined {
  const byName: Readonly<Record<string, Launcher>> = launchers;
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
const LONGEST_CHAIN = 16;
/** What an unquoted expansion alone reads as. */
const UNKNOWN_WORD = /^\uFFFC+$/;

/** The words of a command, decoded when asked for. */
export interface WordTexts {
  readonly length: number;
  text(index: number): string;
}

export interface ProgramPlace {
  readonly program: number;
  /** Indexes of the `NAME=value` words before it. */
  readonly assignments: readonly number[];
}

export function isAssignment(word: string): boolean {
  return ASSIGNMENT.test(word);
}

export function isQemuProgram(word: string): boolean {
  const name = baseName(word);
  return name === 'kvm' || name === 'qemu-kvm' || (name.startsWith('qemu-system-') && !name.endsWith(':'));
}

/** Finds the word that names QEMU behind assignments and launchers, from the word at `from` on; null for other commands. */
export function findQemuProgram(words: WordTexts, from = 0): ProgramPlace | null {
  const assignments: number[] = [];
  let at = skipAssignments(words, from, assignments);
  for (let chain = 0; chain < LONGEST_CHAIN && at < words.length; chain++) {
    const word = words.text(at);
    if (isQemuProgram(word)) return { program: at, assignments };
    const launcher = launcherNamed(baseName(word));
    if (launcher === undefined) return null;
    const next = skipLauncher(words, at + 1, launcher, assignments);
    if (next === null) return null;
    at = next;
  }
  return null;
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function skipAssignments(words: WordTexts, from: number, found: number[]): number {
  let at = from;
  while (at < words.length && isAssignment(words.text(at))) found.push(at++);
  return at;
}

/** Index of the word that the launcher starts; null where it starts nothing. */
function skipLauncher(words: WordTexts, from: number, launcher: Launcher, assignments: number[]): number | null {
  let at = skipOptions(words, from, launcher);
  if (at === null) return null;
  for (const expected of launcher.subcommand ?? []) {
    if (at >= words.length || words.text(at) !== expected) return null;
    at++;
  }
  at += launcher.operands ?? 0;
  if (launcher.assignments === true) at = skipAssignments(words, at, assignments);
  return at;
}

function skipOptions(words: WordTexts, from: number, launcher: Launcher): number | null {
  let at = from;
  while (at < words.length) {
    const word = words.text(at);
    if (word === '--') return at + 1;
    if (UNKNOWN_WORD.test(word)) {
      at++;
    } else if (word.startsWith('--')) {
      const takesNext = launcher.valuedLong?.includes(word.slice(2)) ?? false;
      at += takesNext ? 2 : 1;
    } else if (word.startsWith('-') && word.length > 1) {
      const width = shortOptionWidth(word, launcher);
      if (width === null) return null;
      at += width;
    } else {
      return at;
    }
  }
  return at;
}

/** How many words a cluster of short options takes; null where the launcher starts nothing with them. */
function shortOptionWidth(word: string, launcher: Launcher): number | null {
  if (launcher.valuedLong?.includes(word.slice(1)) === true) return 2;
  for (let i = 1; i < word.length; i++) {
    const letter = word.charAt(i);
    if (launcher.idle?.includes(letter) === true) return null;
    if (launcher.valued?.includes(letter) === true) return i + 1 < word.length ? 1 : 2;
  }
  return 1;
}
