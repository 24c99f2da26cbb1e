/** The full explanation of a drive or option, as a read-only Markdown document that follows its source. */
import * as vscode from 'vscode';
import type { ExplainParams } from './protocol.js';

const SCHEME = 'rbdcache-explain';

type Ask = (place: ExplainParams) => Promise<string | null>;

export class Explanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly ask: Ask) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /**
   * Opens the explanation beside the editor.
   * @param place as a link in a hover names it; without it, the cursor's place in the editor in front
   * @returns the document's address; undefined where there is nothing to explain
   */
  async open(place: ExplainParams | undefined = cursorPlace()): Promise<vscode.Uri | undefined> {
    if (place === undefined) return undefined;
    const source = vscode.Uri.parse(place.uri);
    const name = vscode.l10n.t('{0}, line {1}.md', source.path.split('/').at(-1) ?? '', place.position.line + 1);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: name, query: JSON.stringify(place) });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    return uri;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = parsePlace(uri.query);
    const markdown = place && (await this.ask(place));
    return markdown ?? `${vscode.l10n.t('Nothing here bears on a disk: no drive of QEMU, no option of Ceph.')}\n`;
  }

  /** Asks again for the explanations of a document. */
  refresh(source: string): void {
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme !== SCHEME) continue;
      const place = parsePlace(document.uri.query);
      if (place !== undefined && sameDocument(place.uri, source)) this.changed.fire(document.uri);
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The caret's place in the editor in front. */
export function cursorPlace(): ExplainParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function sameDocument(left: string, right: string): boolean {
  return vscode.Uri.parse(left).toString() === vscode.Uri.parse(right).toString();
}

/** Reads a place back from an address, or from a link's argument. */
export function parsePlace(text: string): ExplainParams | undefined {
  try {
    return placeOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function placeOf(value: unknown): ExplainParams | undefined {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || !isRecord(value['position'])) return undefined;
  const { line, character } = value['position'];
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  return { uri: value['uri'], position: { line, character } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
