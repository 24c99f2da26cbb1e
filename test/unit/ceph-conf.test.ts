import { describe, expect, it } from 'vitest';
import { confFile } from '../../server/src/syntax/ceph-conf/conf-file.js';
import { decodeBytes, encodeText } from '../../server/src/syntax/ceph-conf/decode.js';
import { parseCephConf } from '../../server/src/syntax/ceph-conf/parse.js';
import type { ConfTree, KeyNode, ParserEra } from '../../server/src/syntax/ceph-conf/tree.js';
import vectors from './data/ceph-conf-vectors.json' with { type: 'json' };

const ERAS: readonly ParserEra[] = ['A', 'B', 'C'];

interface Recorded {
  readonly returns: number;
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly messages: readonly string[];
}

interface Vector {
  readonly name: string;
  readonly input: string;
  readonly bytes?: string;
  readonly abortsWithAssertions?: boolean;
  readonly A?: Recorded;
  readonly B?: Recorded;
  readonly C?: Recorded;
}

const VECTORS: readonly Vector[] = vectors;

function textOf(vector: Vector): string {
  return vector.bytes === 'latin1' ? decodeBytes(Buffer.from(vector.input, 'latin1')) : vector.input;
}

/** What the parser stores: the tree's keys, by section; in era A the first of a name wins, later the last. */
function stored(tree: ConfTree): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  for (const node of tree.nodes) {
    if (node.kind === 'section') sections[node.name] ??= {};
    if (node.kind !== 'key' || node.lost || tree.rejected) continue;
    sections[node.section] ??= {};
    const section = sections[node.section] ?? {};
    if (tree.era !== 'A' || section[node.key] === undefined) section[node.key] = node.value;
  }
  return tree.rejected ? {} : sections;
}

/** The recordings list `global` only where it holds keys. */
function withoutEmptyGlobal(sections: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { global: keys, ...others } = sections;
  const empty = typeof keys !== 'object' || keys === null || Object.keys(keys).length === 0;
  return empty ? others : { ...others, global: keys };
}

function expectCoverage(tree: ConfTree): void {
  let at = 0;
  let line = 1;
  for (const node of tree.nodes) {
    expect(node.span.start).toBe(at);
    expect(node.span.end).toBeGreaterThan(at);
    expect(node.line).toBe(line);
    at = node.span.end;
    const text = tree.text.slice(node.span.start, node.span.end);
    line += text.split(tree.era === 'C' ? /\r\n|\r|\n/ : /\n/).length - 1;
  }
  expect(at).toBe(tree.text.length);
}

describe('recorded behaviour of the parsers', () => {
  for (const era of ERAS) {
    it.each(VECTORS.filter((vector) => vector[era] !== undefined))(`era ${era}: $name`, (vector) => {
      const recorded = vector[era];
      const tree = parseCephConf(textOf(vector), era);
      expectCoverage(tree);
      expect(tree.rejected ? -22 : 0).toBe(recorded?.returns);
      expect(withoutEmptyGlobal(stored(tree))).toEqual(withoutEmptyGlobal(recorded?.sections ?? {}));
      const messages = tree.problems.map((problem) => problem.message);
      expect(era === 'C' ? messages.slice(0, 1) : messages).toEqual(recorded?.messages);
      if (era === 'C') expect(tree.abortsAt !== null).toBe(vector.abortsWithAssertions === true);
    });
  }
});

const PLACES: readonly { text: string; era: ParserEra; at: string }[] = [
  { era: 'C', text: '[global]\nmon host = a, b # two\n', at: 'key=<mon host> value=<a, b> comment=<# two>' },
  { era: 'B', text: '[global]\nmon host = a, b # two\n', at: 'key=<mon host> value=<a, b> comment=<# two>' },
  { era: 'C', text: '[global]\n\tkeyring="a b" ;x\n', at: 'key=<keyring> value=<"a b"> comment=<;x>' },
  { era: 'B', text: '[global]\n\tkeyring="a b" ;x\n', at: 'key=<keyring> value=<"a b"> comment=<;x>' },
  { era: 'B', text: '[global]\nrbd\\\n cache = tr\\\nue  \n', at: 'key=<rbd\\\n cache> value=<tr\\\nue> comment=<>' },
  { era: 'C', text: '[global]\nrbd cache = tr\\\nue  \n', at: 'key=<rbd cache> value=<tr\\\nue> comment=<>' },
  { era: 'C', text: '[global]\nlog file =\n', at: 'key=<log file> value=<> comment=<>' },
  { era: 'B', text: '[global]\nlog file = # none\n', at: 'key=<log file> value=<> comment=<# none>' },
  { era: 'C', text: '[global]\nlog file = # none\r\n', at: 'key=<log file> value=<> comment=<# none>' },
  { era: 'B', text: '[global]\nlog file = a # none\r\n', at: 'key=<log file> value=<a> comment=<# none>' },
];

