/** What the answer rests on that nobody has verified, said where it matters. */
import * as l10n from '@vscode/l10n';
import { optionSource, optionUncertainty } from '../catalog/ceph-options.js';
import type { DriveTrace } from '../simulate/model.js';
import { releaseName } from './releases.js';

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
const QEMU_NOT_READ: Readonly<Record<string, (release: string) => string>> = {
  '11.0': (release) =>
    l10n.t(
      '{0}: neither its source nor the program was at hand; it is taken to behave as {1} and {2} do.',
      release,
      '10.2',
      '11.1',
    ),
};
const CEPH_NOT_READ: Readonly<Record<string, (release: string) => string>> = {
  '19.2': (release) =>
    l10n.t(
      '{0}: its source was not read; it is taken to behave as {1} and {2} do where these agree.',
      release,
      '18.2',
      '20.2',
    ),
};

/** One sentence each; empty where all that decides was read or observed. */
export function unverifiedQemuFacts({ releases: { qemu } }: DriveTrace): readonly string[] {
  const said = QEMU_NOT_READ[qemu.series]?.(releaseName(qemu));
  return said === undefined ? [] : [said];
}

/** As {@link unverifiedQemuFacts}. The outcome's own list of assumptions holds the same in more words. */
export function unverifiedCephFacts({ releases: { librbd }, config }: DriveTrace): readonly string[] {
  const said = CEPH_NOT_READ[librbd.series]?.(releaseName(librbd));
  if (said !== undefined) return [said];
  const open = DECIDING.filter((option) => config !== null && optionUncertainty(librbd, option) !== null);
  if (open.length === 0) return [];
  return [
    l10n.t(
      '{0} changed near {1}, whose own source was not read; {2} stands in.',
      open.map((option) => `\`${option}\``).join(', '),
      releaseName(librbd),
      optionSource(librbd).label,
    ),
  ];
}
