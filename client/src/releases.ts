/** Choosing the releases by which a folder's files are judged: two lists, and the answers go into the folder's settings. */
import * as vscode from 'vscode';
import type { ReleaseChoice, ReleaseChoices } from './protocol.js';

interface Step {
  readonly setting: 'qemuVersion' | 'librbdVersion';
  readonly program: string;
  readonly releases: readonly ReleaseChoice[];
}

interface ReleaseItem extends vscode.QuickPickItem {
  /** What the setting is to hold; undefined takes the setting away. */
  readonly version: string | undefined;
}

/** @param resource a document whose folder's settings are meant; without one, or outside all folders, the user's are. */
export async function selectReleases(choices: ReleaseChoices, resource: vscode.Uri | undefined): Promise<void> {
  const steps: readonly Step[] = [
    { setting: 'qemuVersion', program: 'QEMU', releases: choices.qemu },
    { setting: 'librbdVersion', program: 'librbd', releases: choices.librbd },
  ];
  const settings = vscode.workspace.getConfiguration('rbdcache', resource);
  const target = configurationTarget(resource);
  for (const [index, step] of steps.entries()) {
    const current = settings.get<string>(step.setting, '');
    const picked = await pick(step, current, `${index + 1} of ${steps.length}`);
    if (picked === undefined) return;
    if ((picked.version ?? '') !== current) await settings.update(step.setting, picked.version, target);
  }
}

async function pick({ program, releases }: Step, current: string, count: string): Promise<ReleaseItem | undefined> {
  const assumed: ReleaseItem = { label: 'The newest known', description: 'assumed', version: undefined };
  const items = [assumed, ...releases.map((release) => releaseItem(release, current))];
  return vscode.window.showQuickPick(items, {
    title: `${program} release that opens the disks of this folder (${count})`,
    placeHolder: current === '' ? `${program}: the newest known, assumed` : `${program} ${current}`,
    matchOnDescription: true,
  });
}

/** `0.87 Giant, 2014`. */
function releaseItem({ version, name, year }: ReleaseChoice, current: string): ReleaseItem {
  const label = `${[version, name].filter((part) => part !== null).join(' ')}, ${year}`;
  return { label, version, ...(version === current && { description: 'in the settings now' }) };
}

function configurationTarget(resource: vscode.Uri | undefined): vscode.ConfigurationTarget {
  if (resource !== undefined && vscode.workspace.getWorkspaceFolder(resource) !== undefined) {
    return vscode.ConfigurationTarget.WorkspaceFolder;
  }
  return vscode.workspace.workspaceFolders === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}
