import { metaVariables } from '../../catalog/librados-rules.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { identityOf, processOf } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { variablesIn } from '../support/meta-variables.js';
import { isClientSection } from '../support/sections.js';
import { code } from '../support/shown.js';

export const confSocketShared: ConfRule = {
  id: 'conf-socket-shared',
  severity: 'warning',
  statement: 'Several connections would make their admin socket at the same path: it lacks `$pid` or `$cctid`.',
  looksAt: 'conf',
  *check(context) {
    const bySection = new Map<string, KeyNode>();
    for (const { node } of confIndex(context).known) {
      if (node.key !== 'admin_socket' || !isClientSection(node.section)) continue;
      if (context.tree.era !== 'A' || !bySection.has(node.section)) bySection.set(node.section, node);
    }
    for (const node of bySection.values()) {
      if (node.value === '') continue;
      const missing = missingVariables(context, node);
      if (missing.length === 0) continue;
      const sharing = drivesThatShare(context, node, bySection);
      const first = sharing[0];
      const what =
        first === undefined
          ? `QEMU connects once for each disk, and ${librbd(context)} makes a socket for each connection: two disks would share this path`
          : `${sharing.length} disks (${sharing
              .slice(0, 3)
              .map((drive) => drive.label)
              .join(
                ', ',
              )}${sharing.length > 3 ? ' …' : ''}) would make their socket at the same path with ${librbd(context)}`;
      const fixes = insertVariables(context, node, missing);
      if (fixes.length === 0 && first === undefined) continue;
      yield confFinding(
        context,
        this,
        node.valueSpan,
        `${what}, and only one of them could be asked. ` +
          (fixes.length > 0
            ? `Add ${missing.map((each) => code(each)).join(' and ')}.`
            : 'This release has no `$cctid` to tell them apart.'),
        { severity: first === undefined ? 'hint' : 'warning', fixes },
      );
    }
  },
};

/** Of `$pid` and `$cctid`, what the path lacks, whether or not this release has it. */
function missingVariables(context: ConfRuleContext, node: KeyNode): string[] {
  const used = new Set(
    variablesIn(node.value)
      .map((use) => use.name)
      .filter((name) => metaVariables(context.releases.librbd).has(name)),
  );
  return ['pid', 'cctid'].filter((name) => !used.has(name)).map((name) => `$${name}`);
}

/** The drives in view for which this line counts and whose sockets would fall together. */
function drivesThatShare(
  context: ConfRuleContext,
  node: KeyNode,
  bySection: ReadonlyMap<string, KeyNode>,
): DriveOfFile[] {
  const missing = missingVariables(context, node);
  const byPath = new Map<string, DriveOfFile[]>();
  for (const drive of context.drives) {
    const identity = identityOf(drive);
    if (identity === null) continue;
    const inForce = bySection.get(identity) ?? bySection.get('client') ?? bySection.get('global');
    if (inForce !== node) continue;
    const id = identity.slice('client.'.length);
    const path = node.value
      .replace(/\$(\{name\}|name(?![a-z_]))/g, identity)
      .replace(/\$(\{(id|num)\}|(id|num)(?![a-z_]))/g, id);
    const key = missing.includes('$pid') ? path : `${processOf(drive)} ${path}`;
    byPath.set(key, [...(byPath.get(key) ?? []), drive]);
  }
  const groups = [...byPath.values()];
  if (missing.includes('$cctid')) return groups.find((group) => group.length > 1) ?? [];
  // $cctid alone tells the disks of one process apart, not those of two.
  return groups.find((group) => new Set(group.map(processOf)).size > 1) ?? [];
}

function insertVariables(context: ConfRuleContext, node: KeyNode, missing: readonly string[]): Fix[] {
  const known = metaVariables(context.releases.librbd);
  const available = missing.filter((each) => known.has(each.slice(1)));
  if (available.length === 0) return [];
  const written = context.tree.text.slice(node.valueSpan.start, node.valueSpan.end);
  const extension = /\.[A-Za-z]+(?=["']?$)/.exec(written)?.index ?? /["']?$/.exec(written)?.index ?? written.length;
  const at = node.valueSpan.start + extension;
  const others = node.section === 'global' ? ', for daemons too' : '';
  return [
    fix(`Add ${available.join(' and ')} to the path${others}`, [
      replaceInFile(context, { start: at, end: at }, available.map((each) => `.${each}`).join('')),
    ]),
  ];
}
