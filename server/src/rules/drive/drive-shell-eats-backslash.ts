import * as l10n from '@vscode/l10n';
import { quoteKeepingBackslashes } from '../../syntax/commands.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { replaceIn, wordOf, written } from '../support/drive-text.js';
import { inCommand } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { refusedDrive } from '../support/refusal-words.js';
import { type Refusal, refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveShellEatsBackslash: CommandRule = {
  id: 'drive-shell-eats-backslash',
  severity: 'error',
  statement: 'Unquoted in a shell script, `\\:` reaches QEMU as `:`, and the name is split there.',
  holds: { qemu: { since: '1.0' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, doubled } of refusals(context, this.id)) {
      const word = trace === null ? undefined : wordOf(context, trace.syntax);
      if (trace === null || word === undefined) continue;
      const { text } = context.command;
      const name = trace.syntax.name?.span ?? word.span;
      const inName = word.takenBackslashes.filter((at) => at >= name.start && at < name.end);
      const at = inName.find((place) => text[place + 1] === ':' || text[place + 1] === '@') ?? name.start;
      yield findingAt(
        this,
        inCommand({ start: at, end: at + 2 }),
        sentences(
          refusedDrive(trace, error),
          l10n.t(
            'The shell takes this backslash away, so that QEMU gets {0} and splits the name here. Quote the argument.',
            code(text.charAt(at + 1)),
          ),
        ),
        { fixes: fixes(context, trace.syntax.argument, doubled) },
      );
    }
  },
};

function fixes(context: CommandRuleContext, argument: number, doubled: Refusal['doubled']): Fix[] {
  const span = context.command.words[argument]?.span;
  const quoted = span === undefined ? null : quoteKeepingBackslashes(written(context, span));
  const found: Fix[] = [];
  if (span !== undefined && quoted !== null) {
    found.push(fix(l10n.t('Quote the argument'), [replaceIn(span, quoted)], { preferred: true }));
  }
  if (doubled !== undefined) {
    found.push(fix(l10n.t('Double the backslashes'), doubled, { preferred: found.length === 0 }));
  }
  return found;
}
