/** An editor's side of the protocol, no more than timing needs. */
import { spawn } from 'node:child_process';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** What takes longer counts as no answer. */
export const STEP_TIMEOUT_MS = 60_000;
const GOODBYE_MS = 3_000;

/**
 * @typedef {{ uri: string, version?: number | null, diagnostics: readonly unknown[] }} Published
 * @typedef {{ command: string, args: readonly string[], folder: string, folderUri: string, settings: unknown }} Start
 */

export class LspClient {
  #process;
  #connection;
  #folder;
  /** @type {((published: Published) => void)[]} */
  #listeners = [];
  /** @type {Promise<never>} */
  #ended;

  /** @param {Start} start */
  constructor({ command, args, folder, folderUri, settings }) {
    this.#folder = { uri: folderUri, name: 'bench' };
    this.#process = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdin, stdout } = this.#process;
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    const connection = this.#connection;
    connection.onError(() => undefined);
    connection.onRequest('workspace/configuration', (/** @type {{ items: { section?: string }[] }} */ { items }) =>
      items.map(({ section }) => sectionOf(settings, section ?? '')),
    );
    connection.onRequest('workspace/workspaceFolders', () => [this.#folder]);
    for (const name of ['client/registerCapability', 'client/unregisterCapability', 'window/workDoneProgress/create']) {
      connection.onRequest(name, () => null);
    }
    connection.onNotification('textDocument/publishDiagnostics', (/** @type {Published} */ published) => {
      for (const listener of this.#listeners) listener(published);
    });
    this.#ended = new Promise((_, reject) => {
      this.#process.on('error', reject);
      this.#process.on('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
    });
    this.#ended.catch(() => undefined);
    connection.listen();
  }

  /** @returns {number} */
  get pid() {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the server did not start');
    return pid;
  }

  /**
   * @param {boolean} pulls
   * @returns {Promise<import('vscode-languageserver').ServerCapabilities>}
   */
  async initialize(pulls) {
    const { capabilities } = await this.request('initialize', {
      processId: process.pid,
      rootUri: this.#folder.uri,
      workspaceFolders: [this.#folder],
      initializationOptions: { provideFormatter: true },
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeConfiguration: { dynamicRegistration: true },
        },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true },
          hover: { contentFormat: ['markdown', 'plaintext'] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          ...(pulls ? { diagnostic: {} } : {}),
        },
      },
    });
    return capabilities;
  }

  /**
   * @param {string} method
   * @param {unknown} [params]
   */
  notify(method, params) {
    void this.#connection.sendNotification(method, params);
  }

  /**
   * @param {string} method
   * @param {unknown} [params]
   */
  request(method, params) {
    return this.#inTime(this.#connection.sendRequest(method, params), method);
  }

  /**
   * @param {string} uri
   * @param {number} version or a later one
   * @returns {Promise<Published>} the next diagnostics of that document
   */
  diagnostics(uri, version) {
    /** @type {Promise<Published>} */
    const next = new Promise((resolve) => {
      /** @param {Published} published */
      const listener = (published) => {
        if (published.uri !== uri || (published.version ?? version) < version) return;
        this.#listeners = this.#listeners.filter((other) => other !== listener);
        resolve(published);
      };
      this.#listeners.push(listener);
    });
    return this.#inTime(next, 'diagnostics');
  }

  async stop() {
    const gone = this.#ended.catch(() => undefined);
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GOODBYE_MS);
    // A server that is busy or gone is killed; what it says of it does not matter.
    await Promise.race([this.#connection.sendRequest('shutdown').catch(() => undefined), gone]);
    await this.#connection.sendNotification('exit').catch(() => undefined);
    await gone;
    clearTimeout(timer);
    this.#connection.dispose();
  }

  /**
   * @template T
   * @param {Promise<T>} answer
   * @param {string} what
   * @returns {Promise<T>}
   */
  async #inTime(answer, what) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    /** @type {Promise<never>} */
    const late = new Promise((_, reject) => {
      const message = `${what}: no answer in ${STEP_TIMEOUT_MS / 1000} s`;
      timer = setTimeout(() => reject(new Error(message)), STEP_TIMEOUT_MS);
    });
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, late, this.#ended]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * @param {unknown} settings
 * @param {string} path with dots
 */
function sectionOf(settings, path) {
  let at = settings;
  for (const part of path.split('.').filter((name) => name !== '')) {
    at = typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, part)?.value : undefined;
  }
  return at ?? null;
}
