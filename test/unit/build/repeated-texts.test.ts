/** Texts of a program that are written once. */
import { expect, test } from 'vitest';
import { nameRepeatedTexts } from '../../../.ci/lib/repeated-texts.mjs';

test('a text that comes often is called by a name', () => {
  expect(nameRepeatedTexts('f("cache.direct");g("cache.direct",["cache.direct"]);')).toBe(
    'const $a="cache.direct";f($a);g($a,[$a]);',
  );
});

test.each([
  ['switch(a){case"cache.direct":case"cache.direct":}', 'switch(a){case $a:case $a:}'],
  ['a="cache.direct"in b&&"cache.direct"in c', 'a=$a in b&&$a in c'],
  ['a={["cache.direct"]:"cache.direct",b:"cache.direct"}', 'a={[$a]:$a,b:$a}'],
])('%s', (program, named) => {
  expect(nameRepeatedTexts(program)).toBe(`const $a="cache.direct";${named}`);
});

test.each([
  ['short', 'f("off","off","off","off","off","off","off")'],
  ['the name of a type', 'typeof a=="function"&&typeof b=="function"&&"function"==typeof c'],
  ['alone', 'f("cache.direct")'],
  ['a key', 'a={"cache.direct":1};b={"cache.direct":2};c={"cache.direct":3}'],
  ['a module', 'import a from"./a-module.mjs";import b from"./a-module.mjs";export*from"./a-module.mjs";'],
  ['a module that comes later', 'a=import("./a-module.mjs");b=import("./a-module.mjs");c=import("./a-module.mjs")'],
  ['a directive', '"use strict";function a(){"use strict"}function b(){"use strict"}'],
])('a text that is %s stays', (_, program) => {
  expect(nameRepeatedTexts(program)).toBe(program);
});

test('names that are there already are not taken', () => {
  expect(nameRepeatedTexts('$a("cache.direct","cache.direct","cache.direct")')).toBe(
    'const $b="cache.direct";$a($b,$b,$b)',
  );
});

test('imports may come behind it', () => {
  const program = 'import{f as e}from"./a.mjs";e("cache.direct","cache.direct","cache.direct");';
  expect(nameRepeatedTexts(program)).toBe('const $a="cache.direct";import{f as e}from"./a.mjs";e($a,$a,$a);');
});
