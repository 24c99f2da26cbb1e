/**
 * `Detect Installed Versions`: asks the QEMU and the rbd of the machine that the extension host runs on. The one place
 * that starts a program; only on a person's own command, and only in a workspace that the person trusts.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { type InstalledVersion, machineName, OTHER_FOLDERS, programsToAsk, versionIn } from './installed-versions.js';
import type { Program } from './protocol.js';
import { writeSetting } from './releases.js';

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 64 * 1024;

interface Offer extends vscode.QuickPickItem {
  readonly found: InstalledVersion;
}

export interface DetectInput {
  readonly log: vscode.LogOutputChannel;
  /** Puts a release in force for a document, wherever that is said now; without one, for the workspace. */
  readonly useRelease: (document: vscode.Uri | undefined, program: Program, version: string) => Promise<void>;
}

export async function detectVersions({ log, useRelease }: DetectInput): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const message = vscode.l10n.t('Programs are only started in a trusted workspace.');
    const manage = vscode.l10n.t('Manage Trust');
    if ((await vscode.window.showInformationMessage(message, manage)) === manage) {
      await vscode.commands.executeCommand('workbench.trust.manage');
    }
    return;
  }
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking QEMU and rbd for their versions') },
    () => installedVersions(log),
  );
  if (found.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Neither QEMU nor rbd was found on this machine. Pick the releases from the list instead.'),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    found.map((one) => offer(one, found)),
    {
      canPickMany: true,
      title: vscode.l10n.t('Judge this folder by what is installed here'),
      placeHolder: whatIsMissing(found),
    },
  );
  const document = vscode.window.activeTextEditor?.document.uri;
  for (const { found: one } of picked ?? []) {
    await useRelease(document, one.program, one.version);
    if (one.program === 'qemu') await useVendor(document, one.vendor);
  }
}

/** A build that nobody patched needs no word, but where another one is set. */
async function useVendor(document: vscode.Uri | undefined, vendor: InstalledVersion['vendor']): Promise<void> {
  const set = vscode.workspace.getConfiguration('rbdcache', document).get('vendor');
  if (vendor === 'proxmox' || set === 'proxmox') await writeSetting(document, 'vendor', vendor);
}

/** What a person should know before taking it. */
function whatIsMissing(found: readonly InstalledVersion[]): string {
  const { l10n } = vscode;
  const has = (wanted: Program): boolean => found.some(({ program }) => program === wanted);
  if (!has('librbd')) return l10n.t('No rbd was found on this machine: the release of librbd stays as it is');
  if (!has('qemu')) return l10n.t('No QEMU was found on this machine: its release stays as it is');
  return l10n.t('librbd is what QEMU loads; rbd is most often of the same version');
}

/** One of each program and version. */
async function installedVersions(log: vscode.LogOutputChannel): Promise<readonly InstalledVersion[]> {
  const folders = [...new Set([...(process.env['PATH'] ?? '').split(delimiter), ...OTHER_FOLDERS])];
  const names = new Map<string, readonly string[]>();
  for (const folder of folders) if (folder !== '') names.set(folder, await namesIn(folder));
  const found = new Map<string, InstalledVersion>();
  for (const path of programsToAsk(names, machineName(process.arch))) {
    const said = await ask(path, log);
    if (said !== undefined && !found.has(`${said.program} ${said.version}`)) {
      found.set(`${said.program} ${said.version}`, said);
    }
  }
  return [...found.values()];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // A folder of the path that is not there holds no program.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

async function ask(path: string, log: vscode.LogOutputChannel): Promise<InstalledVersion | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES });
    log.info(`${path} --version: ${stdout.split('\n')[0] ?? ''}`);
    return versionIn(stdout, path);
  } catch (error) {
    log.warn(`${path} --version: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Of several versions of a program, the likeliest is picked. */
function offer(found: InstalledVersion, all: readonly InstalledVersion[]): Offer {
  const name = found.program === 'qemu' ? 'QEMU' : 'librbd';
  const picked = all.find(({ program }) => program === found.program) === found;
  const description = found.vendor === 'proxmox' ? 'Proxmox' : '';
  return { label: `${name} ${found.version}`, description, detail: found.path, picked, found };
}
