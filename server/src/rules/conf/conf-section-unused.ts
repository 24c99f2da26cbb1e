import * as l10n from '@vscode/l10n';
import type { ConfNode, SectionNode } from '../../syntax/ceph-conf/tree.js';
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

export const confSectionUnused: ConfRule = {
  id: 'conf-section-unused',
  severity: 'information',
  statement: 'A `[client.x]` section sets `rbd_*` options, but every known drive connects as another client.',
  compares: true,
  looksAt: 'conf',
  *check(context) {
    const identities = knownIdentities(context);
    if (identities === null) return;
    const statements = new Statements(listed(identities), librbd(context));
    const rename = renaming(context, identities);
    for (const part of context.tree.parts) {
      for (const [index, message] of statements.of(part.content)) {
        const section = part.node(index);
        if (section?.kind !== 'section' || identities.has(section.name)) continue;
        yield confFinding(context, this, section.nameSpan, message, {
          fixes: [...rename(section), ...renameClient(context, section)],
        });
      }
    }
  },
};

/** Messages about the sections of clients that set options of RBD, worded once for the lines of a part. */
class Statements {
  constructor(
    private readonly who: string,
    private readonly reader: string,
  ) {}

  /** By the index of the section's header. */
  of(content: readonly ConfNode[]): ReadonlyMap<number, string> {
    const about = this.about('');
    const known = worded.get(content);
    if (known?.about === about) return known.messages;
    const messages = new Map<number, string>();
    for (const [index, name] of clientSections(content)) messages.set(index, this.about(name));
    worded.set(content, { about, messages });
    return messages;
  }

  private about(name: string): string {
    return l10n.t(
      'No known drive connects as {0}. They connect as {1}, and {2} reads no option of this section for them. Rename the section, or give the drive that id.',
      code(name),
      this.who,
      this.reader,
    );
  }
}

/** `about`: what is said in all of the messages, but for the name. */
const worded = new WeakMap<
  readonly ConfNode[],
  { readonly about: string; readonly messages: ReadonlyMap<number, string> }
>();

/** Sections that are a QEMU's, by their headers' indexes, with an option of RBD. */
function clientSections(content: readonly ConfNode[]): ReadonlyMap<number, string> {
  const sections = new Map<number, string>();
  let current: readonly [number, string] | null = null;
  for (const [index, node] of content.entries()) {
    if (node.kind === 'section') {
      const isClient = node.name.startsWith('client.') && !OTHER_PROGRAMS.test(node.name);
      current = isClient ? [index, node.name] : null;
    } else if (node.kind === 'key' && current !== null && node.key.startsWith('rbd_')) {
      sections.set(...current);
      current = null;
    }
  }
  return sections;
}

function renaming(context: ConfRuleContext, identities: ReadonlySet<string>): (section: SectionNode) => Fix[] {
  const [identity] = identities;
  if (identity === undefined || identities.size > 1) return () => [];
  const title = l10n.t('Rename the section to {0}', `[${identity}]`);
  return ({ name, nameSpan }) =>
    sectionsClash(context.tree, name, identity) ? [] : [fix(title, [replaceInFile(context, nameSpan, identity)])];
}

/** Where each drive has a place for the id, they can become the section's client. */
function renameClient({ drives }: ConfRuleContext, section: SectionNode): Fix[] {
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
