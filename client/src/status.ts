/** The language status item: the pair of releases by which the document in front is judged. */
import * as vscode from 'vscode';
import type { DocumentStatus } from './protocol.js';

const SEVERITIES: Readonly<Record<DocumentStatus['severity'], vscode.LanguageStatusSeverity>> = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** Why there is no server to ask; undefined while there is one. */
type Outage = string | undefined;

export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;
  private readonly documents = new Map<string, DocumentStatus>();
  private readonly subscriptions: vscode.Disposable[];
  private outage: Outage;
  /** The server ended, and was started again: said until the user turns to another editor. */
  private wasRestarted = false;

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem('rbdcache.releases', selector);
    this.item.name = vscode.l10n.t('RBDCache releases');
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.wasRestarted = false;
        this.show();
      }),
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

  /** It crashed, and is being started again. */
  serverEnded(): void {
    this.documents.clear();
    this.wasRestarted = true;
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
    const { l10n } = vscode;
    if (this.outage !== undefined) {
      this.item.text = l10n.t('RBDCache: no server');
      this.item.detail = this.outage;
      this.item.severity = SEVERITIES.error;
      this.item.command = commandOf('restartServer', l10n.t('Restart'));
      return;
    }
    this.item.text = status?.text ?? 'RBDCache';
    if (this.wasRestarted) {
      this.item.detail = l10n.t('The server ended unexpectedly, and was started again.');
      this.item.severity = SEVERITIES.warning;
      this.item.command = commandOf('showLog', l10n.t('Show log'));
    } else {
      this.item.detail = status?.detail ?? '';
      this.item.severity = SEVERITIES[status?.severity ?? 'information'];
      this.item.command = commandOf('selectReleases', l10n.t('Select releases'));
    }
  }

  /** What the item says beside its text. */
  get detail(): string {
    return this.item.detail ?? '';
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function commandOf(name: 'selectReleases' | 'restartServer' | 'showLog', title: string): vscode.Command {
  return { command: `rbdcache.${name}`, title };
}
