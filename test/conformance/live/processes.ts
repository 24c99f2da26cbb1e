/** The real programs under the recorder: QEMU through its monitor, and librados alone through a small driver. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline';

/** One line of the recorder's log. */
export type Logged = readonly [string, ...unknown[]];

/** Where the recorder and the programs find what they need; one a process, removed by the caller. */
export interface Bench {
  /** Holds recorder.so and librados-driver. */
  readonly built: string;
  /** Working folder: `root/` is what the recorder redirects to. */
  readonly folder: string;
  /** Names of the options that `rados_connect` dumps. */
  readonly options: readonly string[];
}

const REQUEST_SECONDS = 30;

abstract class RecordedProcess {
  protected readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: string[] = [];
  private waiting: ((line: string | null) => void) | null = null;
  private ended = false;
  private readonly log: string;
  stderr = '';

  constructor(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    readonly bench: Bench,
  ) {
    this.log = path.join(bench.folder, 'log');
    fs.mkdirSync(path.join(bench.folder, 'root'), { recursive: true });
    fs.writeFileSync(path.join(bench.folder, 'options'), bench.options.map((name) => `${name}\n`).join(''));
    fs.writeFileSync(this.log, '');
    this.child = spawn(command, [...args], {
      cwd: bench.folder,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        HOME: '/root',
        LC_ALL: 'C.UTF-8',
        LD_PRELOAD: path.join(bench.built, 'recorder.so'),
        RECORDER_ROOT: path.join(bench.folder, 'root'),
        RECORDER_LOG: this.log,
        RECORDER_OPTIONS: path.join(bench.folder, 'options'),
        ...env,
      },
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-4000);
    });
    this.child.stdin.on('error', (error) => {
      this.stderr += String(error);
    });
    readline.createInterface(this.child.stdout).on('line', (line) => this.deliver(line));
    this.child.on('exit', () => {
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

  stop(): void {
    this.child.kill('SIGKILL');
  }

  /** Makes the redirected folders hold exactly these files. */
  putFiles(files: Readonly<Record<string, string>>): void {
    const root = path.join(this.bench.folder, 'root');
    for (const name of fs.readdirSync(root)) fs.rmSync(path.join(root, name), { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      const target = path.join(root, name);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
  }

  /** What was logged since the last call. */
  takeLog(): Logged[] {
    const text = fs.readFileSync(this.log, 'utf8');
    fs.truncateSync(this.log, 0);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line, (_key, value: unknown) =>
            typeof value === 'string' ? Buffer.from(value, 'latin1').toString('utf8') : value,
          ) as Logged,
      );
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

/** A QEMU without a machine, driven through QMP. */
export class Qemu extends RecordedProcess {
  static async start(bench: Bench, env: Readonly<Record<string, string>>): Promise<Qemu> {
    const qemu = new Qemu(
      'qemu-system-x86_64',
      ['-M', 'none', '-nodefaults', '-S', '-display', 'none', '-qmp', 'stdio'],
      env,
      bench,
    );
    await qemu.nextLine();
    await qemu.execute('qmp_capabilities', {});
    return qemu;
  }

  /** The `return` or `error` member of the reply; null where QEMU died. */
  async execute(
    command: string,
    args: unknown,
  ): Promise<{ readonly result?: unknown; readonly error?: string } | null> {
    this.child.stdin.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    for (;;) {
      const line = await this.nextLine();
      if (line === null) return null;
      const reply = JSON.parse(line) as { return?: unknown; error?: { desc: string } };
      if (reply.error !== undefined) return { error: reply.error.desc };
      if ('return' in reply) return { result: reply.return };
    }
  }

  /** What the human monitor prints. */
  async monitor(line: string): Promise<string | null> {
    const reply = await this.execute('human-monitor-command', { 'command-line': line });
    return reply === null ? null : typeof reply.result === 'string' ? reply.result : (reply.error ?? '');
  }
}

/** librados alone. */
export class Librados extends RecordedProcess {
  constructor(
    bench: Bench,
    readonly cephArgs: string,
  ) {
    super(path.join(bench.built, 'librados-driver'), [], cephArgs === '' ? {} : { CEPH_ARGS: cephArgs }, bench);
  }

  /** The command's return code; null where the process died. */
  async run(command: string, ...args: readonly (string | null)[]): Promise<number | null> {
    const words = args.map((arg) => (arg === null ? '-' : arg === '' ? '=' : Buffer.from(arg).toString('hex')));
    this.child.stdin.write(`${[command, ...words].join(' ')}\n`);
    const line = await this.nextLine();
    return line === null ? null : Number(line);
  }
}
