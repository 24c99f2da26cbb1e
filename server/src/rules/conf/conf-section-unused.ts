import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { knownIdentities } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

/** Sections of programs that are not QEMU, and of people at a shell. */
const OTHER_PROGRAMS =
  /^client\.(admin|crash|ceph-exporter|rbd-mirror(-peer)?|iscsi|nvmeof|restapi|radosgw|rgw|nfs|ganesha|manila|bootstrap-\w+|fs|cephfs|smb|rest-server)([.-]|$)/;

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
    const who = [...identities].map((each) => code(each)).join(', ');
    for (const section of clientSections(context)) {
      if (!section.holdsRbd || identities.has(section.name)) continue;
      yield confFinding(
        context,
        this,
        section.nameSpan,
        `No known drive connects as ${code(section.name)}: they connect as ${who}, so ${librbd(context)} reads no option of this section for them. ` +
          'Rename the section, or give the drive that id.',
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
  if (identity === undefined || identities.size > 1) return [];
  return [fix(`Rename the section to [${identity}]`, [replaceInFile(context, section.nameSpan, identity)])];
}

/** Where one drive is known, and its id stands in the text, the drive can become the section's client. */
function renameClient(context: ConfRuleContext, section: SectionUse): Fix[] {
  const [drive] = context.drives;
  const id = section.name.slice('client.'.length);
  if (drive === undefined || context.drives.length > 1 || !/^[\w.-]+$/.test(id)) return [];
  const where = idSpan(drive);
  if (where === null) return [];
  return [
    fix(`Connect ${drive.label} as ${section.name}`, [
      { at: { in: 'file', file: drive.document, span: where }, newText: id },
    ]),
  ];
}

/** Where the drive's id stands in its document. */
function idSpan(drive: DriveOfFile): Span | null {
  const { syntax } = drive.trace;
  const option =
    syntax.name?.options.find((each) => each.key === 'id') ??
    syntax.options.find((each) => /(^|\.)user$/.test(each.key));
  if (option === undefined || option.unknown) return null;
  const shift = drive.span.start - syntax.span.start;
  return { start: option.valueSpan.start + shift, end: option.valueSpan.end + shift };
}
