/** What is in force where a value that somebody wrote is not, in a few words: `false, by cache=none`. */
import * as l10n from '@vscode/l10n';
import type { CephOption } from '../catalog/ceph-options.js';
import { optionNotes } from '../catalog/rbd-options.js';
import { roughSize } from '../rules/support/sizes.js';
import type { CacheModeTrace, Candidate } from '../simulate/model.js';
import { commandText, type DriveInText, keeper } from './answer-sources.js';
import { shortened } from './answer-words.js';
import { shownValue } from './redact.js';

export interface InForceInstead {
  /** As it is shown: a size in human units, a secret not at all. */
  readonly value: string;
  /** Who says it; null where it is the release's default, which nobody says. */
  readonly by: string | null;
  /** True where the release cannot read the value that was written. */
  readonly refused: boolean;
}

/** Null where the value is in force itself. */
export function inForceInstead(drive: DriveInText, lost: Candidate): InForceInstead | null {
  const winner = drive.trace.config?.trace(lost.option)?.winner;
  if (winner === undefined || winner === lost) return null;
  const value = valueInShort(lost.option, winner.value ?? winner.written);
  return { value, by: sayer(drive, winner, lost), refused: lost.refusal !== null };
}

/** Who says a value, in short: `line 5`, `cache=none`; null for the release itself. */
export function sayer(drive: DriveInText, { place, option }: Candidate, lost?: Candidate): string | null {
  switch (place.kind) {
    case 'release':
      return null;
    case 'file':
      return lost?.place.kind === 'file' && lost.place.path === place.path
        ? l10n.t('line {0}', place.line)
        : l10n.t('line {0} of {1}', place.line, place.path.slice(place.path.lastIndexOf('/') + 1));
    case 'argument':
      return lost === undefined ? l10n.t('{0}= in the drive', option) : l10n.t('the drive');
    case 'environment':
      return `$${place.variable}`;
    case 'cluster':
      return keeper(place);
    case 'qemu':
      if (place.because === 'vendor') return l10n.t("Proxmox's QEMU");
      if (place.because !== 'cache-mode') return l10n.t('the drive');
      return place.span !== null && !drive.trace.cacheMode.isDefault
        ? commandText(drive, place.span, 32)
        : defaultMode(drive.trace.cacheMode);
  }
}

function defaultMode({ isDefault, name, direct }: CacheModeTrace): string {
  return isDefault
    ? l10n.t("QEMU's default, {0}", name)
    : l10n.t("QEMU's default, {0}", `cache.direct=${direct ? 'on' : 'off'}`);
}

/** An option's value as `rados_conf_get` prints it, short; a size in human units. */
export function valueInShort(option: string, value: string): string {
  if (value === '') return l10n.t('empty');
  const size = holdsBytes(option) && /^\d{1,20}$/.test(value) ? roughSize(Number(value)) : null;
  return size ?? shortened(shownValue(option, value), 32);
}

/** True for an option that counts bytes. `known`: what the release says of it, where that is at hand. */
export function holdsBytes(option: string, known?: CephOption): boolean {
  return known?.type === 'size' || optionNotes(option)?.unit === 'bytes';
}
