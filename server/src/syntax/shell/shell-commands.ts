import { type CommandWord, lazyCommand, type QemuCommand } from '../qemu-command.js';
import { findQemuProgram, type ProgramPlace, type WordTexts } from './launchers.js';
import { ShellScanner } from './scanner.js';
import { readWord } from './word.js';

const NEEDS_DECODING = /[\\'"$`{~]/;

/** QEMU commands of a shell script, those inside `$(…)` too; here-documents and quoted scripts are no commands. */
export function findShellCommands(text: string): QemuCommand[] {
  if (!text.includes('qemu') && !text.includes('kvm')) return [];
  return collect(text, false) ?? collect(text, true) ?? [];
}

/** Null where something in the script is never closed, unless each line closes what it opened. */
function collect(text: string, closeAtLineEnd: boolean): QemuCommand[] | null {
  const commands: QemuCommand[] = [];
  const scanner = new ShellScanner(text, closeAtLineEnd, (starts, ends) => {
    const words = new ScriptWords(text, starts, ends, scanner.expansionEnds);
    const place = findQemuProgram(words);
    if (place !== null) commands.push(words.command(place));
  });
  if (!scanner.scan()) return null;
  return commands.sort((a, b) => a.span.start - b.span.start);
}

class ScriptWords implements WordTexts {
  constructor(
    private readonly script: string,
    private readonly starts: readonly number[],
    private readonly ends: readonly number[],
    private readonly expansionEnds: ReadonlyMap<number, number>,
  ) {}

  get length(): number {
    return this.starts.length;
  }

  text(index: number): string {
    const written = this.script.slice(this.starts[index], this.ends[index]);
    return NEEDS_DECODING.test(written) ? this.read(index, 0).value.text : written;
  }

  command(place: ProgramPlace): QemuCommand {
    const start = this.starts[0] ?? 0;
    const end = this.ends.at(-1) ?? start;
    // The scanner uses its arrays again.
    const words = new ScriptWords(this.script, [...this.starts], [...this.ends], this.expansionEnds);
    return lazyCommand({
      span: { start, end },
      text: this.script.slice(start, end),
      language: 'shellscript',
      program: {
        start: (this.starts[place.program] ?? start) - start,
        end: (this.ends[place.program] ?? start) - start,
      },
      readWords: () => words.from(place.program + 1, start),
      readEnvironment: () => place.assignments.map((index) => words.read(index, start)),
    });
  }

  private from(first: number, base: number): CommandWord[] {
    return Array.from({ length: this.length - first }, (_, i) => this.read(first + i, base));
  }

  private read(index: number, base: number): CommandWord {
    return readWord(this.script, this.starts[index] ?? 0, this.ends[index] ?? 0, base, this.expansionEnds);
  }
}
