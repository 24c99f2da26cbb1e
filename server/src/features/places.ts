/** What stands at an offset. */
import type { DriveTrace } from '../simulate/model.js';
import { type Span, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis } from '../workspace/analysis-model.js';

/** The commands that touch a range. */
export function commandsIn(analysis: CommandDocumentAnalysis, range: Span): readonly CommandAnalysis[] {
  const { commands } = analysis;
  const found: CommandAnalysis[] = [];
  for (let at = firstEndingAt(commands, range.start); at < commands.length; at++) {
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

/** Index of the first command that ends at or behind the offset; the commands follow one another. */
function firstEndingAt(commands: readonly CommandAnalysis[], offset: number): number {
  let low = 0;
  let high = commands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
