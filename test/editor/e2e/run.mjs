/**
 * The way of a user through the window: the VSIX installed in VS Code, the samples opened, a hover read, a fix taken, the
 * releases switched; then once more in Chinese, and in a folder that is not trusted. Each view leaves a picture in out/e2e;
 * on request some of them become the README's.
 */
import { strict as assert } from 'node:assert';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say, seconds, step } from '../../../.ci/lib/steps.mjs';
import {
  ensureHost,
  profileArguments,
  profileIn,
  QUIET_SETTINGS,
  startServer,
  writeSettings,
} from '../../../.ci/lib/vscode-host.mjs';
import { openWindow } from '../host/window.mjs';
import { inChinese, speakChinese } from './chinese.mjs';
import { inRestrictedMode, RESTRICTED } from './restricted.mjs';
import { STEPS } from './steps.mjs';
import { Workbench } from './workbench.mjs';

const OUT = join(ROOT, 'out', 'e2e');
const IMAGES = join(ROOT, 'docs', 'images');
const SETTINGS = {
  ...QUIET_SETTINGS,
  'editor.wordWrap': 'on',
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
  'security.workspace.trust.enabled': false,
};
/** Pictures that the README shows. */
const SHOWN = new Set([
  'hover',
  'release',
  'quick-fix',
  'drives-light',
  'what-if-dark',
  'upgrade-light',
  'who-wins-light',
  'who-wins-dark',
  'who-wins-high-contrast',
  'who-wins-high-contrast-light',
]);

/**
 * A window of its own, and what is done in it. Each step builds on the one before.
 * @typedef {object} Visit
 * @property {typeof STEPS} steps
 * @property {Record<string, unknown>} [settings] of the user
 * @property {(page: import('playwright-core').Page) => Promise<unknown>} [prepare] before the window is drawn
 */

/** @type {readonly Visit[]} */
const VISITS = [
  { steps: STEPS },
  { steps: [['the same in Chinese', inChinese]], prepare: speakChinese },
  {
    steps: [['a folder that is not trusted is looked at, and nothing is started', inRestrictedMode]],
    settings: RESTRICTED,
  },
];

/**
 * @param {string} hostVersion
 * @param {{ screenshots: boolean }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runEndToEnd(hostVersion, { screenshots }) {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const samples = join(OUT, 'samples');
  cpSync(join(ROOT, 'samples'), samples, { recursive: true });
  const host = await ensureHost(hostVersion);
  const profile = profileIn(join(OUT, 'profile'));
  writeSettings(profile, SETTINGS);
  const env = { ...process.env, HOME: join(OUT, 'home') };
  await install(host, profile, env);

  const server = await startServer(host, profile, { args: ['--without-connection-token'], env });
  const address = `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: samples })}`;
  /** @param {string} name */
  const keep = (name) => {
    const file = `${name}.png`;
    if (screenshots && SHOWN.has(name)) copyFileSync(join(OUT, file), join(IMAGES, file));
  };
  let passed = 0;
  try {
    for (const visit of VISITS) {
      writeSettings(profile, { ...SETTINGS, ...visit.settings }, { anew: true });
      passed += await walk(visit, address, keep);
    }
  } finally {
    await server.stop();
  }
  const all = VISITS.reduce((sum, { steps }) => sum + steps.length, 0);
  return { passed, failed: all - passed };
}

/**
 * @param {import('../../../.ci/lib/vscode-host.mjs').Host} host
 * @param {import('../../../.ci/lib/vscode-host.mjs').Profile} profile
 * @param {NodeJS.ProcessEnv} env
 */
async function install(host, profile, env) {
  const vsix = join(OUT, 'rbdcache.vsix');
  await step('Packaging the extension', process.execPath, [join(ROOT, '.ci', 'package.mjs'), vsix]);
  const base = [host.serverMain, ...profileArguments(profile)];
  await step('Installing the VSIX', host.node, [...base, '--install-extension', vsix], { env });
  assert.ok(existsSync(profile.extensions), 'the VSIX was not installed');
}

/**
 * After a failure the rest of the visit is not reached, and counts as failed.
 * @param {Visit} visit
 * @param {string} address of the window
 * @param {(name: string) => void} keep
 * @returns {Promise<number>} how many steps passed
 */
async function walk({ steps, prepare }, address, keep) {
  const { browser, page } = await openWindow({ width: 1280, height: 720 });
  const photograph = async (/** @type {string} */ name) => {
    await page.screenshot({ path: join(OUT, `${name}.png`), animations: 'disabled' });
    keep(name);
  };
  let passed = 0;
  try {
    await prepare?.(page);
    await page.goto(address);
    const workbench = new Workbench(page);
    for (const [name, action] of steps) {
      const start = Date.now();
      try {
        await action({ workbench, photograph });
        passed++;
        say(`  ✔ ${name} (${seconds(start)})`);
      } catch (error) {
        await photograph('failure');
        console.error(`  ✖ ${name}\n`, error, '\n  a picture of the window: out/e2e/failure.png');
        break;
      }
    }
  } finally {
    await browser.close();
  }
  return passed;
}
