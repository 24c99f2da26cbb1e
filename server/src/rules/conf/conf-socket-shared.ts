import * as l10n from '@vscode/l10n';
import { metaVariables } from '../../catalog/librados-rules.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { confIndex, firstSection } from '../support/conf-index.js';
import { identityOf, processOf } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { variablesIn } from '../support/meta-variables.js';
import { isClientSection } from '../support/sections.js';
import { code, writtenKey } from '../support/shown.js';
import { sentences } from '../support/wording.js';

/** Disks that a message names. */
const MOST_LABELS = 3;

export const confSocketShared: ConfRule = {
  id: 'conf-socket-shared',
  severity: 'warning',
  statement: 'Several connections would make their admin socket at the same path: it lacks `$pid` or `$cctid`.',
  compares: true,
  looksAt: 'conf',
  *check(context) {
    const bySection = socketLines(context);
    if (bySection.size === 0) return;
    const drivesOf = drivesByLine(context, bySection);
    for (const [section, node] of bySection) {
      if (node.value === '' || (section === 'global' && bySection.has('client'))) continue;
      const missing = missingVariables(context, node);
      if (missing.length === 0) continue;
      const sharing = drivesThatShare(node, drivesOf.get(node) ?? [], missing);
      const fixes = insertVariables(context, node, missing);
      if (fixes.length === 0 && sharing.length === 0) continue;
      yield confFinding(
        context,
        this,
        node.valueSpan,
        sentences(
          whatHappens(context, sharing),
          fixes.length > 0
            ? l10n.t('Add {0}.', code(available(context, missing).join('.')))
            : l10n.t('This release has no `$cctid` to tell them apart.'),
        ),
        { severity: sharing.length === 0 ? 'hint' : 'warning', fixes },
      );
    }
  },
};

/** The line that counts in each section that clients read. */
function socketLines(context: ConfRuleContext): ReadonlyMap<string, KeyNode> {
  const bySection = new Map<string, KeyNode>();
  for (const { node } of confIndex(context).notable) {
    if (node.key !== 'admin_socket' || !isClientSection(node.section)) continue;
    if (context.tree.era !== 'A' || !bySection.has(node.section)) bySection.set(node.section, node);
  }
  return bySection;
}

function whatHappens(context: ConfRuleContext, sharing: readonly DriveOfFile[]): string {
  if (sharing.length === 0) {
    return l10n.t(
      'QEMU connects once for each disk, and {0} makes a socket for each connection: two disks would share this path, and only one of them could be asked.',
      librbd(context),
    );
  }
  const labels = sharing.slice(0, MOST_LABELS).map((drive) => drive.label);
  return l10n.t(
    '{0} disks ({1}) would make their socket at the same path with {2}, and only one of them could be asked.',
    sharing.length,
    `${labels.join(', ')}${sharing.length > MOST_LABELS ? ' …' : ''}`,
    librbd(context),
  );
}

/** Of `$pid` and `$cctid`, what the path lacks, whether or not this release has it. */
function missingVariables(context: ConfRuleContext, node: KeyNode): string[] {
  const known = metaVariables(context.releases.librbd);
  const used = new Set(
    variablesIn(node.value)
      .map((use) => use.name)
      .filter((name) => known.has(name)),
  );
  return ['pid', 'cctid'].filter((name) => !used.has(name)).map((name) => `$${name}`);
}

function available(context: ConfRuleContext, missing: readonly string[]): string[] {
  const known = metaVariables(context.releases.librbd);
  return missing.filter((each) => known.has(each.slice(1)));
}

/** The drives in view, by the line that counts for them. */
function drivesByLine(
  context: ConfRuleContext,
  bySection: ReadonlyMap<string, KeyNode>,
): ReadonlyMap<KeyNode, readonly DriveOfFile[]> {
  const drives = new Map<KeyNode, DriveOfFile[]>();
  for (const drive of context.drives) {
    const identity = identityOf(drive);
    if (identity === null) continue;
    const line = bySection.get(identity) ?? bySection.get('client') ?? bySection.get('global');
    if (line === undefined) continue;
    const known = drives.get(line);
    if (known === undefined) drives.set(line, [drive]);
    else known.push(drive);
  }
  return drives;
}

/** Of the drives that a line counts for, those whose sockets would fall together. */
function drivesThatShare(
  node: KeyNode,
  drives: readonly DriveOfFile[],
  missing: readonly string[],
): readonly DriveOfFile[] {
  const byPath = new Map<string, DriveOfFile[]>();
  for (const drive of drives) {
    const identity = identityOf(drive) ?? '';
    const id = identity.slice('client.'.length);
    const path = node.value
      .replace(/\$(\{name\}|name(?![a-z_]))/g, () => identity)
      .replace(/\$(\{(id|num)\}|(id|num)(?![a-z_]))/g, () => id);
    const key = missing.includes('$pid') ? path : `${processOf(drive)} ${path}`;
    const known = byPath.get(key);
    if (known === undefined) byPath.set(key, [drive]);
    else known.push(drive);
  }
  const groups = [...byPath.values()];
  if (missing.includes('$cctid')) return groups.find((group) => group.length > 1) ?? [];
  // $cctid alone tells the disks of one process apart, not those of two.
  return groups.find((group) => new Set(group.map(processOf)).size > 1) ?? [];
}

function insertVariables(context: ConfRuleContext, node: KeyNode, missing: readonly string[]): Fix[] {
  const variables = available(context, missing);
  if (variables.length === 0) return [];
  const names = variables.map((each) => `.${each}`).join('');
  const written = context.tree.text.slice(node.valueSpan.start, node.valueSpan.end);
  const extension = /\.[A-Za-z]+(?=["']?$)/.exec(written)?.index ?? /["']?$/.exec(written)?.index ?? written.length;
  const at = node.valueSpan.start + extension;
  const insert = [replaceInFile(context, { start: at, end: at }, names)];
  if (node.section !== 'global') return [fix(l10n.t('Add {0} to the path', variables.join('.')), insert, PREFERRED)];
  const path = written.slice(0, extension) + names + written.slice(extension);
  return [
    ...setForClients(context, node, path),
    fix(l10n.t('Add {0} to the path, for daemons too', variables.join('.')), insert),
  ];
}

const PREFERRED = { preferred: true };

/** Daemons are asked at the path that `[global]` gives them: clients get one of their own. */
function setForClients({ tree, file }: ConfRuleContext, node: KeyNode, path: string): Fix[] {
  const { text } = tree;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${writtenKey(text, node)} = ${path}${lineEnd}`;
  const client = firstSection(tree, 'client');
  const insertion = client === undefined ? `${lineEnd}[client]${lineEnd}${line}` : line;
  const at = client?.span.end ?? text.length;
  if (!/[\r\n]$/.test(text.slice(0, at)) || /[\\\r\n]/.test(path)) return [];
  return [
    fix(
      l10n.t('Give clients a path of their own'),
      [{ at: { in: 'file', file: file.id, span: { start: at, end: at } }, newText: insertion }],
      PREFERRED,
    ),
  ];
}
