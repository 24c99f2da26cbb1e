/**
 * The option table's texts read into histories: which option is there with which type, default and limits, from which
 * source snapshot on. Source: data/ceph-options.json.
 */
import optionData from './data/ceph-options.json' with { type: 'json' };
import { atLeast, type CephRelease } from './releases.js';
import { compareVersions, parseVersion, type Version } from './version.js';

const OPTION_TYPES = [
  'bool',
  'int',
  'longlong',
  'u32',
  'u64',
  'uint',
  'size',
  'float',
  'double',
  'secs',
  'millisecs',
  'str',
  'addr',
  'addrvec',
  'uuid',
  'subsys',
] as const;
/** As the sources name them: `int` has 32 bits up to 11.2; `subsys` is a debug level pair. */
export type OptionType = (typeof OPTION_TYPES)[number];

const OPTION_LEVELS = ['basic', 'advanced', 'dev'] as const;
export type OptionLevel = (typeof OPTION_LEVELS)[number];

/** What holds for an option from one snapshot on, until the next state. */
export interface OptionState {
  /** Label of the snapshot (`0.87`, `16.2.4+`), or the point release where the change is known exactly. */
  readonly since: string;
  /** The first release that this state is taken for. */
  readonly from: Version;
  readonly present: boolean;
  readonly type: OptionType;
  /** As the source has it; null: none. */
  readonly sourceDefault: string | null;
  readonly enum: readonly string[] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly flags: readonly string[];
}

export interface OptionTimeline {
  readonly name: string;
  readonly level: OptionLevel | null;
  readonly states: readonly OptionState[];
}

interface Snapshot {
  readonly label: string;
  /** The release whose source was read. */
  readonly version: Version;
  /** The first release that is taken to be like it: the first snapshot of a series stands for the series' start. */
  readonly from: Version;
}

function snapshotTable(): readonly Snapshot[] {
  let series = '';
  return optionData.snapshots.map((label) => {
    const read = parseVersion(label) ?? [];
    const version = label.endsWith('+') ? [...read.slice(0, 2), (read[2] ?? 0) + 1] : read;
    const first = read.slice(0, 2).join('.') !== series;
    series = read.slice(0, 2).join('.');
    return { label, version, from: first ? read.slice(0, 2) : version };
  });
}

const snapshots = lazily(snapshotTable);
/** Where each label of the table begins to hold: snapshots, and the point releases of corrections. */
const holdsFrom = lazily<ReadonlyMap<string, Version>>(
  () =>
    new Map([
      ...[...optionData.exact, ...optionData.corrections].map((label) => [label, parseVersion(label) ?? []] as const),
      ...snapshots().map((snapshot) => [snapshot.label, snapshot.from] as const),
    ]),
);
const exactLabels = lazily<ReadonlySet<string>>(() => new Set(optionData.exact));

function member<T extends string>(list: readonly T[], text: string): T | undefined {
  return list.find((item) => item === text);
}

type Draft = { -readonly [K in keyof OptionState]: OptionState[K] };

function applyFacet(state: Draft, facet: string): void {
  const value = facet.length > 2 || facet[1] === '=' ? facet.slice(2) : null;
  switch (facet[0]) {
    case '-':
      state.present = false;
      break;
    case 't':
      state.type = member(OPTION_TYPES, value ?? '') ?? state.type;
      break;
    case 'd':
      state.sourceDefault = value;
      break;
    case 'e':
      state.enum = value === null ? null : value.split('|');
      break;
    case 'n':
      state.min = value === null ? null : Number(value);
      break;
    case 'x':
      state.max = value === null ? null : Number(value);
      break;
    case 'f':
      state.flags = value === null ? [] : value.split(',');
      break;
  }
}

function readTimeline(line: string): OptionTimeline {
  const [name = '', ...facets] = line.split('\t');
  const states: OptionState[] = [];
  let level: OptionLevel | null = null;
  let draft: Draft | undefined;
  for (const facet of facets) {
    if (facet.startsWith('l=')) {
      level = member(OPTION_LEVELS, facet.slice(2)) ?? null;
    } else if (facet.startsWith('@')) {
      if (draft !== undefined) states.push(draft);
      const since = facet.slice(1);
      const earlier: Draft =
        draft?.present === true
          ? draft
          : {
              since,
              from: [],
              present: true,
              type: 'str',
              sourceDefault: null,
              enum: null,
              min: null,
              max: null,
              flags: [],
            };
      draft = { ...earlier, since, from: holdsFrom().get(since) ?? [], present: true };
    } else if (draft !== undefined) {
      applyFacet(draft, facet);
    }
  }
  if (draft !== undefined) states.push(draft);
  return { name, level, states };
}

