/** A QEMU command line as it stands in a document. Every span in it counts from the command's start. */
import type { MappedText } from './mapped-text.js';
import type { Span } from './span.js';

export type CommandLanguage = 'shellscript' | 'qemu-cmdline';

/** `mixed`: more than one kind of quoting in a word, or `$'…'`. */
export type Quoting = 'none' | 'single' | 'double' | 'mixed';

/** One word of a command: what the program gets, and how it is written. */
export interface CommandWord {
  readonly span: Span;
  readonly value: MappedText;
  readonly quoting: Quoting;
  /** Where the shell takes an unquoted backslash away from the character behind it (joined lines are not listed). */
  readonly takenBackslashes: readonly number[];
  /** True where the shell may make any number of words of it: a variable alone, `"$@"`, `{a,b}`. */
  readonly mayBeMany: boolean;
}

/** `NAME=value` before the program's name. */
export interface EnvironmentAssignment {
  readonly name: string;
  readonly value: MappedText;
  readonly span: Span;
}

export interface QemuCommand {
  /** The whole command in the document, from its first assignment, launcher or word to its last word. */
  readonly span: Span;
  /** Document text of that span. The rest of the command depends on this text alone. */
  readonly text: string;
  readonly language: CommandLanguage;
  /** The word that names QEMU; empty, at the start, where the document holds arguments only. */
  readonly program: Span;
  /** QEMU's arguments after the program name. */
  readonly args: readonly MappedText[];
  /** How each of `args` is written; the same length and order. */
  readonly words: readonly CommandWord[];
  readonly environment: readonly EnvironmentAssignment[];
  /** The same command as many characters further on in its document. */
  moved(by: number): QemuCommand;
}

/** What a reader of a language knows of a command before its words are decoded. */
export interface CommandSource extends Pick<QemuCommand, 'text' | 'language' | 'program'> {
  readWords(): CommandWord[];
  /** The `NAME=value` words. */
  readEnvironment(): CommandWord[];
}

/**
 * A command whose words are decoded when first asked for: one whose text is known from before never is. `start`: where it
 * stands in its document.
 */
export function lazyCommand(start: number, source: CommandSource): QemuCommand {
  return new LazyCommand(start, new DecodedSource(source));
}

class LazyCommand implements QemuCommand {
  constructor(
    private readonly start: number,
    private readonly source: DecodedSource,
  ) {}

  get span(): Span {
    return { start: this.start, end: this.start + this.source.text.length };
  }

  get text(): string {
    return this.source.text;
  }

  get language(): CommandLanguage {
    return this.source.language;
  }

  get program(): Span {
    return this.source.program;
  }

  get words(): readonly CommandWord[] {
    return this.source.decode().words;
  }

  get args(): readonly MappedText[] {
    return this.source.decode().args;
  }

  get environment(): readonly EnvironmentAssignment[] {
    return this.source.decode().environment;
  }

  moved(by: number): QemuCommand {
    return by === 0 ? this : new LazyCommand(this.start + by, this.source);
  }
}

interface Decoded {
  readonly words: CommandWord[];
  readonly args: MappedText[];
  readonly environment: EnvironmentAssignment[];
}

/** Shared by a command and those moved from it. */
class DecodedSource {
  readonly text: string;
  readonly language: CommandLanguage;
  readonly program: Span;
  private decoded: Decoded | null = null;

  constructor(private readonly source: CommandSource) {
    this.text = source.text;
    this.language = source.language;
    this.program = source.program;
  }

  decode(): Decoded {
    if (this.decoded === null) {
      const words = this.source.readWords();
      const environment = this.source.readEnvironment().map(asAssignment);
      this.decoded = { words, args: words.map((word) => word.value), environment };
    }
    return this.decoded;
  }
}

function asAssignment({ span, value }: CommandWord): EnvironmentAssignment {
  const equals = value.text.indexOf('=');
  return { name: value.text.slice(0, equals).replace(/\+$/, ''), value: value.slice(equals + 1), span };
}
