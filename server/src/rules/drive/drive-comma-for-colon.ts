import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { isPlain, removeOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { complaint, refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveCommaForColon: CommandRule = {
  id: 'drive-comma-for-colon',
  severity: 'error',
  statement:
    "A Ceph key behind a comma is an option of QEMU's, which refuses it: it belongs into the name, behind a colon.",
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error } = refusal;
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      yield driveFinding(
        this,
        inCommand(option.keySpan),
        `${refusedBy(trace, refusal)}: ${complaint(error)}. ${code(option.key)} is an option of Ceph's: it belongs into the name, behind a colon (${code(`:${option.key}=`)}).`,
        { fixes: intoName(context, trace.syntax.name?.span.end ?? null, option) },
      );
    }
  },
};

function intoName(
  context: CommandRuleContext,
  nameEnd: number | null,
  option: NonNullable<ReturnType<typeof refusedOption>>,
): Fix[] {
  const { start, end } = option.span;
  if (nameEnd === null || option.unknown) return [];
  const text = written(context, option.span);
  const value = written(context, option.valueSpan);
  if (/[:@\\]/.test(value)) return [];
  if (start === nameEnd + 1 && context.command.text[nameEnd] === ',') {
    return [fix('Write : for the comma', [replaceIn({ start: nameEnd, end: start }, ':')], { preferred: true })];
  }
  const removal = removeOption(context, { span: { start, end } });
  if (removal === null || !isPlain(value)) return [];
  return [
    fix('Move it into the name', [...removal, replaceIn({ start: nameEnd, end: nameEnd }, `:${text}`)], {
      preferred: true,
    }),
  ];
}
