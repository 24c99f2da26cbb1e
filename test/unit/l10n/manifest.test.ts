/** The manifest's texts: each is a key, and each key has its text in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences } from './translation.js';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const texts = (path: string) => new Map(Object.entries(Object(read(path))).map(([key, text]) => [key, String(text)]));

/** Members of the manifest that VS Code shows to people. */
const SHOWN = new Set([
  'displayName',
  'description',
  'markdownDescription',
  'deprecationMessage',
  'markdownDeprecationMessage',
  'enumDescriptions',
  'markdownEnumDescriptions',
  'title',
  'shortTitle',
  'label',
  'altText',
]);
/** Names are the same in every language. */
const NAMES = new Set(['RBDCache', 'upstream', 'Proxmox']);

function* shownTexts(value: unknown, path: string, shown: boolean): Generator<readonly [string, string]> {
  if (typeof value === 'string') {
    if (shown && value !== '' && !NAMES.has(value)) yield [path, value];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const inList = Array.isArray(value) && shown;
      yield* shownTexts(member, `${path}/${key}`, inList || SHOWN.has(key));
    }
  }
}

const manifest = read('package.json');
const english = texts('package.nls.json');
const chinese = texts('package.nls.zh-cn.json');

describe('package.json', () => {
  test('shows no text that cannot be translated', () => {
    const plain = [...shownTexts(manifest, '', false)].filter(([, text]) => !/^%[\w.-]+%$/.test(text));
    expect(plain).toEqual([]);
  });

  test('has all of its keys in package.nls.json, which has no others', () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key));
    expect([...used].sort()).toEqual([...english.keys()].sort());
  });

  test('is in Chinese altogether, with the same names and placeholders', () => {
    expect(differences(english, chinese)).toEqual([]);
  });

  test('names the default of each rule in Chinese, too', () => {
    const wrong = [...english].filter(([key, text]) => {
      const severity = /^severity\./.test(key) ? /By default: (\w+)\.$/.exec(text)?.[1] : undefined;
      return severity !== undefined && !chinese.get(key)?.endsWith(`默认：${severity}。`);
    });
    expect(wrong).toEqual([]);
  });
});
