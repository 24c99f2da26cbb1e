/** Tools that are written in TypeScript, as the sources they work with: bundled into out/, where Node can run them. */
import { join } from 'node:path';
import { ROOT } from './steps.mjs';

/** Packages that are published as CommonJS modules ask for `require`. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * @param {string} name of the file in out/, without its extension
 * @param {string} entry from the checkout's root
 * @param {readonly string[]} [external] packages that are not bundled
 * @returns {Promise<string>} the tool's path
 */
export async function bundleTool(name, entry, external = []) {
  // This module may be read before npm has installed the packages.
  const { build } = await import('esbuild');
  const outfile = join(ROOT, 'out', `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: [...external],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  return outfile;
}
