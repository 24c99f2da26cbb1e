/**
 * Runs the editor tests inside the extension host of a real VS Code.
 * Which one: `RBDCACHE_VSCODE=desktop` downloads the desktop build (`RBDCACHE_VSCODE_VERSION`, by default stable), a path in
 * VSCODE_EXECUTABLE_PATH is taken as it is, and else the headless host is used where it can run.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { ROOT } from '../../.ci/lib/steps.mjs';
import { ensureHost, hostRunsHere, profileIn, QUIET_SETTINGS, writeSettings } from '../../.ci/lib/vscode-host.mjs';

const OUT = join(ROOT, 'out', 'editor');

/** @returns {boolean} true where the headless host is to be used */
export function usesHeadlessHost() {
  return process.env['RBDCACHE_VSCODE'] !== 'desktop' && !process.env['VSCODE_EXECUTABLE_PATH'] && hostRunsHere();
}

/**
 * @typedef {object} Suite
 * @property {string} name its entry point, a file of `suite/`
 * @property {string} workspace the folder that its window opens
 * @property {Record<string, unknown>} [settings] of the user
 * @property {boolean} [untrusted] nobody has said that the folder is to be trusted
 */

/** @type {readonly Suite[]} */
const SUITES = [
  { name: 'suite', workspace: 'workspace' },
  {
    name: 'untrusted',
    workspace: 'untrusted',
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    untrusted: true,
  },
];

/**
 * @param {string} hostVersion which headless host, where one is used
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runEditorTests(hostVersion) {
  await bundleSuites();
  const wanted = process.env['RBDCACHE_TEST_SUITE'];
  const sum = { passed: 0, failed: 0 };
  for (const suite of SUITES) {
    // test-electron starts the desktop build with trust in every folder.
    if ((wanted && suite.name !== wanted) || (suite.untrusted && !usesHeadlessHost())) continue;
    const { passed, failed } = await runSuite(suite, hostVersion);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}

/**
 * @param {Suite} suite
 * @param {string} hostVersion
 */
async function runSuite({ name, workspace: folder, settings, untrusted }, hostVersion) {
  const own = join(OUT, name);
  rmSync(own, { recursive: true, force: true });
  const workspace = join(own, 'workspace');
  const results = join(own, 'results.json');
  cpSync(join(ROOT, 'test', 'editor', folder), workspace, { recursive: true });
  const profile = profileIn(join(own, 'profile'));
  writeSettings(profile, { ...QUIET_SETTINGS, ...settings });
  process.env['RBDCACHE_HOST_TRUST'] = untrusted ? 'ask' : '';

  let outcome = '';
  try {
    await runTests({
      ...(await executable(hostVersion)),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: join(OUT, 'index.js'),
      launchArgs: [
        workspace,
        '--disable-extensions',
        `--user-data-dir=${profile.user}`,
        `--extensions-dir=${profile.extensions}`,
      ],
      extensionTestsEnv: { RBDCACHE_TEST_RESULTS: results, RBDCACHE_TEST_SUITE: name },
    });
  } catch (error) {
    outcome = String(error);
  }
  // The results are written at the end of the suite: a host that dies on the way may still report success.
  if (!existsSync(results)) throw new Error(`the suite did not run to its end in the extension host. ${outcome}`);
  const { passes, failures } = JSON.parse(readFileSync(results, 'utf8'));
  if (outcome !== '' && failures === 0) throw new Error(`VS Code ended badly after the suite: ${outcome}`);
  if (passes + failures === 0) throw new Error('the suite is empty');
  return { passed: passes, failed: failures };
}

/** @param {string} hostVersion */
async function executable(hostVersion) {
  const path = process.env['VSCODE_EXECUTABLE_PATH'];
  if (path) return { vscodeExecutablePath: path };
  if (!usesHeadlessHost()) return { version: process.env['RBDCACHE_VSCODE_VERSION'] ?? 'stable' };
  process.env['RBDCACHE_HOST'] = JSON.stringify(await ensureHost(hostVersion));
  process.env['RBDCACHE_HOST_ARTIFACTS'] = join(OUT, 'failure');
  rmSync(process.env['RBDCACHE_HOST_ARTIFACTS'], { recursive: true, force: true });
  return { vscodeExecutablePath: join(ROOT, 'test', 'editor', 'host', 'code-headless.mjs') };
}

async function bundleSuites() {
  mkdirSync(OUT, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['index', ...SUITES.map(({ name }) => name)].map((name) => `test/editor/suite/${name}.ts`),
    outdir: OUT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
