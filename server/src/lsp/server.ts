/** Ties a client to a workspace: life cycle, documents, settings, files. What is answered stands in requests/. */
import { setFlagsFromString } from 'node:v8';
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver';
import { redact } from '../features/redact.js';
import { ALL_RULES } from '../rules/all.js';
import { normaliseAddress, pathOfAddress } from '../workspace/address.js';
import { NodeFileAccess } from '../workspace/node-file-access.js';
import { RC_FILE_NAME } from '../workspace/rc-file.js';
import { Workspace } from '../workspace/workspace.js';
import { Answering } from './answering.js';
import type { Client } from './client.js';
import { DiagnosticsSender } from './diagnostics-sender.js';
import { Documents } from './documents.js';
import { errorText } from './guard.js';
import { speak } from './language.js';
import { REQUESTS } from './requests/index.js';
import { Scanner } from './scanner.js';
import { SettingsSource } from './settings-source.js';

/** Of files with other endings, such as what a cluster's commands printed, nobody tells. */
const WATCHED_ENDINGS = ['.conf', '.qemu', '.qemu-args', '.sh', '.bash'];
/** A client that never answers must not keep the server silent. */
const SETTINGS_TIMEOUT_MS = 3_000;
const REFRESH_MS = 2_000;

interface Folder {
  readonly uri: string;
  readonly address: string;
}

// What a keystroke leaves behind is soon garbage. V8 would rather let the heap grow fourfold than look for it; a server
// that stands beside an editor all day shall not. The cost, in processor time, is about a millisecond a keystroke.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=75');
// So small a young generation is cleaned sooner by one thread than by several that have to agree.
setFlagsFromString('--no-parallel-scavenge');
// What has run for a moment is compiled anew, for speed. Most of what opening a document runs does so for a few moments:
// that it is compiled takes more processor time than it saves. What goes on running for eight of them still is.
setFlagsFromString('--interrupt-budget=1000000');

/** `locale` is the client's language. */
export function startServer(connection: Connection, client: Client, locale: string | undefined): void {
  const untranslated = speak(locale);
  if (untranslated !== null) connection.console.warn(untranslated);
  const workspace: Workspace = new Workspace({
    files: new NodeFileAccess({
      folders: () => workspace.folders.flatMap((folder) => pathOfAddress(folder) ?? []),
      hostFiles: () => workspace.readsHostFiles(),
    }),
    log: (message) => connection.console.info(redact(message)),
    rules: ALL_RULES,
  });
  new Server(connection, workspace, client).listen();
}

class Server {
  private folders: readonly Folder[];
  private readonly documents: Documents;
  private readonly settings: SettingsSource;
  private readonly diagnostics: DiagnosticsSender;
  private readonly scanner: Scanner;
  private refreshed = 0;
  private release: () => void = () => undefined;
  private readonly ready = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private client: Client,
  ) {
    this.folders = client.folders;
    workspace.setFolders(this.folders.map(({ address }) => address));
    this.documents = new Documents(workspace);
    this.settings = new SettingsSource(connection, workspace);
    this.diagnostics = new DiagnosticsSender(
      connection,
      workspace,
      this.documents,
      () => this.client,
      (address) => [...this.settings.complaints, ...workspace.rcProblems(address)],
      (status) => void connection.sendNotification('rbdcache/status', status),
    );
    this.scanner = new Scanner(workspace, () => this.diagnostics.schedule(null));
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialized(() => this.initialized());
    connection.onShutdown(() => this.stop());
    this.listenToDocuments();
    const answering = new Answering({
      connection,
      workspace: this.workspace,
      documents: this.documents,
      diagnostics: this.diagnostics,
      client: () => this.client,
      ready: () => this.ready,
      scanned: () => this.scanner.finished(),
      refresh: () => this.refresh(),
    });
    for (const request of REQUESTS) request.listen(answering);
  }

  private initialized(): void {
    const { connection, client } = this;
    const failed = (what: string) => (error: unknown) => connection.console.error(`${what}: ${errorText(error)}`);
    if (client.registersConfiguration) {
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'rbdcache' })
        .catch(failed('registering for settings'));
    }
    if (client.registersWatchers) {
      const patterns = [...WATCHED_ENDINGS.map((ending) => `**/*${ending}`), `**/${RC_FILE_NAME}`];
      const watchers = patterns.map((globPattern) => ({ globPattern }));
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed('watching files'));
    }
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        const came = added.map(({ uri }) => ({ uri, address: normaliseAddress(uri) }));
        this.folders = [...this.folders.filter(({ uri }) => !gone.has(uri)), ...came];
        this.workspace.setFolders(this.folders.map(({ address }) => address));
        this.scanner.start();
        void this.loadSettings();
      });
    }
    void this.prepare().catch(failed('starting'));
  }

  /** For a while, nothing is answered before the settings are there. */
  private async prepare(): Promise<void> {
    const timeout = setTimeout(this.release, SETTINGS_TIMEOUT_MS);
    await this.loadSettings();
    clearTimeout(timeout);
    this.release();
    this.scanner.start();
    await this.scanner.finished();
    const { rehearse } = await import('./later.js');
    await rehearse();
  }

  private async loadSettings(): Promise<void> {
    await this.settings.load(this.client, this.folders);
    this.diagnostics.schedule(null);
  }

  private listenToDocuments(): void {
    const { connection, documents, diagnostics } = this;
    const guarded =
      <P>(what: string, take: (params: P) => void) =>
      (params: P): void => {
        try {
          take(params);
        } catch (error) {
          connection.console.error(`${what}: ${errorText(error)}`);
        }
      };
    connection.onDidOpenTextDocument(
      guarded('didOpen', ({ textDocument: { uri, languageId, version, text } }) => {
        documents.open(uri, languageId, version, text);
        diagnostics.schedule(uri);
      }),
    );
    connection.onDidChangeTextDocument(
      guarded('didChange', ({ textDocument: { uri, version }, contentChanges }) => {
        documents.change(uri, version, contentChanges);
        diagnostics.schedule(uri);
      }),
    );
    connection.onDidCloseTextDocument(
      guarded('didClose', ({ textDocument: { uri } }) => {
        documents.close(uri);
        diagnostics.closed(uri);
        diagnostics.schedule(null);
      }),
    );
    connection.onDidSaveTextDocument(guarded('didSave', () => this.lookAround()));
    connection.onDidChangeWatchedFiles(
      guarded('didChangeWatchedFiles', ({ changes }) => {
        this.workspace.filesChanged(changes.map(({ uri }) => normaliseAddress(uri)));
        diagnostics.schedule(null);
      }),
    );
    connection.onDidChangeConfiguration(
      guarded('didChangeConfiguration', ({ settings }: { settings: unknown }) => {
        this.client = this.settings.pushed(this.client, settings);
        void this.loadSettings();
      }),
    );
  }

  /** Before an answer, now and then: files that nobody tells of may have changed. */
  private refresh(): void {
    const now = Date.now();
    if (now - this.refreshed < REFRESH_MS) return;
    this.refreshed = now;
    this.lookAround();
  }

  private lookAround(): void {
    if (this.workspace.revalidate((address) => this.isWatched(address))) this.diagnostics.schedule(null);
  }

  private isWatched(address: string): boolean {
    if (!this.client.registersWatchers || this.workspace.folderOf(address) === null) return false;
    return [...WATCHED_ENDINGS, `/${RC_FILE_NAME}`].some((ending) => address.endsWith(ending));
  }

  private stop(): void {
    this.diagnostics.stop();
    this.scanner.stop();
  }
}
