/** The releases that a drive is judged by, in words, and who chose them. */
import * as l10n from '@vscode/l10n';
import type { CephRelease, QemuRelease } from '../catalog/releases.js';
import type { ReleasePair } from '../simulate/model.js';

/** Strongest first. */
export const RELEASE_SOURCES = ['comment', 'command-line', 'rc-file', 'setting'] as const;
export type ReleaseSource = (typeof RELEASE_SOURCES)[number] | 'assumed';

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
  const program = programName(release);
  const written = release.written.trim();
  switch (release.match) {
    case 'exact':
      return releaseName(release);
    case 'counts-as-older':
      return l10n.t('{0} {1} (between two known releases, counts as {2})', program, written, release.label);
    case 'newer-than-data':
      return l10n.t('{0} {1} (newer than the data, taken as {2})', program, written, release.label);
    case 'older-than-data':
      return l10n.t('{0} {1} (older than the data, taken as {2})', program, written, release.label);
  }
}

/** Who chose it, for status items and reports: `chosen by .rbdcacherc`, `assumed: the newest known`. */
export function sourceText(source: ReleaseSource): string {
  return source === 'assumed' ? l10n.t('assumed: the newest known') : l10n.t('chosen by {0}', sourceName(source));
}

/** `QEMU 2.2 by Proxmox`. */
export function buildText({ qemu, vendor }: ReleasePair): string {
  return vendor === 'proxmox' ? l10n.t('{0} by Proxmox', releaseText(qemu)) : releaseText(qemu);
}

/** `QEMU 2.2 (assumed)`. */
export function marked(release: string, source: ReleaseSource): string {
  return source === 'assumed' ? l10n.t('{0} (assumed)', release) : release;
}

/** `QEMU 2.2 and librbd 0.87.2 (assumed)`, with Proxmox named where its build is in force. */
export function pairText({ pair, sources }: ReleasesInForce): string {
  return l10n.t('{0} and {1}', marked(buildText(pair), sources.qemu), marked(releaseText(pair.librbd), sources.librbd));
}

/** Of what somebody said. */
export function sourceName(source: (typeof RELEASE_SOURCES)[number]): string {
  switch (source) {
    case 'comment':
      return l10n.t('the comment in the file');
    case 'command-line':
      return l10n.t('the command line');
    case 'rc-file':
      return '.rbdcacherc';
    case 'setting':
      return l10n.t('the setting');
  }
}
