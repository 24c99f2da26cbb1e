/** The documentation's pages in Chinese: all of their texts, with the same names, numbers and links. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from '../../../.ci/docs/index.js';
import { ENGLISH, fill, readTranslations, simplifiedChinese, type Translate } from '../../../.ci/docs/translate.js';
import { differences } from './translation.js';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

const chinese = readTranslations(read('l10n/pages/zh-cn.json'));
/** What the pages ask for, in the order of the pages. */
const english = textsOf((translate) => pages({ read, files }, simplifiedChinese(translate), ENGLISH));
/** Texts of the manifest that are made of the rules' own. */
const MANIFEST = '{0} By default: {1}.';

function textsOf(make: (translate: Translate) => unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  make((text, ...parts) => {
    texts.set(text, text);
    return fill(text, ...parts);
  });
  return texts;
}

/** Without code, bars of tables, and what programs say themselves, which stands in quotes as it does in English. */
function words(text: string, own: string): string {
  const cells = own.replace(/ ?\| ?/g, '|');
  return cells.replace(/`[^`]*`/g, '`').replace(/“[^”]*”/g, (quoted) => (text.includes(quoted) ? '“”' : quoted));
}

function wrong(rule: (text: string, own: string) => boolean): readonly string[] {
  return [...chinese].filter(([text, own]) => rule(text, own)).map(([, own]) => own);
}

test('all of it is in Chinese, and nothing else is', () => {
  const asked = new Map([...english, [MANIFEST, MANIFEST]]);
  expect(english.size).toBeGreaterThan(400);
  expect(differences(asked, chinese)).toEqual([]);
});

test('releases, numbers and commits are the same', () => {
  const numbers = (text: string) =>
    (text.replace(/`[^`]*`/g, '').match(/[0-9a-f]{10}|\d[\d.,]*\d|\d/g) ?? []).sort().join(' ');
  expect(wrong((text, own) => numbers(text) !== numbers(own))).toEqual([]);
});

test('no text is left in English by half', () => {
  const sentence = /\b[a-z]{3,} [a-z]{2,} [a-z]{3,}\b/;
  expect(wrong((text, own) => sentence.test(words(text, own)))).toEqual([]);
});

test('signs between Chinese words are Chinese ones', () => {
  const western = /\p{Script=Han}[,;:!?()"']|[,;:!?()"']\p{Script=Han}|\p{Script=Han}\.|[.…]$/u;
  expect(wrong((text, own) => western.test(words(text, own).replace(/\*\*/g, '')))).toEqual([]);
});

test('a blank stands between Chinese and other words, and none beside Chinese signs', () => {
  const glued =
    /\p{Script=Han}[A-Za-z0-9`$]|[A-Za-z0-9`%]\p{Script=Han}|[，。；：？！、（）“”「」] | [，。；：？！、（）”」]/u;
  expect(wrong((text, own) => glued.test(words(text, own)))).toEqual([]);
});

test('emphasis has its end: behind a sign, Markdown sees none before a word', () => {
  const emphasis = /(\*\*?)[^*]+\1/g;
  const open = /\p{P}\*+[\p{L}\p{N}]$/u;
  expect(
    wrong((_, own) =>
      [...own.matchAll(emphasis)].some(({ 0: { length }, index }) => open.test(own.slice(index, index + length + 1))),
    ),
  ).toEqual([]);
});
