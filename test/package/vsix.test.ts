import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../.ci/build.mjs';
import manifest from '../../package.json' with { type: 'json' };
import { zipEntries } from './zip-entries.js';

const ROOT = join(import.meta.dirname, '..', '..');
const KIB = 1024;
const MAX_VSIX = 1.5 * KIB * KIB;
/** Without tables and texts, which lie beside it. */
const MAX_SERVER = 600 * KIB;
const MAX_AT_START = 100 * KIB;

/** With a mark of their content. */
const TEXTS = /^extension\/dist\/data\/texts-[0-9a-f]+\.json$/;

/** Everything that may be in the package, besides the two files that every VSIX has. */
const ALLOWED = [
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(client|server|cli|who-wins)\.js$/,
  /^extension\/dist\/who-wins\.css$/,
  /^extension\/dist\/parts\/[\w-]+\.mjs$/,
  /^extension\/dist\/data\/[a-z-]+\.json$/,
  TEXTS,
  /^extension\/package\.nls(\.zh-cn)?\.json$/,
  /^extension\/l10n\/bundle\.l10n(\.zh-cn)?\.json$/,
  /^extension\/dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^extension\/syntaxes\/[a-z-]+(\.tmLanguage|\.language-configuration)\.json$/,
  /^extension\/docs\/(rules|concepts)\/(zh-cn\/)?[a-z0-9-]+\.md$/,
  /^extension\/docs\/walkthrough\/[a-z-]+\.(svg|qemu)$/,
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
];

describe('the VSIX', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-vsix-'));
  const vsix = join(folder, 'rbdcache.vsix');
  let entries: readonly string[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, [join(ROOT, '.ci', 'package.mjs'), vsix], { cwd: ROOT });
    entries = zipEntries(readFileSync(vsix));
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is small', () => {
    expect(statSync(vsix).size).toBeLessThanOrEqual(MAX_VSIX);
  });

  test('holds nothing that is not needed at run time', () => {
    expect(entries.filter((entry) => !ALLOWED.some((allowed) => allowed.test(entry)))).toEqual([]);
  });

  test('holds what the manifest points to', () => {
    const { contributes, main, bin } = manifest;
    const named = [
      main,
      ...Object.values(bin),
      'dist/server.js',
      'dist/who-wins.js',
      'dist/who-wins.css',
      ...contributes.languages.flatMap((language) => language.configuration ?? []),
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
      'docs/walkthrough/example.qemu',
    ].map((path) => `extension/${path.replace(/^\.\//, '')}`);
    expect(named.filter((path) => !entries.includes(path))).toEqual([]);
  });

  test('holds every table of the sources, every text, every translation and every page of the documentation', () => {
    const files = [
      ...readdirSync(join(ROOT, 'server/src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => `extension/dist/data/${basename(file)}`),
      ...readdirSync(join(ROOT, 'l10n'))
        .filter((file) => file.endsWith('.json'))
        .map((file) => `extension/l10n/${file}`),
      ...['package.nls.json', 'package.nls.zh-cn.json'].map((file) => `extension/${file}`),
      ...['docs/rules', 'docs/concepts', 'docs/rules/zh-cn', 'docs/concepts/zh-cn'].flatMap((folder) =>
        readdirSync(join(ROOT, folder))
          .filter((file) => file.endsWith('.md'))
          .map((file) => `extension/${folder}/${file}`),
      ),
    ];
    expect(files.filter((file) => !entries.includes(file))).toEqual([]);
    expect(entries.filter((entry) => TEXTS.test(entry))).toHaveLength(1);
  });
});

describe('the bundles', () => {
  test('the server is small, and what it starts with still more so', async () => {
    const built = await build({ quiet: true });
    const { bytes = 0, later = 0 } = built.find(({ file }) => file === 'dist/server.js') ?? {};
    expect(bytes).toBeGreaterThan(50 * KIB);
    expect(bytes).toBeLessThanOrEqual(MAX_AT_START);
    expect(bytes + later).toBeLessThanOrEqual(MAX_SERVER);
  });

  test('texts stand in their table alone', () => {
    const table = readdirSync(join(ROOT, 'dist/data')).find((file) => TEXTS.test(`extension/dist/data/${file}`)) ?? '';
    const texts: unknown = JSON.parse(readFileSync(join(ROOT, 'dist/data', table), 'utf8'));
    const parts = readdirSync(join(ROOT, 'dist/parts')).map((part) =>
      readFileSync(join(ROOT, 'dist/parts', part), 'utf8'),
    );
    const sentences = Array.isArray(texts) ? texts.filter((text) => /^\w[^"'`]{40,}\.$/.test(text)) : [];
    expect(sentences.length).toBeGreaterThan(100);
    expect(sentences.filter((text) => parts.some((part) => part.includes(text)))).toEqual([]);
  });

  test('the command line is executable', () => {
    expect(statSync(join(ROOT, 'dist/cli.js')).mode & 0o111).not.toBe(0);
  });

  test('the client has no word of Ceph’s options', () => {
    const client = readFileSync(join(ROOT, 'dist/client.js'), 'utf8');
    expect(client).toContain('require("vscode")');
    expect(client).not.toMatch(/rbd_cache|rados/);
  });
});
