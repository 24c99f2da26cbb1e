/** `npm run docs`: writes what derives from tables and sources (rules' pages, lists, the settings' schema, the texts to translate). A test holds it current. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTool } from './lib/bundled-tool.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT, say } from './lib/steps.mjs';

await ensureDependencies();
// @vscode/l10n-dev reads tables of its own from the folder that it is installed in.
const program = await bundleTool('docs', '.ci/docs/index.ts', ['@vscode/l10n-dev']);
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
