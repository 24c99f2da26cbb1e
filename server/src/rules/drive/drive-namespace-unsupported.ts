import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { isTemplate, written } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { refusals } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveNamespaceUnsupported: CommandRule = {
  id: 'drive-namespace-unsupported',
  severity: 'error',
  statement: 'Namespaces in the name, or as a member, need QEMU 5.0.',
  holds: { qemu: { until: '4.2' } },
  looksAt: 'command',
  *check(context) {
    for (const { trace, span } of refusals(context, this.id)) {
      if (trace === null) continue;
      yield findingAt(
        this,
        inCommand(span),
        l10n.t('{0} knows no namespaces and refuses the member: they need QEMU 5.0.', qemuName(trace)),
      );
    }
    for (const trace of context.command.trace.drives) {
      const { imageSpan } = trace.syntax.name ?? {};
      if (imageSpan == null || qemuBehaviour(trace.releases.qemu).name.namespaces) continue;
      if (trace.error !== null && trace.error.stage !== 'open') continue;
      const image = written(context, imageSpan);
      if (!/^[^\\/:]+\/[^/:]+$/.test(image) || isTemplate(image)) continue;
      yield findingAt(
        this,
        inCommand(imageSpan),
        l10n.t(
          "{0} knows no namespaces: it takes all of {1} for the image's name and does not find it. Namespaces need QEMU 5.0.",
          qemuName(trace),
          code(trace.image.image),
        ),
      );
    }
  },
};
