/** Whether QEMU takes a value, and what becomes of the drive: the command is run again with it. */
import type { CommandTrace, DriveTrace } from '../../simulate/model.js';
import { MappedText } from '../../syntax/mapped-text.js';
import type { CommandAnalysis } from '../analysis-model.js';

/** Of a longer command, the argument is tried by itself. */
const MOST_ARGUMENTS = 60;
/** An argument that is longer is not tried. */
const LONGEST = 20_000;

export class Trial {
  constructor(
    private readonly command: CommandAnalysis,
    private readonly argument: number,
  ) {}

  /**
   * Which of the arguments QEMU takes, as far as they differ: what it refuses in each of them, and without all of them, is
   * no fault of theirs. `without`: the argument without what is being written; null: it cannot be told.
   */
  accepted(candidates: readonly string[], without: string | null): readonly boolean[] {
    if (candidates.some(({ length }) => length > LONGEST)) return candidates.map(() => true);
    const refused = candidates.map((candidate) => refusals(this.run(candidate).trace));
    const [first = new Set<string>()] = refused;
    const anyway =
      without === null
        ? new Set([...first].filter((one) => refused.length > 1 && refused.every((other) => other.has(one))))
        : refusals(this.run(without).trace);
    return refused.map((set) => [...set].every((one) => anyway.has(one)));
  }

  /** The drive of the argument, as it would run; undefined where it is no rbd drive. */
  driveWith(argument: string): { readonly trace: DriveTrace; readonly text: string } | undefined {
    if (argument.length > LONGEST) return undefined;
    const { trace, index } = this.run(argument);
    const drive = trace.drives.find(({ syntax }) => syntax.argument === index);
    return drive === undefined ? undefined : { trace: drive, text: argument };
  }

  private readonly runs = new Map<string, { readonly trace: CommandTrace; readonly index: number }>();

  private run(argument: string): { readonly trace: CommandTrace; readonly index: number } {
    const known = this.runs.get(argument) ?? this.simulate(argument);
    this.runs.set(argument, known);
    return known;
  }

  private simulate(argument: string): { readonly trace: CommandTrace; readonly index: number } {
    const { command } = this.command;
    const whole = command.length <= MOST_ARGUMENTS;
    const { args: before } = command.first(whole ? command.length : this.argument);
    const flag = before[this.argument - 1];
    const args = whole ? [...before] : flag === undefined ? [] : [flag];
    const index = whole ? this.argument : args.length;
    args[index] = MappedText.verbatim(argument);
    return { trace: this.command.withArguments(args), index };
  }
}

/** What is not written yet is no reason against what is. */
function refusals({ drives, error }: CommandTrace): ReadonlySet<string> {
  const all = [...drives.map((drive) => drive.error), error];
  return new Set(
    all.flatMap((one) => (one === null || one.code === 'member-missing' ? [] : [`${one.code} ${one.message}`])),
  );
}
