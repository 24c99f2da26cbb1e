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
  /** How many `args` there are, known before they are decoded. */
  readonly length: number;
  readonly environment: readonly EnvironmentAssignment[];
  /** The first of `args` and `words`, no more than so many: the rest is not decoded for them. */
  first(most: number): CommandArguments;
  /** The same command as many characters further on in its document. */
  moved(by: number): QemuCommand;
}

export type CommandArguments = Pick<QemuCommand, 'args' | 'words'>;

/** What a reader of a language knows of a command before its words are decoded. */
export interface CommandSource extends Pick<QemuCommand, 'text' | 'language' | 'program' | 'length'> {
  /** The first `count` words after the program's name. */
  readWords(count: number): CommandWord[];
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
    return this.first(this.length).words;
  }

  get args(): readonly MappedText[] {
    return this.first(this.length).args;
  }

  get length(): number {
    return this.source.length;
  }

  get environment(): readonly EnvironmentAssignment[] {
    return this.source.environment();
  }

  first(most: number): CommandArguments {
    return this.source.first(Math.min(most, this.length));
  }

  moved(by: number): QemuCommand {
    return by === 0 ? this : new LazyCommand(this.start + by, this.source);
  }
}

/** Shared by a command and those moved from it. */
class DecodedSource {
  readonly text: string;
  readonly language: CommandLanguage;
  readonly program: Span;
  readonly length: number;
  private all: CommandArguments | null = null;
  /** The most of the first ones that were asked for. */
  private head: CommandArguments | null = null;
  private assignments: readonly EnvironmentAssignment[] | null = null;

  constructor(private readonly source: CommandSource) {
    this.text = source.text;
    this.language = source.language;
    this.program = source.program;
    this.length = source.length;
  }

  first(count: number): CommandArguments {
    if (count === this.length) {
      this.all ??= this.decode(count);
      return this.all;
    }
    if (this.head === null || this.head.words.length < count) this.head = this.decode(count);
    const { words, args } = this.head;
    return words.length === count ? this.head : { words: words.slice(0, count), args: args.slice(0, count) };
  }

  private decode(count: number): CommandArguments {
    const words = this.source.readWords(count);
    return { words, args: words.map((word) => word.value) };
  }

  environment(): readonly EnvironmentAssignment[] {
    this.assignments ??= this.source.readEnvironment().map(asAssignment);
    return this.assignments;
  }
}

function asAssignment({ span, value }: CommandWord): EnvironmentAssignment {
  const equals = value.text.indexOf('=');
  return { name: value.text.slice(0, equals).replace(/\+$/, ''), value: value.slice(equals + 1), span };
}
