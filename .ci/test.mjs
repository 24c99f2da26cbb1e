/**
 * `npm test`: everything that is checked, from a fresh clone on. `-- --only unit,editor` runs some parts, `-- --newest` adds
 * the newest VS Code host. Prints what ran, and as its last line `N passed, N failed`. In CI (`CI` is set) a part that
 * cannot run counts as failed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { OTHER_EDITORS, runOtherEditors } from '../test/other-editors/run.mjs';
import { compareLive, whyNotLive } from './conformance-live.mjs';
import { ensureDependencies, ensureSystemPackages } from './lib/dependencies.mjs';
import { ROOT, say, seconds, step } from './lib/steps.mjs';
import { hostRunsHere, NEWEST_HOST, OLDEST_HOST } from './lib/vscode-host.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    newest: { type: 'boolean', default: false },
    screenshots: { type: 'boolean', default: false },
  },
});
const OUT = join(ROOT, 'out');
/** The editor tests run in a VS Code that the caller chose, not in the headless host. */
const namesItsEditor = process.env['RBDCACHE_VSCODE'] === 'desktop' || Boolean(process.env['VSCODE_EXECUTABLE_PATH']);
if (!process.stdout.isTTY) process.env['NO_COLOR'] ??= '1';
const inCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, passed: number, failed: number, took: string, notRun?: string }} Row
 * @typedef {object} Part
 * @property {string} name
 * @property {() => Promise<Counts | Record<string, Counts>>} run a record holds one row each
 * @property {boolean} [needsWindow] it needs a browser and the VS Code host
 * @property {() => Promise<string | undefined>} [whyNot] why it cannot run on this machine
 * @property {boolean} [onRequest] it runs only where it is named
 */

/** @type {readonly Part[]} */
const PARTS = [
  { name: 'types', run: types },
  {
    name: 'lint',
    run: () =>
      check('Checking style', '@biomejs/biome/bin/biome', ['check', '--colors=off', '--error-on-warnings', '.']),
  },
  { name: 'build', run: () => check('Building', '../.ci/build.mjs', []) },
  { name: 'unit', run: vitest },
  { name: 'live', run: () => compareLive([]), whyNot: whyNotLive },
  { name: 'editor', run: () => editor(OLDEST_HOST), needsWindow: !namesItsEditor },
  { name: 'editor-newest', run: () => editor(NEWEST_HOST), needsWindow: true, onRequest: !options.newest },
  { name: 'e2e', run: endToEnd, needsWindow: true },
  { name: 'other-editors', run: async () => runOtherEditors(), whyNot: () => ensureSystemPackages(OTHER_EDITORS) },
];

/**
 * A check passes or fails as a whole.
 * @param {string} label
 * @param {string} program below node_modules
 * @param {readonly string[]} args
 */
