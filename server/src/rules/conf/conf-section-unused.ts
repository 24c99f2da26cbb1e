import * as l10n from '@vscode/l10n';
import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext, Fix, TextEdit } from '../rule.js';
import { sectionsClash } from '../support/conf-index.js';
import { giveClient } from '../support/drive-client.js';
import { knownIdentities, listed } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

/** Sections of programs that are not QEMU, and of people at a shell. */
const OTHER_PROGRAMS =
  /^client\.(admin|crash|ceph-exporter|rbd-mirror(-peer)?|iscsi|nvmeof|restapi|radosgw|rgw|nfs|ganesha|manila|bootstrap-\w+|fs|cephfs|smb|rest-server)([.-]|$)/;
/** That one fix gives another client. */
const MOST_DRIVES = 20;

interface SectionUse {
  readonly name: string;
  readonly nameSpan: Span;
  holdsRbd: boolean;
}

export const confSectionUnused: ConfRule = {
  id: 'conf-section-unused',
  severity: 'information',
  statement: 'A `[client.x]` section sets `rbd_*` options, but every known drive connects as another client.',
  looksAt: 'conf',
  *check(context) {
    const identities = knownIdentities(context);
    if (identities === null) return;
    const who = listed(identities);
    for (const section of clientSections(context)) {
      if (!section.holdsRbd || identities.has(section.name)) continue;
      yield confFinding(
        context,
        this,
        section.nameSpan,
        l10n.t(
          'No known drive connects as {0}. They connect as {1}, and {2} reads no option of this section for them. Rename the section, or give the drive that id.',
          code(section.name),
          who,
          librbd(context),
        ),
        { fixes: [...renameSection(context, section, identities), ...renameClient(context, section)] },
      );
    }
  },
};

function clientSections(context: ConfRuleContext): SectionUse[] {
  const sections: SectionUse[] = [];
  let current: SectionUse | null = null;
  for (const node of context.tree.nodes) {
    if (node.kind === 'section') {
      current = null;
      if (node.name.startsWith('client.') && !OTHER_PROGRAMS.test(node.name)) {
        current = { name: node.name, nameSpan: node.nameSpan, holdsRbd: false };
        sections.push(current);
      }
    } else if (node.kind === 'key' && current !== null && node.key.startsWith('rbd_')) {
      current.holdsRbd = true;
    }
  }
  return sections;
}

function renameSection(context: ConfRuleContext, section: SectionUse, identities: ReadonlySet<string>): Fix[] {
  const [identity] = identities;
  if (identity === undefined || identities.size > 1 || sectionsClash(context.tree, section.name, identity)) return [];
  return [
    fix(l10n.t('Rename the section to {0}', `[${identity}]`), [replaceInFile(context, section.nameSpan, identity)]),
  ];
}

/** Where each drive has a place for the id, they can become the section's client. */
function renameClient({ drives }: ConfRuleContext, section: SectionUse): Fix[] {
  const id = section.name.slice('client.'.length);
  const [drive] = drives;
  if (drive === undefined || drives.length > MOST_DRIVES || !/^[\w.-]+$/.test(id)) return [];
  const edits: TextEdit[] = [];
  for (const each of drives) {
    const edit = giveClient(each, id);
    if (edit === null) return [];
    edits.push(edit);
  }
  const title =
    drives.length === 1
      ? l10n.t('Connect {0} as {1}', drive.label, section.name)
      : l10n.t('Connect the {0} drives as {1}', drives.length, section.name);
  return [fix(title, edits)];
}
