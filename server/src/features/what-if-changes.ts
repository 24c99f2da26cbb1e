/** The changes that can be tried on a drive before anybody makes them, as edits of its texts. */
import { cephOption } from '../catalog/ceph-options.js';
import { cacheMode } from '../catalog/qemu-options.js';
import type { TextEdit } from '../rules/rule.js';
import { changeDirect, isNode, stateMode, stopNoFlush } from '../rules/support/cache-mode.js';
import { setInFile, setInName } from '../rules/support/option-edits.js';
import type { DriveInText } from './answer-sources.js';

export interface TriedEdit {
  /** The change as the text would say it: `cache=none`, `rbd cache = false`. */
  readonly says: string;
  readonly edits: readonly TextEdit[];
}

/**
 * Another cache mode; null where this QEMU has no such mode, or the text has no place for it. Of a node, whose guest's
 * side is its device's, only the modes that show the guest a write cache.
 */
export function tryMode(drive: DriveInText, mode: string): TriedEdit | null {
  const { trace } = drive;
  const wanted = cacheMode(trace.releases.qemu, mode);
  if (wanted === undefined) return null;
  const stated = isNode(trace) ? null : stateMode(trace, mode);
  if (stated !== null) return stated;
  const { direct, noFlush, writeback } = trace.cacheMode;
  if (wanted.writeback !== (isNode(trace) ? true : writeback)) return null;
  // One switch at a time: what a person would write.
  if (wanted.noFlush !== noFlush) return wanted.noFlush || wanted.direct !== direct ? null : stopNoFlush(drive);
  return wanted.direct === direct ? null : changeDirect(drive, wanted.direct);
}

/** An option of Ceph's, in the ceph.conf that the drive reads, else in its name. Null where this librbd knows no such option. */
export function tryOption({ trace }: DriveInText, option: string, value: string): TriedEdit | null {
  const name = plainName(option);
  // What ends a line, or the name in the drive, would be more than a value.
  if (cephOption(trace.releases.librbd, name) === undefined || /[\r\n]/.test(value)) return null;
  const inFile = setInFile(trace, name, value);
  if (inFile !== null) return { says: `${inFile.key} = ${value}`, edits: inFile.edits };
  if (!/^[\w./+-]*$/.test(value)) return null;
  const inName = setInName(trace, name, value);
  return inName === null ? null : { says: `:${name}=${value}`, edits: inName };
}

/** Whether {@link tryOption} has a place for an option at all. */
export function takesOptions(drive: DriveInText): boolean {
  return tryOption(drive, 'rbd_cache', 'true') !== null;
}

/** `rbd_cache`, of any spelling. */
export function plainName(option: string): string {
  return option
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}
