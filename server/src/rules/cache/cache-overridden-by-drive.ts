import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { Candidate } from '../../simulate/model.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { type CacheLine, cacheLines, inDrive, modeOf, setDriveMode } from '../support/cache-lines.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { keysOf } from '../support/sections.js';
import { code } from '../support/shown.js';

const MOST_LINKS = 20;

export const cacheOverriddenByDrive: ConfRule = {
  id: 'cache-overridden-by-drive',
  severity: 'information',
  statement: 'This `rbd cache` line has no effect for these drives: QEMU sets RBDCache from their cache mode.',
  looksAt: 'conf',
  *check(context) {
    for (const line of cacheLines(context)) {
      const beaten = line.drives.filter(({ drive }) => wonBy(drive)?.place.kind === 'qemu');
      const [first] = beaten;
      if (first === undefined) continue;
      const same = beaten.every(({ drive, candidate }) => wonBy(drive)?.value === candidate.value);
      yield confFinding(context, this, line.span, message(context, line, beaten, same), {
        severity: same ? 'hint' : 'information',
        tags: beaten.length === context.drives.length ? ['unnecessary'] : [],
        related: beaten.slice(0, MOST_LINKS).map(({ drive }) => ({
          at: inDrive(drive, drive.trace.cacheMode.decidedBy ?? drive.trace.syntax.span),
          message: `${drive.label}: ${modeOf(drive)} sets rbd_cache=${wonBy(drive)?.value ?? ''}.`,
        })),
        fixes: fixes(context, line, beaten),
      });
    }
  },
};

function wonBy(drive: DriveOfFile): Candidate | undefined {
  return drive.trace.config?.trace('rbd_cache')?.winner;
}

function message(context: ConfRuleContext, line: CacheLine, beaten: CacheLine['drives'], same: boolean): string {
  const [first] = beaten;
  const { qemu, librbd } = first?.drive.trace.releases ?? context.releases;
  const who = beaten.length === 1 ? (first?.drive.label ?? '') : `${beaten.length} of the drives that read it`;
  const values = [...new Set(beaten.map(({ drive }) => wonBy(drive)?.value ?? ''))].map((value) => code(value));
  const modes = [...new Set(beaten.map(({ drive }) => modeOf(drive)))];
  const by = modes.length > 3 ? 'their cache modes' : modes.map((mode) => code(mode)).join(', ');
  const why =
    qemuBehaviour(qemu).open.setsRbdCache === 'last'
      ? `QEMU ${qemu.label} sets it to ${values.join(' or ')} from ${by}, after the file is read`
      : `QEMU ${qemu.label} sets it to ${values.join(' or ')} from ${by}, and with librbd ${librbd.label} (13 or later) what QEMU sets outranks any file`;
  return (
    `This line has no effect for ${who}: ${why}. ` +
    (same ? 'Both say the same.' : `To have ${code(line.written)}, set the drive's cache mode.`)
  );
}

function fixes(context: ConfRuleContext, line: CacheLine, beaten: CacheLine['drives']): Fix[] {
  const found: Fix[] = [];
  const wanted = line.drives[0]?.candidate.value === 'true' ? 'writeback' : 'none';
  const differing = beaten.filter(({ drive, candidate }) => wonBy(drive)?.value !== candidate.value);
  const [only, ...others] = differing;
  const edits = differing.length > MOST_LINKS ? [] : differing.map(({ drive }) => setDriveMode(drive, wanted));
  if (only !== undefined && edits.length > 0 && edits.every((edit) => edit !== null)) {
    const whom = others.length === 0 ? only.drive.label : `${differing.length} drives`;
    found.push(fix(`Set cache=${wanted} on ${whom}`, edits.flat(), { preferred: true }));
  }
  const node = nodeOf(context, line);
  if (node !== undefined && beaten.length === context.drives.length) {
    found.push(
      fix(`Delete line ${line.line} (other programs read this file too)`, [replaceInFile(context, node.span, '')]),
    );
  }
  return found;
}

function nodeOf(context: ConfRuleContext, line: CacheLine): KeyNode | undefined {
  for (const node of keysOf(context.tree)) {
    if (node.keySpan.start <= line.span.start && line.span.start < Math.max(node.span.end, node.keySpan.end)) {
      if (node.key === 'rbd_cache' && node.line === line.line) return node;
    }
  }
  return undefined;
}
