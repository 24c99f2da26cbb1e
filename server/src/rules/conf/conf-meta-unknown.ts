import { cephOption, cephOptionHistory } from '../../catalog/ceph-options.js';
import { editDistance } from '../../catalog/edit-distance.js';
import { metaVariableSince, metaVariables } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import type { ConfRule, ConfRuleContext, Finding } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { type VariableUse, variablesIn } from '../support/meta-variables.js';
import { code, isSecretName } from '../support/shown.js';

/** In one value; a name that comes again is not told again. */
const MOST_NAMES = 10;

export const confMetaUnknown: ConfRule = {
  id: 'conf-meta-unknown',
  severity: 'warning',
  statement: 'This meta variable does not exist, or not in this release, and stays in the value as it is written.',
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    const { text } = context.tree;
    for (const { node, option } of confIndex(context).known) {
      if (option.type !== 'str' || !node.value.includes('$')) continue;
      if (isSecretName(node.key) || /[`(]/.test(node.value)) continue;
      const written = text.slice(node.valueSpan.start, node.valueSpan.end);
      const said = new Set<string>();
      for (const use of variablesIn(written)) {
        if (said.has(use.name) || said.size === MOST_NAMES) continue;
        if (metaVariables(release).has(use.name) || cephOption(release, use.name) !== undefined) continue;
        const finding = unknownVariable(context, this, use, node.valueSpan.start);
        if (finding === null) continue;
        said.add(use.name);
        yield finding;
      }
    }
  },
};

function unknownVariable(context: ConfRuleContext, rule: ConfRule, use: VariableUse, offset: number): Finding | null {
  const release = context.releases.librbd;
  const since = metaVariableSince(use.name).join(' and ');
  const elsewhere = cephOptionHistory(use.name) !== undefined;
  const near = since === '' && !elsewhere ? nearest(release, use.name) : null;
  // In braces, a name that is like nothing here is rather a template's own.
  if (use.braced && since === '' && !elsewhere && near === null) return null;
  const shown = code(use.braced ? `\${${use.name}}` : `$${use.name}`);
  let why = 'is neither a meta variable nor an option';
  if (since !== '') why = `came with ${since} and is no meta variable here`;
  else if (elsewhere) why = 'is an option of other releases only';
  const replacement = near === null ? null : use.braced ? `\${${near}}` : `$${near}`;
  const span = { start: offset + use.start, end: offset + use.end };
  return confFinding(
    context,
    rule,
    span,
    `${shown} ${why}: ${librbd(context)} leaves it in the value as it is written.` +
      (replacement === null ? '' : ` Did you mean ${code(replacement)}?`),
    replacement === null
      ? {}
      : { fixes: [fix(`Write ${replacement}`, [replaceInFile(context, span, replacement)], { preferred: true })] },
  );
}

function nearest(release: CephRelease, name: string): string | null {
  const limit = name.length < 5 ? 1 : 2;
  const known = [...metaVariables(release)];
  const near = known
    .map((each) => ({ each, distance: editDistance(name, each, limit) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)[0];
  return near?.each ?? known.find((each) => each.length > 2 && name.startsWith(each)) ?? null;
}
