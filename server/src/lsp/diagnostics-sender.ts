/** When diagnostics go out: shortly after a change for clients that wait for them, on request for those that ask. */
import { type Connection, type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import { diagnosticsOf } from '../features/diagnostics.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Client } from './client.js';
import { toDiagnostic } from './convert.js';
import type { ClientDocument, Documents } from './documents.js';
import { errorText } from './guard.js';
import { type DocumentStatus, statusOf } from './status.js';

const DEBOUNCE_MS = 100;
/** What an edit means for other documents is told when its author pauses. */
const PAUSE_MS = 500;

/** Identity of what was last said of a document. */
interface Sent {
  readonly content: unknown;
  readonly releases: unknown;
  readonly id: string;
}

export class DiagnosticsSender {
  private readonly sent = new Map<string, Sent>();
  /** What was said of each document when things last settled. */
  private readonly settled = new Map<string, string>();
  private timer: NodeJS.Timeout | null = null;
  private count = 0;
  /** The document that changed; null where several did, or what lies around them. */
  private changed: string | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly documents: Documents,
    private readonly client: () => Client,
    private readonly complaints: (address: string) => readonly string[],
    private readonly sendStatus: (status: DocumentStatus) => void,
  ) {}

  /** Something changed; `uri` names the document that did, if it was one. */
  schedule(uri: string | null): void {
    this.changed = this.timer === null || this.changed === uri ? uri : null;
    this.wait(DEBOUNCE_MS, () => {
      const { changed } = this;
      const known = changed === null ? undefined : this.documents.get(changed);
      if (known === undefined) {
        this.settleAll();
        return;
      }
      this.settle(known);
      this.wait(PAUSE_MS, () => this.settleAll());
    });
  }

  private wait(milliseconds: number, then: () => void): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      then();
    }, milliseconds);
  }

  closed(uri: string): void {
    this.sent.delete(uri);
    this.settled.delete(uri);
    if (!this.client().pullsDiagnostics) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  pull(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const known = this.documents.get(uri);
    const analysis = known === undefined ? null : this.workspace.analyse(known.address);
    if (known === undefined || analysis === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const sent = this.remember(uri, analysis);
    if (previous === sent.id) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: sent.id };
    return { kind: DocumentDiagnosticReportKind.Full, resultId: sent.id, items: this.convert(known, analysis) };
  }

  private settleAll(): void {
    const { connection } = this;
    let others = false;
    for (const known of this.documents.all()) {
      if (this.settle(known)) others ||= known.uri !== this.changed;
    }
    if (!others) return;
    for (const method of this.client().refreshes) {
      connection.sendRequest(method).catch((error: unknown) => {
        connection.console.warn(`${method}: ${errorText(error)}`);
      });
    }
  }

  /** Says what is to be said of a document now; false where that is nothing new. */
  private settle(known: ClientDocument): boolean {
    const { connection } = this;
    const { uri, address, document } = known;
    try {
      const analysis = this.workspace.analyse(address);
      if (analysis === null) return false;
      const now = this.remember(uri, analysis);
      if (this.settled.get(uri) === now.id) return false;
      this.settled.set(uri, now.id);
      this.sendStatus(statusOf(uri, analysis, this.complaints(address)));
      if (!this.client().pullsDiagnostics) {
        const diagnostics = this.convert(known, analysis);
        void connection.sendDiagnostics({ uri, version: document.version, diagnostics });
      }
      return true;
    } catch (error) {
      connection.console.error(`diagnostics of ${uri}: ${errorText(error)}`);
      return false;
    }
  }

  private remember(uri: string, analysis: DocumentAnalysis): Sent {
    const content = analysis.kind === 'skipped' ? analysis.text : analysis.findings;
    const before = this.sent.get(uri);
    if (before !== undefined && before.content === content && before.releases === analysis.releases) return before;
    this.count += 1;
    const now: Sent = { content, releases: analysis.releases, id: String(this.count) };
    this.sent.set(uri, now);
    return now;
  }

  private convert({ document }: ClientDocument, analysis: DocumentAnalysis) {
    return diagnosticsOf(analysis).map((view) => toDiagnostic(view, document, this.documents, this.client()));
  }
}
