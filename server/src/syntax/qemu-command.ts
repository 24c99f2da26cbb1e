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
}

/** What a reader of a language knows of a command before its words are decoded. */
export interface CommandSource extends Pick<QemuCommand, 'span' | 'text' | 'language' | 'program'> {
  readWords(): CommandWord[];
  /** The `NAME=value` words. */
  readEnvironment(): CommandWord[];
}

/** A command whose words are decoded when first asked for: one whose text is known from before never is. */
export function lazyCommand(source: CommandSource): QemuCommand {
  return new LazyCommand(source);
}

class LazyCommand implements QemuCommand {
  readonly span: Span;
  readonly text: string;
  readonly language: CommandLanguage;
  readonly program: Span;
  private decoded: { words: CommandWord[]; args: MappedText[]; environment: EnvironmentAssignment[] } | null = null;

  constructor(private readonly source: CommandSource) {
    this.span = source.span;
    this.text = source.text;
    this.language = source.language;
    this.program = source.program;
  }

  get words(): readonly CommandWord[] {
    return this.decode().words;
  }

  get args(): readonly MappedText[] {
    return this.decode().args;
  }

  get environment(): readonly EnvironmentAssignment[] {
    return this.decode().environment;
  }

  private decode(): { words: CommandWord[]; args: MappedText[]; environment: EnvironmentAssignment[] } {
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
