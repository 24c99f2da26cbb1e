import type { CephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { cutBy } from '../support/cut.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { defaultInWords, isFine, looksUnfilled } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';

const HIGHEST_DEBUG_LEVEL = 99;

export const confValueOutOfRange: ConfRule = {
  id: 'conf-value-out-of-range',
  severity: 'warning',
  statement: 'The value lies outside of what this release permits for the option, and is silently ignored.',
  looksAt: 'conf',
  *check(context) {
    for (const { node, option, reading } of confIndex(context).refused) {
      if (reading !== 'out-of-range') continue;
      if (looksUnfilled(option, node.value) || cutBy(context.tree, node, option) !== null) continue;
      const range = rangeInWords(option);
      yield confFinding(
        context,
        this,
        node.value === '' ? node.keySpan : node.valueSpan,
        `${node.value === '' ? 'An empty value' : shownValue(node)} is outside of what ${librbd(context)} permits for ${code(node.key)} ` +
          `(${range}): it ignores the line without a word and keeps ${defaultInWords(option)}.`,
        { fixes: replacements(context, option, node) },
      );
    }
  },
};

function rangeInWords(option: CephOption): string {
  if (option.type === 'subsys') return `levels from 0 to ${HIGHEST_DEBUG_LEVEL}`;
  if (option.enum !== null) return option.enum.map((word) => code(word)).join(', ');
  if (option.min === null) return `at most ${option.max}`;
  return option.max === null ? `at least ${option.min}` : `${option.min} to ${option.max}`;
}

function replacements(context: ConfRuleContext, option: CephOption, node: KeyNode): Fix[] {
  const release = context.releases.librbd;
  const alike = option.enum?.find((word) => word.toLowerCase() === node.value.trim().toLowerCase());
  let texts: readonly string[];
  if (option.type === 'subsys') {
    texts = [node.value.replace(/\d+/g, (level) => String(Math.min(Number(level), HIGHEST_DEBUG_LEVEL)))];
  } else if (option.enum !== null) {
    texts = alike === undefined ? option.enum.slice(0, 5) : [alike];
  } else {
    texts = [option.min, option.max].filter((bound) => bound !== null).map(String);
    if (option.min !== null && option.max !== null)
      texts = texts.slice(isBelow(node.value, option.min) ? 0 : 1).slice(0, 1);
  }
  return texts
    .filter((text) => isFine(release, option, text))
    .map((text, i, all) =>
      fix(`Write ${code(text)}`, [replaceInFile(context, node.valueSpan, text)], {
        preferred: i === 0 && all.length === 1,
      }),
    );
}

function isBelow(written: string, min: number): boolean {
  return Number.parseFloat(written) < min;
}