describe('places', () => {
  it.each(PLACES)('era $era: $text', ({ text, era, at }) => {
    const key = parseCephConf(text, era).nodes.find((node): node is KeyNode => node.kind === 'key');
    const cut = (where: { start: number; end: number } | null | undefined) =>
      where == null ? '' : text.slice(where.start, where.end);
    expect(`key=<${cut(key?.keySpan)}> value=<${cut(key?.valueSpan)}> comment=<${cut(key?.comment)}>`).toBe(at);
  });
});

/** What the whole-file grammar would say next, once what comes before is mended. */
const SEVERAL: readonly { text: string; codes: readonly string[] }[] = [
  { text: '  [client]\na = 1\n  [global]\nb = 2', codes: ['indented-section', 'indented-section', 'no-final-newline'] },
  { text: '[client]\na\nb = "x" y\nc = "#"\n', codes: ['missing-equals', 'text-after-quote', 'comment-in-quotes'] },
  { text: 'a = 1\nb = 2\n[client]\nc = 3\n', codes: ['key-outside-section'] },
  { text: 'a = 1\n[client]\nc = 3\n', codes: ['key-outside-section'] },
  { text: '# c\na = 1\n', codes: ['key-outside-section'] },
  { text: '  \n[client]\n', codes: ['blank-before-section'] },
  {
    text: '[client]\n[global\n[mon] x\na[0] = 1\n= 2\n',
    codes: ['unclosed-section', 'text-after-section', 'bracket-in-key', 'empty-key'],
  },
  { text: '[client]\na = b\\\n', codes: ['trailing-backslash'] },
  { text: '\ufeff[client]\na = 1\n', codes: ['byte-order-mark'] },
  { text: "[cl#ient]\n[]\na = 'x\n", codes: ['comment-in-section-name', 'empty-section-name', 'unclosed-quote'] },
];

describe('problems after the first', () => {
  it.each(SEVERAL)('$text', ({ text, codes }) => {
    const tree = parseCephConf(text, 'C');
    expectCoverage(tree);
    expect(tree.problems.map((problem) => problem.code)).toEqual(codes);
  });

  it('keeps sections and keys readable behind them', () => {
    const tree = parseCephConf('  [client]\nrbd cache = false\n', 'C');
    expect(tree.nodes.map((node) => (node.kind === 'key' ? `${node.section}/${node.key}` : node.kind))).toEqual([
      'section',
      'client/rbd_cache',
    ]);
  });
});

const GRAMMAR: readonly { about: string; text: string; message: string | null }[] = [
  {
    about: 'a tab counts up to the next multiple of four',
    text: '[g]\na = "\tb',
    message: '"""\' in line 2 at position 10',
  },
  { about: 'positions count bytes', text: '[g]\na = "é', message: '"""\' in line 2 at position 8' },
  {
    about: 'an empty line of CR LF is not counted',
    text: '[g]\r\n\r\nx\r\n',
    message: "<eoi>' in line 2 at position 1",
  },
  { about: 'a line that is one backslash', text: '\\\n[g]\n\\\na = 1\n\\\n', message: null },
  { about: 'a blank before that backslash', text: '[g]\n \\\n[h]\n', message: "<eoi>' in line 2 at position 1" },
  { about: 'two backslashes', text: '[g]\n\\\\\na = 1\n', message: "<eoi>' in line 2 at position 1" },
  { about: 'form feed alone', text: '[g]\n\f\n', message: "<eoi>' in line 2 at position 1" },
  { about: 'one key and comments behind it', text: ' a = 1\n\n# c\n', message: null },
  { about: 'the other half of CR LF', text: '[g]\n\ra = 1\n', message: null },
];

