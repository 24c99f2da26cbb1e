/** `npm run docs`: writes what derives from tables (rules' pages, lists, the settings' schema). A test holds it current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT, say } from './lib/steps.mjs';

/** Packages that are published as CommonJS modules ask for `require`. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

await ensureDependencies();
const { build } = await import('esbuild');
const program = join(ROOT, 'out', 'docs.mjs');
await build({
  entryPoints: [join(ROOT, '.ci/docs/index.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: { js: REQUIRE },
  logLevel: 'warning',
});
const { documents } = await import(pathToFileURL(program).href);
/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
for (const { path, text } of documents(read)) {
  if (exists(path) && read(path) === text) continue;
  writeFileSync(join(ROOT, path), text);
  say(`  ${path}`);
}

/** @param {string} path */
function exists(path) {
  try {
    read(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
