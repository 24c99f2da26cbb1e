import * as l10n from '@vscode/l10n';
import type { DriveSyntax } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { isOn, sayDirect } from '../support/cache-mode.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const nodeCacheNotInherited: CommandRule = {
  id: 'node-cache-not-inherited',
  severity: 'warning',
  statement: '`cache.direct` on a format node does not reach an rbd node that is given by itself.',
  holds: { qemu: { since: '2.9' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { syntax, error, unknown } = trace;
      if (error !== null || trace.cacheMode.direct || ownSwitch(syntax) !== undefined) continue;
      if (unknown.some(({ matters }) => matters === 'cache-mode')) continue;
      for (const above of trace.nodesAbove ?? []) {
        const option = ownSwitch(above);
        if (option === undefined || option.unknown || !isOn(option.value)) continue;
        const change = sayDirect({ trace, text: context.command.text });
        const title = l10n.t('Set {0} on {1}', change?.says ?? '', syntax.id ?? l10n.t('the rbd node'));
        const message = l10n.t(
          '`cache.direct` of the node {0} does not reach the rbd node {1}, which is given by itself: in {2} a node named by another inherits nothing from it, so RBDCache is on. Say it on the rbd node, too.',
          code(above.id ?? ''),
          code(syntax.id ?? ''),
          qemuName(trace),
        );
        yield findingAt(this, inCommand(option.span), message, {
          related: [{ at: inCommand(syntax.span), message: l10n.t('The rbd node, whose own switch counts.') }],
          fixes: change === null ? [] : [fix(title, change.edits, { preferred: true })],
        });
      }
    }
  },
};

function ownSwitch({ options }: DriveSyntax) {
  return options.findLast(({ key }) => key === 'cache.direct');
}
