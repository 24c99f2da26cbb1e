/** What static text cannot show about an open image, one sentence each. */
import * as l10n from '@vscode/l10n';
import { optionSource, optionUncertainty } from '../../catalog/ceph-options.js';
import { type CephRelease, VENDORS, type Vendor, within } from '../../catalog/releases.js';
import type { ConfigTrace, Looked } from '../model.js';
import type { PersistentCache } from './layers.js';
import { CACHE_OPTIONS } from './settings.js';

export const NOWHERE: Looked = { monitors: false, pool: false, image: false, environment: false };

/** What the image, and its pool, may override without the text showing it; null where somebody has looked. */
function kept(release: CephRelease, { pool, image }: Looked): string | null {
  if (within(release, '9.2', '13.2') && !image) {
    return l10n.t(
      'The image carries no `conf_rbd_cache…` metadata (`rbd image-meta list`): it would beat everything here.',
    );
  }
  if (!within(release, '14', null) || (pool && image)) return null;
  if (pool) {
    return l10n.t('The image overrides no `rbd_…` option (`rbd config image list`): that would beat everything here.');
  }
  if (image) {
    return l10n.t('The pool overrides no `rbd_…` option (`rbd config pool list`): that would beat all but the image.');
  }
  return l10n.t(
    'Neither the image nor its pool overrides an `rbd_…` option (`rbd config image list`, `rbd config pool list`): that would beat everything here.',
  );
}

/** Options of the outcome that no source but the release speaks of: the monitors' database could set them. A bit for each. */
function leftToDefaults(release: CephRelease, config: ConfigTrace): number {
  if (!within(release, '13', null)) return 0;
  return CACHE_OPTIONS.reduce(
    (open, option, at) => (config.inForce(option)?.level === 'default' ? open | (1 << at) : open),
    0,
  );
}

function monitors(open: number): string[] {
  if (open === 0) return [];
  const options = CACHE_OPTIONS.filter((_, at) => (open & (1 << at)) !== 0);
  const names = options.map((option) => `\`${option}\``).join(', ');
  return [l10n.t("The monitors' database (`ceph config`) leaves {0} at the default; it loses to a file.", names)];
}

function cephArgs(release: CephRelease): string[] {
  if (!within(release, '13', null)) return [];
  return [l10n.t("`CEPH_ARGS` in QEMU's environment sets none of these options; it would beat a file.")];
}

function releaseMatch(release: CephRelease): string[] {
  switch (release.match) {
    case 'exact':
      return [];
    case 'counts-as-older':
      return [
        l10n.t(
          'Ceph {0} lies between two series that are known here, and is taken for {1}.',
          release.written,
          release.label,
        ),
      ];
    case 'newer-than-data':
      return [
        l10n.t('Ceph {0} is newer than what is known here, and is taken for {1}.', release.written, release.label),
      ];
    case 'older-than-data':
      return [
        l10n.t('Ceph {0} is older than what is known here, and is taken for {1}.', release.written, release.label),
      ];
  }
}

/** Series of which no source was read at all. */
const UNREAD_SERIES: ReadonlyMap<string, string> = new Map([['19.2', '18.2.7 and 20.2.4']]);

/** What holds for a release whatever the configuration. */
function ofRelease(release: CephRelease): string[] {
  return [...releaseMatch(release), ...unverified(release)];
}

function unverified(release: CephRelease): string[] {
  const between = UNREAD_SERIES.get(release.series);
  if (between !== undefined) {
    return [
      l10n.t(
        'The source of {0} was not read: what {1} have in common is taken for it.',
        `${release.name} ${release.series}`,
        between,
      ),
    ];
  }
  const open = CACHE_OPTIONS.flatMap((option) => {
    const change = optionUncertainty(release, option);
    if (change === null) return [];
    return [l10n.t('{0} changed after {1} and by {2}', `\`${option}\``, change.after, change.until)];
  });
  if (open.length === 0) return [];
  const standIn = optionSource(release).label;
  return [l10n.t('The source of {0} was not read; {1} stands in: {2}.', release.label, standIn, open.join(', '))];
}

function besideTheCache(mode: string | null): string[] {
  if (mode === null) return [];
  return [
    l10n.t(
      'The persistent write-log cache ({0}) is not counted: where it starts, acknowledged writes stay on this host until they are written back.',
      mode,
    ),
  ];
}

/** All that the sentences depend on, beside the release. */
interface Seen {
  readonly vendor: Vendor;
  readonly looked: Looked;
  /** Options that the monitors' database could set, a bit for each of {@link CACHE_OPTIONS}. */
  readonly open: number;
  /** Of a persistent cache that lacks nothing which the text could show. */
  readonly persistentMode: string | null;
}

function worded(release: CephRelease, { vendor, looked, open, persistentMode }: Seen): readonly string[] {
  const unseen = kept(release, looked);
  return [
    l10n.t("QEMU loads librbd {0}: what is installed on the host counts, not the cluster's release.", release.label),
    ...(unseen === null ? [] : [unseen]),
    ...monitors(open),
    ...(looked.environment ? [] : cephArgs(release)),
    ...(vendor === 'proxmox'
      ? [l10n.t("QEMU is Proxmox's build, which turns write-through until flush off for every drive.")]
      : []),
    ...ofRelease(release),
    ...besideTheCache(persistentMode),
  ];
}

/** Worded once for what can be seen with a release: many cases are told one after the other. */
const wordedOnce = (() => {
  const known = new WeakMap<CephRelease, Map<number | string, readonly string[]>>();
  return (release: CephRelease, seen: Seen): readonly string[] => {
    let ofThis = known.get(release);
    if (ofThis === undefined) {
      ofThis = new Map();
      known.set(release, ofThis);
    }
    const key = keyOf(seen);
    let sentences = ofThis.get(key);
    if (sentences === undefined) {
      sentences = worded(release, seen);
      ofThis.set(key, sentences);
    }
    return sentences;
  };
})();

/** A number unless there is a word in it: making a text of it takes longer than the rest. */
function keyOf({ vendor, looked, open, persistentMode }: Seen): number | string {
  const places = (looked.pool ? 1 : 0) | (looked.image ? 2 : 0) | (looked.environment ? 4 : 0);
  const bits = ((open << 3) | places) * VENDORS.length + VENDORS.indexOf(vendor);
  return persistentMode === null ? bits : `${bits} ${persistentMode}`;
}

/** Never empty; the same list for the same sentences of a release. */
export function assumptions(
  release: CephRelease,
  config: ConfigTrace,
  vendor: Vendor,
  persistent: PersistentCache | null,
  looked: Looked,
): readonly string[] {
  return wordedOnce(release, {
    vendor,
    looked,
    open: looked.monitors ? 0 : leftToDefaults(release, config),
    persistentMode: persistent === null || persistent.missing.length > 0 ? null : persistent.mode,
  });
}
