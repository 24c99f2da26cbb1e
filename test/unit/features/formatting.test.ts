/** Formatting of a ceph.conf: what it makes of a text, and that no release makes anything else of it. */
import { describe, expect, test } from 'vitest';
import { formatConf } from '../../../server/src/features/formatting.js';
import { confFile } from '../../../server/src/syntax/ceph-conf/conf-file.js';
import { editText } from '../../../server/src/syntax/text-edits.js';
import { property } from '../properties/property.js';
import { anyConf } from '../properties/texts.js';

function formatted(text: string, range = { start: 0, end: text.length }): string {
  return editText(text, formatConf(confFile('file:///ceph.conf', text), range));
}

describe('formats', () => {
  test.each([
    [
      'blanks around =',
      '[client]\nrbd cache=true\nrbd_cache_size   =  1\n',
      '[client]\nrbd cache = true\nrbd_cache_size = 1\n',
    ],
    ['blanks at line ends', '[client]  \nrbd cache = true \t\n# why  \n', '[client]\nrbd cache = true\n# why\n'],
    ['one indentation', '[global]\n\ta = 1\n\tb = 2\nc = 3\n', '[global]\n\ta = 1\n\tb = 2\n\tc = 3\n'],
    ['one empty line at a time', '[global]\na = 1\n\n\n\n[client]\nb = 2\n', '[global]\na = 1\n\n[client]\nb = 2\n'],
    ['a comment behind a value, as it stands', '[global]\na=1   # one\n', '[global]\na = 1   # one\n'],
    ['quotes, as they stand', '[global]\na="x  y"\n', '[global]\na = "x  y"\n'],
    ['Windows line ends', '[global]\r\na=1\r\n', '[global]\r\na = 1\r\n'],
    ['an empty value', '[global]\na =   \n', '[global]\na =\n'],
  ])('%s', (_, before, after) => expect(formatted(before)).toBe(after));
});

describe('leaves alone what some release would read otherwise', () => {
  test.each([
    ['a header that is indented', '[global]\na = 1\n  [client]\nb = 2\n'],
    ['blanks inside a header', '[global]\na = 1\n[ client ]\nb = 2\n'],
    ['a last line without its end', '[global]\na = 1'],
    ['a line of blanks before the first section', '   \n[global]\na = 1\n'],
    ['joined lines', '[global]\na = 1,\\\n  2\n'],
    ['a comment that joins the next line', '[global]\n# why \\\na = 1\n'],
    ['a backslash before blanks', '[global]\n# why \\  \na = 1\n'],
    ['a tab inside a key', '[global]\nrbd\tcache = 1\n'],
    ['what no grammar reads', '[global]\nthis is no line  \n'],
  ])('%s', (_, text) => expect(formatted(text)).toBe(text));
});

test('a range: only the lines that it touches', () => {
  const text = '[global]\na=1\nb=2\nc=3\n';
  const start = text.indexOf('b=');
  expect(formatted(text, { start, end: start + 1 })).toBe('[global]\na=1\nb = 2\nc=3\n');
});

property('twice is as once, and every grammar reads the same', 2_000, anyConf, (text) => {
  const once = formatted(text);
  expect(formatted(once)).toBe(once);
  for (const era of ['A', 'B', 'C'] as const) {
    const [before, after] = [confFile('a', text).tree(era), confFile('a', once).tree(era)];
    const read = ({ nodes, rejected }: typeof before) => [
      rejected,
      nodes.flatMap((node) => (node.kind === 'key' ? [[node.section, node.key, node.value, node.lost]] : [])),
    ];
    expect(read(after)).toEqual(read(before));
  }
});
