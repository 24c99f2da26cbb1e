/** What stands at an offset. */
import type { Location } from '../rules/rule.js';
import type { CommandTrace, DriveTrace } from '../simulate/model.js';
import { firstFrom } from '../syntax/edit-between.js';
import { type Span, shift, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis, PlacedDrive } from './analysis-model.js';

/** A place in a document. */
export interface PlaceInText {
  readonly address: string;
  readonly span: Span;
}

/** Where something stands that a trace tells of: in a file, or in the command that begins at `base` of its document. */
export function placed(location: Location, { address, base }: Pick<PlacedDrive, 'address' | 'base'>): PlaceInText {
  return location.in === 'file'
    ? { address: location.file, span: location.span }
    : { address, span: shift(location.span, base) };
}

/** The commands that touch a range. */
export function commandsIn(analysis: CommandDocumentAnalysis, range: Span): readonly CommandAnalysis[] {
  const { commands } = analysis;
  const found: CommandAnalysis[] = [];
  // The commands follow one another.
  const first = firstFrom(commands.length, (index) => commands[index]?.end ?? 0, range.start);
  for (let at = first; at < commands.length; at++) {
    const command = commands[at];
    if (command === undefined || command.base > range.end) break;
    found.push(command);
  }
  return found;
}

export function commandAt(analysis: CommandDocumentAnalysis, offset: number): CommandAnalysis | undefined {
  return commandsIn(analysis, { start: offset, end: offset })[0];
}

/** The RBD drive whose flag or argument touches `offset`, which counts from the command's start. */
export function driveAt(command: CommandAnalysis, offset: number): DriveTrace | undefined {
  return command.trace.drives.find(({ syntax }) => touches(syntax.span, offset) || touches(syntax.flagSpan, offset));
}

/** The drives of a command by the argument that opens them: of a quorum, each child is one. */
export function byArgument({ drives }: CommandTrace): readonly (readonly [DriveTrace, ...DriveTrace[]])[] {
  const groups = new Map<number, [DriveTrace, ...DriveTrace[]]>();
  for (const drive of drives) {
    const { start } = drive.syntax.span;
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [drive]);
    else group.push(drive);
  }
  return [...groups.values()];
}

/** What is said of several drives at one place, each statement once. */
export function saidOnce(statements: readonly string[]): string {
  return [...new Set(statements)].join(' / ');
}
