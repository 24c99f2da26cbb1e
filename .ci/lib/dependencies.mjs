/** What has to be on the machine before anything runs: npm packages, and a few of the system's. Node's own modules only. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, findOnPath, ROOT, say, step } from './steps.mjs';

const OLDEST_NODE = 20;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/**
 * @typedef {object} Wanted
 * @property {string} program
 * @property {readonly string[]} packages of Debian
 * @property {() => boolean} found
 */

/**
 * Program → the Debian package it comes from. Fonts have no program; they come with the browser.
 * @type {readonly Wanted[]}
 */
const WANTED = [
  { program: 'chromium', packages: ['chromium', 'fonts-dejavu-core'], found: () => findBrowser() !== undefined },
  { program: 'rg', packages: ['ripgrep'], found: () => findOnPath('rg') !== undefined },
];

/** Installs what package-lock.json names, unless it is there already. */
export async function ensureDependencies() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) throw new Error(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}`);
  if (installedAsLocked()) return;
  await step('Installing npm packages (npm ci)', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/** @returns {boolean} true where each package of the lock file is installed in that version */
function installedAsLocked() {
  const installed = packagesOf(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const locked = packagesOf(join(ROOT, 'package-lock.json')) ?? {};
  return Object.entries(locked).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there === undefined ? optional === true : there.version === version;
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : undefined;
}

/** @returns {string | undefined} path of a Chromium or Chrome */
export function findBrowser() {
  const named = process.env['RBDCACHE_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return BROWSERS.map(findOnPath).find((path) => path !== undefined);
}

/**
 * What the comparison with the real programs needs. Debian's packages only: elsewhere the same names hold other things.
 * @type {readonly Wanted[]}
 */
export const LIVE_PROGRAMS = [
  { program: 'QEMU', packages: ['qemu-utils', 'qemu-system-x86', 'qemu-block-extra'] },
  { program: 'librados', packages: ['librados2', 'librbd1'] },
  { program: 'a C compiler', packages: ['gcc', 'libc6-dev'] },
].map((wanted) => ({ ...wanted, found: () => wanted.packages.every(isInstalledPackage) }));

/** @param {string} name */
export function isInstalledPackage(name) {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return status === 0 && stdout === 'installed';
}

/**
 * Installs what is missing, by default the browser and the search program that the editor tests need. Only root
 * installs; others are told how.
 * @param {readonly Wanted[]} [all]
 * @returns {Promise<string | undefined>} why something is missing, for people; undefined where all is there
 */
export async function ensureSystemPackages(all = WANTED) {
  const missing = all.filter((wanted) => !wanted.found());
  if (missing.length === 0) return undefined;
  const packages = missing.flatMap((wanted) => wanted.packages);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const names = missing.map((wanted) => wanted.program).join(' and ');
  if (findOnPath('apt-get') === undefined) return `${names} not found: install ${packages.join(', ')}`;
  if (process.getuid?.() !== 0) return `${names} not found. To install: sudo apt-get update && sudo ${command}`;

  say(`System packages are missing and will be installed, as root: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Reading the package lists (apt-get update)', 'apt-get', ['update'], { env, mayFail: true });
  const [program = '', ...args] = command.split(' ');
  const { code } = await step(`Installing (${command})`, program, args, { env, mayFail: true });
  if (code === 0) return undefined;
  const { output } = await capture(program, args, { env });
  return `${command} failed: ${output.trim().split('\n').slice(-3).join(' ')}`;
}
