/** `Compare Releases…`: what another pair of releases changes, over the whole workspace. */
import * as vscode from 'vscode';
import type { Documents } from './documents.js';
import type { Program, ReleaseChoice, ReleaseChoices, ReleaseTarget } from './protocol.js';
import { releaseLabel } from './releases.js';

interface TargetItem extends vscode.QuickPickItem {
  /** Null: as it is in force for each drive. */
  readonly version: string | null;
}

/**
 * Asks for the pair to go to, unless it is said, and opens the report.
 * @returns the document's address; undefined where nothing was picked
 */
export async function openUpgradeReport(
  documents: Documents,
  choices: () => Promise<ReleaseChoices>,
  given: ReleaseTarget | undefined,
): Promise<vscode.Uri | undefined> {
  const to = given ?? (await pickTarget(await choices()));
  if (to === undefined) return undefined;
  const names = [
    ...(to.qemu === null ? [] : [`QEMU ${to.qemu}`]),
    ...(to.librbd === null ? [] : [`librbd ${to.librbd}`]),
  ];
  return documents.open({ kind: 'upgrade', to }, vscode.l10n.t('What changes with {0}', names.join(', ')));
}

async function pickTarget(choices: ReleaseChoices): Promise<ReleaseTarget | undefined> {
  const qemu = await pickRelease('qemu', 'QEMU', choices);
  if (qemu === undefined) return undefined;
  const librbd = await pickRelease('librbd', 'librbd', choices);
  if (librbd === undefined) return undefined;
  if (qemu.version !== null || librbd.version !== null) return { qemu: qemu.version, librbd: librbd.version };
  vscode.window.setStatusBarMessage(vscode.l10n.t('RBDCache: the same releases change nothing'), 5_000);
  return undefined;
}

async function pickRelease(program: Program, name: string, choices: ReleaseChoices): Promise<TargetItem | undefined> {
  const inForce = choices.inForce?.[program];
  const item = (release: ReleaseChoice): TargetItem => ({
    label: releaseLabel(release),
    description: release.version === inForce ? vscode.l10n.t('in force now') : '',
    version: release.version,
  });
  const stays: TargetItem = {
    label: vscode.l10n.t('As it is'),
    description: vscode.l10n.t('the release in force for each drive'),
    version: null,
  };
  return vscode.window.showQuickPick([stays, ...choices[program].map(item)], {
    title: vscode.l10n.t('Compare with which release of {0}?', name),
    placeHolder: vscode.l10n.t('Each drive of the workspace is compared with the releases in force for it'),
  });
}
