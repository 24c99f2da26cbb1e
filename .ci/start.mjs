/**
 * `npm start`: the report on samples/ in the terminal, then the extension on samples/ in VS Code; in the desktop's where
 * `code` is on PATH, else in a local one for the browser. `-- --report-only` stops after the report.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { capture, findOnPath, ROOT, say, step } from './lib/steps.mjs';
import {
  ensureHost,
  hostRunsHere,
  OLDEST_HOST,
  profileArguments,
  profileIn,
  startServer,
  writeSettings,
} from './lib/vscode-host.mjs';

const SAMPLES = join(ROOT, 'samples');

const { values: options } = parseArgs({ options: { 'report-only': { type: 'boolean', default: false } } });

async function main() {
  await ensureDependencies();
  const { build } = await import('./build.mjs');
  say('Building …');
  await build();
  await report();
  if (!options['report-only']) await openEditor();
}

/** Who wins, drive by drive, in each sample that holds drives; then what the rules say. */
async function report() {
  const cli = join(ROOT, 'dist', 'cli.js');
  const drives = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(sh|qemu|qemu-args)$/.test(file),
  );
  for (const file of drives.sort()) {
    say(`\n== samples/${file}`);
    await capture(process.execPath, [cli, 'explain', join('samples', file)], { show: true });
  }
  say('\n== what the rules say of samples/');
  await capture(process.execPath, [cli, 'check', 'samples'], { show: true });
}

async function openEditor() {
  const code = findOnPath('code');
  if (code !== undefined) return openDesktop(code);
  if (!hostRunsHere()) {
    say('\nNo `code` on PATH, and the VS Code for the browser is for Linux only: open samples/ in VS Code by hand.');
    return undefined;
  }
  return serveWeb();
}

/** @param {string} code */
async function openDesktop(code) {
  // Inside a remote window `code` knows no development path: there, the packaged extension is installed.
  if (process.env['VSCODE_IPC_HOOK_CLI'] === undefined) {
    await step('Opening samples/ in VS Code', code, ['--new-window', `--extensionDevelopmentPath=${ROOT}`, SAMPLES]);
    return;
  }
  const vsix = await packageTo(join(ROOT, 'out', 'rbdcache.vsix'));
  await step('Installing the extension in VS Code', code, ['--install-extension', vsix, '--force']);
  await step('Opening samples/ in VS Code', code, ['--new-window', SAMPLES]);
}

async function serveWeb() {
  const host = await ensureHost(OLDEST_HOST);
  const profile = profileIn(join(ROOT, '.vscode-host', 'start'));
  writeSettings(profile);
  const vsix = await packageTo(join(ROOT, 'out', 'rbdcache.vsix'));
  const install = [host.serverMain, ...profileArguments(profile), '--install-extension', vsix, '--force'];
  await step('Installing the extension in a local VS Code for the browser', host.node, install);

  // The token goes through a file: arguments can be read by every user of the machine.
  const token = randomBytes(24).toString('hex');
  const tokenFile = join(profile.server, 'connection-token');
  mkdirSync(profile.server, { recursive: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = ['--connection-token-file', tokenFile, '--disable-workspace-trust'];
  const server = await startServer(host, profile, { args });
  const leave = () => void server.stop().then(() => process.exit(0));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, leave);
  // Where only npm is ended, nobody sends a signal on.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(), 1000).unref();
  const query = new URLSearchParams({ tkn: token, folder: SAMPLES });
  say(`\nVS Code with the extension on samples/ (the token in the address is your key; Ctrl+C ends it):\n`);
  say(`  http://127.0.0.1:${server.port}/?${query}\n`);
  say(`VS Code's server ended (${await server.ended}).`);
}

/** @param {string} file */
async function packageTo(file) {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  await step('Packaging the extension', process.execPath, [join(ROOT, '.ci', 'package.mjs'), file]);
  if (!existsSync(file)) throw new Error(`${file} was not made`);
  return file;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
