import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveFormatRbdFlushes: CommandRule = {
  id: 'drive-format-rbd-flushes',
  severity: 'warning',
  statement:
    'QEMU 1.6 to 2.3 with `format=rbd` or `driver=rbd`: a flush after every write, whatever the cache mode says.',
  holds: { qemu: { since: '1.6', until: '2.3' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (!qemuBehaviour(trace.releases.qemu).formatRbdFlushes || trace.error !== null) continue;
      const { outcome, cacheMode } = trace;
      const option = [optionOf(trace, 'format'), optionOf(trace, 'driver')].find((each) => each?.value === 'rbd');
      // A mode without write-back flushes after each write anyhow.
      if (option === undefined || outcome?.guest.flushedBy !== 'qemu' || !cacheMode.writeback) continue;
      const plain = context.command.text.slice(option.valueSpan.start, option.valueSpan.end) === 'rbd';
      yield findingAt(
        this,
        inCommand(option.span),
        l10n.t(
          'With {0} {1} flushes after every write, whatever the cache mode says: slow, and write-back is write-through. From QEMU 2.4 on the mode counts. Write {2}.',
          code(`${option.key}=rbd`),
          qemuName(trace),
          code('format=raw'),
        ),
        {
          fixes: plain
            ? [
                fix(l10n.t('Write {0}', 'format=raw'), [replaceIn(option.span, 'format=raw')], {
                  preferred: true,
                }),
              ]
            : [],
        },
      );
    }
  },
};
