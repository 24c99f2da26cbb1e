/** What changes for a drive with the releases that come next. */
import * as l10n from '@vscode/l10n';
import { cephChoices, cephRelease, qemuChoices, qemuRelease } from '../../catalog/releases.js';
import type { DriveTrace, ReleasePair } from '../../simulate/model.js';
import { releaseName } from '../../workspace/releases-in-force.js';
import { outcomeTitle } from '../outcome-words.js';
import type { ComparedDrive } from '../who-wins/matrix.js';

/** One sentence for each program: the next series in which something differs, or that nothing does. */
export function nextReleases(drive: ComparedDrive): readonly string[] {
  const { qemu, librbd, vendor } = drive.trace.releases;
  const emulators = newerThan(qemu.series, qemuChoices()).flatMap((version) => qemuRelease(version) ?? []);
  const libraries = newerThan(librbd.series, cephChoices()).flatMap((version) => cephRelease(version) ?? []);
  return [
    change(
      drive,
      emulators.map((one) => ({ pair: { qemu: one, librbd, vendor }, name: releaseName(one) })),
      l10n.t('No newer QEMU that is known changes anything.'),
    ),
    change(
      drive,
      libraries.map((one) => ({ pair: { qemu, librbd: one, vendor }, name: releaseName(one) })),
      l10n.t('No newer librbd that is known changes anything.'),
    ),
  ];
}

/** Oldest first; the choices are newest first. */
function newerThan(series: string, choices: readonly { readonly version: string }[]): readonly string[] {
  const at = choices.findIndex(({ version }) => version === series);
  return choices
    .slice(0, Math.max(at, 0))
    .map(({ version }) => version)
    .reverse();
}

function change(
  drive: ComparedDrive,
  next: readonly { readonly pair: ReleasePair; readonly name: string }[],
  none: string,
): string {
  if (next.length === 0) return l10n.t('No newer release is known.');
  const now = behaviour(drive.trace);
  for (const { pair, name } of next) {
    const [trace] = drive.inReleases(pair).drives;
    if (trace === undefined) return l10n.t('{0} sees no RBD drive here any more.', name);
    if (behaviour(trace) !== now)
      return l10n.t('{0} changes it: {1}.', name, outcomeTitle({ trace, text: drive.text }));
  }
  return none;
}

/** What a person would notice. */
function behaviour({ outcome, error }: DriveTrace): string {
  if (outcome === null || error !== null) return JSON.stringify([error?.stage, error?.code]);
  const { assumes: _, safetyReason: __, ...rest } = outcome;
  return JSON.stringify(rest);
}
