import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { anyDriveOption, driveOptions } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { rewriteValue, written } from '../support/drive-text.js';
import { inCommand } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { optionLife } from '../support/qemu-option-life.js';
import { inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveOptionTooNew: CommandRule = {
  id: 'drive-option-too-new',
  severity: 'error',
  statement: 'This option needs a newer QEMU; the chosen one refuses it.',
  holds: { qemu: { until: '9.2' } },
  looksAt: 'command',
  *check(context) {
    const { qemu } = context.releases;
    for (const { trace, error, span } of refusals(context, this.id)) {
      if (trace === null) {
        const message = l10n.t('QEMU {0} has no `-blockdev`: it came with QEMU 2.9. Use `-drive`.', qemu.label);
        yield findingAt(this, inCommand(span), message);
        continue;
      }
      const option = refusedOption(trace, error);
      if (option === undefined) continue;
      const life = optionLife(qemu, option.key, trace.syntax.form === 'drive' ? 'drive' : 'node');
      const shown = written(context, option.keySpan).replace(/\\?"/g, '');
      yield findingAt(
        this,
        inCommand(option.keySpan),
        sentences(
          refusedDrive(trace, error),
          l10n.t('{0} needs QEMU {1} or later.', code(shown === '' ? option.key : shown), life.release),
        ),
        { fixes: olderName(context, trace, option) },
      );
    }
  },
};

/** The name that the option had before. */
function olderName(context: CommandRuleContext, trace: DriveTrace, option: DriveOption): Fix[] {
  const { qemu } = trace.releases;
  const older = /^file\.key-secret$/.test(option.key)
    ? qemuBehaviour(qemu).passwordSecret
      ? 'file.password-secret'
      : undefined
    : driveOptions(qemu).find(({ name }) => anyDriveOption(name)?.alias?.of === option.key)?.name;
  const edits = older === undefined ? null : rewriteValue(context, option.keySpan, option.key, older);
  return older === undefined || edits === null
    ? []
    : [fix(l10n.t('Write {0}', inTitle(older)), edits, { preferred: true })];
}
