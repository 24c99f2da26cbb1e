/**
 * Ceph's configuration options per release, as librados clients see them.
 * Source: config_opts.h, options.cc and the option yaml files of 36 releases (data/ceph-options.json).
 */

import { printDefault } from './ceph-printing.js';
import {
  allOptionNames,
  type ChangeWindow,
  clientDefault,
  labelBefore,
  type OptionLevel,
  type OptionState,
  type OptionTimeline,
  type OptionType,
  optionTimeline,
  snapshotOf,
  stateAt,
  stateIndex,
  uncertainChange,
} from './ceph-timeline.js';
import foreignData from './data/ceph-foreign-names.json' with { type: 'json' };
import { optionNotes } from './rbd-options.js';
import { atLeast, type CephRelease, cephRelease } from './releases.js';

export type { ChangeWindow, OptionLevel, OptionType } from './ceph-timeline.js';

/** An option as one release knows it. */
export interface CephOption {
  readonly name: string;
  readonly type: OptionType;
  /** As `rados_conf_get` prints it for a client, meta variables unexpanded. */
  readonly default: string;
  /** The permitted words; null: any. */
  readonly enum: readonly string[] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly flags: readonly string[];
  /** Null for options that were gone before levels came (12.2). */
  readonly level: OptionLevel | null;
}

/** One step in the life of an option. */
export interface OptionChange {
  /** The first release that was read with it, or the exact release where that is known. */
  readonly since: string;
  readonly present: boolean;
  readonly type: OptionType;
  readonly default: string;
}

export interface OptionHistory {
  readonly name: string;
  /** The first release with it; `exactSince` is true where it is that release and not only the first that was read. */
  readonly since: string;
  readonly exactSince: boolean;
  /** The last source with it, and the first without it; both null where the newest release still knows it. */
  readonly lastSeen: string | null;
  readonly goneIn: string | null;
  /** Only steps that change presence, type or default. */
  readonly changes: readonly OptionChange[];
  readonly renamedTo: string | null;
  readonly renamedFrom: string | null;
  /** For `rbd_*` options and the others that bear on a client's disk. */
  readonly meaning: string | null;
  readonly unit: string | null;
}

/** One release's options, read as they are asked for. */
class OptionTable {
  readonly #release: CephRelease;
  readonly #known = new Map<string, CephOption | null>();
  #names: readonly string[] | undefined;

  constructor(release: CephRelease) {
    this.#release = release;
  }

  get(name: string): CephOption | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known ?? undefined;
    const timeline = optionTimeline(name);
    if (timeline === undefined) return undefined;
    const state = stateAt(timeline, this.#release);
    const option = state === undefined ? null : describe(this.#release, timeline, state);
    this.#known.set(name, option);
    return option ?? undefined;
  }

  #has(name: string): boolean {
    const timeline = optionTimeline(name);
    return timeline !== undefined && stateAt(timeline, this.#release) !== undefined;
  }

  get names(): readonly string[] {
    this.#names ??= allOptionNames().filter((name) => this.#has(name));
    return this.#names;
  }
}

function describe(release: CephRelease, timeline: OptionTimeline, state: OptionState): CephOption {
  return {
    name: timeline.name,
    type: state.type,
    default: clientDefault(timeline.name, release) ?? printDefault(release, state.type, state.sourceDefault),
    enum: state.enum,
    min: state.min,
    max: state.max,
    flags: state.flags,
    level: timeline.level,
  };
}

/** The tables are read-only views of the data, made once per distinct release: not state. */
const optionTable = (() => {
  const byRelease = new WeakMap<CephRelease, OptionTable>();
  const byIndex = new Map<number, OptionTable>();
  return (release: CephRelease): OptionTable => {
    const known = byRelease.get(release);
    if (known !== undefined) return known;
    const index = stateIndex(release);
    const table = byIndex.get(index) ?? new OptionTable(release);
    byIndex.set(index, table);
    byRelease.set(release, table);
    return table;
  };
})();

/** Undefined where the release does not know the option. `name` is spelt with underscores. */
export function cephOption(release: CephRelease, name: string): CephOption | undefined {
  return optionTable(release).get(name);
}

/** All names that the release knows, sorted, the debug levels (`debug_rbd`) included. */
export function cephOptionNames(release: CephRelease): readonly string[] {
  return optionTable(release).names;
}

/** Undefined for a name that no release knows. */
export function cephOptionHistory(name: string): OptionHistory | undefined {
  const timeline = optionTimeline(name);
  const first = timeline?.states[0];
  if (timeline === undefined || first === undefined) return undefined;
  const notes = optionNotes(name);
  const changes: OptionChange[] = [];
  for (const state of timeline.states) {
    const release = cephRelease(state.since);
    if (release === undefined) continue;
    const change: OptionChange = {
      since: state.since,
      present: state.present,
      type: state.type,
      default: clientDefault(name, release) ?? printDefault(release, state.type, state.sourceDefault),
    };
    const last = changes.at(-1);
    if (
      last === undefined ||
      last.present !== change.present ||
      last.type !== change.type ||
      last.default !== change.default
    ) {
      changes.push(change);
    }
  }
  const last = timeline.states.at(-1);
  const gone = last?.present === false ? last : undefined;
  return {
    name,
    since: notes?.exactSince ?? first.since,
    exactSince: notes?.exactSince != null,
    lastSeen: gone === undefined ? null : labelBefore(gone.since),
    goneIn: gone?.since ?? null,
    changes,
    renamedTo: notes?.renamedTo ?? null,
    renamedFrom: notes?.renamedFrom ?? null,
    meaning: notes?.meaning ?? null,
    unit: notes?.unit ?? null,
  };
}

/** Where this release's knowledge of the option is a guess between two sources that were read; null: it is certain. */
export function optionUncertainty(release: CephRelease, name: string): ChangeWindow | null {
  const timeline = optionTimeline(name);
  if (timeline === undefined) return null;
  const window = uncertainChange(timeline, release);
  const arrival = optionNotes(name)?.exactSince;
  const known = arrival != null && window !== null && !atLeast(release, arrival);
  return known ? null : window;
}

/** The source that the release's facts come from; `own` is false where another release's source stands in. */
export function optionSource(release: CephRelease): { readonly label: string; readonly own: boolean } {
  return snapshotOf(release);
}

const FOREIGN = {
  names: new Set(foreignData.names),
  patterns: foreignData.patterns.map((pattern) => pattern.slice(0, pattern.indexOf('*'))),
  nearMisses: new Set(foreignData.nearMisses),
};

/** True for a key that is no librados option and yet no mistake: read by monitors, start scripts and deploy tools. */
export function isForeignName(key: string): boolean {
  const name = key.trim().replace(/\s+/g, '_');
  return (
    FOREIGN.names.has(name) ||
    FOREIGN.nearMisses.has(name) ||
    FOREIGN.patterns.some((prefix) => name.startsWith(prefix))
  );
}
