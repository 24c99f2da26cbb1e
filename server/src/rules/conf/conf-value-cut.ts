import * as l10n from '@vscode/l10n';
import type { CephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { type Cut, cutBy } from '../support/cut.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { isFine } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

/** Lists of addresses or names, which commas part as well. */
const LISTS: ReadonlySet<string> = new Set(['mon_host', 'mon_initial_members', 'public_network', 'cluster_network']);

export const confValueCut: ConfRule = {
  id: 'conf-value-cut',
  severity: 'warning',
  statement: 'A `#` or `;` that is glued to the value, or leaves it empty, starts a comment and cuts the value there.',
  looksAt: 'conf',
  *check(context) {
    for (const { node, option } of confIndex(context).notable) {
      if (node.comment === null) continue;
      const cut = cutBy(context.tree, node, option);
      if (cut === null) continue;
      yield confFinding(
        context,
        this,
        { start: cut.at, end: node.comment.end },
        sentences(consequence(context, node, cut), advice(cut, option)),
        { fixes: cut.empty ? uncomment(context, option, node, cut) : keepTogether(context, option, node, cut) },
      );
    }
  },
};

function consequence(context: ConfRuleContext, node: KeyNode, cut: Cut): string {
  const [sign, reader] = [code(cut.sign), readerOf(context, node.section)];
  return cut.empty
    ? l10n.t(
        '{0} starts a comment wherever it stands: {1} reads an empty value here, and the rest is lost.',
        sign,
        reader,
      )
    : l10n.t(
        '{0} starts a comment wherever it stands: {1} reads {2} here, and the rest is lost.',
        sign,
        reader,
        shownValue(node),
      );
}

function advice(cut: Cut, option: CephOption): string {
  if (cut.empty) return l10n.t('Take the sign out, or move it to the start of the line.');
  return option.type === 'str'
    ? l10n.t('Write {0} if it belongs to the value, or a blank before a comment.', code(`\\${cut.sign}`))
    : l10n.t('Put a blank before a comment.');
}

function uncomment(context: ConfRuleContext, option: CephOption, node: KeyNode, cut: Cut): Fix[] {
  const rest = context.tree.text.slice(cut.at + 1, node.comment?.end).trim();
  if (rest === '' || /[#;"'\\]/.test(rest)) return [];
  if (option.type === 'str' ? /\s/.test(rest) : !isFine(context.releases.librbd, option, rest)) return [];
  return [
    fix(l10n.t('Take out the {0}', cut.sign), [replaceInFile(context, { start: cut.at, end: cut.at + 1 }, '')], {
      preferred: true,
    }),
  ];
}

function keepTogether(context: ConfRuleContext, option: CephOption, node: KeyNode, cut: Cut): Fix[] {
  if (option.type !== 'str') return setApart(context, option, node, cut);
  const { text, era } = context.tree;
  const rest = text.slice(cut.at, node.comment?.end);
  const glued = rest.slice(0, /[ \t][#;]/.exec(rest)?.index ?? rest.length).trimEnd();
  const span = { start: cut.at, end: cut.at + glued.length };
  const fixes: Fix[] = [];
  if (LISTS.has(option.name) && cut.sign === ';' && !/[#\\"']/.test(glued)) {
    fixes.push(
      fix(l10n.t('Write commas'), [replaceInFile(context, span, glued.replace(/;(?=.)/g, ',').replace(/;$/, ''))], {
        preferred: true,
      }),
    );
  }
  const escaped = glued.replace(/\\?[#;]/g, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`));
  fixes.push(
    fix(l10n.t('Escape the {0}', cut.sign), [replaceInFile(context, span, escaped)], {
      preferred: fixes.length === 0,
    }),
  );
  const whole = text.slice(node.valueSpan.start, span.end);
  if (era !== 'C' && !/["\\\n]/.test(whole)) {
    const around = { start: node.valueSpan.start, end: span.end };
    fixes.push(fix(l10n.t('Quote the value'), [replaceInFile(context, around, `"${whole}"`)]));
  }
  return fixes;
}

/** A blank before the sign changes nothing for any reader. */
function setApart(context: ConfRuleContext, option: CephOption, node: KeyNode, cut: Cut): Fix[] {
  if (!isFine(context.releases.librbd, option, node.value)) return [];
  const at = { start: cut.at, end: cut.at };
  return [fix(l10n.t('Set the comment apart'), [replaceInFile(context, at, ' ')], { preferred: true, safe: true })];
}
