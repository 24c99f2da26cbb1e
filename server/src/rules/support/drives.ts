/** What the drives in view say about the file that they read. */
import * as l10n from '@vscode/l10n';
import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext, DriveOfFile } from '../rule.js';
import { librbd } from './finding.js';
import { code } from './shown.js';

/** `client.<id>`; null where the id is not known, because a variable stands there. */
export function identityOf(drive: Pick<DriveOfFile, 'trace'>): string | null {
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

/** As many as a person reads; the rest are an ellipsis. */
const MOST_NAMES = 3;

/** The first few names in code type: a message does not grow with the number of drives. */
export function listed(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.slice(0, MOST_NAMES).map((name) => code(name));
  return `${shown.join(', ')}${all.length > MOST_NAMES ? ' …' : ''}`;
}

/** Drives with the same answer are disks of one QEMU process: their spans count from one command's start. */
export function processOf(drive: DriveOfFile): string {
  return `${drive.document}#${drive.span.start - drive.trace.syntax.span.start}`;
}

/**
 * What follows for the drives when librados refuses the file as a whole because of `problem`, as a sentence. Only the
 * first problem of a file does so; null speaks of the file without one.
 */
export function refusedFile(context: ConfRuleContext, problem: ConfProblem | null): string {
  const release = librbd(context);
  const [first] = context.tree.problems;
  if (problem !== null && first !== undefined && first !== problem) {
    return l10n.t('{0} would refuse the file here too, once line {1} is repaired.', release, first.line);
  }
  const { drives } = context;
  const named = drives.filter((drive) => drive.trace.reads.some((read) => read.requested !== null)).length;
  if (drives.length > 0 && named === 0) {
    return l10n.t(
      '{0} refuses the whole file, and QEMU goes on with built-in defaults, without monitors or keyring from here.',
      release,
    );
  }
  if (drives.length > 0 && named === drives.length) {
    return l10n.t('{0} refuses the whole file, and QEMU opens no drive that names it by `conf=`.', release);
  }
  return l10n.t(
    '{0} refuses the whole file: QEMU goes on with built-in defaults where it found the file by itself, and opens no drive that names it by `conf=`.',
    release,
  );
}
