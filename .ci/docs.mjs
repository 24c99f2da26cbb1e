/** `npm run docs`: writes what derives from tables and sources (rules' pages, lists, the settings' schema, the texts to translate). A test holds it current. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  // It reads tables of its own from the folder that it is installed in.
  external: ['@vscode/l10n-dev'],
  banner: { js: REQUIRE },
  logLevel: 'warning',
});
/** @type {typeof import('./docs/index.ts')} */
const { documents } = await import(pathToFileURL(program).href);
/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
/** @param {string} folder */
const files = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name.replaceAll('\\', '/')}`,
  );
for (const { path, text } of await documents({ read, files })) {
  if (existsSync(join(ROOT, path)) && read(path) === text) continue;
  mkdirSync(join(ROOT, dirname(path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  say(`  ${path}`);
}
