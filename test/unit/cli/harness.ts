/** Runs the command line in a folder of its own. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach } from 'vitest';
import { isObject, type JsonObject } from '../../../server/src/cli/json.js';
import { runProgram } from '../../../server/src/cli/program.js';

export const ROOT = join(import.meta.dirname, '../../..');

export class Sink extends Writable {
  text = '';
  constructor(readonly isTTY: boolean = false) {
    super();
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

export interface Result {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Cli {
  /** Anew for each test. */
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  run(args: readonly string[], more?: RunOptions): Promise<Result>;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly terminal?: boolean;
  /** The package that the program believes to be part of. */
  readonly packageFolder?: string;
}

/** To be called once in a file of tests. */
export function useCli(): Cli {
  const cli = { folder: '', write, run };
  beforeEach(() => {
    cli.folder = realpathSync(mkdtempSync(join(tmpdir(), 'rbdcache-cli-')));
  });
  afterEach(() => rmSync(cli.folder, { recursive: true, force: true }));
  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cli.folder, name)), { recursive: true });
      writeFileSync(join(cli.folder, name), text);
    }
  }
  async function run(
    args: readonly string[],
    { input = '', env = {}, terminal = false, packageFolder = ROOT }: RunOptions = {},
  ): Promise<Result> {
    const [stdout, stderr] = [new Sink(terminal), new Sink(terminal)];
    const stdin = Readable.from([Buffer.from(input)]);
    const exitCode = await runProgram(args, { stdin, stdout, stderr, cwd: cli.folder, env, packageFolder });
    return { exitCode, out: stdout.text, err: stderr.text };
  }
  return cli;
}

export function parsed(text: string): JsonObject {
  const json: unknown = JSON.parse(text);
  if (!isObject(json)) throw new Error('not an object');
  return json;
}

/** The objects in a list. */
export function objects(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) throw new Error('not a list');
  return value.filter(isObject);
}
