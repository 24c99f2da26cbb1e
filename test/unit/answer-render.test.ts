import { describe, expect, test } from 'vitest';
import {
  answerToHover,
  answerToMarkdown,
  answerToText,
  escapeMarkdown,
  markdownCode,
} from '../../server/src/features/answer-render.js';
import {
  type AnswerPlace,
  code,
  fromText,
  humanSeconds,
  listed,
  strong,
  words,
} from '../../server/src/features/answer-words.js';
import { humanSize } from '../../server/src/rules/support/sizes.js';

describe('text of others cannot become Markdown', () => {
  test.each([
    ['[x](command:evil)', '\\[x\\](command:evil)'],
    ['<img src=x>', '&lt;img src=x\\>'],
    ['a_b*c`d`', 'a\\_b\\*c\\`d\\`'],
    ['# heading', '\\# heading'],
    ['1. list', '1\\. list'],
    ['0.48 – 0.80', '0.48 – 0.80'],
    ['write-through until the first flush', 'write-through until the first flush'],
    ['a\nb\u202Ec\u0000', 'a b�c�'],
    ['![x](http://evil)', '!\\[x\\](http://evil)'],
  ])('words %j', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });

  test.each([
    ['cache=none', '`cache=none`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['a\nb', '`a b`'],
    ['', '`␣`'],
    [' ', '`␣`'],
    ['](command:evil)', '`](command:evil)`'],
  ])('code %j', (text, markdown) => {
    expect(markdownCode(text)).toBe(markdown);
  });
});

const place: AnswerPlace = {
  location: { in: 'file', file: 'file:///etc/ceph/ceph.conf', span: { start: 3, end: 9 } },
  path: '/etc/ceph/ceph.conf',
  line: 2,
};

const answer = {
  headline: [words('RBDCache '), strong('on')],
  parts: [
    { topic: 'Decided by', sentences: [[code('rbd cache = true', place), words(' in [client]')]] },
    { topic: 'Calls', sentences: [[code('a()')], [code('b()')]] },
  ],
};

test('an answer as Markdown', () => {
  expect(answerToMarkdown(answer, () => 'file:///a b(c).conf#L2')).toBe(
    [
      'RBDCache **on**',
      '',
      '*Decided by*: [`rbd cache = true`](file:///a%20b%28c%29.conf#L2) in \\[client\\]',
      '',
      '*Calls*',
      '- `a()`',
      '- `b()`',
    ].join('\n'),
  );
});

test('an answer in a hover has no blank lines behind its headline', () => {
  expect(answerToHover(answer, () => null)).toBe(
    ['RBDCache **on**', '', '*Decided by*: `rbd cache = true` in \\[client\\]  ', '*Calls*: `a()`  ', '`b()`'].join(
      '\n',
    ),
  );
});

test('an answer as text', () => {
  expect(answerToText(answer, ({ path, line }) => `${path}:${line}`)).toBe(
    [
      'RBDCache on',
      '  Decided by    rbd cache = true (/etc/ceph/ceph.conf:2) in [client]',
      '  Calls         a()',
      '                b()',
    ].join('\n'),
  );
});

test('names in backquotes become code', () => {
  expect(fromText('set `a` or `b`.')).toEqual([words('set '), code('a'), words(' or '), code('b'), words('.')]);
});

test('lists read as a person writes them', () => {
  expect(listed([[code('a')], [code('b')], [code('c')]])).toEqual([
    code('a'),
    words(', '),
    code('b'),
    words(' and '),
    code('c'),
  ]);
});

test.each([
  [33554432, '32 MiB'],
  [25165824, '24 MiB'],
  [0, '0 bytes'],
  [1536, '1.5 KiB'],
  [1234567, '1,234,567 bytes'],
  [2 ** 40, '1 TiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(humanSize(bytes)).toBe(text);
});

test.each([
  [1, '1 s'],
  [0.5, '0.5 s'],
  [120, '2 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(humanSeconds(seconds)).toBe(text);
});
