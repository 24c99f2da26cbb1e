/** Places in documents, as commands and links name them. */
import * as vscode from 'vscode';
import type { NotOneDrive } from '../../server/src/features/who-wins/view.js';
import { DOCUMENTS } from './languages.js';
import type { DrivePlace, PlaceParams } from './protocol.js';

/** The caret's place in the editor in front; without one, as in the walkthrough, the top of a document that is open. */
export function cursorPlace(): PlaceParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { line, character } = editor.selection.active;
    return { uri: editor.document.uri.toString(), position: { line, character } };
  }
  const open = vscode.workspace.textDocuments.find((document) => vscode.languages.match(DOCUMENTS, document) > 0);
  return open && { uri: open.uri.toString(), position: { line: 0, character: 0 } };
}

/** Where there is no place at all, that is said. */
export function sayWhereToPutTheCaret(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Put the caret on a drive of a QEMU command line, or open the ceph.conf that it reads.'),
  );
}

/** What a link, a lens or another command named; undefined for anything else. */
export function placeOf(value: unknown): DrivePlace | undefined {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || !isRecord(value['position'])) return undefined;
  const { line, character } = value['position'];
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  const place = { uri: value['uri'], position: { line, character } };
  return typeof value['drive'] === 'string' ? { ...place, drive: value['drive'] } : place;
}

/** Of several drives, the one that the user picks. @param placeHolder what is to be done with it */
export async function pickDrive(
  drives: Extract<NotOneDrive, { readonly kind: 'choose' }>['drives'],
  placeHolder: string,
): Promise<DrivePlace | undefined> {
  const items = drives.map(({ label, uri, position }) => ({
    label,
    description: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
    place: { uri, position, drive: label },
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.place;
}

export function sameDocument(left: string, right: string): boolean {
  return vscode.Uri.parse(left).toString() === vscode.Uri.parse(right).toString();
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
