/**
 * A real VS Code without its desktop build: VS Code's own web server, as the npm package code-server carries it. Installed
 * once into a git-ignored folder of the checkout; nothing of it belongs to the project's own dependencies.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath, ROOT, step } from './steps.mjs';

/** `node`: the Node release that this VS Code's server runs on. */
const HOSTS = {
  '1.100': { codeServer: '4.100.3', node: '20.20.2' },
  1.139: { codeServer: '4.139.1', node: '24.21.0' },
};

export const OLDEST_HOST = '1.100';
export const NEWEST_HOST = '1.139';

/** User settings of a window that is to show nothing but the files and this extension. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
};

/**
 * @typedef {object} Host
 * @property {string} version VS Code's series, such as `1.100`
 * @property {string} folder
 * @property {string} serverMain
 * @property {string} node
 */

/** @returns {boolean} true where the npm packages of the host run on this machine */
export function hostRunsHere() {
  return process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
}

/**
 * Installs the host where it is not complete yet.
 * @param {string} version a key of HOSTS
 * @returns {Promise<Host>}
 */
export async function ensureHost(version) {
  const packages = HOSTS[/** @type {keyof typeof HOSTS} */ (version)];
  if (packages === undefined) throw new Error(`no VS Code host ${version}; there are ${Object.keys(HOSTS).join(', ')}`);
  const folder = join(ROOT, '.vscode-host', version);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const complete = join(folder, 'complete.json');
  const wanted = [`code-server@${packages.codeServer}`];
  const ownNode = process.versions.node.split('.')[0] === packages.node.split('.')[0];
  const nodePackage = `node-linux-${process.arch}`;
  if (!ownNode) wanted.push(`${nodePackage}@${packages.node}`);

  const stamp = JSON.stringify(wanted);
  if (!existsSync(complete) || readFileSync(complete, 'utf8') !== stamp) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const title = `Installing the VS Code ${version} host (npm package code-server, about 300 MB, once)`;
    await step(title, 'npm', ['install', ...quiet, '--save-exact', ...wanted], { cwd: folder });
    const inner = `Installing VS Code ${version}'s own modules`;
    await step(inner, 'npm', ['install', ...quiet, '--omit=dev'], { cwd: vscode });
    linkRipgrep(vscode);
    writeFileSync(complete, stamp);
  }
  return {
    version,
    folder,
    serverMain: join(vscode, 'out', 'server-main.js'),
    node: ownNode ? process.execPath : join(folder, 'node_modules', nodePackage, 'bin', 'node'),
  };
}

/**
 * VS Code 1.100's search looks for a binary that its package downloads at install time; the system's serves as well.
 * @param {string} vscode
 */
function linkRipgrep(vscode) {
  const wanted = join(vscode, 'node_modules', '@vscode', 'ripgrep');
  const ripgrep = findOnPath('rg');
  if (ripgrep === undefined || !existsSync(wanted) || existsSync(join(wanted, 'bin', 'rg'))) return;
  mkdirSync(join(wanted, 'bin'), { recursive: true });
  symlinkSync(ripgrep, join(wanted, 'bin', 'rg'));
}

/**
 * @typedef {object} Profile
 * @property {string} server the server's own data
 * @property {string} user user data, settings included
 * @property {string} extensions
 */

/**
 * @param {string} folder
 * @returns {Profile}
 */
export function profileIn(folder) {
  return { server: join(folder, 'server'), user: join(folder, 'user'), extensions: join(folder, 'extensions') };
}

/**
 * Writes user settings, unless the profile has its own; with `anew`, in their place.
 * @param {Profile} profile
 * @param {Record<string, unknown>} [settings]
 * @param {{ anew?: boolean }} [options]
 */
export function writeSettings(profile, settings = QUIET_SETTINGS, { anew = false } = {}) {
  const file = join(profile.user, 'User', 'settings.json');
  if (existsSync(file) && !anew) return;
  mkdirSync(join(profile.user, 'User'), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}

/**
 * @param {Profile} profile
 * @returns {string[]} the server's arguments for this profile
 */
export function profileArguments(profile) {
  return [
    '--accept-server-license-terms',
    '--telemetry-level=off',
    ...['--server-data-dir', profile.server],
    ...['--user-data-dir', profile.user],
    ...['--extensions-dir', profile.extensions],
  ];
}

/**
 * Starts the server on a free port of the loopback address, in a process group of its own.
 * @param {Host} host
 * @param {Profile} profile
 * @param {{ args: readonly string[], env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} options
 * @returns {Promise<{ port: string, ended: Promise<string>, stop: () => Promise<void> }>}
 */
export async function startServer(host, profile, { args, env = process.env, onOutput }) {
  const fixed = [host.serverMain, ...profileArguments(profile), '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(host.node, [...fixed, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('exit', (code, signal) => resolve(String(code ?? signal)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      signalGroup(child.pid, 'SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
    }
    // An extension host outlives its server: it waits for the window to come back.
    signalGroup(child.pid, 'SIGKILL');
  };
  /** @type {Promise<string>} */
  const listening = new Promise((resolve) => {
    let seen = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        const text = String(chunk);
        onOutput?.(text);
        seen = (seen + text).slice(-10_000);
        const port = /Extension host agent listening on (\d+)/.exec(seen)?.[1];
        if (port !== undefined) resolve(port);
      });
    }
  });
  const first = await Promise.race([listening, ended.then((how) => ({ how }))]);
  if (typeof first !== 'string') {
    await stop();
    throw new Error(`VS Code's server ended at once (${first.how})`);
  }
  return { port: first, ended, stop };
}

/**
 * @param {number | undefined} leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(leader, signal) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
