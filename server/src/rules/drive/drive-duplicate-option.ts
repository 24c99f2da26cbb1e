import * as l10n from '@vscode/l10n';
import type { CommandRule, CommandRuleContext, Finding } from '../rule.js';
import { removeOption, winners } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

/** More in one drive are no oversight. */
const MOST_COPIES = 100;

export const driveDuplicateOption: CommandRule = {
  id: 'drive-duplicate-option',
  severity: 'warning',
  statement: 'The same option of the drive twice: which one counts in this QEMU, or that it refuses it.',
  looksAt: 'command',
  *check(context) {
    yield* refusedCopies(context);
    yield* copiesWithoutEffect(context);
  },
};

function* refusedCopies(context: CommandRuleContext): Generator<Finding> {
  for (const { trace, error, span } of refusals(context, driveDuplicateOption.id)) {
    if (trace === null) continue;
    const option = refusedOption(trace, error);
    const edits = option === undefined ? null : removeOption(context, option);
    yield findingAt(
      driveDuplicateOption,
      inCommand(span),
      sentences(refusedDrive(trace, error), l10n.t('Say it once.')),
      {
        severity: 'error',
        fixes: edits === null ? [] : [fix(l10n.t('Delete {0}', inTitle(`${option?.key}=${option?.value}`)), edits)],
      },
    );
  }
}

function* copiesWithoutEffect(context: CommandRuleContext): Generator<Finding> {
  for (const trace of context.command.trace.drives) {
    if (trace.error?.code === 'alias-repeated' || trace.error?.code === 'alias-clash') continue;
    const winning = winners(trace.syntax);
    const without = trace.syntax.options.filter(({ effective }) => !effective);
    for (const option of without.slice(0, MOST_COPIES)) {
      // Repeated `cache=` is refused from 1.6 on: the refusal says so.
      if (trace.error?.code === `${option.key}-repeated`) continue;
      const winner = winning.get(option.key);
      if (winner === undefined) continue;
      const edits = removeOption(context, option);
      const same = winner.value === option.value;
      const key = code(`${option.key}=`);
      yield findingAt(
        driveDuplicateOption,
        inCommand(option.span),
        sentences(
          winner.span.start < option.span.start
            ? l10n.t(
                '{0} stands here more than once: {1} takes the first one, so this one has no effect.',
                key,
                qemuName(trace),
              )
            : l10n.t(
                '{0} stands here more than once: {1} takes the last one, so this one has no effect.',
                key,
                qemuName(trace),
              ),
          same ? l10n.t('Both say the same.') : '',
        ),
        {
          severity: same ? 'hint' : 'warning',
          tags: ['unnecessary'],
          related: [{ at: inCommand(winner.span), message: l10n.t('This one counts.') }],
          fixes:
            edits === null
              ? []
              : [fix(l10n.t('Delete the one without effect'), edits, { preferred: true, safe: same })],
        },
      );
    }
  }
}