/** Look-ups into the option table. Lines are read when they are first asked for. */
class Timelines {
  readonly #lines = new Map<string, string>();
  readonly #read = new Map<string, OptionTimeline>();

  constructor(lines: readonly string[]) {
    for (const line of lines) this.#lines.set(line.slice(0, line.indexOf('\t')), line);
  }

  get names(): readonly string[] {
    return [...this.#lines.keys()];
  }

  get(name: string): OptionTimeline | undefined {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const line = this.#lines.get(name);
    if (line === undefined) return undefined;
    const timeline = readTimeline(line);
    this.#read.set(name, timeline);
    return timeline;
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const timelines = lazily(() => new Timelines(optionData.options));

/** Names of all options that any release knows. */
export function allOptionNames(): readonly string[] {
  return timelines().names;
}

export function optionTimeline(name: string): OptionTimeline | undefined {
  return timelines().get(name);
}

/** The state that a release is taken to be in; undefined where it does not know the option. */
export function stateAt(timeline: OptionTimeline, release: CephRelease): OptionState | undefined {
  const state = timeline.states.findLast((one) => compareVersions(one.from, release.version) <= 0);
  return state?.present === true ? state : undefined;
}

/** Two neighbouring source snapshots between which a fact changed: it is not known where. */
export interface ChangeWindow {
  readonly after: string;
  readonly until: string;
}

/** The snapshot before the one of that label or version. */
function snapshotBefore(since: string): Snapshot | undefined {
  const version = snapshots().find((snapshot) => snapshot.label === since)?.version ?? parseVersion(since) ?? [];
  return snapshots().findLast((snapshot) => compareVersions(snapshot.version, version) < 0);
}

/** Label of the last source that was read before a snapshot or release; null: there is none. */
export function labelBefore(since: string): string | null {
  return snapshotBefore(since)?.label ?? null;
}

function sameToClients(a: OptionState | undefined, b: OptionState): boolean {
  return (
    a !== undefined &&
    a.present === b.present &&
    a.type === b.type &&
    (a.sourceDefault ?? '') === (b.sourceDefault ?? '') &&
    a.min === b.min &&
    a.max === b.max &&
    a.enum?.join() === b.enum?.join()
  );
}

/**
 * The change that may or may not have reached this release already, because its source was not read: `14.2.20` lies
 * between 14.2.16 and 15.2.0, all of 19.2 between 18.2.7 and 20.2.4. Null where the release's state is certain.
 */
export function uncertainChange(timeline: OptionTimeline, release: CephRelease): ChangeWindow | null {
  for (const [index, state] of timeline.states.entries()) {
    if (exactLabels().has(state.since) || sameToClients(timeline.states[index - 1], state)) continue;
    const before = snapshotBefore(state.since);
    const read = snapshots().find((snapshot) => snapshot.label === state.since)?.version ?? state.from;
    if (before === undefined) continue;
    if (compareVersions(before.version, release.version) < 0 && compareVersions(release.version, read) < 0) {
      return { after: before.label, until: state.since };
    }
  }
  return null;
}

/** The snapshot whose facts a release gets, and whether that is its own source. */
export function snapshotOf(release: CephRelease): { readonly label: string; readonly own: boolean } {
  const snapshot = snapshots().findLast((one) => compareVersions(one.from, release.version) <= 0) ?? snapshots()[0];
  if (snapshot === undefined) throw new Error('the table of Ceph options has no snapshots');
  return { label: snapshot.label, own: compareVersions(snapshot.version, release.version) === 0 };
}

/** What librados gives to its clients in place of a source default. */
export function clientDefault(name: string, release: CephRelease): string | undefined {
  return optionData.clientDefaults.find(
    (row) =>
      row.option === name &&
      (row.since === null || atLeast(release, row.since)) &&
      (row.until === null || compareVersions(release.version.slice(0, 2), parseVersion(row.until) ?? []) <= 0),
  )?.default;
}

/** Index of the state table that serves a release: releases with the same index know the same options. */
export function stateIndex(release: CephRelease): number {
  return pointTable().findLastIndex((version) => compareVersions(version, release.version) <= 0);
}

const pointTable = lazily(() => {
  const points = snapshots().map((snapshot) => snapshot.from);
  const extra = new Set(optionData.corrections.concat(optionData.exact));
  for (const text of extra) points.push(parseVersion(text) ?? []);
  return points.sort(compareVersions);
});
