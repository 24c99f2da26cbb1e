/** What every request needs: the document asked for, looked into; its way from positions to offsets; and its errors explained. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import type { HoverContext } from '../features/hover.js';
import type { Linker } from '../features/links.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Client } from './client.js';
import type { DiagnosticsSender } from './diagnostics-sender.js';
import type { ClientDocument, Documents } from './documents.js';
import { guard } from './guard.js';

/** One thing that an editor can ask for. `lsp/requests/` holds one a file. */
export interface Request {
  /** Methods of the protocol that it answers, and of our own (`rbdcache/…`). */
  readonly methods: readonly string[];
  /** What a person gets of it, one line: the table of methods in the documentation derives from it. */
  readonly gives: string;
  listen(answering: Answering): void;
}

export interface AnsweringInput {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly diagnostics: DiagnosticsSender;
  readonly client: () => Client;
  readonly ready: () => Promise<void>;
  readonly scanned: () => Promise<void>;
  /** Called before each answer. */
  readonly refresh: () => void;
}

export interface Analysed {
  readonly known: ClientDocument;
  readonly analysis: DocumentAnalysis;
}

export class Answering {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly diagnostics: DiagnosticsSender;
  readonly client: () => Client;
  readonly links: Linker;

  constructor(private readonly input: AnsweringInput) {
    this.connection = input.connection;
    this.workspace = input.workspace;
    this.documents = input.documents;
    this.diagnostics = input.diagnostics;
    this.client = input.client;
    this.links = linker(input.documents, input.client);
  }

  /** A handler that waits for the settings, minds cancellation, and answers null and a line in the log where it fails. */
  guarded<P, R>(name: string, answer: (params: P, token: CancellationToken) => Promise<R> | R) {
    return guard(this.connection, this.input.ready)(name, answer);
  }

  /** As {@link guarded}, for a document that is open and ours; null for any other. */
  forDocument<P extends { readonly textDocument: { readonly uri: string } }, R>(
    name: string,
    answer: (found: Analysed, params: P, token: CancellationToken) => Promise<R> | R,
  ) {
    return this.guarded(name, async (params: P, token) => {
      const found = await this.analysed(params.textDocument.uri);
      return found === null ? null : answer(found, params, token);
    });
  }

  /** A ceph.conf is looked into once all drives of the workspace are known. */
  async analysed(uri: string): Promise<Analysed | null> {
    const { workspace } = this;
    const known = this.documents.get(uri);
    if (known === undefined) return null;
    this.input.refresh();
    const analysis = workspace.analyse(known.address);
    if (analysis === null) return null;
    if (analysis.kind !== 'conf') return { known, analysis };
    await this.scanned();
    const complete = workspace.analyse(known.address);
    return complete === null ? null : { known, analysis: complete };
  }

  /** Resolved once the folders have been looked through. */
  scanned(): Promise<void> {
    return this.input.scanned();
  }

  hoverContext(address: string): HoverContext {
    const { workspace, links: linker } = this;
    return { linker, environment: workspace.environmentOf(address), cluster: workspace.clusterOf(address) };
  }
}

/** Places as addresses with a line, which editors open from a hover. */
function linker(documents: Documents, client: () => Client): Linker {
  return {
    place: (address, offset) => {
      const there = address.startsWith('file:') ? documents.positions(address) : undefined;
      return there === undefined ? null : `${documents.uriOf(address)}#L${there.positionAt(offset).line + 1}`;
    },
    explanation: (address, offset) => commandLink(documents, client().explainCommand, address, offset),
    whatIf: (address, offset) => commandLink(documents, client().whatIfCommand, address, offset),
  };
}

/** The address that runs a command of the client with a place. */
function commandLink(documents: Documents, command: string | null, address: string, offset: number): string | null {
  const there = documents.positions(address);
  if (command === null || there === undefined) return null;
  const place = [{ uri: documents.uriOf(address), position: there.positionAt(offset) }];
  return `command:${command}?${encodeURIComponent(JSON.stringify(place)).replace(/[()']/g, percent)}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
