import * as l10n from '@vscode/l10n';
import type { CephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { cutBy } from '../support/cut.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { isFine, keepsDefault, numberIn, unfilled } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

const HIGHEST_DEBUG_LEVEL = 99;
/** Of permitted words that a fix puts in. */
const MOST_WORDS = 5;

export const confValueOutOfRange: ConfRule = {
  id: 'conf-value-out-of-range',
  severity: 'warning',
  statement: 'The value lies outside of what this release permits for the option, and is silently ignored.',
  holds: { librbd: { since: '12.2' } },
  looksAt: 'conf',
  *check(context) {
    for (const { node, option, reading } of confIndex(context).refused) {
      if (reading !== 'out-of-range' || node.value === option.default) continue;
      if (unfilled(option, node.value) !== null || cutBy(context.tree, node, option) !== null) continue;
      yield confFinding(
        context,
        this,
        node.value === '' ? node.keySpan : node.valueSpan,
        sentences(countsAs(context, node, option), why(context, node, option), keepsDefault(node, option)),
        { fixes: replacements(context, option, node) },
      );
    }
  },
};

/** What a number with a unit is, where only that shows why it is refused. */
function countsAs(context: ConfRuleContext, node: KeyNode, option: CephOption): string | null {
  const number = /[A-Za-z]/.test(node.value) ? numberIn(context.releases.librbd, option, node.value) : null;
  return number === null || option.enum !== null || option.type === 'subsys'
    ? null
    : l10n.t('{0} is {1} here.', shownValue(node), number.toString());
}

function why(context: ConfRuleContext, node: KeyNode, option: CephOption): string {
  const reader = readerOf(context, node.section);
  const key = code(node.key);
  if (option.enum !== null) {
    return l10n.t(
      '{0} takes only these values for {1}: {2}.',
      reader,
      key,
      option.enum.map((word) => code(word)).join(', '),
    );
  }
  const value = shownValue(node);
  if (option.type === 'subsys') {
    return l10n.t('{0} is no debug level for {1}: they go from 0 to {2}.', value, reader, HIGHEST_DEBUG_LEVEL);
  }
  const number = numberIn(context.releases.librbd, option, node.value);
  return option.min !== null && number !== null && number < option.min
    ? l10n.t('{0} is below {1}, the least that {2} permits for {3}.', value, option.min, reader, key)
    : l10n.t('{0} is above {1}, the most that {2} permits for {3}.', value, option.max ?? '', reader, key);
}

function replacements(context: ConfRuleContext, option: CephOption, node: KeyNode): Fix[] {
  const release = context.releases.librbd;
  const write = (text: string, preferred: boolean): Fix[] =>
    isFine(release, option, text)
      ? [fix(l10n.t('Write {0}', code(text)), [replaceInFile(context, node.valueSpan, text)], { preferred })]
      : [];
  if (option.type === 'subsys') {
    const clamped = node.value.replace(/-?\d+/g, (level) =>
      String(Math.min(Math.max(Number(level), 0), HIGHEST_DEBUG_LEVEL)),
    );
    return write(clamped, true);
  }
  if (option.enum !== null) {
    const alike = option.enum.find((word) => word.toLowerCase() === node.value.trim().toLowerCase());
    return alike === undefined
      ? option.enum.slice(0, MOST_WORDS).flatMap((word) => write(word, false))
      : write(alike, true);
  }
  const number = numberIn(release, option, node.value);
  const bound = option.min !== null && number !== null && number < option.min ? option.min : option.max;
  return bound === null ? [] : write(String(bound), true);
}
