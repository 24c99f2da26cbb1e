#!/usr/bin/env node
/**
 * Takes the flags that @vscode/test-electron gives to the `code` binary, and runs them in VS Code's own web server with a
 * headless browser as the window. Environment: RBDCACHE_HOST (a host as `ensureHost` returns it, in JSON),
 * RBDCACHE_HOST_TRUST=ask (folders are not trusted, whatever the flags), RBDCACHE_HOST_TIMEOUT_MS, RBDCACHE_HOST_ARTIFACTS (folder for a picture and the window's logs after a failure),
 * RBDCACHE_HOST_VERBOSE=1 (all that the server and the window print).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { format, parseArgs } from 'node:util';
import { profileIn, startServer, writeSettings } from '../../../.ci/lib/vscode-host.mjs';
import { openWindow } from './window.mjs';

/** @type {import('../../../.ci/lib/vscode-host.mjs').Host} */
const host = JSON.parse(process.env['RBDCACHE_HOST'] ?? '');
const timeoutMs = Number(process.env['RBDCACHE_HOST_TIMEOUT_MS'] ?? 1_800_000);
const artifacts = process.env['RBDCACHE_HOST_ARTIFACTS'];
const asksForTrust = process.env['RBDCACHE_HOST_TRUST'] === 'ask';
const verbose = process.env['RBDCACHE_HOST_VERBOSE'] === '1';

/** What VS Code's window says of itself, and no test wants to read. */
const NOISE =
  /^(\[[A-Za-z-]+[\]:]|Creating a socket|Resolv(ing|ed) connection token|Updating additional builtin|Creation of workbench contribution|\[Service Worker\]|ChatSessionStore|getaddrinfo ENOTFOUND|Timed out waiting for authentication provider|Error: Could not locate the bindings file|OverlayWebview has been disposed|(Error: )?Cannot find module '\.\/build\/Release\/watchdog')/;

const { values: flags, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'disable-extensions': { type: 'boolean' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});
const scratch = mkdtempSync(join(tmpdir(), 'rbdcache-code-'));
const defaults = profileIn(scratch);
const profile = {
  ...defaults,
  user: String(flags['user-data-dir'] ?? defaults.user),
  extensions: String(flags['extensions-dir'] ?? defaults.extensions),
};

/** @type {(() => Promise<unknown>)[]} undone last to first */
const cleanUps = [async () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })];
let finishing = false;

/** @param {number} code */
async function finish(code) {
  if (finishing) return;
  finishing = true;
  for (const cleanUp of cleanUps.reverse()) await cleanUp().catch((error) => console.error(String(error)));
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void finish(130));

/**
 * @typedef {object} Result
 * @property {number} code
 * @property {string} [why]
 * @property {{ relativePath: string, contents: string }[]} [logs]
 */

/** @returns {Promise<Result>} */
async function runTests() {
  /** @type {(result: Result) => void} */
  let settle = () => undefined;
  /** @type {Promise<Result>} */
  const settled = new Promise((done) => {
    settle = done;
  });

  writeSettings(profile);
  let printed = '';
  /** @type {string | undefined} */
  let hostDeath;
  const server = await startServer(host, profile, {
    args: [
      '--without-connection-token',
      '--enable-smoke-test-driver',
      ...(asksForTrust || !flags['disable-workspace-trust'] ? [] : ['--disable-workspace-trust']),
    ],
    env: { ...process.env, HOME: join(scratch, 'home') },
    onOutput: (text) => {
      if (verbose) process.stdout.write(text);
      printed = (printed + text).slice(-4000);
      const death = /Extension Host Process exited with code: (\S+), signal: (\w+)/.exec(printed);
      if (death === null || (death[1] === '0' && death[2] === 'null')) return;
      // The window reports a dead extension host as success: the server's word on how it ended counts instead.
      hostDeath ??= `the extension host ended with code ${death[1]}, signal ${death[2]}`;
      setTimeout(() => settle({ code: 1 }), 5000).unref();
    },
  });
  cleanUps.push(server.stop);
  void server.ended.then((how) => settle({ code: 1, why: `VS Code's server ended early (${how})` }));

  const { browser, page } = await openWindow({ width: 1280, height: 800 });
  cleanUps.push(() => browser.close());
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ parts) => {
    if (!verbose && NOISE.test(String(parts[0]))) return;
    (type === 'error' ? process.stderr : process.stdout).write(`${format(...parts)}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code, /** @type {Result['logs']} */ logs) =>
    settle({ code, ...(logs && { logs }) }),
  );
  page.on('console', (message) => {
    const text = message.text();
    if (/No extension host found that can launch the test runner/.test(text)) settle({ code: 1, why: text });
  });
  page.on('crash', () => settle({ code: 1, why: 'the page crashed' }));
  setTimeout(() => settle({ code: 124, why: `no result in ${timeoutMs} ms` }), timeoutMs).unref();

  await page.goto(workbenchAddress(server.port));
  const result = await settled;
  if (result.code !== 0 && artifacts !== undefined) {
    mkdirSync(artifacts, { recursive: true });
    await page.screenshot({ path: join(artifacts, 'window.png') }).catch((error) => console.error(String(error)));
    for (const log of result.logs ?? []) {
      const file = join(artifacts, 'logs', log.relativePath);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, log.contents);
    }
  }
  return hostDeath === undefined ? result : { code: result.code || 1, why: hostDeath };
}

/** @param {string} port */
function workbenchAddress(port) {
  const origin = `127.0.0.1:${port}`;
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://${origin}${resolve(path).split(sep).map(encodeURIComponent).join('/')}`;
  const payload = [
    ...(flags['extensionDevelopmentPath'] ?? []).map((path) => ['extensionDevelopmentPath', remote(String(path))]),
    ...(flags['extensionTestsPath'] ? [['extensionTestsPath', remote(String(flags['extensionTestsPath']))]] : []),
    ...(flags['disable-extensions'] ? [['disableExtensions', 'true']] : []),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams();
  const [first] = positionals;
  if (first === undefined) query.set('ew', 'true');
  else query.set(first.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(first));
  query.set('payload', JSON.stringify(payload));
  return `http://${origin}/?${query}`;
}

try {
  const { code, why } = await runTests();
  if (why !== undefined) console.error(why);
  await finish(code);
} catch (error) {
  console.error(error);
  await finish(1);
}
