/**
 * What the `rbd_*` options, and the others that bear on a client's disk, mean, and where else they can be set.
 * Source: options.cc and rbd.yaml.in of each release, librbd's ImageCtx and ConfigWatcher.
 */
import clientData from './data/ceph-client-options.json' with { type: 'json' };
import rbdData from './data/rbd-options.json' with { type: 'json' };
import { atLeast, type CephRelease } from './releases.js';

/** Whether a change reaches an image that is already open. */
export type ReadAgain = 'at-open' | 'at-refresh' | 'partly' | 'unknown';

export interface OptionNotes {
  readonly name: string;
  readonly unit: string | null;
  /** One sentence. */
  readonly meaning: string;
  /** Peculiarities, one sentence each. */
  readonly notes: readonly string[];
  /** First release read in which image (pool) metadata `conf_<name>` overrides it; null: never. */
  readonly imageSince: string | null;
  readonly poolSince: string | null;
  readonly readAgain: ReadAgain;
  readonly renamedTo: string | null;
  readonly renamedFrom: string | null;
  /** The first stable release with it, where that is known better than the sources that were read tell. */
  readonly exactSince: string | null;
}

function readAgain(text: string): ReadAgain {
  return text === 'at-open' || text === 'at-refresh' || text === 'partly' ? text : 'unknown';
}

const notesByName = (() => {
  let table: Map<string, OptionNotes> | undefined;
  return (): ReadonlyMap<string, OptionNotes> => {
    if (table !== undefined) return table;
    table = new Map();
    for (const row of rbdData.options) table.set(row.name, { ...row, readAgain: readAgain(row.readAgain) });
    for (const row of clientData.options) {
      table.set(row.name, {
        ...row,
        imageSince: null,
        poolSince: null,
        readAgain: 'unknown',
        renamedTo: null,
        renamedFrom: null,
        exactSince: null,
      });
    }
    return table;
  };
})();

/** Undefined for options that have nothing to do with a client's disk. */
export function optionNotes(name: string): OptionNotes | undefined {
  return notesByName().get(name);
}

/** Every option that there is something to say about. */
export function allOptionNotes(): Iterable<OptionNotes> {
  return notesByName().values();
}

/** Who, outside of the text, can override an option of an open image in this release. */
export interface Overrides {
  /** `rbd image-meta set … conf_<name>`. */
  readonly image: boolean;
  /** `rbd config pool set`. */
  readonly pool: boolean;
  /** The monitors' database; it loses to the client's file. */
  readonly monitors: boolean;
}

/** Image metadata: none before 9.2, a list of options up to 13.2, every `rbd_*` option since 14.2. Pools since 14.2. */
export function optionOverrides(release: CephRelease, name: string): Overrides {
  const notes = optionNotes(name);
  return {
    image: notes?.imageSince != null && atLeast(release, notes.imageSince),
    pool: notes?.poolSince != null && atLeast(release, notes.poolSince),
    monitors: atLeast(release, '13.2'),
  };
}
