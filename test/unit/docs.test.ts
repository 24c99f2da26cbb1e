/** What derives from tables is current; `npm run docs` writes it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FEATURES } from '../../.ci/docs/features.js';
import { documents } from '../../.ci/docs/index.js';
import { ALL_RULES } from '../../server/src/rules/all.js';
import { RULE_PAGES } from '../../server/src/rules/pages/index.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
const written = await documents({ read, files });

describe('written from tables', () => {
  test.each(written.map(({ path, text }) => [path, text] as const))('%s', (path, text) => {
    expect(read(path)).toBe(text);
  });

  test('each rule has its page, and no page is without its rule', () => {
    const ids = ALL_RULES.map(({ id }) => id).sort();
    expect(Object.keys(RULE_PAGES).sort()).toEqual(ids);
    for (const folder of ['docs/rules', 'docs/rules/zh-cn']) {
      const pages = readdirSync(join(ROOT, folder)).filter((name) => name !== 'zh-cn');
      expect(pages.sort(), folder).toEqual(ids.map((id) => `${id}.md`).sort());
    }
  });

  test('each page that is written by hand lies beside its translation', () => {
    const pages = readdirSync(join(ROOT, 'docs/concepts')).filter((name) => name !== 'zh-cn');
    expect(readdirSync(join(ROOT, 'docs/concepts/zh-cn')).sort()).toEqual(pages.sort());
  });

  test('links in pages lead to files', () => {
    const pages = files('docs').filter((path) => /^docs\/(?:rules|concepts)\/.*\.md$/.test(path));
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => join(page, '..', target)),
    );
    expect(links.length).toBeGreaterThan(pages.length);
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test.each(FEATURES.map(({ name, test: file }) => [name, file] as const))('a test shows: %s', (_, file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
  });
});
