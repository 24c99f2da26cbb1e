/** What each line of a ceph.conf is to the drives that read it. */
import type { Candidate } from '../simulate/model.js';
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import type { PlacedDrive } from './analysis-model.js';

/** A line as one drive takes it. */
export interface LineUse {
  readonly drive: PlacedDrive;
  /** What the line offers. */
  readonly candidate: Candidate;
  /** What is in force instead; null where the line is. */
  readonly beatenBy: Candidate | null;
}

const NONE: readonly LineUse[] = [];

/** Made from all drives at once when first asked, so that asking for each line costs a look-up. */
export class LineUses {
  private byKey: ReadonlyMap<number, readonly LineUse[]> | undefined;

  constructor(
    private readonly file: string,
    private readonly drives: readonly PlacedDrive[],
  ) {}

  of({ keySpan }: KeyNode): readonly LineUse[] {
    this.byKey ??= this.collect();
    return this.byKey.get(keySpan.start) ?? NONE;
  }

  private collect(): ReadonlyMap<number, readonly LineUse[]> {
    const byKey = new Map<number, LineUse[]>();
    for (const drive of this.drives) {
      const { config, reads } = drive.trace;
      const path = reads.find((read) => read.taken?.file.id === this.file)?.taken?.path;
      if (config === null || path === undefined) continue;
      for (const option of config.mentioned()) {
        const trace = config.trace(option);
        if (trace === undefined) continue;
        for (const candidate of trace.candidates) {
          const { place } = candidate;
          if (place.kind !== 'file' || place.path !== path) continue;
          const uses = byKey.get(place.keySpan.start) ?? [];
          const beatenBy = isSamePlace(candidate, trace.winner) ? null : trace.winner;
          if (uses.at(-1)?.drive !== drive) uses.push({ drive, candidate, beatenBy });
          byKey.set(place.keySpan.start, uses);
        }
      }
    }
    return byKey;
  }
}

function isSamePlace({ place: a }: Candidate, { place: b }: Candidate): boolean {
  return a.kind === 'file' && b.kind === 'file' && a.path === b.path && a.keySpan.start === b.keySpan.start;
}
