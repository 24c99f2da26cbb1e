import * as l10n from '@vscode/l10n';
import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { removeOption } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle, refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { Devices, isDeviceProperty } from '../support/to-device.js';
import { sentences } from '../support/wording.js';

export const driveOptionRemoved: CommandRule = {
  id: 'drive-option-removed',
  severity: 'error',
  statement: 'This option of `-drive` is gone from this QEMU, or about to go (a warning then).',
  holds: { qemu: { since: '1.3' } },
  looksAt: 'command',
  *check(context) {
    const devices = new Devices(context);
    for (const { trace, error, span } of refusals(context, this.id)) {
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      const info = anyDriveOption(option.key);
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          refusedDrive(trace, error),
          l10n.t('{0} was removed in QEMU {1}.', code(`${option.key}=`), info?.removed ?? ''),
          advice(option, info?.replacement ?? null),
        ),
        { fixes: fixes(context, devices, trace, option) },
      );
    }
    for (const trace of context.command.trace.drives) {
      if (trace.syntax.form !== 'drive' || (trace.error !== null && trace.error.stage !== 'open')) continue;
      for (const option of trace.syntax.options) {
        const info = driveOption(trace.releases.qemu, option.key);
        if (info?.isDeprecated !== true) continue;
        const [name, removed] = [code(`${option.key}=`), info.removed ?? ''];
        yield findingAt(
          this,
          inCommand(option.keySpan),
          sentences(
            option.key === 'boot'
              ? l10n.t('{0} is ignored in {1}, and refused from QEMU {2} on.', name, qemuName(trace), removed)
              : l10n.t('{0} is deprecated in {1}, and refused from QEMU {2} on.', name, qemuName(trace), removed),
            advice(option, info.replacement),
          ),
          { severity: 'warning', tags: ['deprecated'], fixes: fixes(context, devices, trace, option) },
        );
      }
    }
  },
};

function advice({ key }: DriveOption, replacement: string | null): string {
  if (key === 'boot') return l10n.t('Leave it out; {0} of the -device sets the order of boot.', code('bootindex='));
  if (replacement === null) return l10n.t('Leave it out.');
  return l10n.t('It belongs to the device: {0}.', code(replacement.replace('...', '…')));
}

function fixes(context: CommandRuleContext, devices: Devices, trace: DriveTrace, option: DriveOption): Fix[] {
  if (isDeviceProperty(option.key)) {
    const move = devices.moveFrom(trace);
    return move === null ? [] : [move];
  }
  const removal = removeOption(context, option);
  return removal === null ? [] : [fix(l10n.t('Delete {0}', inTitle(`${option.key}=`)), removal, { preferred: true })];
}
