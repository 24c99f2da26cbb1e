import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext, Fix } from '../rule.js';
import { winnersOf } from './conf-index.js';
import { fix, replaceInFile } from './finding.js';
import { isFine } from './reading.js';
import { code } from './shown.js';

/**
 * Writes the key as `spelt`, which stands for the option `name`. Not offered where the section sets that option already, or
 * where this release could not read the value: the line would go from one trouble into another.
 */
export function renameKey(
  context: ConfRuleContext,
  node: KeyNode,
  name: string,
  spelt: string,
  how: { readonly verb: 'write' | 'rename'; readonly preferred: boolean },
): Fix[] {
  const release = context.releases.librbd;
  const option = cephOption(release, name);
  if (option === undefined || !isFine(release, option, node.value)) return [];
  if (winnersOf(context.tree, node.section).has(name)) return [];
  const title = how.verb === 'write' ? l10n.t('Write {0}', code(spelt)) : l10n.t('Rename to {0}', code(spelt));
  return [fix(title, [replaceInFile(context, node.keySpan, spelt)], { preferred: how.preferred })];
}

/** The option's name in the style of the line: with blanks where its key has blanks. */
export function inStyleOf(written: string, name: string): string {
  return /[ \t]/.test(written) && !written.includes('_') ? name.replaceAll('_', ' ') : name;
}
