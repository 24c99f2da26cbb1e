import * as l10n from '@vscode/l10n';
import { driveOption } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { appendOption, jsonQuote, replaceIn, rewriteValue, written } from '../support/drive-text.js';
import { inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { refusedDrive } from '../support/refusal-words.js';
import { refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveDetectZeroes: CommandRule = {
  id: 'drive-detect-zeroes',
  severity: 'error',
  statement:
    '`detect-zeroes=unmap` without `discard=unmap` is refused, or (in `-drive` from QEMU 2.8 on) without effect.',
  holds: { qemu: { since: '2.1' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, error, span } of refusals(context, this.id)) {
      const option = trace === null ? undefined : refusedOption(trace, error);
      if (trace === null || option === undefined) continue;
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          refusedDrive(trace, error),
          l10n.t('{0} needs {1} beside it.', code('detect-zeroes=unmap'), code('discard=unmap')),
        ),
        { fixes: fixes(context, trace, option) },
      );
    }
    for (const trace of context.command.trace.drives) {
      const option = optionOf(trace, 'detect-zeroes');
      if (option?.value !== 'unmap' || !isWithoutEffect(trace)) continue;
      yield findingAt(
        this,
        inCommand(option.span),
        l10n.t(
          '{0} without {1} does not discard anything in {2}: zeroes are written as zeroes. Add {1}.',
          code('detect-zeroes=unmap'),
          code('discard=unmap'),
          qemuName(trace),
        ),
        { severity: 'information', fixes: fixes(context, trace, option) },
      );
    }
  },
};

/** A `-drive` that this QEMU takes, and that discards nothing. */
function isWithoutEffect(trace: DriveTrace): boolean {
  const discard = optionOf(trace, 'discard');
  if (trace.error !== null || trace.syntax.flag === '-blockdev' || trace.syntax.form === 'blockdev') return false;
  if (driveOption(trace.releases.qemu, 'detect-zeroes') === undefined) return false;
  return discard?.unknown !== true && discard?.value !== 'unmap' && discard?.value !== 'on';
}

function fixes(context: CommandRuleContext, trace: DriveTrace, option: DriveOption): Fix[] {
  const found: Fix[] = [];
  const discard = withDiscard(context, trace, option);
  if (discard !== null) found.push(fix(l10n.t('Set {0}', 'discard=unmap'), discard, { preferred: true }));
  const on = rewriteValue(context, option.valueSpan, 'unmap', 'on');
  if (on !== null) found.push(fix(l10n.t('Set {0}', 'detect-zeroes=on'), on));
  return found;
}

function withDiscard(context: CommandRuleContext, trace: DriveTrace, option: DriveOption) {
  const key = option.key.replace(/detect-zeroes$/, 'discard');
  const discard = optionOf(trace, key);
  if (discard !== undefined) {
    return discard.unknown ? null : rewriteValue(context, discard.valueSpan, discard.value, 'unmap');
  }
  const text = written(context, option.span);
  if (!/^\\?"/.test(text)) return trace.syntax.form === 'json' ? null : appendOption(trace.syntax, `${key}=unmap`);
  const quote = jsonQuote(text);
  const { end } = option.span;
  return [replaceIn({ start: end, end }, `,${quote}discard${quote}:${quote}unmap${quote}`)];
}
