/** What the answer rests on that nobody has verified, said where it matters. */
import { optionSource, optionUncertainty } from '../catalog/ceph-options.js';
import type { DriveTrace } from '../simulate/model.js';
import { releaseName } from '../workspace/releases-in-force.js';

/** The options that make the outcome. */
const DECIDING = [
  'rbd_cache',
  'rbd_cache_policy',
  'rbd_cache_writethrough_until_flush',
  'rbd_cache_size',
  'rbd_cache_max_dirty',
  'rbd_cache_target_dirty',
  'rbd_cache_max_dirty_age',
] as const;

/** Series without a source of their own behind the facts, by program. */
const QEMU_NOT_READ: Readonly<Record<string, string>> = {
  '11.0': 'neither its source nor the program was at hand; it is taken to behave as 10.2 and 11.1 do',
};
const CEPH_NOT_READ: Readonly<Record<string, string>> = {
  '19.2': 'its source was not read; it is taken to behave as 18.2 and 20.2 do where these agree',
};

/** One sentence each; empty where all that decides was read or observed. */
export function unverifiedQemuFacts({ releases: { qemu } }: DriveTrace): readonly string[] {
  const reason = QEMU_NOT_READ[qemu.series];
  return reason === undefined ? [] : [`${releaseName(qemu)}: ${reason}.`];
}

/** As {@link unverifiedQemuFacts}. The outcome's own list of assumptions holds the same in more words. */
export function unverifiedCephFacts({ releases: { librbd }, config }: DriveTrace): readonly string[] {
  const reason = CEPH_NOT_READ[librbd.series];
  if (reason !== undefined) return [`${releaseName(librbd)}: ${reason}.`];
  const open = DECIDING.filter((option) => config !== null && optionUncertainty(librbd, option) !== null);
  if (open.length === 0) return [];
  const names = open.map((option) => `\`${option}\``).join(', ');
  return [
    `${names} changed near ${releaseName(librbd)}, whose own source was not read; ${optionSource(librbd).label} stands in.`,
  ];
}
