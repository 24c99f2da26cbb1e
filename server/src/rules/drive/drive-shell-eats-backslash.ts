import { quoteKeepingBackslashes } from '../../syntax/commands.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { replaceIn, wordOf, written } from '../support/drive-text.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { complaint, type Refusal, refusals, refusedBy } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveShellEatsBackslash: CommandRule = {
  id: 'drive-shell-eats-backslash',
  severity: 'error',
  statement: 'Unquoted in a shell script, `\\:` reaches QEMU as `:`, and the name is split there.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error } = refusal;
      const word = trace === null ? undefined : wordOf(context, trace.syntax);
      if (trace === null || word === undefined) continue;
      const { text } = context.command;
      const name = trace.syntax.name?.span ?? word.span;
      const inName = word.takenBackslashes.filter((at) => at >= name.start && at < name.end);
      const at = inName.find((place) => text[place + 1] === ':' || text[place + 1] === '@') ?? name.start;
      yield driveFinding(
        this,
        inCommand({ start: at, end: at + 2 }),
        `The shell takes this backslash away, so that QEMU gets ${code(text.charAt(at + 1))} and splits the name here. ${refusedBy(trace, refusal)}: ${complaint(error)}. Quote the argument.`,
        { fixes: fixes(context, trace.syntax.argument, refusal.doubled) },
      );
    }
  },
};

function fixes(context: CommandRuleContext, argument: number, doubled: Refusal['doubled']): Fix[] {
  const span = context.command.words[argument]?.span;
  const quoted = span === undefined ? null : quoteKeepingBackslashes(written(context, span));
  const found: Fix[] = [];
  if (span !== undefined && quoted !== null) {
    found.push(fix('Quote the argument', [replaceIn(span, quoted)], { preferred: true }));
  }
  if (doubled !== undefined) found.push(fix('Double the backslashes', doubled));
  return found;
}
