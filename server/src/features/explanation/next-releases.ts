/** What changes for a drive with the releases that come next. */
import * as l10n from '@vscode/l10n';
import { cephChoices, cephRelease, qemuChoices, qemuRelease } from '../../catalog/releases.js';
import type { CommandTrace, ReleasePair } from '../../simulate/model.js';
import { compareReleases } from '../compare-releases.js';
import { releaseName } from '../releases.js';
import { differences } from '../what-if.js';
import type { ComparedDrive } from '../who-wins/matrix.js';

/** A newer release in which the drive behaves otherwise than in the one before. */
export interface ReleaseStep {
  /** `QEMU 3.1`. */
  readonly release: string;
  /** `Reads: cached → not cached`; empty where there is nothing to set side by side. */
  readonly changes: readonly string[];
  /** Whole sentences. */
  readonly why: readonly string[];
}

/** The steps of one program; where there are none, why. */
export interface NextReleases {
  readonly steps: readonly ReleaseStep[];
  readonly none: string;
}

/** QEMU, then librbd: the newer series one after the other, while the other program stays as it is. */
export function nextReleases(drive: ComparedDrive): readonly NextReleases[] {
  const { qemu, librbd, vendor } = drive.trace.releases;
  const emulators = newerThan(qemu.series, qemuChoices()).flatMap((version) => qemuRelease(version) ?? []);
  const libraries = newerThan(librbd.series, cephChoices()).flatMap((version) => cephRelease(version) ?? []);
  return [
    {
      steps: stepsOf(
        drive,
        emulators.map((one) => ({ qemu: one, librbd, vendor })),
        (pair) => releaseName(pair.qemu),
      ),
      none:
        emulators.length === 0
          ? l10n.t('No newer QEMU is known.')
          : l10n.t('No newer QEMU that is known changes anything.'),
    },
    {
      steps: stepsOf(
        drive,
        libraries.map((one) => ({ qemu, librbd: one, vendor })),
        (pair) => releaseName(pair.librbd),
      ),
      none:
        libraries.length === 0
          ? l10n.t('No newer librbd is known.')
          : l10n.t('No newer librbd that is known changes anything.'),
    },
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

function stepsOf(
  drive: ComparedDrive,
  next: readonly ReleasePair[],
  nameOf: (pair: ReleasePair) => string,
): readonly ReleaseStep[] {
  const steps: ReleaseStep[] = [];
  let before: CommandTrace = drive.inReleases(drive.trace.releases);
  for (const pair of next) {
    const after = drive.inReleases(pair);
    const [change] = compareReleases(drive.text, before, after);
    if (change === undefined || change.changed.length === 0) continue;
    const rows = differences(change.before?.outcome ?? null, change.after?.outcome ?? null);
    steps.push({
      release: nameOf(pair),
      changes: rows.map(({ topic, before: old, after: now }) => l10n.t('{0}: {1} → {2}', topic, old, now)),
      why: change.reasons.map((reason) => reason.text(() => null)),
    });
    before = after;
  }
  return steps;
}
