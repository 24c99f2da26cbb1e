/** The language status item: the pair of releases by which the document in front is judged. */
import * as vscode from 'vscode';
import type { DocumentStatus } from './protocol.js';

const SEVERITIES: Readonly<Record<DocumentStatus['severity'], vscode.LanguageStatusSeverity>> = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

const SELECT: vscode.Command = { command: 'rbdcache.selectReleases', title: vscode.l10n.t('Select releases') };
const RESTART: vscode.Command = { command: 'rbdcache.restartServer', title: vscode.l10n.t('Restart') };

/** Why there is no server to ask; undefined while there is one. */
type Outage = string | undefined;

export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;
  private readonly documents = new Map<string, DocumentStatus>();
  private readonly subscriptions: vscode.Disposable[];
  private outage: Outage;

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem('rbdcache.releases', selector);
    this.item.name = vscode.l10n.t('RBDCache releases');
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.workspace.onDidCloseTextDocument((document) => this.documents.delete(document.uri.toString())),
    ];
    this.show();
  }

  /** What the item says of a document; undefined before the server has spoken of it. */
  of(uri: vscode.Uri): DocumentStatus | undefined {
    return this.documents.get(uri.toString());
  }

  take(status: DocumentStatus): void {
    this.documents.set(vscode.Uri.parse(status.uri).toString(), status);
    this.show();
  }

  serverIsGone(why: string): void {
    this.documents.clear();
    this.outage = why;
    this.show();
  }

  serverIsBack(): void {
    this.outage = undefined;
    this.show();
  }

  private show(): void {
    const active = vscode.window.activeTextEditor?.document.uri;
    const status = active && this.of(active);
    this.item.busy = this.outage === undefined && status === undefined;
    if (this.outage !== undefined) {
      this.item.text = vscode.l10n.t('RBDCache: no server');
      this.item.detail = this.outage;
      this.item.severity = SEVERITIES.error;
      this.item.command = RESTART;
    } else {
      this.item.text = status?.text ?? 'RBDCache';
      this.item.detail = status?.detail ?? '';
      this.item.severity = SEVERITIES[status?.severity ?? 'information'];
      this.item.command = SELECT;
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
