import * as l10n from '@vscode/l10n';
import { cephOption, cephOptionHistory } from '../../catalog/ceph-options.js';
import { editDistance } from '../../catalog/edit-distance.js';
import { metaVariableSince, metaVariables } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import { isSecretOption } from '../../syntax/secrets.js';
import type { ConfRule, ConfRuleContext, Finding } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { type VariableUse, variablesIn } from '../support/meta-variables.js';
import { isClientSection } from '../support/sections.js';
import { code } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

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
    for (const { node, option } of confIndex(context).notable) {
      if (option.type !== 'str' || !node.value.includes('$')) continue;
      if (isSecretOption(node.key) || /[`(]/.test(node.value)) continue;
      const written = text.slice(node.valueSpan.start, node.valueSpan.end);
      const said = new Set<string>();
      for (const use of variablesIn(written)) {
        if (said.has(use.name) || said.size === MOST_NAMES) continue;
        if (metaVariables(release).has(use.name) || cephOption(release, use.name) !== undefined) continue;
        const finding = unknownVariable(context, this, use, node);
        if (finding === null) continue;
        said.add(use.name);
        yield finding;
      }
    }
  },
};

function unknownVariable(context: ConfRuleContext, rule: ConfRule, use: VariableUse, node: KeyNode): Finding | null {
  const release = context.releases.librbd;
  const reader = readerOf(context, node.section);
  const shown = code(use.braced ? `\${${use.name}}` : `$${use.name}`);
  const span = { start: node.valueSpan.start + use.start, end: node.valueSpan.start + use.end };
  const [first, second] = metaVariableSince(use.name);
  if (first !== undefined) {
    return confFinding(
      context,
      rule,
      span,
      l10n.t(
        '{0} came with Ceph {1}; {2} does not know it and leaves it in the value as it is written.',
        shown,
        second === undefined ? first : l10n.t('{0} and {1}', first, second),
        reader,
      ),
    );
  }
  if (cephOptionHistory(use.name) !== undefined) {
    // A daemon of another release may be meant, and braces are rather a template's own.
    if (use.braced || !isClientSection(node.section)) return null;
    return confFinding(
      context,
      rule,
      span,
      l10n.t('{0} is an option of other releases only: {1} leaves it in the value as it is written.', shown, reader),
    );
  }
  const near = nearest(release, use.name);
  if (use.braced && near === null) return null;
  const replacement = near === null ? null : use.braced ? `\${${near}}` : `$${near}`;
  return confFinding(
    context,
    rule,
    span,
    sentences(
      l10n.t(
        '{0} is neither a meta variable nor an option: {1} leaves it in the value as it is written.',
        shown,
        reader,
      ),
      replacement === null ? null : l10n.t('Did you mean {0}?', code(replacement)),
    ),
    replacement === null
      ? {}
      : {
          fixes: [
            fix(l10n.t('Write {0}', code(replacement)), [replaceInFile(context, span, replacement)], {
              preferred: true,
            }),
          ],
        },
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
