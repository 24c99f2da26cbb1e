import { detached } from '../detached.js';
import { editBetween, firstFrom } from '../edit-between.js';
import { type CommandWord, lazyCommand, type QemuCommand } from '../qemu-command.js';
import { findQemuProgram, type ProgramPlace, type WordTexts } from './launchers.js';
import { type OnRestart, ShellScanner } from './scanner.js';
import { readWord } from './word.js';

const NEEDS_DECODING = /[\\'"$`{~]/;

/** The commands of a script, with what it takes to find them again after an edit. */
export interface ScriptCommands {
  readonly text: string;
  /** In the order of their starts. */
  readonly commands: readonly QemuCommand[];
  /** Starts of lines at which nothing is open, ascending; none where the script as a whole cannot be read. */
  readonly restarts: readonly number[];
}

/**
 * QEMU commands of a shell script, those inside `$(…)` too; here-documents and quoted scripts are no commands. `before`:
 * the commands of a text that may be much like it; only what lies around the edit is read then.
 */
export function findShellCommands(text: string, before?: ScriptCommands): ScriptCommands {
  if (!text.includes('qemu') && !text.includes('kvm')) return { text, commands: [], restarts: [] };
  return (before && findAround(before, text)) ?? findAll(text);
}

function findAll(text: string): ScriptCommands {
  const restarts: number[] = [];
  const found = collect(text, 0, false, (at) => {
    restarts.push(at);
    return false;
  });
  if (found === null) return { text, commands: collect(text, 0, true, () => false)?.commands ?? [], restarts: [] };
  return { text, commands: found.commands, restarts: found.exhausted ? [] : restarts };
}

function findAround(before: ScriptCommands, text: string): ScriptCommands | null {
  const { restarts } = before;
  if (restarts.length === 0) return null;
  const edit = editBetween(before.text, text);
  const by = edit.newEnd - edit.oldEnd;
  const head = firstRestart(restarts, edit.start);
  const from = restarts[head - 1] ?? 0;
  const between: number[] = [];
  let tail = restarts.length;
  const found = collect(text, from, false, (at) => {
    const same = at < edit.newEnd ? -1 : firstRestart(restarts, at - by);
    if (same >= 0 && restarts[same] === at - by) {
      tail = same;
      return true;
    }
    between.push(at);
    return false;
  });
  if (found === null || found.exhausted) return null;
  const behind = restarts[tail] ?? Number.POSITIVE_INFINITY;
  const commands = before.commands.slice(0, firstCommand(before.commands, from));
  commands.push(...found.commands);
  for (const command of before.commands.slice(firstCommand(before.commands, behind))) commands.push(command.moved(by));
  const moved = restarts.slice(tail).map((at) => at + by);
  return { text, commands, restarts: [...restarts.slice(0, head), ...between, ...moved] };
}

function firstRestart(restarts: readonly number[], least: number): number {
  return firstFrom(restarts.length, (index) => restarts[index] ?? 0, least);
}

function firstCommand(commands: readonly QemuCommand[], least: number): number {
  return firstFrom(commands.length, (index) => commands[index]?.span.start ?? 0, least);
}

interface Collected {
  readonly commands: readonly QemuCommand[];
  readonly exhausted: boolean;
}

/** Null where something in the script is never closed, unless each line closes what it opened. */
function collect(text: string, from: number, closeAtLineEnd: boolean, onRestart: OnRestart): Collected | null {
  const commands: QemuCommand[] = [];
  const onCommand = (starts: readonly number[], ends: readonly number[]): void => {
    const words = new ScriptWords(text, starts, ends, scanner.expansionEnds);
    const place = findQemuProgram(words);
    if (place !== null) commands.push(commandOf(words, place, scanner.expansionStarts));
  };
  const scanner = new ShellScanner(text, closeAtLineEnd, onCommand, onRestart);
  if (!scanner.scan(from)) return null;
  return { commands: commands.sort((a, b) => a.span.start - b.span.start), exhausted: scanner.exhausted };
}

/** The command by itself: nothing of it is tied to the script it was found in. */
function commandOf(words: ScriptWords, place: ProgramPlace, expansionStarts: readonly number[]): QemuCommand {
  const own = words.copy(expansionStarts);
  return lazyCommand(words.start, {
    text: own.script,
    language: 'shellscript',
    program: own.spanOf(place.program),
    length: own.length - place.program - 1,
    readWords: (count) => Array.from({ length: count }, (_, index) => own.read(place.program + 1 + index)),
    readEnvironment: () => place.assignments.map((index) => own.read(index)),
  });
}

class ScriptWords implements WordTexts {
  constructor(
    readonly script: string,
    private readonly starts: readonly number[],
    private readonly ends: readonly number[],
    private readonly expansionEnds: ReadonlyMap<number, number>,
  ) {}

  get length(): number {
    return this.starts.length;
  }

  get start(): number {
    return this.starts[0] ?? 0;
  }

  get end(): number {
    return this.ends.at(-1) ?? this.start;
  }

  text(index: number): string {
    const { start, end } = this.spanOf(index);
    const written = this.script.slice(start, end);
    return NEEDS_DECODING.test(written) ? this.read(index).value.text : written;
  }

  /** The words in a text of their own, which starts with the first one. */
  copy(expansionStarts: readonly number[]): ScriptWords {
    const { start, end } = this;
    const ends = new Map<number, number>();
    for (let i = expansionStarts.length - 1; i >= 0; i--) {
      const from = expansionStarts[i] ?? 0;
      const to = this.expansionEnds.get(from) ?? 0;
      if (to <= start) break;
      if (from >= start) ends.set(from - start, to - start);
    }
    const move = (at: number): number => at - start;
    return new ScriptWords(detached(this.script.slice(start, end)), this.starts.map(move), this.ends.map(move), ends);
  }

  spanOf(index: number): { readonly start: number; readonly end: number } {
    const start = this.starts[index] ?? 0;
    return { start, end: this.ends[index] ?? start };
  }

  read(index: number): CommandWord {
    const { start, end } = this.spanOf(index);
    return readWord(this.script, start, end, 0, this.expansionEnds);
  }
}
