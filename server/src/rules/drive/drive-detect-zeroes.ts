import { driveOption } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { appendOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { refusals, refusedBy, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveDetectZeroes: CommandRule = {
  id: 'drive-detect-zeroes',
  severity: 'error',
  statement:
    '`detect-zeroes=unmap` without `discard=unmap` is refused, or (in `-drive` from QEMU 2.8 on) without effect.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      yield driveFinding(
        this,
        inCommand(span),
        `${refusedBy(trace, refusal)}: ${code('detect-zeroes=unmap')} needs ${code('discard=unmap')} beside it.`,
        { fixes: fixes(context, trace, option) },
      );
    }
    for (const trace of context.command.trace.drives) {
      const option = optionOf(trace, 'detect-zeroes');
      const discard = optionOf(trace, 'discard');
      if (trace.syntax.form === 'blockdev' || option?.value !== 'unmap' || trace.error !== null) continue;
      if (trace.syntax.flag === '-blockdev' || driveOption(trace.releases.qemu, 'detect-zeroes') === undefined)
        continue;
      if (discard?.unknown === true || discard?.value === 'unmap' || discard?.value === 'on') continue;
      yield driveFinding(
        this,
        inCommand(option.span),
        `${code('detect-zeroes=unmap')} without ${code('discard=unmap')} does not discard anything in ${qemuName(trace)}: zeroes are written as zeroes. Add ${code('discard=unmap')}.`,
        { severity: 'information', fixes: fixes(context, trace, option) },
      );
    }
  },
};

function fixes(context: CommandRuleContext, trace: DriveTrace, option: DriveOption): Fix[] {
  const key = option.key.replace(/detect-zeroes$/, 'discard');
  const discard = optionOf(trace, key);
  const title = `Set ${code('discard=unmap')}`;
  if (discard !== undefined) {
    const text = written(context, discard.valueSpan);
    if (discard.unknown || !/^"?[a-z]+"?$/.test(text)) return [];
    return [
      fix(title, [replaceIn(discard.valueSpan, text.startsWith('"') ? '"unmap"' : 'unmap')], { preferred: true }),
    ];
  }
  if (!written(context, option.span).startsWith('"')) {
    return trace.syntax.form === 'json'
      ? []
      : [fix(title, appendOption(trace.syntax, `${key}=unmap`), { preferred: true })];
  }
  const { end } = option.span;
  return [fix(title, [replaceIn({ start: end, end }, ',"discard":"unmap"')], { preferred: true })];
}
