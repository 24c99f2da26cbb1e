/** Which drives a section of a ceph.conf is read by, and how many others may read it. */
import { identityOf } from '../rules/support/drives.js';
import type { ConfDocumentAnalysis, PlacedDrive } from './analysis-model.js';

export interface SectionReaders {
  readonly drives: readonly PlacedDrive[];
  /** Drives whose client id is not known, because a variable stands there. */
  readonly perhaps: number;
}

interface Readers {
  readonly all: readonly PlacedDrive[];
  readonly byIdentity: ReadonlyMap<string, readonly PlacedDrive[]>;
  readonly perhaps: number;
}

const NONE: readonly PlacedDrive[] = [];

/** `[global]` and `[client]` are read by all drives that read the file. */
export function readersOf(analysis: ConfDocumentAnalysis, section: string): SectionReaders {
  const { all, byIdentity, perhaps } = readers(analysis);
  if (section === 'global' || section === 'client') return { drives: all, perhaps: 0 };
  const drives = byIdentity.get(section) ?? NONE;
  return { drives, perhaps: section.startsWith('client.') ? perhaps : 0 };
}

/** Made once for each version of a file: asking for a section then costs a look-up. */
const readers = (() => {
  const known = new WeakMap<ConfDocumentAnalysis, Readers>();
  return (analysis: ConfDocumentAnalysis): Readers => {
    const before = known.get(analysis);
    if (before !== undefined) return before;
    const byIdentity = new Map<string, PlacedDrive[]>();
    let perhaps = 0;
    for (const drive of analysis.drives) {
      const identity = identityOf(drive);
      if (identity === null) {
        perhaps += 1;
        continue;
      }
      const same = byIdentity.get(identity);
      if (same === undefined) byIdentity.set(identity, [drive]);
      else same.push(drive);
    }
    const made = { all: analysis.drives, byIdentity, perhaps };
    known.set(analysis, made);
    return made;
  };
})();
