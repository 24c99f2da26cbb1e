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
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { minify } from '@swc/core';
import { build as bundle } from 'esbuild';
import { innerNames } from './lib/inner-names.mjs';
import { numberedTexts } from './lib/numbered-texts.mjs';
import { readLater } from './lib/read-later.mjs';
import { nameRepeatedTexts } from './lib/repeated-texts.mjs';
import { ROOT, say, seconds } from './lib/steps.mjs';
import { typescriptModules } from './lib/typescript-modules.mjs';
import { unusedProtocol } from './lib/unused-protocol.mjs';

const DIST = join(ROOT, 'dist');

/** A page runs in a webview: the oldest VS Code that is supported has Chromium 132. */
/** @type {import('esbuild').BuildOptions} */
const PAGE = { platform: 'browser', target: 'chrome132', format: 'iife' };
/** @type {import('esbuild').BuildOptions} */
const NODE = { platform: 'node', target: 'node20', mainFields: ['module', 'main'] };

/**
 * VS Code's side: each file by itself.
 * @type {readonly { out: string, entry: string, options: import('esbuild').BuildOptions }[]}
 */
const CLIENT = [
  {
    out: 'client.js',
    entry: 'client/src/extension.ts',
    options: { ...NODE, format: 'cjs', external: ['vscode'], plugins: [typescriptModules] },
  },
  { out: 'who-wins.js', entry: 'client/src/who-wins/view/main.ts', options: PAGE },
  { out: 'who-wins.css', entry: 'client/src/who-wins/view/style.css', options: PAGE },
];

/**
 * The server and the command line share most of their code. It is cut into parts (`dist/parts`), of which each program
 * reads at its start only what it starts with; the rest when it is first asked for.
 */
const PROGRAMS = [
  { name: 'server', entry: 'server/src/lsp/main.ts', first: '' },
  { name: 'cli', entry: 'server/src/cli/main.ts', first: '#!/usr/bin/env node\n' },
];
const PARTS = 'parts';

/** Packages that are published as CommonJS modules ask for this. */
const FOR_COMMONJS =
  "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);";

/** @typedef {{ file: string, bytes: number, later?: number }} Built `later`: what is read only when it is asked for */

/**
 * Builds all programs.
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<Built[]>} what was built
 */
export async function build({ quiet = false } = {}) {
  const start = Date.now();
  const [parts, ...files] = await Promise.all([bundleParts(), ...CLIENT.map(bundleFile)]);
  const metafiles = [parts.metafile, ...files.map((result) => result.metafile)];
  write('THIRD-PARTY-LICENSES.txt', licenses(metafiles.flatMap(({ inputs }) => Object.keys(inputs))));
  /** @type {Built[]} */
  const built = [...files.map(({ out, bytes }) => ({ file: `dist/${out}`, bytes })), ...parts.built];
  removeLeftovers(parts);
  if (!quiet) {
    for (const { file, bytes, later } of built) {
      say(
        `  ${file.padEnd(16)} ${kib(bytes)}${later === undefined ? '' : `, and ${kib(later).trim()} when asked for`}`,
      );
    }
    say(`  dist/data        ${kib(folderSize(join(DIST, 'data')))}`);
    say(`  built in ${seconds(start)}`);
  }
  return built;
}

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
  metafile: true,
};

/** @param {typeof CLIENT[number]} program */
async function bundleFile({ out, entry, options }) {
  const result = await bundle({ ...COMMON, ...options, entryPoints: [entry] });
  const contents = result.outputFiles?.[0]?.contents ?? new Uint8Array();
  write(out, contents);
  return { out, bytes: contents.length, metafile: metafileOf(result) };
}

