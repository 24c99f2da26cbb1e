/**
 * Lists where the simulation and the recordings disagree.
 *
 *     node test/conformance/show.mjs [--source qemu|librados|old-system|live] [--topic WORD] [--about PART]
 *                                    [--qemu RELEASE] [--librbd RELEASE] [--id PART] [--limit N]
 */
import { build } from 'esbuild';

const here = new URL('.', import.meta.url).pathname;
const { outputFiles } = await build({
  entryPoints: [`${here}show.ts`],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});
const [bundle] = outputFiles;
if (bundle === undefined) throw new Error('nothing was bundled');
const code = Buffer.from(bundle.contents).toString('base64');
const { showDisagreements } = await import(`data:text/javascript;base64,${code}`);
showDisagreements(`${here}data`, process.argv.slice(2));
