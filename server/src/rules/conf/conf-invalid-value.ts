import type { ConfRule } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { cutBy } from '../support/cut.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { defaultInWords, looksUnfilled, typeInWords } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';
import { readableSpelling } from '../support/spellings.js';

export const confInvalidValue: ConfRule = {
  id: 'conf-invalid-value',
  severity: 'warning',
  statement: 'This release cannot read the value as the option’s type, and silently keeps the default.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    for (const { node, option, reading } of confIndex(context).refused) {
      if (reading !== 'unreadable') continue;
      if (option.type !== 'str' && node.value !== '' && looksUnfilled(option, node.value)) continue;
      if (cutBy(context.tree, node, option) !== null) continue;
      const spelling = readableSpelling(release, option, node.value);
      const what = node.value === '' ? 'An empty value is not' : `${shownValue(node)} is not`;
      yield confFinding(
        context,
        this,
        node.value === '' ? node.keySpan : node.valueSpan,
        `${what} ${typeInWords(option)} as ${librbd(context)} reads it: it ignores the line without a word and keeps ` +
          `${defaultInWords(option)} of ${code(node.key)}.${spelling === null ? '' : ` Write ${code(spelling)}.`}`,
        spelling === null
          ? {}
          : {
              fixes: [
                fix(`Write ${code(spelling)}`, [replaceInFile(context, node.valueSpan, spelling)], { preferred: true }),
              ],
            },
      );
    }
  },
};
