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

/** Another cache mode; null where this QEMU has no such mode, or the text has no place for it. */
export function tryMode(drive: DriveInText, mode: string): TriedEdit | null {
  const wanted = cacheMode(drive.trace.releases.qemu, mode);
  if (wanted === undefined) return null;
  if (!isNode(drive.trace)) return stateMode(drive.trace, mode);
  const { direct, noFlush } = drive.trace.cacheMode;
  if (wanted.noFlush !== noFlush) return wanted.noFlush ? null : stopNoFlush(drive);
  return wanted.direct === direct ? { says: mode, edits: [] } : changeDirect(drive, wanted.direct);
}

/** An option of Ceph's, in the ceph.conf that the drive reads, else in its name. Null where this librbd knows no such option. */
export function tryOption({ trace }: DriveInText, option: string, value: string): TriedEdit | null {
  const name = option.trim().replace(/[ -]/g, '_');
  if (cephOption(trace.releases.librbd, name) === undefined) return null;
  const inFile = setInFile(trace, name, value);
  if (inFile !== null) return { says: `${inFile.key} = ${value}`, edits: inFile.edits };
  const inName = setInName(trace, name, value);
  return inName === null ? null : { says: `:${name}=${value}`, edits: inName };
}
