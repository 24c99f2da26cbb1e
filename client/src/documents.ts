/** Read-only Markdown documents that follow what they speak of: explanations, changes that were tried, upgrade reports. */
import * as vscode from 'vscode';
import { sameDocument } from './places.js';
import { type ShownMarkdown, shownMarkdown } from './shown-markdown.js';
import { addressOf, placeOfSubject, SCHEMES, type Subject, subjectOf } from './subjects.js';

/** What there is to show of a subject. */
export interface Content {
  readonly markdown: string;
  /** It holds a change that can be made. */
  readonly canBeApplied: boolean;
}

type Ask = (subject: Subject, token: vscode.CancellationToken) => Promise<Content>;

const SELECTOR = Object.values(SCHEMES).map((scheme) => ({ scheme }));
/** News of many documents come together; a report on all of them is asked for once. */
const REFRESH_MS = 150;

interface Shown extends ShownMarkdown {
  readonly canBeApplied: boolean;
}

export class Documents
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.CodeLensProvider, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  private readonly shown = new Map<string, Shown>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;
  readonly onDidChangeCodeLenses = this.lensesChanged.event;

  constructor(private readonly ask: Ask) {
    const { workspace, languages } = vscode;
    this.subscriptions = [
      ...Object.values(SCHEMES).map((scheme) => workspace.registerTextDocumentContentProvider(scheme, this)),
      languages.registerDocumentLinkProvider(SELECTOR, this),
      languages.registerCodeLensProvider(SELECTOR, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.shown.delete(uri.toString())),
      this.changed,
      this.lensesChanged,
    ];
  }

  /** Opens the document of a subject beside the editor. @returns its address */
  async open(subject: Subject, title: string): Promise<vscode.Uri> {
    const uri = addressOf(subject, title);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    const isOurs = vscode.window.activeTextEditor?.document.uri.scheme.startsWith('rbdcache-') === true;
    const viewColumn = isOurs ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preview: true });
    return uri;
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const subject = subjectOf(uri);
    if (subject === undefined) return '';
    const { markdown, canBeApplied } = await this.ask(subject, token);
    const shown = { ...shownMarkdown(markdown), canBeApplied };
    this.shown.set(uri.toString(), shown);
    this.lensesChanged.fire();
    return shown.text;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const shown = this.shown.get(document.uri.toString());
    if (shown === undefined || shown.text !== document.getText()) return [];
    return shown.links.map(({ start, end, target }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return new vscode.DocumentLink(range, vscode.Uri.parse(target));
    });
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const subject = subjectOf(uri);
    if (subject === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const canBeApplied = this.shown.get(uri.toString())?.canBeApplied === true;
    return lensesOf(subject, canBeApplied).map((command) => new vscode.CodeLens(top, command));
  }

  /** Asks again for what speaks of a document, or of all of them. */
  refresh(source: string): void {
    let reports = false;
    for (const { uri } of vscode.workspace.textDocuments) {
      const subject = subjectOf(uri);
      const place = placeOfSubject(subject);
      if (place !== undefined && sameDocument(place.uri, source)) this.changed.fire(uri);
      reports ||= subject?.kind === 'upgrade';
    }
    if (!reports) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refreshReports(), REFRESH_MS);
  }

  private refreshReports(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (subjectOf(uri)?.kind === 'upgrade') this.changed.fire(uri);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function lensesOf(subject: Subject, canBeApplied: boolean): readonly vscode.Command[] {
  const { l10n } = vscode;
  switch (subject.kind) {
    case 'explanation':
      return [
        { title: l10n.t('Who wins in other releases'), command: 'rbdcache.showWhoWins', arguments: [subject.place] },
        { title: l10n.t('What if…'), command: 'rbdcache.whatIf', arguments: [subject.place] },
        {
          title: l10n.t('Copy for a bug report'),
          command: 'rbdcache.copyExplanation',
          arguments: [subject.place],
        },
      ];
    case 'whatIf': {
      const { place, change } = subject;
      const apply = { title: l10n.t('Apply'), command: 'rbdcache.applyWhatIf', arguments: [place, change] };
      const other = { title: l10n.t('Try something else…'), command: 'rbdcache.whatIf', arguments: [place] };
      return canBeApplied ? [apply, other] : [other];
    }
    case 'upgrade':
      return [{ title: l10n.t('Compare with other releases…'), command: 'rbdcache.compareReleases' }];
  }
}
