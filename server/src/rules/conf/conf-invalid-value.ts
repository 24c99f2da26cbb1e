import * as l10n from '@vscode/l10n';
import type { ConfRule } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { cutBy } from '../support/cut.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { keepsDefault, unfilled, whyUnreadable } from '../support/reading.js';
import { code } from '../support/shown.js';
import { readableSpelling } from '../support/spellings.js';
import { sentences } from '../support/wording.js';

export const confInvalidValue: ConfRule = {
  id: 'conf-invalid-value',
  severity: 'warning',
  statement: 'This release cannot read the value as the option’s type, and silently keeps the default.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    for (const { node, option, reading } of confIndex(context).refused) {
      if (reading !== 'unreadable' || node.value === option.default) continue;
      if (unfilled(option, node.value) !== null || cutBy(context.tree, node, option) !== null) continue;
      const spelling = readableSpelling(release, option, node.value);
      yield confFinding(
        context,
        this,
        node.value === '' ? node.keySpan : node.valueSpan,
        sentences(
          whyUnreadable(context, node, option),
          keepsDefault(node, option),
          spelling === null ? null : l10n.t('Write {0}.', code(spelling)),
        ),
        spelling === null
          ? {}
          : {
              fixes: [
                fix(l10n.t('Write {0}', code(spelling)), [replaceInFile(context, node.valueSpan, spelling)], {
                  preferred: true,
                }),
              ],
            },
      );
    }
  },
};
