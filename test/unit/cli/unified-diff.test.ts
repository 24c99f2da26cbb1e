import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../server/src/cli/unified-diff.js';
import { property } from '../properties/property.js';

test.each([
  ['nothing changed', 'a\nb\n', 'a\nb\n', []],
  ['a line in the middle', 'a\nb\nc\n', 'a\nB\nc\n', ['--- a/f', '+++ b/f', '@@ -1,3 +1,3 @@', ' a', '-b', '+B', ' c']],
  [
    'a line end that was missing',
    'a',
    'a\n',
    ['--- a/f', '+++ b/f', '@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+a'],
  ],
  ['a first line', '', 'a\n', ['--- a/f', '+++ b/f', '@@ -0,0 +1 @@', '+a']],
  [
    'two places far apart',
    '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
    '1\n3\n4\n5\n6\n7\n8\n9\nx\n',
    [
      ...['--- a/f', '+++ b/f', '@@ -1,5 +1,4 @@', ' 1', '-2', ' 3', ' 4', ' 5'],
      ...['@@ -7,3 +6,4 @@', ' 7', ' 8', ' 9', '+x'],
    ],
  ],
])('%s', (_, before, after, lines) => {
  expect(unifiedDiff('f', before, after)).toEqual(lines);
});

const text = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'a'), { maxLength: 40 })
  .map((lines) => lines.join(''));

property('both texts can be read out of it', 2_000, fc.tuple(text, text), ([before, after]) => {
  const lines = unifiedDiff('f', before, after);
  expect(read(lines, before, '-')).toBe(before);
  expect(read(lines, before, '+')).toBe(after);
});

/** Takes the lines of one side from the difference, and what lies between from the old text. */
function read(lines: readonly string[], before: string, side: '-' | '+'): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let result = '';
  let at = 0;
  for (const [index, line] of lines.slice(2).entries()) {
    const [, start, length] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start !== undefined) {
      const from = length === '0' ? Number(start) : Number(start) - 1;
      result += old.slice(at, from).join('');
      at = from;
      continue;
    }
    if (line.startsWith('\\')) continue;
    if (line.startsWith('-') || line.startsWith(' ')) at += 1;
    const open = lines[index + 3]?.startsWith('\\') === true;
    if (line.startsWith(side) || line.startsWith(' ')) result += line.slice(1) + (open ? '' : '\n');
  }
  return result + old.slice(at).join('');
}

test('a text of many lines that are all other ones', () => {
  const lines = (word: string): string => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}\n`).join('');
  expect(unifiedDiff('f', lines('a'), lines('b'))).toHaveLength(40_003);
});
