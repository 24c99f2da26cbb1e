/** How many cases a second `rbdcache explain --cases` answers, and whether its memory stays flat. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../.ci/lib/steps.mjs';
import { cpuTime, memory } from './process-figures.mjs';

const QEMU = ['1.0', '1.2', '2.2', '2.9', '4.2', '6.1', '7.2', '8.2', '10.0'];
const LIBRBD = ['0.56', '0.67', '0.87', '10.2.11', '12.2.13', '14.2.21', '16.2.15', '17.2.7', '18.2.2'];
const MODES = ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'];
/** Looking more often keeps the reader from reading, and the writer waits for it. */
const SAMPLE_MS = 100;

/**
 * @typedef {object} CasesFigures
 * @property {number} cases answered
 * @property {number} seconds
 * @property {number} perSecond
 * @property {number | undefined} cpuPerCase microseconds
 * @property {number | undefined} early most memory in the second tenth of the run, MiB
 * @property {number | undefined} late most memory in its last tenth, MiB
 */

/**
 * @param {number} count
 * @param {readonly string[] | undefined} options the options asked for; undefined: all of librbd's
 * @returns {Promise<CasesFigures>}
 */
export async function measureCases(count, options) {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-bench-'));
  try {
    const file = join(folder, 'cases.jsonl');
    await writeCases(file, count, options);
    return await run(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Drives and files of many kinds, the same in each run.
 * @param {string} file
 * @param {number} count
 * @param {readonly string[] | undefined} options
 */
async function writeCases(file, count, options) {
  const output = createWriteStream(file);
  const random = randomNumbers(20);
  /** @type {<T>(list: readonly T[]) => T} */
  const one = (list) => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  for (let i = 0; i < count; i++) {
    const keys = one(['', ':id=admin', ':rbd_cache=true', ':rbd_cache=false:rbd_cache_size=1048576']);
    const drive = `file=rbd:volumes/vm${i}${keys},format=raw,if=virtio,cache=${one(MODES)}`;
    const size = Math.floor(random() * 64) * 1_048_576;
    const conf = `[global]\n\tmon host = 192.0.2.1\n[client]\n\trbd cache = ${one(['true', 'false'])}\n\trbd cache size = ${size}\n`;
    const line = JSON.stringify({
      id: String(i),
      qemu: one(QEMU),
      librbd: one(LIBRBD),
      args: ['-drive', drive],
      files: { '/etc/ceph/ceph.conf': conf },
      ...(options === undefined ? {} : { options }),
    });
    if (!output.write(`${line}\n`)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'finish');
}

/** @param {string} file */
async function run(file) {
  const start = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'cli.js'), 'explain', '--cases', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid, stdout } = child;
  if (pid === undefined || stdout === null) throw new Error('the command line did not start');
  // What reads shall cost as little as can be: where cores are few it takes from what is measured.
  const counter = spawn('wc', ['-l'], { stdio: [stdout, 'pipe', 'inherit'] });
  const counted = text(counter.stdout);
  /** @type {number[]} */
  const resident = [];
  /** @type {number | undefined} */
  let cpu;
  const sampler = setInterval(() => {
    const { rss } = memory(pid);
    if (rss !== undefined) resident.push(rss);
    const spent = cpuTime(pid);
    if (spent !== undefined && spent > 0) cpu = spent;
  }, SAMPLE_MS);
  const [code] = await once(child, 'exit');
  clearInterval(sampler);
  if (code !== 0) throw new Error(`explain --cases ended with code ${code}`);
  const answered = Number(await counted);
  const seconds = (performance.now() - start) / 1000;
  stdout.destroy();
  const tenth = Math.ceil(resident.length / 10);
  return {
    cases: answered,
    seconds,
    perSecond: answered / seconds,
    cpuPerCase: cpu === undefined ? undefined : (cpu * 1000) / answered,
    early: most(resident.slice(tenth, 2 * tenth)),
    late: most(resident.slice(-tenth)),
  };
}

/** @param {readonly number[]} values */
function most(values) {
  return values.length === 0 ? undefined : Math.max(...values);
}

/**
 * Numbers from 0 to 1, the same ones for the same seed.
 * @param {number} seed
 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
