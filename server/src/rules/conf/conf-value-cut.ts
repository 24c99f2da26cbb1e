import type { CephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { type Cut, cutBy } from '../support/cut.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isFine } from '../support/reading.js';
import { code, shownValue } from '../support/shown.js';

export const confValueCut: ConfRule = {
  id: 'conf-value-cut',
  severity: 'warning',
  statement: 'A `#` or `;` that is glued to the value, or leaves it empty, starts a comment and cuts the value there.',
  looksAt: 'conf',
  *check(context) {
    for (const { node, option } of confIndex(context).known) {
      if (node.comment === null) continue;
      const cut = cutBy(context.tree, node, option);
      if (cut === null) continue;
      const left = cut.empty ? 'reads an empty value here' : `reads ${shownValue(node)} here`;
      yield confFinding(
        context,
        this,
        { start: cut.at, end: node.comment.end },
        `${code(cut.sign)} starts a comment wherever it stands: ${librbd(context)} ${left}, and the rest is lost. ` +
          (cut.empty ? 'Take the sign out, or move it to the start of the line.' : advice(cut, option)),
        { fixes: cut.empty ? uncomment(context, option, node, cut) : keepTogether(context, option, node, cut) },
      );
    }
  },
};

function advice(cut: Cut, option: CephOption): string {
  return option.type === 'str'
    ? `Write ${code(`\\${cut.sign}`)} if it belongs to the value, or a blank before a comment.`
    : 'Put a blank before a comment.';
}

function uncomment(context: ConfRuleContext, option: CephOption, node: KeyNode, cut: Cut): Fix[] {
  const rest = context.tree.text.slice(cut.at + 1, node.comment?.end).trim();
  if (rest === '' || /[#;"'\\]/.test(rest)) return [];
  if (option.type === 'str' ? /\s/.test(rest) : !isFine(context.releases.librbd, option, rest)) return [];
  return [fix(`Take out the ${cut.sign}`, [replaceInFile(context, { start: cut.at, end: cut.at + 1 }, '')])];
}

function keepTogether(context: ConfRuleContext, option: CephOption, node: KeyNode, cut: Cut): Fix[] {
  if (option.type !== 'str') {
    return isFine(context.releases.librbd, option, node.value)
      ? [
          fix('Set the comment apart', [replaceInFile(context, { start: cut.at, end: cut.at }, ' ')], {
            preferred: true,
            safe: true,
          }),
        ]
      : [];
  }
  const { text, era } = context.tree;
  const rest = text.slice(cut.at, node.comment?.end);
  const glued = rest.slice(0, /[ \t][#;]/.exec(rest)?.index ?? rest.length).trimEnd();
  const span = { start: cut.at, end: cut.at + glued.length };
  const escaped = glued.replace(/\\?[#;]/g, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`));
  const fixes = [fix(`Escape the ${cut.sign}`, [replaceInFile(context, span, escaped)], { preferred: true })];
  const whole = text.slice(node.valueSpan.start, span.end);
  if (era !== 'C' && !/["\\\n]/.test(whole)) {
    fixes.push(
      fix('Quote the value', [replaceInFile(context, { start: node.valueSpan.start, end: span.end }, `"${whole}"`)]),
    );
  }
  return fixes;
}
