/** A session with the built server over stdio: it answers everything, says no error, and ends when told to. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  CancellationTokenSource,
  createProtocolConnection,
  type ProtocolConnection,
  ResponseError,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { isObject, readObject, readString } from '../../server/src/cli/json.js';
import { OutwardReader } from '../outward-reader.js';
import { Mutator } from './mutate.js';
import { Random } from './random.js';
import { FOLDER, type Message, MessageMaker } from './session-messages.js';
import { loadSources } from './sources.js';

export interface SessionScript {
  readonly messages: readonly Message[];
  /** What a new client would open after the messages; its server must say the same. */
  readonly opened: readonly Message[];
  /** Sent last: answered somehow, whatever is said to the log. */
  readonly strange: readonly Message[];
}

export function sessionScript(root: string, seed: number, requests: number): SessionScript {
  const maker = new MessageMaker(new Random(seed), new Mutator(loadSources(root)));
  const strange = Math.floor(requests / 10);
  const messages = maker.make(requests - strange);
  return { messages, opened: maker.opened(), strange: maker.makeStrange(strange) };
}

/** A script as a regression file keeps it. */
export function readScript(text: string): SessionScript {
  const json: unknown = JSON.parse(text);
  if (!isObject(json)) throw new Error('a session must be an object');
  return {
    messages: readMessages(json['messages']),
    opened: readMessages(json['opened']),
    strange: readMessages(json['strange']),
  };
}

function readMessages(json: unknown): readonly Message[] {
  if (!Array.isArray(json)) throw new Error('messages must be a list');
  return json.map((item: unknown) => {
    const message = readObject(item, 'message');
    const kind = message['kind'];
    if (kind !== 'request' && kind !== 'notification') throw new Error(`no kind of message: ${String(kind)}`);
    const cancelled = message['cancelled'] === true;
    return { kind, method: readString(message['method'], 'method'), params: message['params'], cancelled };
  });
}

