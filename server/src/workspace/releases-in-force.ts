/**
 * Which QEMU, which librbd and whose build of QEMU a drive is judged by, and who said so.
 * The first source that names one counts: the comment in the drive's file, the command line, `.rbdcacherc`, the
 * folder's setting; else the newest release known, and that is an assumption, to be shown as one.
 */
import * as l10n from '@vscode/l10n';
import {
  type CephRelease,
  cephRelease,
  newestCeph,
  newestQemu,
  type QemuRelease,
  qemuRelease,
  VENDORS,
  type Vendor,
} from '../catalog/releases.js';
import { RELEASE_SOURCES, type ReleasesInForce, sourceName } from '../features/releases.js';
import { DIRECTIVE_KEYS, type Directives, directiveValue } from '../syntax/directives.js';

/** What one source says; a member it does not speak of is left out. */
export interface ReleaseChoices {
  readonly qemu?: string | undefined;
  readonly librbd?: string | undefined;
  readonly vendor?: string | undefined;
}

export type ReleaseStatements = Readonly<Partial<Record<(typeof RELEASE_SOURCES)[number], ReleaseChoices>>>;

/** Never throws; what cannot be read is passed over and said. */
export function releasesInForce(said: ReleaseStatements): ReleasesInForce {
  const problems: string[] = [];
  const pick = <T>(member: keyof ReleaseChoices, read: (written: string) => T | undefined, otherwise: () => T) => {
    for (const source of RELEASE_SOURCES) {
      const written = said[source]?.[member]?.trim();
      if (written === undefined || written === '') continue;
      const value = read(written);
      if (value !== undefined) return { value, source };
      problems.push(unreadable(source, member, written));
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

function unreadable(source: (typeof RELEASE_SOURCES)[number], member: keyof ReleaseChoices, written: string): string {
  const name = sourceName(source);
  switch (member) {
    case 'qemu':
      return l10n.t('{0}: {1} “{2}” is no version of QEMU', name, member, written);
    case 'librbd':
      return l10n.t('{0}: {1} “{2}” is no version or name of Ceph', name, member, written);
    case 'vendor':
      return l10n.t('{0}: {1} “{2}” is none of {3}', name, member, written, VENDORS.join(', '));
  }
}

/** What `# rbdcache: qemu=2.2 librbd=0.87` in the comments of a text says; what is said first counts. */
export function releasesInComment(directives: Directives): ReleaseChoices {
  const choices: { -readonly [Member in keyof ReleaseChoices]: ReleaseChoices[Member] } = {};
  for (const key of DIRECTIVE_KEYS) {
    const value = directiveValue(directives, key);
    if (value !== undefined) choices[key] = value.text;
  }
  return choices;
}
