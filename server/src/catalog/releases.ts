/**
 * The releases of QEMU and of Ceph that the facts speak of, and how a version that somebody wrote is taken.
 * Source: QEMU's VERSION commits, Debian's upload dates; Ceph's tags and doc/releases/releases.yml.
 */
import cephData from './data/ceph-releases.json' with { type: 'json' };
import qemuData from './data/qemu-releases.json' with { type: 'json' };
import { compareVersions, formatVersion, parseVersion, type Version } from './version.js';

export type Vendor = 'upstream' | 'proxmox';
export const VENDORS: readonly Vendor[] = ['upstream', 'proxmox'];

/** How the written version was taken. `exact`: it is in the tables, or is a point release of a series in them. */
export type ReleaseMatch = 'exact' | 'counts-as-older' | 'newer-than-data' | 'older-than-data';

interface ReleaseBase {
  /** Compared with "since" and "until". */
  readonly version: Version;
  /** The series in the tables that this release counts as: `7.2`, `14.2`. */
  readonly series: string;
  /** For people: `7.2.22`, `14.2.22`. */
  readonly label: string;
  /** Date of the series' first stable release, `YYYY-MM-DD`. */
  readonly date: string;
  readonly match: ReleaseMatch;
  /** The version as it was written, where it had to be taken as another one. */
  readonly written: string;
}

export interface QemuRelease extends ReleaseBase {
  readonly program: 'qemu';
  /** Only the series was named, so the `.0` release is meant. */
  readonly bareSeries: boolean;
}

export interface CephRelease extends ReleaseBase {
  readonly program: 'ceph';
  /** `Giant`. */
  readonly name: string;
}

interface Series {
  readonly version: Version;
  readonly text: string;
  readonly date: string;
}

interface CephSeries extends Series {
  readonly name: string;
  readonly lastPoint: Version;
}

function series(text: string, date: string): Series {
  return { version: parseVersion(text) ?? [], text, date };
}

const QEMU_SERIES: readonly Series[] = qemuData.releases.map((row) => series(row.version, row.date));
const CEPH_SERIES: readonly CephSeries[] = cephData.releases.map((row) => ({
  ...series(row.series, row.firstStable),
  name: row.name,
  lastPoint: parseVersion(row.lastKnownPoint) ?? [],
}));

/** One of a list of releases to choose from, newest first. */
export interface ReleaseChoice {
  readonly version: string;
  readonly name: string | null;
  readonly year: string;
}

export function qemuChoices(): ReleaseChoice[] {
  return QEMU_SERIES.map((row) => ({ version: row.text, name: null, year: row.date.slice(0, 4) })).reverse();
}

export function cephChoices(): ReleaseChoice[] {
  return CEPH_SERIES.map((row) => ({ version: row.text, name: row.name, year: row.date.slice(0, 4) })).reverse();
}

/** The newest series at or before `version`; the oldest one where it is older than all. */
function seriesOf<T extends Series>(
  table: readonly T[],
  version: Version,
): { row: T; match: ReleaseMatch } | undefined {
  const [major] = version;
  const named = version.length === 1 ? table.find((row) => row.version[0] === major && major !== 0) : undefined;
  const components = named?.version ?? version.slice(0, 2);
  const newest = table.at(-1);
  const oldest = table[0];
  if (newest === undefined || oldest === undefined) return undefined;
  if (compareVersions(components, newest.version) > 0) return { row: newest, match: 'newer-than-data' };
  if (compareVersions(components, oldest.version) < 0) return { row: oldest, match: 'older-than-data' };
  for (let i = table.length - 1; i >= 0; i--) {
    const row = table[i];
    if (row === undefined) continue;
    const order = compareVersions(components, row.version);
    if (order === 0) return { row, match: 'exact' };
    if (order > 0) return { row, match: 'counts-as-older' };
  }
  return undefined;
}

/** Takes `2.2`, `7.2.22`, `v10.0`, `1:7.2+dfsg-7+deb12u13`; undefined where no version can be read. */
export function qemuRelease(written: string): QemuRelease | undefined {
  const version = parseVersion(written);
  if (version === undefined) return undefined;
  const found = seriesOf(QEMU_SERIES, version);
  if (found === undefined) return undefined;
  const { row, match } = found;
  const effective = match === 'exact' ? version.slice(0, 3) : row.version;
  return {
    program: 'qemu',
    version: effective,
    series: row.text,
    label: formatVersion(effective),
    date: row.date,
    match,
    written,
    bareSeries: effective.length <= 2,
  };
}

/** Takes `0.87`, `14.2.21`, `v16.2`, `Reef`, `16.2.15+ds-0+deb12u1`; undefined where no version can be read. */
export function cephRelease(written: string): CephRelease | undefined {
  const named = CEPH_SERIES.find((row) => row.name.toLowerCase() === written.trim().toLowerCase());
  const version = named?.version ?? parseVersion(written);
  if (version === undefined) return undefined;
  const found = seriesOf(CEPH_SERIES, version);
  if (found === undefined) return undefined;
  const { row, match } = found;
  const effective = match === 'exact' && version.length > 2 ? version.slice(0, 3) : row.lastPoint;
  return {
    program: 'ceph',
    version: match === 'older-than-data' ? row.version : effective,
    series: row.text,
    label: formatVersion(match === 'older-than-data' ? row.version : effective),
    date: row.date,
    match,
    written,
    name: row.name,
  };
}

export function newestQemu(): QemuRelease {
  const newest = qemuRelease(QEMU_SERIES.at(-1)?.text ?? '');
  if (newest === undefined) throw new Error('the table of QEMU releases is empty');
  return newest;
}

export function newestCeph(): CephRelease {
  const newest = cephRelease(CEPH_SERIES.at(-1)?.text ?? '');
  if (newest === undefined) throw new Error('the table of Ceph releases is empty');
  return newest;
}

/** Versions that tables and code name, each read once: they are asked for in every look at a release. */
const namedVersion = (() => {
  const read = new Map<string, Version>();
  return (text: string): Version => {
    let version = read.get(text);
    if (version === undefined) {
      version = parseVersion(text) ?? [];
      read.set(text, version);
    }
    return version;
  };
})();

/** True from the release `since` on: `atLeast(release, '12.2.8')`. Series-only texts mean their first release. */
export function atLeast(release: { readonly version: Version }, since: string): boolean {
  return compareVersions(release.version, namedVersion(since)) >= 0;
}

/** True where `since <= release <= until`; an `until` of two components includes all its point releases. */
export function within(release: { readonly version: Version }, since: string | null, until: string | null): boolean {
  if (since !== null && !atLeast(release, since)) return false;
  if (until === null) return true;
  const last = namedVersion(until);
  return compareVersions(release.version.slice(0, Math.max(last.length, 2)), last) <= 0;
}
