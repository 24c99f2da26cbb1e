/** What can be written in another way at the caret. Each is tried: a drive resolves to what it did, or the title says the difference. */
import { type Span, touches } from '../syntax/span.js';
import type { CommandDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import type { CodeActionView } from './code-actions.js';
import type { Trial } from './fix-trial.js';
import { commandAt } from './places.js';
import { driveToSection, sectionToDrive } from './refactor-client.js';
import { argumentsOf, type CommandPlace } from './refactor-command.js';
import { confSpelling } from './refactor-conf-spelling.js';
import { toBlockdev } from './refactor-to-blockdev.js';
import { toDrive } from './refactor-to-drive.js';

/** One after the other, so that a caller may stop between them. */
export function* refactorings(analysis: DocumentAnalysis, range: Span, trial: Trial): Generator<CodeActionView> {
  if (analysis.kind === 'conf') {
    yield* confSpelling(analysis, range);
    yield* sectionToDrive(analysis, range, trial);
  } else if (analysis.kind === 'command') {
    yield* ofCommand(analysis, range.start, trial);
  }
}

function* ofCommand(analysis: CommandDocumentAnalysis, offset: number, trial: Trial): Generator<CodeActionView> {
  const command = commandAt(analysis, offset);
  if (command === undefined) return;
  const at = offset - command.base;
  const place: CommandPlace = { analysis, command };
  const trace = command.trace.drives.find(({ syntax }) => touches(syntax.span, at) || touches(syntax.flagSpan, at));
  if (trace !== undefined) {
    yield* toBlockdev({ ...place, trace }, trial);
    yield* driveToSection({ ...place, trace }, trial);
  }
  const node = argumentsOf(place, 'blockdev').find(
    ({ argument, flagSpan }) => touches(argument.span(), at) || touches(flagSpan, at),
  );
  if (node !== undefined) yield* toDrive(place, node.index, trial);
}
