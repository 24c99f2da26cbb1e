/**
 * Times this project's language server and command line, beside other servers in the same run:
 *
 *     npm run bench [-- --runs 3] [--lines 200,10000,100000] [--only NAME,…] [--no-peers] [--cases 200000] [--write]
 *
 * `--only` names rows of the tables, `cases`, `sizes` or `one-line`. `--write` puts the tables into docs/BENCHMARK.md. Processor time is the
 * figure to compare where the machine has other work; all figures are medians of the runs.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from '../../.ci/lib/dependencies.mjs';
import { ROOT, say, seconds, step } from '../../.ci/lib/steps.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    lines: { type: 'string', default: '200,10000,100000' },
    only: { type: 'string' },
    peers: { type: 'boolean', default: true },
    cases: { type: 'string', default: '200000' },
    write: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

await ensureDependencies();
const { build } = await import('../../.ci/build.mjs');
const { bars } = await import('./bars.mjs');
const { oneLine } = await import('./documents.mjs');
const { measureCases } = await import('./measure-cases.mjs');
const { FIGURES, measureDocuments, measureServer, quantile } = await import('./measure-server.mjs');
const { barTable, casesTable, oneLineTable, serverTable } = await import('./report.mjs');
const { installPeers, OURS } = await import('./subjects.mjs');

/** Longer documents get fewer keystrokes, and the other servers one run: some take seconds for each. */
const LONG = 50_000;
const ONE_LINE = 1_000_000;
const DOCUMENT = join(ROOT, 'docs', 'BENCHMARK.md');
const BETWEEN = /(?<=<!-- measured -->\n)[\s\S]*(?=<!-- end -->)/;

const runs = positive(options.runs);
const sizes = options.lines.split(',').map(positive);
const only = options.only?.split(',').map((name) => name.trim());
const wanted = (/** @type {string} */ name) => only === undefined || only.includes(name);

/** @typedef {import('./measure-server.mjs').Figures} Figures */

async function main() {
  const start = Date.now();
  await build({ quiet: true });
  const peers = options.peers ? await installPeers() : [];
  const subjects = [...OURS, ...peers].filter(({ name }) => wanted(name));
  const load = loadavg()[0] ?? 0;

  const servers = await timeServers(subjects);
  const lines = wanted('one-line') ? await timeOneLine() : [];
  const cases = wanted('cases') ? await timeCases() : [];
  const bytes = wanted('sizes') ? await measureSizes() : undefined;

  const parts = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${type()} ${release()}, ` +
      `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
      `load ${load.toFixed(1)} at the start; medians of ${runs} runs (of one, for the other servers on the longest documents); milliseconds.`,
    barTable(
      bars({
        server: (name, size) => servers.get(size)?.find((row) => row.name === name)?.figures,
        cases: cases.find(({ name }) => name === ALL_OPTIONS)?.figures,
        fewOptions: cases.find(({ name }) => name !== ALL_OPTIONS)?.figures,
        oneLine: lines,
        bytes,
      }),
    ),
    ...[...servers].flatMap(([size, rows]) =>
      rows.length === 0 ? [] : [`### ${size.toLocaleString('en-US')} lines`, serverTable(rows)],
    ),
    ...(lines.length === 0 ? [] : ['### 1 MB on a single line', oneLineTable(lines)]),
    ...(cases.length === 0 ? [] : ['### `explain --cases`', casesTable(cases)]),
  ];
  const report = `${parts.join('\n\n')}\n`;
  say(`\n${report}`);
  if (options.write) {
    writeFileSync(
      DOCUMENT,
      readFileSync(DOCUMENT, 'utf8').replace(BETWEEN, () => `\n${report}\n`),
    );
    say('docs/BENCHMARK.md is rewritten.');
  }
  say(`Measured in ${seconds(start)}.`);
}

/**
 * All servers in turn, then all again: what else the machine does falls on each alike.
 * @param {readonly import('./subjects.mjs').Subject[]} subjects
 * @returns {Promise<Map<number, { name: string, figures: Figures }[]>>} by number of lines
 */
async function timeServers(subjects) {
  /** @type {Map<number, { name: string, figures: Figures }[]>} */
  const result = new Map();
  for (const lines of sizes) {
    /** @type {Map<string, Figures[]>} */
    const samples = new Map(subjects.map(({ name }) => [name, []]));
    for (let run = 1; run <= runs; run++) {
      for (const subject of subjects) {
        if (run > 1 && lines >= LONG && !subject.ours) continue;
        const start = Date.now();
        const size = lines >= LONG ? { keystrokes: 6, requests: 50 } : { keystrokes: 30, requests: 200 };
        const figures = await measureServer(subject, { lines, ...size });
        samples.get(subject.name)?.push(figures);
        const how = figures.failed === undefined ? '' : `: ${figures.failed}`;
        say(`  ${lines} lines, run ${run}: ${subject.name} in ${seconds(start)}${how}`);
      }
    }
    result.set(
      lines,
      [...samples].map(([name, all]) => ({ name, figures: medians(all) })),
    );
  }
  return result;
}

async function timeOneLine() {
  const rows = [];
  for (const language of /** @type {const} */ (['ceph-conf', 'shellscript', 'qemu-cmdline'])) {
    const document = oneLine(language, ONE_LINE);
    const subject = OURS[0];
    if (subject === undefined) continue;
    /** @type {Figures[]} */
    const all = [];
    for (let run = 0; run < runs; run++) {
      all.push(await measureDocuments(subject, [document], { keystrokes: 4, requests: 20 }));
    }
    rows.push({ language, figures: medians(all) });
    say(`  1 MB on a line of ${language}`);
  }
  return rows;
}

const ALL_OPTIONS = 'all of librbd';

async function timeCases() {
  const count = positive(options.cases);
  const rows = [];
  for (const [name, asked] of /** @type {const} */ ([
    [ALL_OPTIONS, undefined],
    ['rbd_cache, rbd_cache_size', ['rbd_cache', 'rbd_cache_size']],
  ])) {
    const all = [];
    for (let run = 0; run < runs; run++) all.push(await measureCases(count, asked));
    const [median] = [...all].sort((a, b) => a.perSecond - b.perSecond).slice(Math.floor(all.length / 2));
    if (median !== undefined) rows.push({ name, figures: median });
    say(`  ${count} cases, ${name}`);
  }
  return rows;
}

async function measureSizes() {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-bench-'));
  try {
    const file = join(folder, 'rbdcache.vsix');
    await step('Packaging', process.execPath, [join(ROOT, '.ci', 'package.mjs'), file]);
    const { build } = await import('../../.ci/build.mjs');
    const server = (await build({ quiet: true })).find((one) => one.file === 'dist/server.js');
    return { server: server?.bytes ?? 0, later: server?.later ?? 0, vsix: statSync(file).size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly Figures[]} all
 * @returns {Figures}
 */
function medians(all) {
  /** @type {Figures} */
  const result = {};
  for (const name of FIGURES) {
    const value = quantile(
      all.map((figures) => figures[name]),
      0.5,
    );
    if (value !== undefined) result[name] = value;
  }
  const failed = all.find((figures) => figures.failed !== undefined)?.failed;
  return failed === undefined ? result : { ...result, failed };
}

/** @param {string} text */
function positive(text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a number of anything: ${text}`);
  return value;
}

await main();
