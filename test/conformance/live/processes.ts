/** The real programs under the recorder: QEMU through its monitor or by its arguments, and librados alone. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { isObject, type JsonObject } from '../../../server/src/cli/json.js';
import type { FileContent } from './live-case.js';

/** One line of the recorder's log. */
export type Logged = readonly [string, ...unknown[]];

/** Where the recorder and the programs find what they need; one a process, removed by the caller. */
export interface Bench {
  /** Folder that the programs take for `/`; normally that one. The folders below are given as these programs see them. */
  readonly root: string;
  /** Holds recorder.so and librados-driver. */
  readonly built: string;
  /** Working folder: `files/` is what the recorder redirects to. */
  readonly folder: string;
  /** Names of the options that `rados_connect` dumps. */
  readonly options: readonly string[];
}

/** The current folder of each process, as the process sees it. */
export const CWD = '/srv/cwd';
const REQUEST_SECONDS = 30;

/** A command that sees `root` as `/`. */
export function within(root: string, program: string, args: readonly string[]): readonly [string, readonly string[]] {
  return root === '/' ? [program, args] : ['chroot', [root, program, ...args]];
}

abstract class RecordedProcess {
  protected readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: string[] = [];
  private waiting: ((line: string | null) => void) | null = null;
  private ended = false;
  private readonly folder: string;
  private readonly log: string;
  stderr = '';

  constructor(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    readonly bench: Bench,
    files: Readonly<Record<string, FileContent>> = {},
  ) {
    this.folder = path.join(bench.root, bench.folder);
    this.log = path.join(this.folder, 'log');
    fs.mkdirSync(path.join(this.folder, 'files', CWD), { recursive: true });
    fs.mkdirSync(path.join(this.folder, 'files/root'), { recursive: true });
    fs.writeFileSync(path.join(this.folder, 'options'), bench.options.map((name) => `${name}\n`).join(''));
    fs.writeFileSync(this.log, '');
    this.putFiles(files);
    const settings = {
      HOME: '/root',
      LC_ALL: 'C.UTF-8',
      RECORDER_ROOT: `${bench.folder}/files`,
      RECORDER_LOG: `${bench.folder}/log`,
      RECORDER_OPTIONS: `${bench.folder}/options`,
      ...env,
      LD_PRELOAD: `${bench.built}/recorder.so`,
    };
    // chroot and env must not be preloaded themselves: another root has another libc.
    const words = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const chdir = `cd "$1" && shift && exec "$@"`;
    const cwd = `${bench.folder}/files${CWD}`;
    const [command, all] = within(bench.root, 'sh', ['-c', chdir, 'sh', cwd, 'env', ...words, program, ...args]);
    this.child = spawn(command, [...all], { env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' } });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-64_000);
    });
    this.child.stdin.on('error', (error) => {
      this.stderr += String(error);
    });
    readline.createInterface(this.child.stdout).on('line', (line) => this.deliver(line));
    this.child.on('close', () => {
      this.ended = true;
      this.deliver(null);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get alive(): boolean {
    return !this.ended;
  }

  /** The signal that ended the process, if one did. */
  get signal(): string | null {
    return this.child.signalCode;
  }

  stop(): void {
    this.ended = true;
    this.child.kill('SIGKILL');
  }

  /** Makes the redirected folders hold exactly these files. */
  putFiles(files: Readonly<Record<string, FileContent>>): void {
    const root = path.join(this.folder, 'files');
    for (const name of fs.readdirSync(root)) {
      for (const inner of fs.readdirSync(path.join(root, name))) {
        const whole = path.join(root, name, inner);
        // Not the current folder itself: the process would stay in the removed one.
        if (whole !== path.join(root, CWD)) fs.rmSync(whole, { recursive: true, force: true });
        else for (const file of fs.readdirSync(whole)) fs.rmSync(path.join(whole, file), { recursive: true });
      }
    }
    for (const [name, content] of Object.entries(files)) {
      const target = path.join(root, name);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, typeof content === 'string' ? content : Buffer.from(content.b64, 'base64'));
    }
  }

  /** What was logged since the last call. */
  takeLog(): Logged[] {
    const text = fs.readFileSync(this.log, 'utf8');
    fs.truncateSync(this.log, 0);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(readLogged);
  }

  /** Null where the process died, or was stopped because it did not answer in time. */
  protected nextLine(): Promise<string | null> {
    const ready = this.lines.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    if (this.ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.stop(), REQUEST_SECONDS * 1000);
      this.waiting = (line) => {
        clearTimeout(timer);
        resolve(line);
      };
    });
  }

