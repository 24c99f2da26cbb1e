/** Steps of the two commands: what they say while they work, and how they run other programs. Node's own modules only. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const STILL_WORKING_MS = 10_000;

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {number} since `Date.now()` at the start */
export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program without standard input. Its output is shown as it comes (`show`), or kept and shown only where it fails.
 * A line every ten seconds says that a silent step is still at work.
 * @param {string} label
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, mayFail?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} rejects where the program fails, unless `mayFail`
 */
export async function step(label, command, args, options = {}) {
  const { cwd = ROOT, env = process.env, show = false, mayFail = false } = options;
  const start = Date.now();
  say(`${label} …`);
  const ticker = show ? undefined : setInterval(() => say(`  … still at it after ${seconds(start)}`), STILL_WORKING_MS);
  try {
    const result = await capture(command, args, { cwd, env, show });
    if (result.code !== 0 && !mayFail) {
      if (!show) process.stdout.write(result.output);
      throw new Error(`${label}: ${command} ended with code ${result.code}`);
    }
    if (!show) say(`  ${result.code === 0 ? 'done' : `ended with code ${result.code}`} in ${seconds(start)}`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 where the program cannot be started
 */
export function capture(command, args, { cwd = ROOT, env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && /^(npm|npx|code)$/.test(command),
    });
    for (const [from, to] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      from.on('data', (/** @type {Buffer} */ chunk) => {
        chunks.push(chunk);
        if (show) to.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/**
 * @param {string} name
 * @returns {string | undefined} the program's path, where it is on PATH
 */
export function findOnPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const candidate of names.map((file) => join(folder, file))) {
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
