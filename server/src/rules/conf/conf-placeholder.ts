import * as l10n from '@vscode/l10n';
import type { ConfRule } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding } from '../support/finding.js';
import { keepsDefault, unfilled } from '../support/reading.js';
import { shownValue } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

export const confPlaceholder: ConfRule = {
  id: 'conf-placeholder',
  severity: 'warning',
  statement: 'A placeholder was left in where a number, a boolean, an address or a UUID belongs.',
  looksAt: 'conf',
  *check(context) {
    for (const { node, option } of confIndex(context).refused) {
      if (unfilled(option, node.value) !== 'placeholder') continue;
      yield confFinding(
        context,
        this,
        node.valueSpan,
        sentences(
          l10n.t(
            '{0} looks like a placeholder that was never filled in, and {1} cannot read it.',
            shownValue(node),
            readerOf(context, node.section),
          ),
          keepsDefault(node, option),
          l10n.t('Put the real value here.'),
        ),
      );
    }
  },
};
