/** Which language is spoken to a client. */
import { expect, test } from 'vitest';
import { languageOf } from '../../../server/src/lsp/language.js';

test.each([
  ['zh-cn', 'zh-cn'],
  ['zh-CN', 'zh-cn'],
  ['zh', 'zh-cn'],
  ['zh-hans', 'zh-cn'],
  ['zh-Hans-CN', 'zh-cn'],
  ['zh-Hans-HK', 'zh-cn'],
  ['zh-sg', 'zh-cn'],
  ['zh_CN.UTF-8', 'zh-cn'],
  ['zh_CN', 'zh-cn'],
  ['zh-tw', 'en'],
  ['zh-Hant', 'en'],
  ['zh-hk', 'en'],
  ['en', 'en'],
  ['en-US', 'en'],
  ['de', 'en'],
  ['C', 'en'],
  ['', 'en'],
  ['zhx', 'en'],
  [undefined, 'en'],
  [null, 'en'],
  [7, 'en'],
])('%s is %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
