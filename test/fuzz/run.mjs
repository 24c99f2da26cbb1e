/**
 * Throws seeded inputs at the parsers, at `explain`, at documents and at the built server:
 *
 *     npm run fuzz -- [--inputs 1000000] [--seed N] [--only TARGET,…]
 *
 * What fails is made as small as it goes and kept in `test/fuzz/regressions`, which every run replays first.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

/**
 * @typedef {{ target: string, seed: number, input: string, message: string, name: string }} Failure
 * @typedef {{ target: string, inputs: number, seconds: number, failures: readonly Failure[] }} Row
 * @typedef {{ seed: number, rows: readonly Row[], replayed: number }} Report
 * @typedef {{ mode: 'run' | 'show' | 'replay', target: string, from: number, to: number, replay?: unknown }} Job
 */

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
const REGRESSIONS = join(HERE, 'regressions');
/** Parts of a run: what is made of a thousand inputs. */
const SHARES = new Map([
  ['ceph-conf', 300],
  ['commands', 280],
  ['arguments', 220],
  ['rc-file', 40],
  ['cases', 80],
  ['explain', 25],
  ['documents', 15],
  ['server', 40],
]);
/** Without any progress for as long, an input hangs. */
const HANGS_AFTER_MS = 30_000;
const BATCH = 20_000;
/** One session of the server at most; a longer run has several. */
const SESSION = 5_000;

/** The thread's program. */
async function bundleWorker() {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HERE, 'worker.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('nothing was bundled');
  return file.text;
}

export class Fuzzer {
  /** @type {string | undefined} */
  #code;

  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
  }

  /**
   * @param {number} inputs
   * @param {readonly string[]} [only]
   * @returns {Promise<Report>}
   */
  async run(inputs, only) {
    const unknown = only?.filter((name) => !SHARES.has(name)) ?? [];
    if (unknown.length > 0)
      throw new Error(`no target ${unknown.join(', ')}; there are: ${[...SHARES.keys()].join(', ')}`);
    const chosen = [...SHARES].filter(([name]) => only === undefined || only.includes(name));
    const all = chosen.reduce((sum, [, share]) => sum + share, 0);
    const replayed = await this.#replay();
    /** @type {Row[]} */
    const rows = [...replayed.rows];
    for (const [target, share] of chosen) rows.push(await this.#runTarget(target, Math.round((inputs * share) / all)));
    for (const { failures } of rows) for (const failure of failures) keep(failure);
    return { seed: this.seed, rows, replayed: replayed.count };
  }

  async #replay() {
    /** @type {Map<string, Failure[]>} */
    const byTarget = new Map();
    const files = readdirSync(REGRESSIONS).filter((name) => name.endsWith('.json'));
    for (const file of files) {
      /** @type {Failure} */
      const failure = JSON.parse(readFileSync(join(REGRESSIONS, file), 'utf8'));
      byTarget.set(failure.target, [...(byTarget.get(failure.target) ?? []), failure]);
    }
    /** @type {Row[]} */
    const rows = [];
    for (const [target, replay] of byTarget) {
      const { failures } = await this.#work({ mode: 'replay', target, from: 0, to: replay.length, replay });
      if (failures.length > 0) rows.push({ target: `${target} (kept)`, inputs: replay.length, seconds: 0, failures });
    }
    return { count: files.length, rows };
  }

  /**
   * @param {string} target
   * @param {number} inputs
   * @returns {Promise<Row>}
   */
  async #runTarget(target, inputs) {
    const start = Date.now();
    const batch = target === 'server' ? SESSION : BATCH;
    /** @type {Failure[]} */
    const failures = [];
    for (let from = 0; from < inputs && failures.length < 5; ) {
      const to = Math.min(inputs, from + batch);
      const { failures: found, hungAt } = await this.#work({ mode: 'run', target, from, to });
      failures.push(...found);
      if (hungAt === null) {
        from = to;
        continue;
      }
      const [first, last] = target === 'server' ? [from, to] : [hungAt, hungAt + 1];
      // Where the machine has much other work, an input that waits looks like one that hangs: it is given another time.
      const again = await this.#work({ mode: 'run', target, from: first, to: last });
      const shown = again.hungAt === null ? again : await this.#work({ mode: 'show', target, from: first, to: last });
      failures.push(...shown.failures);
      from = last;
    }
    return { target, inputs, seconds: (Date.now() - start) / 1000, failures };
  }

  /**
   * @param {Job} job
   * @returns {Promise<{ failures: Failure[], hungAt: number | null }>}
   */
  async #work(job) {
    this.#code ??= await bundleWorker();
    const progress = new SharedArrayBuffer(4);
    const counter = new Int32Array(progress);
    Atomics.store(counter, 0, job.from);
    const worker = new Worker(this.#code, {
      eval: true,
      workerData: { ...job, root: ROOT, runSeed: this.seed, progress },
    });
    let last = -1;
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      return await new Promise((resolve, reject) => {
        timer = setInterval(() => {
          const now = Atomics.load(counter, 0);
          if (now === last) resolve({ failures: [], hungAt: now });
          last = now;
        }, HANGS_AFTER_MS);
        worker.once('message', (failures) => resolve({ failures, hungAt: null }));
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the thread ended without an answer')));
      });
    } finally {
      clearInterval(timer);
      await worker.terminate();
    }
  }
}

/** @param {Failure} failure */
function keep({ name, ...failure }) {
  mkdirSync(REGRESSIONS, { recursive: true });
  writeFileSync(join(REGRESSIONS, name), `${JSON.stringify(failure, null, 2)}\n`);
}

/** @param {Report} report */
export function reportText({ seed, rows, replayed }) {
  const lines = rows.map(
    ({ target, inputs, seconds, failures }) =>
      `  ${target.padEnd(12)} ${String(inputs).padStart(8)} inputs ${seconds.toFixed(1).padStart(7)} s  ${failures.length} failed`,
  );
  const failures = rows.flatMap((row) => row.failures);
  const shown = failures.map(
    ({ name, seed: own, input, message }) =>
      `\n${name} (seed ${own}): ${message.slice(0, 2000)}\n  input ${JSON.stringify(input.slice(0, 1500))}`,
  );
  const all = rows.reduce((sum, row) => sum + row.inputs, 0);
  return [`fuzz: ${all} inputs, seed ${seed}, ${replayed} kept ones replayed`, ...lines, ...shown].join('\n');
}

async function main() {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      only: { type: 'string' },
    },
  });
  const inputs = Number(values.inputs);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(inputs) || !Number.isSafeInteger(seed))
    throw new Error('--inputs and --seed are whole numbers');
  const report = await new Fuzzer(seed).run(inputs, values.only?.split(','));
  console.log(reportText(report));
  process.exitCode = report.rows.some((row) => row.failures.length > 0) ? 1 : 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
