/**
 * The way of a user through the window: the VSIX installed in VS Code, the samples opened, a hover read, a fix taken, the
 * releases switched. On request it takes the README's pictures on the way.
 */
import { strict as assert } from 'node:assert';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
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
import { inChinese } from './chinese.mjs';
import { STEPS } from './steps.mjs';
import { Workbench } from './workbench.mjs';

const OUT = join(ROOT, 'out', 'e2e');
const IMAGES = join(ROOT, 'docs', 'images');
const SETTINGS = {
  ...QUIET_SETTINGS,
  'editor.wordWrap': 'on',
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
};

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

  const args = ['--without-connection-token', '--disable-workspace-trust'];
  const server = await startServer(host, profile, { args, env });
  const { browser, page } = await openWindow({ width: 1280, height: 720 });
  try {
    const address = `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: samples })}`;
    await page.goto(address);
    const picture = async (/** @type {string} */ name) => {
      if (screenshots) await page.screenshot({ path: join(IMAGES, name), animations: 'disabled' });
    };
    const photograph = async (/** @type {string} */ name) => page.screenshot({ path: join(OUT, `${name}.png`) });
    const scene = { workbench: new Workbench(page), picture, photograph };
    return await walk(scene, () => inChinese(address, join(OUT, 'failure.png')));
  } finally {
    await browser.close();
    await server.stop();
  }
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
 * Each step builds on the one before: after a failure the rest is not reached, and counts as failed.
 * @param {import('./steps.mjs').Scene} scene
 * @param {() => Promise<void>} inAnotherLanguage
 */
async function walk(scene, inAnotherLanguage) {
  let passed = 0;
  /** @type {typeof STEPS} */
  const steps = [...STEPS, ['the same in Chinese', inAnotherLanguage]];
  for (const [name, action] of steps) {
    const start = Date.now();
    try {
      await action(scene);
      passed++;
      say(`  ✔ ${name} (${seconds(start)})`);
    } catch (error) {
      await scene.photograph('failure');
      console.error(`  ✖ ${name}\n`, error, '\n  a picture of the window: out/e2e/failure.png');
      break;
    }
  }
  return { passed, failed: steps.length - passed };
}
