/**
 * `npm run conformance:live -- [--cases N] [--seed N] [--only drive,blockdev,librados,command] [--root FOLDER]`: generated
 * cases through the QEMU and librados of this machine, or of another root folder, and through the simulation. Each
 * disagreement is printed in its smallest form. 500 cases where no number is given; `npm test` has as many.
 */
import { join } from 'node:path';
import { bundleTool } from './lib/bundled-tool.mjs';
import { ensureDependencies, ensureSystemPackages, LIVE_PROGRAMS } from './lib/dependencies.mjs';
import { ROOT, say, step } from './lib/steps.mjs';

/** @returns {Promise<string | undefined>} why it cannot run here */
export async function whyNotLive() {
  return ensureSystemPackages(LIVE_PROGRAMS);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{ passed: number, failed: number }>} one a case; of each 50 cases at most one is counted as failed
 */
export async function compareLive(args) {
  const program = await bundleTool('conformance-live', 'test/conformance/live/run.ts');
  const { code, output } = await step('Comparing with the real programs', process.execPath, [program, ...args], {
    show: true,
    mayFail: true,
  });
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the comparison ended with code ${code}`);
  const { cases, disagreements } = JSON.parse(last);
  return { passed: cases - disagreements, failed: disagreements };
}

async function main() {
  const args = process.argv.slice(2);
  await ensureDependencies();
  const why = args.includes('--root') ? undefined : await whyNotLive();
  if (why !== undefined) throw new Error(why);
  const { passed, failed } = await compareLive(args);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (process.argv[1] === join(ROOT, '.ci', 'conformance-live.mjs')) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