describe('the whole-file grammar', () => {
  it.each(GRAMMAR)('$about', ({ text, message }) => {
    const expected = message === null ? undefined : `parse error: expected '${message}`;
    expect(parseCephConf(text, 'C').problems[0]?.message).toBe(expected);
  });
});

const ABORTS: readonly { text: string; at: number | null }[] = [
  { text: '[g]\nk = é\n', at: 8 },
  { text: '[é]\n', at: 1 },
  { text: '[g]\n# é\nk = "é" # é\n', at: null },
  { text: '[g]\nbroken\nk = é\n', at: null },
  { text: '[g]\nk = "x" é\n', at: 12 },
  { text: '# c\nké = 1\n', at: null },
  { text: '\ufeff# c\n', at: 0 },
  { text: '[g]\nk = \udce9é\n', at: null },
];

describe('where a parser with assertions ends the process', () => {
  it.each(ABORTS)('$text', ({ text, at }) => {
    expect(parseCephConf(text, 'C').abortsAt?.start ?? null).toBe(at);
  });
});

it('words a key without = as 0.56 does', () => {
  const messageWith = (oldMissingEqualsMessage: boolean) =>
    parseCephConf('abc\n', 'B', { oldMissingEqualsMessage }).problems[0]?.message;
  expect(messageWith(true)).toBe('unexpected character while parsing putative key value, at char 4, line 1');
  expect(messageWith(false)).toBe('end of key=val line 1 reached, no "=val" found...missing =?');
});

it('makes a tree of an era once', () => {
  const file = confFile('x', '[client]\n');
  expect(file.tree('C')).toBe(file.tree('C'));
  expect(file.tree('B')).not.toBe(file.tree('C'));
});

describe('bytes', () => {
  const BYTES: readonly { bytes: readonly number[]; text: string }[] = [
    { bytes: [0x61, 0xe9, 0x0a], text: 'a\udce9\n' },
    { bytes: [0xef, 0xbb, 0xbf, 0x61], text: '\ufeffa' },
    { bytes: [0xf0, 0x9f, 0x98, 0x80], text: '😀' },
    { bytes: [0xf0, 0x9f, 0x98, 0x80, 0xff, 0xc3], text: '😀\udcff\udcc3' },
    { bytes: [0xed, 0xa0, 0x80], text: '\udced\udca0\udc80' },
    { bytes: [0xef, 0xbf, 0xbd, 0x80], text: '\ufffd\udc80' },
    { bytes: [], text: '' },
  ];
  it.each(BYTES)('$text', ({ bytes, text }) => {
    expect(decodeBytes(Uint8Array.from(bytes))).toBe(text);
    expect([...encodeText(text)]).toEqual(bytes);
  });
});

describe('size', () => {
  const LONG: readonly { about: string; text: string }[] = [
    { about: 'blanks', text: `[g]\nk =${' '.repeat(1 << 20)}x${' \t'.repeat(1 << 19)}` },
    { about: 'blanks in a key', text: `[g]\n${'\t '.repeat(1 << 19)}k${' \t'.repeat(1 << 19)}k = 1\n` },
    { about: 'a section name', text: `[${' '.repeat(1 << 20)}a` },
    { about: 'backslashes', text: `[g]\nk = ${'\\'.repeat(1 << 20)}\n` },
    { about: 'joined lines', text: `[g]\n${'k\\\n'.repeat(1 << 19)}` },
    { about: 'quotes', text: `[g]\n${'k = "\n'.repeat(100_000)}` },
    { about: 'broken lines', text: `[g]\n${'broken\n'.repeat(100_000)}` },
    { about: 'white lines', text: ' \n'.repeat(100_000) },
    { about: 'non-ASCII', text: `[g]\nk = ${'é'.repeat(1 << 19)}\n` },
  ];
  // What costs more than its length would take minutes: the test's own time limit tells.
  it.each(LONG)('$about: read to its end in each era', ({ text }) => {
    for (const era of ERAS) expect(parseCephConf(text, era).nodes.at(-1)?.span.end).toBe(text.length);
  });
});
