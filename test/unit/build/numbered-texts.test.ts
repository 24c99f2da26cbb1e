/** What the build makes of a source that says something: numbers for its texts, in the order in which they are met. */
import { describe, expect, test } from 'vitest';
import { numberTexts } from '../../../.ci/lib/numbered-texts.mjs';

const IMPORT = "import * as l10n from '@vscode/l10n';";
const NUMBERED = "import { numberedText } from 'numbered-texts';\n";

function numbered(source: string, path = 'rules/a.ts'): { readonly source: string; readonly texts: readonly string[] } {
  const numbers = new Map([['already met', 0]]);
  const result = numberTexts(source, path, numbers);
  expect([...numbers.values()]).toEqual([...numbers.keys()].map((_, at) => at));
  return { source: result, texts: [...numbers.keys()].slice(1) };
}

describe('a text has its number where its key was', () => {
  test.each([
    ['alone', `l10n.t('Off.')`, 'numberedText(1)', ['Off.']],
    ['with values', `l10n.t('{0} in {1}', a, b)`, 'numberedText(1, a, b)', ['{0} in {1}']],
    [
      'with characters that are escaped',
      String.raw`l10n.t('it\'s \u201cso\u201d')`,
      'numberedText(1)',
      ['it’s “so”'.replace('’', "'")],
    ],
    ['met before', `l10n.t('already met')`, 'numberedText(0)', []],
    [
      'met twice',
      `[l10n.t('a'), l10n.t('b'), l10n.t('a')]`,
      '[numberedText(1), numberedText(2), numberedText(1)]',
      ['a', 'b'],
    ],
    ['inside another', `l10n.t('{0}!', l10n.t('so'), c)`, 'numberedText(1, numberedText(2), c)', ['{0}!', 'so']],
    ['as a template', 'l10n.t`${a} in ${b.c}.`', 'numberedText(1, a, b.c)', ['{0} in {1}.']],
    ['as a template without values', 'l10n.t`Off.`', 'numberedText(1)', ['Off.']],
    ['as a template in a template', 'l10n.t`a ${l10n.t`b`} c`', 'numberedText(1, numberedText(2))', ['a {0} c', 'b']],
  ])('%s', (_, written, made, texts) => {
    expect(numbered(`${IMPORT}\nexport const f = (a, b, c) => ${written};\n`)).toEqual({
      source: `${NUMBERED}\nexport const f = (a, b, c) => ${made};\n`,
      texts,
    });
  });

  test('types and lines stay', () => {
    expect(
      numbered(
        `${IMPORT}\n\nexport function f(a: number): string {\n  return l10n.t(\n    'x {0}',\n    a,\n  );\n}\n`,
      ),
    ).toEqual({
      source: `${NUMBERED}\n\nexport function f(a: number): string {\n  return numberedText(1,\n    a,\n  );\n}\n`,
      texts: ['x {0}'],
    });
  });
});

test('what a rule states is read when it is asked for', () => {
  expect(numbered("export const rule = { id: 'a', statement: 'It is so.' };\n")).toEqual({
    source: `${NUMBERED}export const rule = { id: 'a', get statement() { return numberedText(1); } };\n`,
    texts: ['It is so.'],
  });
  expect(numbered(`${IMPORT}\nexport const view = { statement: quoted(l10n.t('a')) };\n`)).toEqual({
    source: `${NUMBERED}\nexport const view = { statement: quoted(numberedText(1)) };\n`,
    texts: ['a'],
  });
});

test.each([
  ['says nothing', "import { a } from './a.js';\nexport const b = t('c');\n"],
  ['only chooses the language', `${IMPORT}\nl10n.config({ contents: {} });\n`],
])('a source that %s stays as it is', (_, source) => {
  expect(numbered(source)).toEqual({ source, texts: [] });
});

describe('a key that is not written out', () => {
  test.each(['l10n.t(key)', "l10n.t('a' + b)", 'l10n.t(`a`)', 'l10n.t()'])('%s stops the build', (written) => {
    expect(() => numbered(`${IMPORT}\n\nexport const f = () => ${written};\n`)).toThrow(
      `rules/a.ts:3: the key of a text is not written out: ${written}`,
    );
  });

  test('is looked up as it is where it stands in the catalog’s tables', () => {
    const source = `${IMPORT}\nexport const f = (meaning) => [l10n.t('a'), l10n.t(meaning)];\n`;
    expect(numbered(source, '/features/option-words.ts')).toEqual({
      source: `${NUMBERED}${IMPORT}\nexport const f = (meaning) => [numberedText(1), l10n.t(meaning)];\n`,
      texts: ['a'],
    });
  });
});
