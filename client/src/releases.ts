/** Choosing the releases by which a document is judged: two lists, one for each program. */
import * as vscode from 'vscode';
import type { Program, ReleaseChoice, ReleaseChoices } from './protocol.js';

const PROGRAMS: readonly { readonly program: Program; readonly name: string; readonly setting: string }[] = [
  { program: 'qemu', name: 'QEMU', setting: 'qemuVersion' },
  { program: 'librbd', name: 'librbd', setting: 'librbdVersion' },
];

interface ReleaseItem extends vscode.QuickPickItem {
  /** Null: the newest known, whatever it is. */
  readonly version: string | null;
}

export interface ReleaseSelection {
  readonly choices: ReleaseChoices;
  /** Says what is in force now, and who chose it. */
  readonly now: string;
  /** The document whose releases are meant; without one, the user's settings are. */
  readonly document: vscode.Uri | undefined;
  /** The edit that changes a text which outranks the settings; undefined where there is none. */
  readonly editFor: (program: Program, version: string | null) => Promise<vscode.WorkspaceEdit | undefined>;
}

/** An answer goes where the present one comes from: a comment in the file, a settings file, else the folder's settings. */
export async function selectReleases({ choices, now, document, editFor }: ReleaseSelection): Promise<void> {
  for (const [index, { program, name, setting }] of PROGRAMS.entries()) {
    const current = choices.inForce?.[program];
    const items = [newestItem(current), ...choices[program].map((release) => releaseItem(release, current))];
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('{0} release ({1} of {2})', name, index + 1, PROGRAMS.length),
      placeHolder: now,
    });
    if (picked === undefined) return;
    if (picked.version === current) continue;
    await put(program, setting, picked.version, { document, editFor });
  }
}

/** Puts a release in force without asking. */
export async function useRelease(
  program: Program,
  version: string,
  where: Pick<ReleaseSelection, 'document' | 'editFor'>,
): Promise<void> {
  await put(program, program === 'qemu' ? 'qemuVersion' : 'librbdVersion', version, where);
}

/** Puts a pair in force without asking. */
export async function usePair(
  pair: Readonly<Record<Program, string>>,
  where: Pick<ReleaseSelection, 'document' | 'editFor'>,
): Promise<void> {
  for (const { program, setting } of PROGRAMS) await put(program, setting, pair[program], where);
}

async function put(
  program: Program,
  setting: string,
  version: string | null,
  { document, editFor }: Pick<ReleaseSelection, 'document' | 'editFor'>,
): Promise<void> {
  const edit = await editFor(program, version);
  if (edit === undefined) await writeSetting(document, setting, version ?? undefined);
  else await apply(edit, document);
}

type Current = string | null | undefined;

function newestItem(current: Current): ReleaseItem {
  const description = current === null ? vscode.l10n.t('assumed, in force now') : vscode.l10n.t('assumed');
  return { label: vscode.l10n.t('The newest known'), description, version: null };
}

/** `0.87 Giant, 2014`. */
export function releaseLabel({ version, name, year }: ReleaseChoice): string {
  return `${[version, name].filter((part) => part !== null).join(' ')}, ${year}`;
}

function releaseItem(release: ReleaseChoice, current: Current): ReleaseItem {
  const { version } = release;
  return {
    label: releaseLabel(release),
    description: version === current ? vscode.l10n.t('in force now') : '',
    version,
  };
}

export async function writeSetting(document: vscode.Uri | undefined, setting: string, version: string | undefined) {
  await vscode.workspace.getConfiguration('rbdcache', document).update(setting, version, targetFor(document));
}

function targetFor(document: vscode.Uri | undefined): vscode.ConfigurationTarget {
  if (document !== undefined && vscode.workspace.getWorkspaceFolder(document) !== undefined) {
    return vscode.ConfigurationTarget.WorkspaceFolder;
  }
  return vscode.workspace.workspaceFolders === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}

/** A settings file that is not in front is saved at once: nobody would look for unsaved changes there. */
async function apply(edit: vscode.WorkspaceEdit, inFront: vscode.Uri | undefined): Promise<void> {
  await vscode.workspace.applyEdit(edit);
  for (const [uri] of edit.entries()) {
    if (uri.toString() === inFront?.toString()) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    await document.save();
  }
}