  private deliver(line: string | null): void {
    const waiting = this.waiting;
    this.waiting = null;
    if (waiting !== null) waiting(line);
    else if (line !== null) this.lines.push(line);
  }
}

/** The recorder writes each byte as one character. */
function readLogged(line: string): Logged {
  const json: unknown = JSON.parse(line, (_key, value: unknown) =>
    typeof value === 'string' ? Buffer.from(value, 'latin1').toString('utf8') : value,
  );
  if (!Array.isArray(json)) throw new Error(`the recorder wrote ${line}`);
  const [call, ...rest]: unknown[] = json;
  if (typeof call !== 'string') throw new Error(`the recorder wrote ${line}`);
  return [call, ...rest];
}

/** A reply's `return` or the text of its error. */
type Reply = { readonly result: unknown } | { readonly error: string };

const ALWAYS = ['-nodefaults', '-S', '-display', 'none', '-qmp', 'stdio'];

/** A secret and a group of limits, for those who name them. */
export const OBJECTS = ['-object', 'secret,id=s0,data=c2VjcmV0', '-object', 'throttle-group,id=g'];

/** A QEMU driven through QMP. */
export class Qemu extends RecordedProcess {
  /** One without a machine, for many cases. */
  static async start(bench: Bench): Promise<Qemu> {
    const args = ['-M', 'none', ...OBJECTS, ...ALWAYS];
    const qemu = new Qemu('qemu-system-x86_64', args, {}, bench);
    if (!(await qemu.greets())) throw new Error(`qemu-system-x86_64 does not start: ${qemu.stderr}`);
    return qemu;
  }

  /** One for these arguments. */
  static launch(
    bench: Bench,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    files: Readonly<Record<string, FileContent>>,
  ): Qemu {
    return new Qemu('qemu-system-x86_64', [...ALWAYS, ...args], env, bench, files);
  }

  /** True once QEMU has taken all its arguments and waits for commands; false where it ended instead. */
  async greets(): Promise<boolean> {
    if ((await this.nextLine()) === null) return false;
    return (await this.execute('qmp_capabilities', {})) !== null;
  }

  /** Null where QEMU died. */
  async execute(command: string, args: unknown): Promise<Reply | null> {
    this.child.stdin.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    for (;;) {
      const line = await this.nextLine();
      if (line === null) return null;
      // What was asked for by `help` is printed among the replies.
      if (!line.startsWith('{')) continue;
      const reply: unknown = JSON.parse(line);
      if (!isObject(reply)) continue;
      if (isObject(reply['error'])) return { error: String(reply['error']['desc']) };
      if ('return' in reply) return { result: reply['return'] };
    }
  }

  /** What the human monitor prints; null where QEMU died. */
  async monitor(line: string): Promise<string | null> {
    const reply = await this.execute('human-monitor-command', { 'command-line': line });
    if (reply === null) return null;
    return 'error' in reply ? reply.error : String(reply.result);
  }

  /** Whether each device's image is shown with a write cache, by the drive's id. */
  async writeCaches(): Promise<ReadonlyMap<string, boolean>> {
    const reply = await this.execute('query-block', {});
    const rows: unknown = reply !== null && 'result' in reply ? reply.result : [];
    const found = new Map<string, boolean>();
    for (const row of Array.isArray(rows) ? rows.filter(isObject) : []) {
      const cache = member(member(row, 'inserted'), 'cache');
      if (typeof cache['writeback'] === 'boolean') found.set(String(row['device']), cache['writeback']);
    }
    return found;
  }
}

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

/** librados alone. */
export class Librados extends RecordedProcess {
  constructor(
    bench: Bench,
    readonly cephArgs: string,
  ) {
    const env: Record<string, string> = cephArgs === '' ? {} : { CEPH_ARGS: cephArgs };
    super(`${bench.built}/librados-driver`, [], env, bench);
  }

  /** The command's return code; null where the process died. */
  async run(command: string, ...args: readonly (string | null)[]): Promise<number | null> {
    const words = args.map((arg) => (arg === null ? '-' : arg === '' ? '=' : Buffer.from(arg).toString('hex')));
    this.child.stdin.write(`${[command, ...words].join(' ')}\n`);
    const line = await this.nextLine();
    return line === null ? null : Number(line);
  }
}
