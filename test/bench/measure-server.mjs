/** One session with a server: start, open, type, hover, complete. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { placesOf } from './documents.mjs';
import { LspClient } from './lsp-client.mjs';
import { cpuTime, memory } from './process-figures.mjs';

/** Registrations, settings and a look through the workspace come after the start and are none of a document's cost. */
const SETTLE_MS = 500;
/** What a server still does after its answer counts as the answer's cost. */
const AFTERMATH_MS = 300;
/** Slow servers are asked fewer times. */
const PATIENCE_MS = 5_000;
const FEWEST = 3;

/**
 * Milliseconds and MiB; processor time where its name says so, else as the editor sees it.
 * @typedef {Partial<Record<FigureName, number | undefined>> & { failed?: string }} Figures
 * @typedef {typeof FIGURES[number]} FigureName
 */
export const FIGURES = /** @type {const} */ ([
  'initCpu',
  'initWall',
  'openCpu',
  'openWall',
  'problems',
  'keyCpu',
  'keyWall',
  'keyWall95',
  'hoverCpu',
  'hover',
  'hover95',
  'completion',
  'completion95',
  'rss',
  'peak',
]);

/**
 * @param {import('./subjects.mjs').Subject} subject
 * @param {{ lines: number, keystrokes: number, requests: number }} size
 * @returns {Promise<Figures>} what was measured up to a failure, and what failed
 */
export async function measureServer(subject, { lines, keystrokes, requests }) {
  return measureDocuments(subject, subject.documents(lines), { keystrokes, requests });
}

/**
 * @param {import('./subjects.mjs').Subject} subject
 * @param {readonly import('./documents.mjs').Document[]} documents the last one is worked in
 * @param {{ keystrokes: number, requests: number }} size
 * @returns {Promise<Figures>}
 */
