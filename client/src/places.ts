/** Places in documents, as commands and links name them. */
import * as vscode from 'vscode';
import type { DrivePlace, ExplainParams } from './protocol.js';

/** The caret's place in the editor in front. */
export function cursorPlace(): ExplainParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** What a link, a lens or another command named; undefined for anything else. */
export function placeOf(value: unknown): DrivePlace | undefined {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || !isRecord(value['position'])) return undefined;
  const { line, character } = value['position'];
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  const place = { uri: value['uri'], position: { line, character } };
  return typeof value['drive'] === 'string' ? { ...place, drive: value['drive'] } : place;
}

export function sameDocument(left: string, right: string): boolean {
  return vscode.Uri.parse(left).toString() === vscode.Uri.parse(right).toString();
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
