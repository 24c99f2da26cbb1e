/**
 * Which QEMU, which librbd and whose build of QEMU a drive is judged by, and who said so.
 * The first source that names one counts: the comment in the drive's file, the command line, `.rbdcacherc`, the
 * folder's setting; else the newest release known, and that is an assumption, to be shown as one.
 */
import {
  type CephRelease,
  cephRelease,
  newestCeph,
  newestQemu,
  type QemuRelease,
  qemuRelease,
  type ReleaseMatch,
  VENDORS,
  type Vendor,
} from '../catalog/releases.js';
import type { ReleasePair } from '../simulate/model.js';
import { DIRECTIVE_KEYS, directivesIn, directiveValue } from '../syntax/directives.js';

/** Strongest first. */
export const RELEASE_SOURCES = ['comment', 'command-line', 'rc-file', 'setting'] as const;
export type ReleaseSource = (typeof RELEASE_SOURCES)[number] | 'assumed';

/** What one source says; a member it does not speak of is left out. */
export interface ReleaseChoices {
  readonly qemu?: string | undefined;
  readonly librbd?: string | undefined;
  readonly vendor?: string | undefined;
}

export type ReleaseStatements = Readonly<Partial<Record<(typeof RELEASE_SOURCES)[number], ReleaseChoices>>>;

export interface ReleasesInForce {
  readonly pair: ReleasePair;
  readonly sources: {
    readonly qemu: ReleaseSource;
    readonly librbd: ReleaseSource;
    /** `assumed` is `upstream`, which needs no word. */
    readonly vendor: ReleaseSource;
  };
  /** True while QEMU or librbd is the newest known because nobody said otherwise. */
  readonly assumed: boolean;
  /** Statements that could not be read, one sentence each; the next source was asked instead. */
  readonly problems: readonly string[];
}

/** Never throws; what cannot be read is passed over and said. */
export function releasesInForce(said: ReleaseStatements): ReleasesInForce {
  const problems: string[] = [];
  const pick = <T>(member: keyof ReleaseChoices, read: (written: string) => T | undefined, otherwise: () => T) => {
    for (const source of RELEASE_SOURCES) {
      const written = said[source]?.[member]?.trim();
      if (written === undefined || written === '') continue;
      const value = read(written);
      if (value !== undefined) return { value, source };
      problems.push(`${SOURCE_NAMES[source]}: ${member} “${written}” ${UNREADABLE[member]}`);
    }
    return { value: otherwise(), source: 'assumed' as const };
  };
  const qemu = pick<QemuRelease>('qemu', qemuRelease, newestQemu);
  const librbd = pick<CephRelease>('librbd', cephRelease, newestCeph);
  const vendor = pick<Vendor>(
    'vendor',
    (written) => VENDORS.find((known) => known === written.toLowerCase()),
    () => 'upstream',
  );
  return {
    pair: { qemu: qemu.value, librbd: librbd.value, vendor: vendor.value },
    sources: { qemu: qemu.source, librbd: librbd.source, vendor: vendor.source },
    assumed: qemu.source === 'assumed' || librbd.source === 'assumed',
    problems,
  };
}

const SOURCE_NAMES: Readonly<Record<ReleaseSource, string>> = {
  comment: 'the comment in the file',
  'command-line': 'the command line',
  'rc-file': '.rbdcacherc',
  setting: 'the setting',
  assumed: 'nobody',
};

const UNREADABLE: Readonly<Record<keyof ReleaseChoices, string>> = {
  qemu: 'is no version of QEMU',
  librbd: 'is no version or name of Ceph',
  vendor: `is none of ${VENDORS.join(', ')}`,
};

/** `QEMU 2.2`, `librbd 0.87`, `librbd 14.2.22`: a series as such where only the series was named. */
export function releaseName(release: QemuRelease | CephRelease): string {
  const onlySeries = release.written.trim().replace(/^v/i, '') === release.series;
  return `${programName(release)} ${onlySeries ? release.series : release.label}`;
}

function programName(release: QemuRelease | CephRelease): string {
  return release.program === 'qemu' ? 'QEMU' : 'librbd';
}

/** As {@link releaseName}; one that had to be taken as another says so: `QEMU 12.0 (newer than the data, taken as 11.1)`. */
export function releaseText(release: QemuRelease | CephRelease): string {
  const how = TAKEN_AS[release.match];
  return how === null
    ? releaseName(release)
    : `${programName(release)} ${release.written.trim()} (${how} ${release.label})`;
}

const TAKEN_AS: Readonly<Record<ReleaseMatch, string | null>> = {
  exact: null,
  'counts-as-older': 'between two known releases, counts as',
  'newer-than-data': 'newer than the data, taken as',
  'older-than-data': 'older than the data, taken as',
};

/** Who chose it, for status items and reports: `chosen by .rbdcacherc`, `assumed: the newest known`. */
export function sourceText(source: ReleaseSource): string {
  return source === 'assumed' ? 'assumed: the newest known' : `chosen by ${SOURCE_NAMES[source]}`;
}

/** `QEMU 2.2 and librbd 0.87.2 (assumed)`, with Proxmox named where its build is in force. */
export function pairText({ pair, sources }: ReleasesInForce): string {
  const mark = (source: ReleaseSource): string => (source === 'assumed' ? ' (assumed)' : '');
  const build = pair.vendor === 'proxmox' ? ' by Proxmox' : '';
  return `${releaseText(pair.qemu)}${build}${mark(sources.qemu)} and ${releaseText(pair.librbd)}${mark(sources.librbd)}`;
}

/** Reads `# rbdcache: qemu=2.2 librbd=0.87` in the comments of a text; what is said first counts. */
export function releasesInComment(text: string): ReleaseChoices {
  const directives = directivesIn(text);
  const choices: { -readonly [Member in keyof ReleaseChoices]: ReleaseChoices[Member] } = {};
  for (const key of DIRECTIVE_KEYS) {
    const value = directiveValue(directives, key);
    if (value !== undefined) choices[key] = value.text;
  }
  return choices;
}
