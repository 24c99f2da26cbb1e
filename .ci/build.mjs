/** Bundles the extension's programs into dist/: the client and its page, the language server, the command line. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { ROOT, say, seconds } from './lib/steps.mjs';

const DIST = join(ROOT, 'dist');

/** A page runs in a webview: the oldest VS Code that is supported has Chromium 132. */
const PAGE = /** @type {const} */ ({ platform: 'browser', target: 'chrome132', format: 'iife' });
const NODE = /** @type {const} */ ({
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Modules that are published as ES modules only may ask where they are.
  define: { 'import.meta.url': 'moduleAddress' },
});

const PROLOGUE = `'use strict';const moduleAddress = require('node:url').pathToFileURL(__filename).href;`;

const PROGRAMS = [
  { out: 'client.js', entry: 'client/src/extension.ts', external: ['vscode'] },
  { out: 'who-wins.js', entry: 'client/src/who-wins/view/main.ts', page: true },
  { out: 'who-wins.css', entry: 'client/src/who-wins/view/style.css', page: true },
  { out: 'server.js', entry: 'server/src/lsp/main.ts' },
  { out: 'cli.js', entry: 'server/src/cli/main.ts', banner: '#!/usr/bin/env node\n' },
];

/** The catalog's tables go beside the programs as they are, shared by them, each read when it is first asked for. */
const catalogData = {
  name: 'catalog-data',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onLoad({ filter: /[\\/]catalog[\\/]data[\\/][^\\/]+\.json$/ }, ({ path }) => {
      const name = basename(path);
      write(join('data', name), JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
      const contents = `
        const { readFileSync } = require('node:fs');
        const { join } = require('node:path');
        let table;
        Object.defineProperty(exports, '__esModule', { value: true });
        Object.defineProperty(exports, 'default', {
          enumerable: true,
          get: () => (table ??= JSON.parse(readFileSync(join(__dirname, 'data', ${JSON.stringify(name)}), 'utf8'))),
        });`;
      return { contents, loader: 'js' };
    });
  },
};

/**
 * Builds all programs.
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<{ file: string, bytes: number }[]>} what was built
 */
export async function build({ quiet = false } = {}) {
  const start = Date.now();
  const results = await Promise.all(PROGRAMS.map(bundleProgram));
  write('THIRD-PARTY-LICENSES.txt', licenses(results.flatMap((result) => Object.keys(result.metafile.inputs))));
  const built = results.map(({ out, contents }) => ({ file: `dist/${out}`, bytes: contents.length }));
  removeLeftovers(results.map((result) => result.metafile));
  if (!quiet) {
    for (const { file, bytes } of built) say(`  ${file.padEnd(16)} ${kib(bytes)}`);
    say(`  dist/data        ${kib(folderSize(join(DIST, 'data')))}`);
    say(`  built in ${seconds(start)}`);
  }
  return built;
}

/** @param {typeof PROGRAMS[number]} program */
async function bundleProgram({ out, entry, external = [], banner = '', page = false }) {
  const result = await bundle({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    ...(page ? PAGE : NODE),
    mainFields: ['module', 'main'],
    external,
    banner: { js: page ? '' : `${banner}${PROLOGUE}` },
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    metafile: true,
    plugins: [catalogData],
  });
  const contents = result.outputFiles[0]?.contents ?? new Uint8Array();
  write(out, contents, banner === '' ? 0o644 : 0o755);
  return { out, contents, metafile: result.metafile };
}

/**
 * Replaces a file of dist/ in one go: a program that starts meanwhile reads the old text or the new one.
 * @param {string} name
 * @param {string | Uint8Array} contents
 * @param {number} [mode]
 */
function write(name, contents, mode = 0o644) {
  const path = join(DIST, name);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  chmodSync(draft, mode);
  renameSync(draft, path);
}

/**
 * Takes away tables of an earlier build that no program uses any more.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
function removeLeftovers(metafiles) {
  const used = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).map((path) => basename(path)));
  const folder = join(DIST, 'data');
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.json') && !used.has(file)) rmSync(join(folder, file));
  }
}

/** @param {readonly string[]} inputs paths of the bundled sources */
function licenses(inputs) {
  const packages = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(join(ROOT, folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder */
function folderSize(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/** @param {number} bytes */
function kib(bytes) {
  return `${(bytes / 1024).toFixed(0).padStart(5)} KiB`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
