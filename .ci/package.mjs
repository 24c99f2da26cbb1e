/** Makes the VSIX. `node .ci/package.mjs [FILE]`, by default rbdcache-VERSION.vsix in the checkout. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT, say, step } from './lib/steps.mjs';

await ensureDependencies();
const { build } = await import('./build.mjs');
await build({ quiet: true });
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const file = process.argv[2] ?? `${name}-${version}.vsix`;
const vsce = join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', file];
await step('Packaging the VSIX', process.execPath, [vsce, 'package', ...flags]);
say(`  ${file}  ${(statSync(resolve(ROOT, file)).size / 1024).toFixed(0)} KiB`);
