/** A small editor: speaks to the server over stdio as any client would, and remembers what it was told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type Location,
  type Position,
  type ProtocolConnection,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { CARET } from '../caret.js';
import { OutwardReader } from '../outward-reader.js';

/** As it is shipped; built before these tests. */
const SERVER = join(import.meta.dirname, '../../dist/server.js');

export interface EditorOptions {
  /** Files that lie in the workspace's folder before the server starts. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the `rbdcache` section holds. */
  readonly settings?: unknown;
  /** Folders of the workspace below its own, by name, each with what its `rbdcache` section holds; by default there is one. */
  readonly folders?: Readonly<Record<string, unknown>>;
  /** Takes the place of all that the client says of its abilities. */
  readonly capabilities?: object;
  readonly pullsDiagnostics?: boolean;
  /** What of an inlay hint the client asks for later; absent: it never does. */
  readonly resolvesHints?: readonly string[];
  /** Asks for an action's edit when it is chosen. */
  readonly resolvesActions?: boolean;
  readonly initializationOptions?: unknown;
  /** The language of the editor. */
  readonly locale?: string;
}

export interface Status {
  readonly uri: string;
  readonly text: string;
  readonly detail: string;
  readonly severity: string;
}

export class Editor {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'rbdcache-')));
  readonly log: string[] = [];
  readonly statuses: Status[] = [];
  readonly published = new Map<string, Diagnostic[]>();
  initialized: InitializeResult = { capabilities: {} };
  private readonly texts = new Map<string, { text: string; version: number }>();
  private waiting: (() => void)[] = [];
  private settings: unknown;

  private constructor(
    private readonly server: ChildProcess,
    private readonly reader: OutwardReader,
    readonly connection: ProtocolConnection,
    private readonly options: EditorOptions,
  ) {
    this.settings = options.settings === undefined ? {} : options.settings;
    for (const [path, text] of Object.entries(options.files ?? {})) this.write(path, text);
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => this.settingsOf(scopeUri)),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.onRequest('workspace/inlayHint/refresh', () => null);
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    connection.onNotification('rbdcache/status', (status: Status) => {
      this.statuses.push(status);
      this.wake();
    });
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        this.published.set(params.uri, params.diagnostics);
        this.wake();
      },
    );
    connection.listen();
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = server;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    const reader = new OutwardReader(stdout);
    const connection = createProtocolConnection(reader, new StreamMessageWriter(stdin));
    const editor = new Editor(server, reader, connection, options);
    await editor.initialize();
    return editor;
  }

  private async initialize(): Promise<void> {
    const diagnostics = this.options.pullsDiagnostics === true ? { diagnostic: { dynamicRegistration: false } } : {};
    const { resolvesHints } = this.options;
    const hints = resolvesHints === undefined ? {} : { inlayHint: { resolveSupport: { properties: resolvesHints } } };
    this.initialized = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: this.folders(),
      capabilities: this.options.capabilities ?? {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        textDocument: {
          ...diagnostics,
          ...(this.options.resolvesActions === true
            ? { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } }
            : {}),
          ...hints,
          publishDiagnostics: { relatedInformation: true },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        },
      },
      initializationOptions: this.options.initializationOptions ?? {},
      ...(this.options.locale === undefined ? {} : { locale: this.options.locale }),
    });
    await this.connection.sendNotification('initialized', {});
  }

  private folders(): { uri: string; name: string }[] {
    const { folders } = this.options;
    if (folders === undefined) return [{ uri: pathToFileURL(this.folder).href, name: 'workspace' }];
    return Object.keys(folders).map((name) => ({ uri: this.uri(name), name }));
  }

  private settingsOf(scopeUri: string | undefined): unknown {
    const own = Object.entries(this.options.folders ?? {}).find(([name]) => this.uri(name) === scopeUri);
    return own === undefined ? this.settings : own[1];
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  async open(path: string, languageId: string, text: string): Promise<void> {
    this.texts.set(path, { text, version: 1 });
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId, version: 1, text },
    });
  }

  async close(path: string): Promise<void> {
    this.texts.delete(path);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** Replaces the first `old` by `now`, as typing does. */
  async edit(path: string, old: string, now: string): Promise<void> {
    const text = this.text(path);
    const at = text.indexOf(old);
    if (at < 0) throw new Error(`${path} holds no ${old}`);
    const range = { start: positionIn(text, at), end: positionIn(text, at + old.length) };
    await this.change(path, text.slice(0, at) + now + text.slice(at + old.length), [{ range, text: now }]);
  }

  /** Applies edits that the server proposed for an open document. */
  async apply(path: string, edits: readonly TextEdit[]): Promise<void> {
    const text = applyTextEdits(this.text(path), edits);
    await this.change(path, text, [{ text }]);
  }

  private async change(path: string, text: string, contentChanges: unknown[]): Promise<void> {
    const version = (this.texts.get(path)?.version ?? 0) + 1;
    this.texts.set(path, { text, version });
    this.published.delete(this.uri(path));
    const textDocument = { uri: this.uri(path), version };
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  text(path: string): string {
    const known = this.texts.get(path);
    if (known === undefined) throw new Error(`${path} is not open`);
    return known.text;
  }

  /** The position of the caret in a pattern that occurs once: `cache=no‸ne`. */
  at(path: string, pattern: string): Position {
    const text = this.text(path);
    const caret = pattern.indexOf(CARET);
    const start = text.indexOf(pattern.replace(CARET, ''));
    if (caret < 0 || start < 0) throw new Error(`${path} holds no ${pattern}`);
    return positionIn(text, start + caret);
  }

  /** The hover's text; empty where there is none. */
  async hover(path: string, pattern: string): Promise<string> {
    const hover: Hover | null = await this.ask('hover', path, { position: this.at(path, pattern) });
    return hover === null || typeof hover.contents !== 'object' || !('value' in hover.contents)
      ? ''
      : hover.contents.value;
  }

  async pull(path: string): Promise<Diagnostic[]> {
    const report: { items?: Diagnostic[] } = await this.ask('diagnostic', path, {});
    return report.items ?? [];
  }

  /** Diagnostics as they were published, once they have been. */
  async diagnostics(path: string): Promise<Diagnostic[]> {
    if (this.options.pullsDiagnostics === true) return this.pull(path);
    await this.until(() => this.published.has(this.uri(path)), `diagnostics of ${path}`);
    return this.published.get(this.uri(path)) ?? [];
  }

  async codeActions(path: string, pattern: string, only?: string[]): Promise<CodeAction[]> {
    const position = this.at(path, pattern);
    const context = { diagnostics: await this.diagnostics(path), ...(only === undefined ? {} : { only }) };
    const actions: CodeAction[] | null = await this.ask('codeAction', path, {
      range: { start: position, end: position },
      context,
    });
    return actions ?? [];
  }

  async inlayHints(path: string): Promise<InlayHint[]> {
    const end = positionIn(this.text(path), this.text(path).length);
    const hints: InlayHint[] | null = await this.ask('inlayHint', path, {
      range: { start: { line: 0, character: 0 }, end },
    });
    return hints ?? [];
  }

  async completions(path: string, pattern: string): Promise<string[]> {
    const list: CompletionList | null = await this.ask('completion', path, { position: this.at(path, pattern) });
    return (list?.items ?? []).map(({ label }) => label);
  }

  async symbols(path: string): Promise<DocumentSymbol[]> {
    return (await this.ask<DocumentSymbol[] | null>('documentSymbol', path, {})) ?? [];
  }

  async folds(path: string): Promise<FoldingRange[]> {
    return (await this.ask<FoldingRange[] | null>('foldingRange', path, {})) ?? [];
  }

  async definition(path: string, pattern: string): Promise<Location[]> {
    return (await this.ask<Location[] | null>('definition', path, { position: this.at(path, pattern) })) ?? [];
  }

  ask<R>(method: string, path: string, params: object): Promise<R> {
    return this.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: this.uri(path) }, ...params });
  }

  /** Changes the settings as a person would, and tells the server. */
  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    this.published.clear();
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; log: ${this.log.join('\n')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** As {@link until}, where each look is a question to the server. */
  async untilAsync(holds: () => Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; log: ${this.log.join('\n')}`);
      await new Promise<void>((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    const ended = new Promise<void>((resolve) => this.server.once('exit', () => resolve()));
    await this.connection.sendNotification('exit');
    await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    const names = [...this.reader.innerNames];
    if (names.length > 0) throw new Error(`the server said what only itself understands: ${names.join(', ')}`);
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return { line, character: offset - (before.lastIndexOf('\n') + 1) };
}

export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  return [...edits]
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

/** The rules' ids of diagnostics, sorted. */
export function rulesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => String(code)).sort();
}
