/** The Chinese texts: all of them, with the same placeholders and names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differences } from './translation.js';

const FOLDER = join(import.meta.dirname, '../../../l10n');

function texts(name: string): ReadonlyMap<string, string> {
  const content: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  return new Map(Object.entries(Object(content)).map(([key, text]) => [key, String(text)]));
}

const english = texts('bundle.l10n.json');
const chinese = texts('bundle.l10n.zh-cn.json');

test('each text is its own key', () => {
  expect([...english].filter(([key, text]) => key !== text)).toEqual([]);
  expect(english.size).toBeGreaterThan(1_000);
});

test('all of it is in Chinese, and nothing else is', () => {
  expect(differences(english, chinese)).toEqual([]);
});

test('no text is left in English by half', () => {
  // Latin letters are names there: three words in a row are a sentence of another language.
  const words = /\b[a-z]{3,} [a-z]{2,} [a-z]{3,}\b/;
  const half = [...chinese].filter(([, text]) => words.test(text.replace(/`[^`]*`/g, '')));
  expect(half).toEqual([]);
});
