import * as l10n from '@vscode/l10n';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { backslashIn, removeOption, replaceIn, wordOf, written } from '../support/drive-text.js';
import { inCommand } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveCommaForColon: CommandRule = {
  id: 'drive-comma-for-colon',
  severity: 'error',
  statement:
    "A Ceph key behind a comma is an option of QEMU's, which refuses it: it belongs into the name, behind a colon.",
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error } of refusals(context, this.id)) {
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      yield findingAt(
        this,
        inCommand(option.keySpan),
        sentences(
          refusedDrive(trace, error),
          l10n.t(
            "{0} is an option of Ceph's: it belongs into the name, behind a colon ({1}).",
            code(option.key),
            code(`:${option.key}=`),
          ),
        ),
        { fixes: intoName(context, trace, option) },
      );
    }
  },
};

function intoName(context: CommandRuleContext, trace: DriveTrace, option: DriveOption): Fix[] {
  const nameEnd = trace.syntax.name?.span.end;
  const value = escapedValue(context, trace, option);
  if (nameEnd === undefined || value === null || option.unknown) return [];
  const { start, end } = option.span;
  const escaped = `${written(context, { start, end: option.valueSpan.start })}${value}`;
  if (start === nameEnd + 1 && context.command.text[nameEnd] === ',') {
    const edit = replaceIn({ start: nameEnd, end }, `:${escaped}`);
    return [fix(l10n.t('Write {0} for the comma', ':'), [edit], { preferred: true })];
  }
  const removal = removeOption(context, option);
  if (removal === null) return [];
  const insertion = replaceIn({ start: nameEnd, end: nameEnd }, `:${escaped}`);
  return [
    fix(l10n.t('Move {0} into the name', inTitle(`${option.key}=`)), [...removal, insertion], { preferred: true }),
  ];
}

/** The value as it has to stand in the name; null where its text is not plain. */
function escapedValue(context: CommandRuleContext, trace: DriveTrace, option: DriveOption): string | null {
  const text = written(context, option.valueSpan);
  if (!/[:@\\]/.test(text)) return text;
  const word = wordOf(context, trace.syntax);
  const backslash = word === undefined ? null : backslashIn(context, word);
  if (backslash === null || text !== option.value || !/^(?:\\?[\w.,;/=[\]@:+-])*$/.test(text)) return null;
  return text.replace(/\\?([:@])/g, (_all, sign: string) => `${backslash}${sign}`);
}
