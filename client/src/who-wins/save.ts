/** Writes a matrix to a file: a picture, or text for a report. */
import * as vscode from 'vscode';
import { toMarkdown } from '../../../server/src/features/who-wins/markdown.js';
import { toSvg } from '../../../server/src/features/who-wins/svg.js';
import type { Matrix, ShownLadder } from '../../../server/src/features/who-wins/view.js';
import { EXPORT_FORMATS, type ExportFormat } from './messages.js';
import { exportWords } from './words.js';

export interface ExportInput {
  readonly matrix: Matrix;
  readonly ladder: ShownLadder | null;
  /** The document of the drive: the file is offered to lie beside it. */
  readonly beside: vscode.Uri;
}

const FORMATS: Readonly<Record<ExportFormat, { readonly name: string; readonly extension: string }>> = {
  svg: { name: 'SVG', extension: 'svg' },
  markdown: { name: 'Markdown', extension: 'md' },
};

/**
 * @param format asked for where it is left out
 * @param to asked for where it is left out
 * @returns the file; undefined where the user gave up
 */
export async function saveExport(
  { matrix, ladder, beside }: ExportInput,
  format?: ExportFormat,
  to?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const chosen = format ?? (await pickFormat());
  if (chosen === undefined) return undefined;
  const target = to ?? (await pickFile(chosen, beside));
  if (target === undefined) return undefined;
  const render = chosen === 'svg' ? toSvg : toMarkdown;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(render(matrix, ladder, exportWords())));
  return target;
}

async function pickFormat(): Promise<ExportFormat | undefined> {
  const items = EXPORT_FORMATS.map((format) => ({ label: FORMATS[format].name, format }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Export as') });
  return picked?.format;
}

async function pickFile(format: ExportFormat, beside: vscode.Uri): Promise<vscode.Uri | undefined> {
  const { name, extension } = FORMATS[format];
  const folder = vscode.workspace.getWorkspaceFolder(beside)?.uri;
  return vscode.window.showSaveDialog({
    filters: { [name]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `who-wins.${extension}`) }),
  });
}

export function exportFormat(value: unknown): ExportFormat | undefined {
  return EXPORT_FORMATS.find((known) => known === value);
}
