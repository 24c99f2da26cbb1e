/** Places that the server found, shown as the editor shows references. */
import * as vscode from 'vscode';
import { isRecord } from './places.js';

/** @param found `{uri, position, locations}` as the server's lens names them; anything else is ignored */
export async function showReferences(found: unknown): Promise<void> {
  if (!isRecord(found)) return;
  const { uri, position, locations } = found;
  const at = positionOf(position);
  if (typeof uri !== 'string' || at === undefined || !Array.isArray(locations)) return;
  const places = locations.flatMap((location: unknown) => locationOf(location) ?? []);
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), at, places);
}

function locationOf(value: unknown): vscode.Location | undefined {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || !isRecord(value['range'])) return undefined;
  const [start, end] = [positionOf(value['range']['start']), positionOf(value['range']['end'])];
  if (start === undefined || end === undefined) return undefined;
  return new vscode.Location(vscode.Uri.parse(value['uri']), new vscode.Range(start, end));
}

function positionOf(value: unknown): vscode.Position | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return typeof line === 'number' && typeof character === 'number' ? new vscode.Position(line, character) : undefined;
}
