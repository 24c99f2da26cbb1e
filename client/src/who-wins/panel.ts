/** `RBDCache: Show Who Wins`: one panel with the matrix of a drive, which follows its source. */
import * as vscode from 'vscode';
import type { Matrix, ShownCell, ShownLadder, TextPlace, WhoWins } from '../../../server/src/features/who-wins/view.js';
import { cursorPlace, pickDrive, sayWhereToPutTheCaret } from '../places.js';
import type { DrivePlace, WhoWinsCellParams, WhoWinsParams } from '../protocol.js';
import {
  type ExportFormat,
  type HostMessage,
  type PageMessage,
  type Pair,
  pageMessage,
  remembered,
  type Target,
} from './messages.js';
import { pageFiles, pageHtml } from './page.js';
import { saveExport } from './save.js';
import { pageWords } from './words.js';

export const VIEW_TYPE = 'rbdcache.whoWins';
/** News of several documents come together, and while one types: the panel asks once they pause. */
const REFRESH_MS = 250;

export interface WhoWinsServer {
  whoWins(params: WhoWinsParams, token: vscode.CancellationToken): Promise<WhoWins | null>;
  cell(params: WhoWinsCellParams): Promise<ShownCell | null>;
  ladder(params: WhoWinsCellParams & { readonly option: string }): Promise<ShownLadder | null>;
}

export interface WhoWinsInput {
  readonly extension: vscode.Uri;
  readonly server: WhoWinsServer;
  /** Puts a pair of releases in force for a document. */
  readonly usePair: (document: vscode.Uri, pair: Pair) => Promise<void>;
  /** Told of what went wrong in the panel. */
  readonly report: (error: unknown) => void;
}

/** What the page showed when it last drew. */
export type Drawn = Extract<PageMessage, { readonly type: 'drawn' }>;

