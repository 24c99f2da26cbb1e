/** What static text cannot show about an open image, one sentence each. */
import { optionSource, optionUncertainty } from '../../catalog/ceph-options.js';
import { type CephRelease, type Vendor, within } from '../../catalog/releases.js';
import type { ConfigTrace } from '../model.js';
import type { LibrbdLayers } from './layers.js';
import { CACHE_OPTIONS } from './settings.js';

interface Standing {
  readonly since: string | null;
  readonly until: string | null;
  readonly sentence: (release: CephRelease) => string;
}

/** What can override the text without standing in it, by release. */
const STANDING: readonly Standing[] = [
  {
    since: null,
    until: null,
    sentence: (release) =>
      `QEMU loads librbd ${release.label}: what is installed on the host counts, not the cluster's release.`,
  },
  {
    since: '9.2',
    until: '13.2',
    sentence: () =>
      'The image carries no `conf_rbd_cache…` metadata (`rbd image-meta list`): it would beat everything here.',
  },
  {
    since: '14',
    until: null,
    sentence: () =>
      'Neither the image nor its pool overrides an `rbd_…` option (`rbd config image list`, `rbd config pool list`): that would beat everything here.',
  },
];

/** Options of the outcome that no source but the release speaks of: the monitors' database could set them. */
function leftToDefaults(config: ConfigTrace): string[] {
  return CACHE_OPTIONS.filter((option) => config.trace(option)?.winner.level === 'default');
}

function monitors(release: CephRelease, config: ConfigTrace): string[] {
  if (!within(release, '13', null)) return [];
  const open = leftToDefaults(config);
  if (open.length === 0) return [];
  const names = open.map((option) => `\`${option}\``).join(', ');
  return [`The monitors' database (\`ceph config\`) leaves ${names} at the default; it loses to a file.`];
}

function cephArgs(release: CephRelease, config: ConfigTrace): string[] {
  if (!within(release, '13', null)) return [];
  const known = CACHE_OPTIONS.some((option) =>
    config.trace(option)?.candidates.some((one) => one.place.kind === 'environment'),
  );
  return known ? [] : ["`CEPH_ARGS` in QEMU's environment sets none of these options; it would beat a file."];
}

function releaseMatch(release: CephRelease): string[] {
  switch (release.match) {
    case 'exact':
      return [];
    case 'counts-as-older':
      return [
        `Ceph ${release.written} lies between two series that are known here, and is taken for ${release.label}.`,
      ];
    case 'newer-than-data':
      return [`Ceph ${release.written} is newer than what is known here, and is taken for ${release.label}.`];
    case 'older-than-data':
      return [`Ceph ${release.written} is older than what is known here, and is taken for ${release.label}.`];
  }
}

/** Series of which no source was read at all. */
const UNREAD_SERIES: ReadonlyMap<string, string> = new Map([['19.2', '18.2.7 and 20.2.4']]);

/** What holds for a release whatever the configuration, put into words once. */
const ofRelease = (() => {
  const known = new WeakMap<
    CephRelease,
    { readonly standing: readonly string[]; readonly unread: readonly string[] }
  >();
  return (release: CephRelease) => {
    const found = known.get(release);
    if (found !== undefined) return found;
    const standing = STANDING.filter((row) => within(release, row.since, row.until)).map((row) =>
      row.sentence(release),
    );
    const made = { standing, unread: [...releaseMatch(release), ...unverified(release)] };
    known.set(release, made);
    return made;
  };
})();

function unverified(release: CephRelease): string[] {
  const between = UNREAD_SERIES.get(release.series);
  if (between !== undefined) {
    return [
      `The source of ${release.name} ${release.series} was not read: what ${between} have in common is taken for it.`,
    ];
  }
  const open = CACHE_OPTIONS.flatMap((option) => {
    const change = optionUncertainty(release, option);
    return change === null ? [] : [`\`${option}\` changed after ${change.after} and by ${change.until}`];
  });
  if (open.length === 0) return [];
  return [`The source of ${release.label} was not read; ${optionSource(release).label} stands in: ${open.join(', ')}.`];
}

function besideTheCache(layers: LibrbdLayers): string[] {
  const found: string[] = [];
  const persistent = layers.persistentCache;
  if (persistent !== null && persistent.missing.length === 0) {
    found.push(
      `The persistent write-log cache (${persistent.mode}) is not counted: where it starts, acknowledged writes stay on this host until they are written back.`,
    );
  }
  return found;
}

/** Never empty. */
export function assumptions(
  release: CephRelease,
  config: ConfigTrace,
  vendor: Vendor,
  layers: LibrbdLayers,
): readonly string[] {
  const { standing, unread } = ofRelease(release);
  return [
    ...standing,
    ...monitors(release, config),
    ...cephArgs(release, config),
    ...(vendor === 'proxmox'
      ? ["QEMU is Proxmox's build, which turns write-through until flush off for every drive."]
      : []),
    ...unread,
    ...besideTheCache(layers),
  ];
}
