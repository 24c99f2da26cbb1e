/** What the drives in view say about the file that they read. */
import type { ConfRuleContext, DriveOfFile } from '../rule.js';

/** `client.<id>`; null where the id is not known, because a variable stands there. */
export function identityOf(drive: DriveOfFile): string | null {
  if (drive.trace.unknown.some((part) => part.matters === 'user' || part.matters === 'name-syntax')) return null;
  return `client.${drive.trace.image.user ?? 'admin'}`;
}

/** The identities of all drives in view; null where there is no drive, or one whose identity is not known. */
export function knownIdentities(context: ConfRuleContext): ReadonlySet<string> | null {
  const identities = new Set<string>();
  for (const drive of context.drives) {
    const identity = identityOf(drive);
    if (identity === null) return null;
    identities.add(identity);
  }
  return identities.size === 0 ? null : identities;
}

/** Drives with the same answer are disks of one QEMU process: their spans count from one command's start. */
export function processOf(drive: DriveOfFile): string {
  return `${drive.document}#${drive.span.start - drive.trace.syntax.span.start}`;
}

/** What follows when librados refuses the file as a whole. */
export function refusalConsequence(context: ConfRuleContext): string {
  const { drives } = context;
  const named = drives.filter((drive) => drive.trace.reads.some((read) => read.requested !== null)).length;
  if (drives.length > 0 && named === 0)
    return 'QEMU goes on with built-in defaults, without monitors or keyring from here';
  if (drives.length > 0 && named === drives.length) return 'the drive that names it by `conf=` does not open';
  return 'QEMU goes on with built-in defaults where it found the file by itself, and does not open a drive that names it by `conf=`';
}
