/** What is timed: this project's server on its documents, and other servers on theirs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, step } from '../../.ci/lib/steps.mjs';
import { bash, cephConf, css, dockerfile, json, shellScript, yaml } from './documents.mjs';

/**
 * @typedef {import('./documents.mjs').Document} Document
 * @typedef {object} Subject
 * @property {string} name
 * @property {boolean} ours
 * @property {readonly string[]} args of Node
 * @property {(lines: number) => readonly Document[]} documents all are opened; the last one is worked in
 * @property {boolean} [pulls] asks for diagnostics instead of waiting for them
 * @property {unknown} [settings]
 */

const SERVER = [join(ROOT, 'dist', 'server.js'), '--stdio'];

/** @type {readonly Subject[]} */
export const OURS = [
  { name: 'ceph.conf', ours: true, args: SERVER, documents: (lines) => [cephConf(lines)] },
  { name: 'ceph.conf (pull)', ours: true, args: SERVER, documents: (lines) => [cephConf(lines)], pulls: true },
  { name: 'script', ours: true, args: SERVER, documents: (lines) => [shellScript(lines)] },
  { name: 'script (pull)', ours: true, args: SERVER, documents: (lines) => [shellScript(lines)], pulls: true },
  { name: 'script + ceph.conf', ours: true, args: SERVER, documents: (lines) => [cephConf(lines), shellScript(lines)] },
  { name: 'ceph.conf + script', ours: true, args: SERVER, documents: (lines) => [shellScript(lines), cephConf(lines)] },
];

const PEER_FOLDER = join(ROOT, '.cache', 'bench-peers');
const PEER_PACKAGES = {
  'yaml-language-server': '2.0.0',
  'vscode-langservers-extracted': '4.10.0',
  'dockerfile-language-server-nodejs': '0.15.0',
  'bash-language-server': '5.8.1',
};

const OPTION_TYPES = {
  rbd_cache: { type: 'boolean', description: 'Whether the cache is on.' },
  rbd_cache_size: { type: 'integer', description: 'Size of the cache.' },
  rbd_cache_max_dirty: { type: 'integer', description: 'Bytes that may be dirty.' },
  rbd_cache_target_dirty: { type: 'integer', description: 'Bytes from which on the cache is written back.' },
};
const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: OPTION_TYPES,
  patternProperties: {
    '^vm': { type: 'object', properties: OPTION_TYPES },
    '^rbd_.*_\\d': { description: 'An option of one guest.' },
  },
};

/**
 * Installs the other servers into a git-ignored folder, once.
 * @returns {Promise<readonly Subject[]>}
 */
export async function installPeers() {
  const wanted = Object.entries(PEER_PACKAGES).map(([name, version]) => `${name}@${version}`);
  const complete = join(PEER_FOLDER, 'complete.json');
  const stamp = JSON.stringify(wanted);
  if (!existsSync(complete) || readFileSync(complete, 'utf8') !== stamp) {
    mkdirSync(PEER_FOLDER, { recursive: true });
    writeFileSync(join(PEER_FOLDER, 'package.json'), '{"private":true}\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--save-exact'];
    await step('Installing the other servers (.cache/bench-peers)', 'npm', ['install', ...quiet, ...wanted], {
      cwd: PEER_FOLDER,
    });
    writeFileSync(complete, stamp);
  }
  const schemaFile = join(PEER_FOLDER, 'schema.json');
  writeFileSync(schemaFile, JSON.stringify(SCHEMA));
  return [
    peer('yaml', program('yaml-language-server', 'yaml-language-server'), yaml, {
      yaml: {
        schemas: { [schemaFile]: '*.yaml' },
        schemaStore: { enable: false },
        validate: true,
        hover: true,
        completion: true,
      },
    }),
    peer('json', program('vscode-langservers-extracted', 'vscode-json-language-server'), json, {
      json: {
        validate: { enable: true },
        schemas: [{ fileMatch: ['*.json'], url: 'inmemory://options.json', schema: SCHEMA }],
      },
    }),
    peer('css', program('vscode-langservers-extracted', 'vscode-css-language-server'), css, {
      css: { validate: true },
    }),
    peer('dockerfile', program('dockerfile-language-server-nodejs', 'docker-langserver'), dockerfile, {}),
    peer('bash', [...program('bash-language-server', 'bash-language-server').slice(0, 1), 'start'], bash, {
      bashIde: { shellcheckPath: '', backgroundAnalysisMaxFiles: 0 },
    }),
  ];
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {(lines: number) => Document} document
 * @param {unknown} settings
 * @returns {Subject}
 */
function peer(name, args, document, settings) {
  return { name, ours: false, args, documents: (lines) => [document(lines)], settings };
}

/**
 * @param {string} name of the package
 * @param {string} program
 * @returns {readonly string[]} arguments of Node that start it
 */
function program(name, program) {
  const folder = join(PEER_FOLDER, 'node_modules', name);
  /** @type {{ bin: Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const path = bin[program];
  if (path === undefined) throw new Error(`${name} has no program ${program}`);
  return [join(folder, path), '--stdio'];
}