export async function measureDocuments(subject, documents, { keystrokes, requests }) {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-bench-'));
  for (const { path, text } of documents) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  /** @type {Figures} */
  const figures = {};
  const started = performance.now();
  const { args, settings = {}, pulls = false } = subject;
  const client = new LspClient({
    command: process.execPath,
    args,
    folder,
    folderUri: pathToFileURL(folder).href,
    settings,
  });
  try {
    const capabilities = await client.initialize(pulls);
    figures.initWall = performance.now() - started;
    figures.initCpu = cpuTime(client.pid);
    client.notify('initialized', {});
    client.notify('workspace/didChangeConfiguration', { settings });
    await pause(SETTLE_MS);

    const session = new Session(client, folder, documents, pulls, capabilities);
    await session.open(figures);
    await session.type(figures, keystrokes);
    await session.ask(figures, requests);
    Object.assign(figures, memory(client.pid));
  } catch (error) {
    figures.failed = error instanceof Error ? error.message : String(error);
  } finally {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

class Session {
  /** @type {number} */
  #version = 1;

  /**
   * @param {LspClient} client
   * @param {string} folder
   * @param {readonly import('./documents.mjs').Document[]} documents
   * @param {boolean} pulls
   * @param {import('vscode-languageserver').ServerCapabilities} capabilities
   */
  constructor(client, folder, documents, pulls, capabilities) {
    const document = documents.at(-1);
    if (document === undefined) throw new Error('nothing to open');
    this.client = client;
    this.document = document;
    this.others = documents.slice(0, -1);
    this.uriOf = (/** @type {{ path: string }} */ { path }) => pathToFileURL(join(folder, path)).href;
    this.uri = this.uriOf(document);
    this.pulls = pulls;
    this.capabilities = capabilities;
  }

  /** @param {Figures} figures */
  async open(figures) {
    const { client, document, uri } = this;
    for (const other of this.others) client.notify('textDocument/didOpen', { textDocument: this.#item(other) });
    if (this.others.length > 0) await pause(SETTLE_MS * 2);
    const before = cpuTime(client.pid);
    const start = performance.now();
    const { diagnostics } = await this.#diagnosticsAfter(() =>
      client.notify('textDocument/didOpen', { textDocument: { ...this.#item(document), uri } }),
    );
    figures.openWall = performance.now() - start;
    figures.problems = diagnostics.length;
    await pause(AFTERMATH_MS);
    figures.openCpu = since(before, cpuTime(client.pid));
  }

  /**
   * A character is typed and taken away again, each time until the diagnostics are there.
   * @param {Figures} figures
   * @param {number} count
   */
  async type(figures, count) {
    const { client, document } = this;
    const places = placesOf(document.text, document.typeAfter, 3);
    const at = places[1] ?? places[0] ?? { line: 0, character: 0 };
    const behind = { line: at.line, character: at.character + document.types.length };
    const before = cpuTime(client.pid);
    const walls = await this.#samples(count, async (i) => {
      const typed = i % 2 === 0;
      const change = { range: { start: at, end: typed ? at : behind }, text: typed ? document.types : '' };
      await this.#diagnosticsAfter(() => this.#change(change, typed));
    });
    await pause(AFTERMATH_MS);
    figures.keyCpu = perSample(since(before, cpuTime(client.pid)), walls.length);
    figures.keyWall = quantile(walls, 0.5);
    figures.keyWall95 = quantile(walls, 0.95);
  }

  /**
   * @param {Figures} figures
   * @param {number} count
   */
  async ask(figures, count) {
    const { client, document, capabilities } = this;
    const before = cpuTime(client.pid);
    if (capabilities.hoverProvider) {
      const hovers = await this.#ask('textDocument/hover', document.hoverWord, count);
      figures.hoverCpu = perSample(since(before, cpuTime(client.pid)), hovers.length);
      figures.hover = quantile(hovers, 0.5);
      figures.hover95 = quantile(hovers, 0.95);
    }
    if (capabilities.completionProvider) {
      const completions = await this.#ask('textDocument/completion', document.completeAfter, count);
      figures.completion = quantile(completions, 0.5);
      figures.completion95 = quantile(completions, 0.95);
    }
  }

  /**
   * @param {string} method
   * @param {string} word asked behind it, or inside where it is a word to hover
   * @param {number} count
   */
  #ask(method, word, count) {
    const places = placesOf(this.document.text, word, count);
    const inside = method === 'textDocument/hover' ? 1 : 0;
    return this.#samples(places.length, async (i) => {
      const { line, character } = places[i] ?? { line: 0, character: 0 };
      const position = { line, character: character - inside };
      await this.client.request(method, { textDocument: { uri: this.uri }, position });
    });
  }

  /**
   * @param {number} count
   * @param {(index: number) => Promise<void>} act
   * @returns {Promise<number[]>} how long each took
   */
  async #samples(count, act) {
    /** @type {number[]} */
    const walls = [];
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      if (walls.length >= FEWEST && performance.now() - start > PATIENCE_MS) break;
      const before = performance.now();
      await act(i);
      walls.push(performance.now() - before);
    }
    return walls;
  }

  /**
   * @param {{ range: import('vscode-languageserver').Range, text: string }} change
   * @param {boolean} typed
   */
  #change(change, typed) {
    const { textDocumentSync: sync } = this.capabilities;
    const incremental = (typeof sync === 'object' ? sync.change : sync) === 2;
    this.#version += 1;
    this.client.notify('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.#version },
      contentChanges: incremental ? [change] : [{ text: typed ? this.#typedText(change) : this.document.text }],
    });
  }

  /** @param {{ range: import('vscode-languageserver').Range, text: string }} change */
  #typedText({ range: { start }, text }) {
    const lines = this.document.text.split('\n');
    const line = lines[start.line] ?? '';
    lines[start.line] = line.slice(0, start.character) + text + line.slice(start.character);
    return lines.join('\n');
  }

  /** @param {() => void} act */
  async #diagnosticsAfter(act) {
    const { client, uri } = this;
    if (this.pulls) {
      act();
      /** @type {{ items?: readonly unknown[] }} */
      const report = await client.request('textDocument/diagnostic', { textDocument: { uri } });
      return { diagnostics: report.items ?? [] };
    }
    // A change counts its version up when it is made.
    const wanted = this.#version === 1 && !this.opened ? 1 : this.#version + 1;
    this.opened = true;
    const published = client.diagnostics(uri, wanted);
    act();
    return published;
  }

  /** @param {import('./documents.mjs').Document} document */
  #item(document) {
    return { uri: this.uriOf(document), languageId: document.language, version: 1, text: document.text };
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * @param {number | undefined} before
 * @param {number | undefined} after
 */
function since(before, after) {
  return before === undefined || after === undefined ? undefined : after - before;
}

/**
 * @param {number | undefined} sum
 * @param {number} count
 */
function perSample(sum, count) {
  return sum === undefined || count === 0 ? undefined : sum / count;
}

/**
 * @param {readonly (number | undefined)[]} samples
 * @param {number} share 0.5 is the median
 * @returns {number | undefined}
 */
export function quantile(samples, share) {
  const sorted = samples.filter((sample) => sample !== undefined).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