/** What is wrong with the session, in one text; null where nothing is. `answered` is told after each answer. */
export async function sessionFault(root: string, script: SessionScript, answered: () => void): Promise<string | null> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rbdcache-fuzz-')));
  try {
    mkdirSync(join(folder, 'etc/ceph'), { recursive: true });
    writeFileSync(join(folder, 'etc/ceph/ceph.conf'), '[client]\nrbd cache = true\n');
    writeFileSync(join(folder, 'closed.qemu'), 'qemu-kvm -drive file=rbd:p/closed,format=raw,cache=none\n');
    return await runScript(root, folder, script, answered);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runScript(root: string, folder: string, script: SessionScript, answered: () => void) {
  const client = new Client(root, folder, answered);
  const fresh = new Client(root, folder, answered);
  try {
    await client.start();
    await client.send(script.messages);
    await client.settle();
    const faults = [...client.errors];
    fresh.settings = client.settings;
    await fresh.start();
    await fresh.send(script.opened);
    await fresh.settle();
    for (const { params } of script.opened) {
      const answers = [await client.said(params), await fresh.said(params)];
      if (!isDeepStrictEqual(answers[0], answers[1])) {
        faults.push(
          `a new server says something else of ${JSON.stringify(params)}: ${JSON.stringify(answers, null, 1)}`,
        );
      }
    }
    client.errors.length = 0;
    await client.send(script.strange, true);
    await client.settle();
    faults.push(...(await client.stop()), ...(await fresh.stop()), ...fresh.errors);
    return faults.length === 0 ? null : faults.slice(0, 5).join('\n');
  } finally {
    client.kill();
    fresh.kill();
  }
}

const MOST_IN_FLIGHT = 30;
/** Codes of a request that was taken back. */
const CANCELLED = [-32_800, -32_802];

class Client {
  readonly errors: string[] = [];
  settings: unknown = {};
  private readonly server: ChildProcessWithoutNullStreams;
  private readonly reader: OutwardReader;
  private readonly connection: ProtocolConnection;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly address: string;
  private stderr = '';
  private readonly ended: Promise<number | null>;

  constructor(
    root: string,
    folder: string,
    private readonly answered: () => void,
  ) {
    this.address = pathToFileURL(folder).href;
    this.server = spawn(process.execPath, [join(root, 'dist/server.js'), '--stdio'], { stdio: 'pipe' });
    this.server.stderr.on('data', (piece: Buffer) => {
      this.stderr += piece.toString('utf8');
    });
    this.ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.reader = new OutwardReader(this.server.stdout);
    this.connection = createProtocolConnection(this.reader, new StreamMessageWriter(this.server.stdin));
    this.connection.onError(([error]) => this.errors.push(`the connection broke: ${error.message}`));
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
      if (type === 1 || / failed: /.test(message)) this.errors.push(`the server's log: ${message}`);
    });
    this.connection.listen();
  }

  async start(): Promise<void> {
    const answered = this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: this.address, name: 'fuzz' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
      },
      initializationOptions: { explainCommand: 'explain' },
    });
    await Promise.race([answered, this.gone()]);
    await this.connection.sendNotification('initialized', {});
  }

  async send(messages: readonly Message[], mayFail = false): Promise<void> {
    for (const message of messages) {
      const params = this.placed(message.params);
      if (message.kind === 'notification') {
        if (message.method === 'workspace/didChangeConfiguration' && !mayFail) this.settings = settingsIn(params);
        await this.connection.sendNotification(message.method, params);
        continue;
      }
      const asked: Promise<void> = this.ask(message, params, mayFail).finally(() => this.inFlight.delete(asked));
      this.inFlight.add(asked);
      if (this.inFlight.size >= MOST_IN_FLIGHT) await Promise.race(this.inFlight);
    }
    await Promise.all(this.inFlight);
  }

  private async ask({ method, cancelled }: Message, params: unknown, mayFail: boolean): Promise<void> {
    const source = new CancellationTokenSource();
    try {
      const answer = this.connection.sendRequest(method, params, source.token);
      if (cancelled === true) source.cancel();
      await Promise.race([answer, this.gone()]);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      const expected = mayFail || (cancelled === true && CANCELLED.includes(error.code));
      if (!expected) this.errors.push(`${method} ${JSON.stringify(params)}: ${error.message}`);
    }
    this.answered();
  }

  /** After a few rounds everything that was on its way has arrived, in either direction. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      await Promise.race([this.connection.sendRequest('rbdcache/releases', null), this.gone()]);
      this.answered();
    }
  }

  /** What a server says of a document as a whole. */
  async said(opened: unknown): Promise<unknown> {
    const uri = readString(readObject(readObject(opened, 'params')['textDocument'], 'textDocument')['uri'], 'uri');
    const params = this.placed({ textDocument: { uri } });
    const answers: unknown[] = [];
    for (const method of ['diagnostic', 'documentSymbol', 'semanticTokens/full', 'documentLink']) {
      const answer = await this.connection.sendRequest(`textDocument/${method}`, params);
      answers.push(JSON.parse(JSON.stringify(answer).replace(/"resultId":"\d+"/g, '"resultId":""')));
    }
    return answers;
  }

  async stop(): Promise<string[]> {
    await Promise.race([this.connection.sendRequest('shutdown'), this.gone()]);
    await this.connection.sendNotification('exit');
    const code = await this.ended;
    return [
      ...(code === 0 ? [] : [`the server ended with ${code}`]),
      ...(this.stderr === '' ? [] : [`the server wrote to stderr: ${this.stderr.slice(0, 2_000)}`]),
      ...[...this.reader.innerNames].map((name) => `the server said ${name}, which only itself understands`),
    ];
  }

  kill(): void {
    this.connection.dispose();
    this.server.kill();
  }

  private async gone(): Promise<never> {
    const code = await this.ended;
    throw new Error(`the server went away with ${code}: ${this.stderr.slice(0, 2_000)}`);
  }

  private placed(params: unknown): unknown {
    const text = JSON.stringify(params);
    return text === undefined ? undefined : JSON.parse(text.replaceAll(`"${FOLDER}/`, `"${this.address}/`));
  }
}

function settingsIn(params: unknown): unknown {
  return readObject(readObject(params, 'params')['settings'], 'settings')['rbdcache'];
}