async function bundleParts() {
  /** @type {Set<string>} */
  const tables = new Set();
  /**
   * @param {string} name
   * @param {string} json
   */
  const writeTable = (name, json) => {
    tables.add(name);
    write(join('data', name), json);
  };
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    ...COMMON,
    ...NODE,
    entryPoints: PROGRAMS.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir: join(DIST, PARTS),
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    banner: { js: FOR_COMMONJS },
    plugins: [
      readLater({ write: writeTable }),
      numberedTexts({ sources: join(ROOT, 'server', 'src'), write: writeTable }),
      unusedProtocol,
      typescriptModules,
    ],
  };
  const result = await bundle({ ...options, ...shortened(await bundle({ ...options, minify: false })) });
  const metafile = metafileOf(result);
  /** @type {Map<string, number>} bytes by path from the root */
  const bytes = new Map();
  /** @type {[string, string][]} */
  const programs = [];
  for (const { path, text } of result.outputFiles ?? []) {
    const small = await smaller(text, ASKED_NOW_AND_THEN.test(basename(path)));
    const name = relative(DIST, path);
    // What a program starts with names the other parts: it is written when they are there.
    if (PROGRAMS.some((program) => basename(path) === `${program.name}.mjs`)) programs.push([name, small]);
    else write(name, small);
    bytes.set(relative(ROOT, path).replaceAll('\\', '/'), Buffer.byteLength(small));
  }
  for (const [name, small] of programs) write(name, small);
  const names = new Set([...bytes.keys()].map((path) => basename(path)));
  const built = PROGRAMS.map(({ name, first }) => {
    write(`${name}.js`, `${first}import('./${PARTS}/${name}.mjs');\n`, first === '' ? 0o644 : 0o755);
    return { file: `dist/${name}.js`, ...sizes(metafile, bytes, `dist/${PARTS}/${name}.mjs`) };
  });
  return { metafile, names, tables, built };
}

/**
 * How the names of members are shortened.
 * @param {import('esbuild').BuildResult} whole the programs with all names
 * @returns {import('esbuild').BuildOptions}
 */
function shortened(whole) {
  const outputs = (whole.outputFiles ?? []).map(({ text }) => text);
  const names = innerNames({ root: ROOT, inputs: Object.keys(metafileOf(whole).inputs), outputs });
  return { mangleProps: new RegExp(`^(?:${Object.keys(names).join('|')})$`), mangleCache: names };
}

/** What only the server has: its views, which answer a person, not a keystroke. */
const ASKED_NOW_AND_THEN = /^(?:server|later)\b/;

/**
 * What is left to save when esbuild has been through a program.
 * @param {string} program
 * @param {boolean} inlines puts functions where they are called: smaller, but each call makes a function then, which costs time
 *   and memory where it is called often
 */
async function smaller(program, inlines) {
  /** @type {import('@swc/core').TerserCompressOptions} */
  const calls = inlines ? {} : { reduce_vars: false, inline: 0 };
  const { code } = await minify(program, {
    module: true,
    ecma: 2022,
    compress: { module: true, ecma: 2022, passes: 3, toplevel: true, unsafe_arrows: true, ...calls },
    mangle: { toplevel: true },
  });
  return nameRepeatedTexts(code);
}

/** @param {{ metafile?: import('esbuild').Metafile | undefined }} result */
function metafileOf({ metafile }) {
  if (metafile === undefined) throw new Error('esbuild gave no metafile');
  return metafile;
}

/**
 * Bytes that a program reads at its start, and those that it may read later.
 * @param {import('esbuild').Metafile} metafile
 * @param {ReadonlyMap<string, number>} written bytes by path
 * @param {string} entry
 */
function sizes({ outputs }, written, entry) {
  /** @param {readonly string[]} kinds */
  const reached = (kinds) => {
    const seen = new Set([entry]);
    for (const path of seen) {
      for (const one of outputs[path]?.imports ?? []) {
        if (kinds.includes(one.kind) && outputs[one.path] !== undefined) seen.add(one.path);
      }
    }
    return [...seen].reduce((sum, path) => sum + (written.get(path) ?? 0), 0);
  };
  const bytes = reached(['import-statement']);
  return { bytes, later: reached(['import-statement', 'dynamic-import']) - bytes };
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
 * Takes away tables and parts of an earlier build that no program uses any more.
 * @param {{ tables: ReadonlySet<string>, names: ReadonlySet<string> }} used
 */
function removeLeftovers({ tables, names }) {
  for (const [folder, used] of /** @type {const} */ ([
    ['data', tables],
    [PARTS, names],
  ])) {
    const path = join(DIST, folder);
    if (!existsSync(path)) continue;
    for (const file of readdirSync(path)) if (/\.(?:json|mjs)$/.test(file) && !used.has(file)) rmSync(join(path, file));
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
