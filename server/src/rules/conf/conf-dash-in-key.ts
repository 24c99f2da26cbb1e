import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { optionTimeline } from '../../catalog/ceph-timeline.js';
import type { ConfRule } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding } from '../support/finding.js';
import { renameKey } from '../support/rename-key.js';
import { code, writtenKey } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

export const confDashInKey: ConfRule = {
  id: 'conf-dash-in-key',
  severity: 'warning',
  statement: 'A key written with dashes is no option: dashes count in arguments, never in files.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    for (const { node } of confIndex(context).unknown) {
      if (!node.key.includes('-')) continue;
      const name = node.key.replaceAll('-', '_');
      const known = cephOption(release, name) !== undefined;
      if (!known && optionTimeline(name) === undefined) continue;
      const corrected = writtenKey(context.tree.text, node).replaceAll('-', '_');
      yield confFinding(
        context,
        this,
        node.keySpan,
        sentences(
          l10n.t(
            'Dashes in keys are accepted in arguments only, never in a file: {0} ignores this line without a word.',
            readerOf(context, node.section),
          ),
          known
            ? l10n.t('Write {0}.', code(corrected))
            : l10n.t('It does not know {0} either, which is an option of other releases.', code(name)),
        ),
        { fixes: renameKey(context, node, name, corrected, { verb: 'write', preferred: true }) },
      );
    }
  },
};