async function check(label, program, args) {
  const path = join(ROOT, 'node_modules', program);
  const { code } = await step(label, process.execPath, [path, ...args], { show: true, mayFail: true });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The panel's page runs in a browser, the rest in Node: each knows its own globals only. */
async function types() {
  const tsc = 'typescript/bin/tsc';
  const main = await check('Checking types', tsc, ['--noEmit']);
  const page = await check('Checking types of the page', tsc, ['--noEmit', '-p', 'client/src/who-wins/view']);
  return { passed: main.passed + page.passed, failed: main.failed + page.failed };
}

async function vitest() {
  const report = join(OUT, 'vitest.json');
  rmSync(report, { force: true });
  const args = ['--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { code } = await step('Unit, protocol and conformance tests', process.execPath, [program, 'run', ...args], {
    env: { ...process.env, RBDCACHE_VITEST_REPORT: report, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
    show: true,
    mayFail: true,
  });
  if (!existsSync(report)) throw new Error('vitest wrote no report');
  const { testResults, success } = JSON.parse(readFileSync(report, 'utf8'));
  /** @type {Record<string, Counts>} */
  const rows = {};
  for (const file of testResults) {
    const kind = relative(join(ROOT, 'test'), file.name).split(/[\\/]/)[0] ?? '';
    rows[kind] ??= { passed: 0, failed: 0 };
    const row = rows[kind];
    for (const { status } of file.assertionResults) {
      if (status === 'passed') row.passed++;
      else row.failed++;
    }
    if (file.assertionResults.length === 0) row.failed++;
  }
  const failed = Object.values(rows).some((row) => row.failed > 0);
  if (!failed && (code !== 0 || !success)) throw new Error(`vitest ended with code ${code}`);
  return rows;
}

/** @param {string} hostVersion */
async function editor(hostVersion) {
  const { runEditorTests } = await import('../test/editor/run.mjs');
  return runEditorTests(hostVersion);
}

async function endToEnd() {
  const { runEndToEnd } = await import('../test/editor/e2e/run.mjs');
  return runEndToEnd(OLDEST_HOST, { screenshots: options.screenshots });
}

function chosenParts() {
  const names = options.only?.split(',');
  const unknown = names?.filter((name) => !PARTS.some((part) => part.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`no part ${unknown.join(', ')}; there are: ${PARTS.map((p) => p.name).join(', ')}`);
  return PARTS.filter((part) => (names ? names.includes(part.name) : part.onRequest !== true));
}

/**
 * @param {Part} part
 * @param {string | undefined} noWindow why parts with a window cannot run
 * @returns {Promise<Row[]>}
 */
async function runPart(part, noWindow) {
  const { name } = part;
  const notRun = part.needsWindow ? noWindow : await part.whyNot?.();
  if (notRun !== undefined) return [{ name, passed: 0, failed: 0, took: '', notRun }];
  const start = Date.now();
  say(`\n== ${name}`);
  try {
    const counts = await part.run();
    const took = seconds(start);
    if (isCounts(counts)) return [{ name, ...counts, took }];
    return Object.entries(counts).map(([kind, row], index) => ({ name: kind, ...row, took: index === 0 ? took : '' }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return [{ name, passed: 0, failed: 1, took: seconds(start) }];
  }
}

/**
 * @param {Counts | Record<string, Counts>} counts
 * @returns {counts is Counts}
 */
function isCounts(counts) {
  return typeof counts['passed'] === 'number';
}

/** @param {readonly Row[]} rows */
function summary(rows) {
  const notRun = rows.filter((row) => row.notRun !== undefined);
  say('\n== what ran');
  for (const { name, passed, failed, took, notRun: why } of rows) {
    const counts =
      why === undefined ? `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed` : 'not run';
    say(`  ${name.padEnd(14)} ${counts}  ${why ?? took}`);
  }
  if (notRun.length > 0) say(`${notRun.length} not run: ${notRun.map((row) => row.name).join(', ')}`);
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const failed = rows.reduce((sum, row) => sum + row.failed, 0) + (inCi ? notRun.length : 0);
  const line = `${passed} passed, ${failed} failed`;
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, 'summary.txt'), `${line}\n`);
  say(line);
  return failed === 0;
}

async function main() {
  const parts = chosenParts();
  const start = Date.now();
  await ensureDependencies();
  mkdirSync(OUT, { recursive: true });
  rmSync(join(OUT, 'summary.txt'), { force: true });
  const noWindow = parts.some((part) => part.needsWindow) ? await whyNoWindow() : undefined;
  /** @type {Row[]} */
  const rows = [];
  for (const part of parts) rows.push(...(await runPart(part, noWindow)));
  say(`\nall parts took ${seconds(start)}`);
  return summary(rows);
}

async function whyNoWindow() {
  if (hostRunsHere()) return ensureSystemPackages();
  return 'the headless VS Code host runs on Linux only; RBDCACHE_VSCODE=desktop runs the editor tests elsewhere';
}

main().then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