export class WhoWinsPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private target: Target | undefined;
  private matrix: Matrix | undefined;
  private ladder: ShownLadder | null = null;
  /** How often an explanation was asked for: an answer that a later one overtook is none. */
  private explanations = 0;
  private pageIsReady = false;
  /** Something changed while nobody saw the panel. */
  private isStale = false;
  private asked = new vscode.CancellationTokenSource();
  private timer: NodeJS.Timeout | undefined;
  private readonly registration: vscode.Disposable;
  private readonly drew = new vscode.EventEmitter<Drawn>();
  /** The page has drawn what it was sent. */
  readonly onDidDraw = this.drew.event;

  constructor(private readonly input: WhoWinsInput) {
    this.registration = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /**
   * Opens the panel for the drive at a place, or turns the open one to it.
   * @param place as a lens names it; without it, the caret's in the editor in front
   */
  async show(place: WhoWinsParams | undefined = cursorPlace()): Promise<void> {
    const found = await this.find(place);
    if (found === undefined) return;
    const { matrix, target } = found;
    this.target = target;
    if (this.panel === undefined) {
      const options = { enableScripts: true, localResourceRoots: [pageFiles(this.input.extension)] };
      const column = vscode.ViewColumn.Beside;
      this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'RBDCache', column, options));
    } else {
      this.panel.reveal(undefined, false);
    }
    this.present(matrix);
  }

  /** The drive that it shows, while it is in front. */
  get placeInFront(): DrivePlace | undefined {
    return this.panel?.active === true ? this.target : undefined;
  }

  /** VS Code was reloaded with the panel open. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panel?.dispose();
    const known = remembered(state);
    if (known === undefined) {
      panel.dispose();
      return;
    }
    this.target = known.target;
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFiles(this.input.extension)] };
    this.adopt(panel);
    await this.refreshNow();
  }

  /** Something was said of a document: the drive, its files or its releases may be others now. */
  refresh(): void {
    if (this.panel === undefined) return;
    this.isStale = !this.panel.visible;
    if (this.isStale) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(() => this.refreshNow()), REFRESH_MS);
  }

  /** Writes what the panel shows, or else the matrix of the drive under the caret, to a file that the user names. */
  async export(format?: ExportFormat, to?: vscode.Uri): Promise<vscode.Uri | undefined> {
    const shown = this.matrix !== undefined && this.target !== undefined;
    const found = shown ? undefined : await this.find(cursorPlace());
    const [matrix, target] = shown ? [this.matrix, this.target] : [found?.matrix, found?.target];
    if (matrix === undefined || target === undefined) return undefined;
    return saveExport({ matrix, ladder: shown ? this.ladder : null, beside: vscode.Uri.parse(target.uri) }, format, to);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.registration.dispose();
    this.drew.dispose();
    this.asked.dispose();
  }

  // -------------------------------------------------------------------------------------------------------------------

  /** The matrix of a place; where several drives come into question, the one that the user picks. */
  private async find(place: WhoWinsParams | undefined): Promise<{ matrix: Matrix; target: Target } | undefined> {
    if (place === undefined) {
      sayWhereToPutTheCaret();
      return undefined;
    }
    const where = {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('RBDCache: looking through the releases'),
    };
    const answer = await vscode.window.withProgress(where, (_, token) => this.input.server.whoWins(place, token));
    switch (answer?.kind) {
      case 'matrix':
        return { matrix: answer.matrix, target: targetOf(answer) };
      case 'choose': {
        const question = vscode.l10n.t('{0} Whose releases are to be compared?', answer.message);
        const picked = await pickDrive(answer.drives, question);
        return picked && this.find(picked);
      }
      case 'none':
        void vscode.window.showInformationMessage(answer.message);
        return undefined;
      default:
        return undefined;
    }
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.pageIsReady = false;
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.matrix = undefined;
      this.ladder = null;
      clearTimeout(this.timer);
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible && this.isStale) this.refresh();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = pageMessage(message);
      if (known !== undefined && this.panel === panel) this.run(() => this.take(known));
    });
    panel.webview.html = pageHtml(panel.webview, this.input.extension);
  }

  private async refreshNow(): Promise<void> {
    const { panel, target } = this;
    if (panel === undefined || target === undefined) return;
    // A later question takes an earlier one back.
    this.asked.cancel();
    this.asked.dispose();
    this.asked = new vscode.CancellationTokenSource();
    const answer = await this.input.server.whoWins(target, this.asked.token);
    if (answer === null || this.panel !== panel || this.target !== target) return;
    if (answer.kind === 'matrix') {
      this.target = targetOf(answer);
      this.present(answer.matrix);
    } else {
      this.matrix = undefined;
      this.send({ type: 'nothing', message: answer.message });
    }
  }

  private present(matrix: Matrix): void {
    this.matrix = matrix;
    if (this.panel !== undefined) this.panel.title = vscode.l10n.t('Who Wins: {0}', matrix.drive);
    if (this.target !== undefined) this.send({ type: 'matrix', target: this.target, matrix });
  }

  /** A page that is not there yet asks for everything once it is. */
  private send(message: HostMessage): void {
    if (this.pageIsReady) void this.panel?.webview.postMessage(message);
  }

  private async take(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.pageIsReady = true;
        this.send({ type: 'words', words: pageWords() });
        if (this.matrix !== undefined) this.present(this.matrix);
        break;
      case 'explain':
        await this.explain(message.pair, message.option);
        break;
      case 'use':
        if (this.target !== undefined) await this.input.usePair(vscode.Uri.parse(this.target.uri), message.pair);
        break;
      case 'open':
        await openPlace(message.place);
        break;
      case 'export':
        await this.export(message.format);
        break;
      case 'drawn':
        this.drew.fire(message);
        break;
    }
  }

  private async explain(pair: Pair, option: string): Promise<void> {
    const { target, input } = this;
    if (target === undefined) return;
    this.explanations += 1;
    const { explanations } = this;
    const params = { ...target, ...pair };
    const [cell, ladder] = await Promise.all([input.server.cell(params), input.server.ladder({ ...params, option })]);
    if (explanations !== this.explanations) return;
    this.ladder = ladder;
    this.send({ type: 'explained', pair, cell, ladder });
  }

  private run(action: () => Promise<void>): void {
    action().catch((error: unknown) => {
      if (!(error instanceof vscode.CancellationError)) this.input.report(error);
    });
  }
}

function targetOf({ uri, position, matrix }: Extract<WhoWins, { kind: 'matrix' }>): Target {
  return { uri, position, drive: matrix.drive };
}

/** Shows a place in an editor beside the panel, in the one that has the document where there is one. */
async function openPlace({ uri, position }: TextPlace): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const start = new vscode.Position(position.line, position.character);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(start, start),
  });
}
