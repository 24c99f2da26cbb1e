/** The package as npm makes it of a clone: for pre-commit, and for CI jobs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isObject } from '../../server/src/cli/json.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** What may be in it, besides what npm always takes. */
const ALLOWED = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/([a-z-]+\.(js|css)|parts\/[\w-]+\.mjs|data\/([a-z-]+|texts-[0-9a-f]+)\.json|THIRD-PARTY-LICENSES\.txt)$/,
  /^l10n\/bundle\.l10n(\.zh-cn)?\.json$/,
  /^docs\/(rules|concepts)\/(zh-cn\/)?[a-z0-9-]+\.md$/,
];

function packed(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [info]: unknown[] = Object.values(JSON.parse(output));
  const files = isObject(info) ? info['files'] : [];
  return Array.isArray(files) ? files.map(({ path }: { readonly path: string }) => path) : [];
}

test('npm pack takes the programs and their pages, and nothing else', () => {
  const files = packed();
  expect(files.filter((file) => !ALLOWED.some((allowed) => allowed.test(file)))).toEqual([]);
  for (const file of [
    'dist/cli.js',
    'dist/data/ceph-options.json',
    'docs/rules/cache-unsafe.md',
    'docs/rules/zh-cn/cache-unsafe.md',
    'l10n/bundle.l10n.zh-cn.json',
  ]) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => file.startsWith('dist/data/texts-'))).toHaveLength(1);
}, 60_000);

test('npm pack prints the name of the package only: pre-commit reads it', () => {
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^foreground-scripts=false$/m);
});
