import * as l10n from '@vscode/l10n';
import type { CommandRule } from '../rule.js';
import { isCached, librbdName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { said } from '../support/option-edits.js';

export const writethroughByZero: CommandRule = {
  id: 'writethrough-by-zero',
  severity: 'information',
  statement: '`rbd cache max dirty = 0` makes RBDCache write-through (under writearound: a layer that does nothing).',
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const place = said(trace, 'rbd_cache_max_dirty');
      if (place === null || !isCached(trace) || place.winner.value !== '0') continue;
      const policy = trace.config?.get('rbd_cache_policy');
      // Then write-through is what somebody asked for by its name.
      if (policy === 'writethrough') continue;
      const message =
        policy === 'writearound'
          ? l10n.t(
              'With no dirty bytes allowed, the writearound layer of {0} lets everything through: RBDCache does nothing.',
              librbdName(trace),
            )
          : l10n.t(
              'With no dirty bytes allowed, RBDCache of {0} is write-through: each write goes to the cluster before it is acknowledged, and reads are cached.',
              librbdName(trace),
            );
      yield findingAt(this, place.at, message);
    }
  },
};
