import type { ConfRule } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, librbd } from '../support/finding.js';
import { defaultInWords, looksUnfilled, typeInWords } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';

export const confPlaceholder: ConfRule = {
  id: 'conf-placeholder',
  severity: 'warning',
  statement: 'A placeholder was left in where a number, a boolean, an address or a UUID belongs.',
  looksAt: 'conf',
  *check(context) {
    for (const { node, option } of confIndex(context).refused) {
      if (option.type === 'str' || !looksUnfilled(option, node.value)) continue;
      yield confFinding(
        context,
        this,
        node.valueSpan,
        `${shownValue(node)} looks like a placeholder that was never filled in: ${librbd(context)} cannot read it as ${typeInWords(option)} ` +
          `and silently keeps ${defaultInWords(option)} of ${code(node.key)}. Put the real value here.`,
      );
    }
  },
};
