import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confFile } from '../../server/src/syntax/ceph-conf/conf-file.js';
import { parseCephConf } from '../../server/src/syntax/ceph-conf/parse.js';
import { reparseCephConf } from '../../server/src/syntax/ceph-conf/reparse.js';
import type { ConfNode, ConfTree, ParserEra } from '../../server/src/syntax/ceph-conf/tree.js';

const ERAS: readonly ParserEra[] = ['A', 'B', 'C'];

/** All that a tree says, as plain values. */
function said(tree: ConfTree): unknown {
  const { era, text, nodes, parts, problems, rejected, abortsAt } = tree;
  expect(parts.flatMap((part) => part.content.map((_, index) => part.node(index)))).toEqual(nodes);
  return { era, text, nodes: nodes.map(saidOfNode), problems, rejected, abortsAt };
}

function saidOfNode(node: ConfNode): unknown {
  const { kind, line, span } = node;
  switch (node.kind) {
    case 'blank':
    case 'error':
      return { kind, line, span };
    case 'comment':
      return { kind, line, span, text: node.textSpan };
    case 'section':
      return { kind, line, span, name: node.name, nameSpan: node.nameSpan, comment: node.comment };
    case 'key': {
      const { section, key, keySpan, value, valueSpan, comment, lost } = node;
      return { kind, line, span, section, key, keySpan, value, valueSpan, comment, lost };
    }
  }
}

function edited(text: string, at: number, over: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + over);
}

const SECTIONS = '[global]\na = 1\n[client]\nrbd cache = true\n[client.x]\nb = "2"\n[client.y]\nc = 3\n';

describe('a tree made from the one before an edit', () => {
  it.each([
    { edit: 'a character in a value', text: SECTIONS, find: 'true', over: 1, added: 'x' },
    { edit: 'a new line', text: SECTIONS, find: 'b =', over: 0, added: 'rbd cache size = 1\n' },
    { edit: 'a line without `=`', text: SECTIONS, find: 'b =', over: 0, added: 'rbd\n' },
    { edit: 'a quote that is left open', text: SECTIONS, find: '"\n', over: 1, added: '' },
    { edit: 'a backslash before a section', text: SECTIONS, find: '\n[client.y]', over: 0, added: '\\' },
    { edit: 'a bracket taken away', text: SECTIONS, find: ']\nb', over: 1, added: '' },
    { edit: 'a section given the name of another', text: SECTIONS, find: '.x', over: 2, added: '.y' },
    { edit: 'a section before all others', text: SECTIONS, find: '[global]', over: 0, added: '[x]\n' },
    { edit: 'a key before all sections', text: SECTIONS, find: '[global]', over: 0, added: 'k = 1\n' },
    { edit: 'a complaint mended before non-ASCII text', text: '[a]\nx\n[b]\nk = é\n', find: 'x', over: 1, added: '' },
    { edit: 'a complaint mended before another', text: '[a]\nx\n[b]\ny', find: 'x', over: 1, added: '' },
    { edit: 'a line added before a complaint', text: '[a]\nx = 1\n[b]\ny', find: 'x', over: 0, added: 'z = 1\n' },
    { edit: 'the end cut off', text: SECTIONS, find: '= 3', over: 4, added: '' },
    { edit: 'everything', text: SECTIONS, find: '[global]', over: 100, added: 'k = 1\n' },
  ])('$edit', ({ text, find, over, added }) => {
    const after = edited(text, text.indexOf(find), over, added);
    for (const era of ERAS) {
      const before = parseCephConf(text, era);
      expect(said(reparseCephConf(before, after)), era).toEqual(said(parseCephConf(after, era)));
    }
  });

  it('takes over what stands before the edit', () => {
    const before = parseCephConf(SECTIONS, 'C');
    const after = reparseCephConf(before, SECTIONS.replace('c = 3', 'c = 4'));
    expect(after.nodes.slice(0, 6).every((node, at) => node === before.nodes[at])).toBe(true);
  });

  it('is made for a file from the newest tree of the file before', () => {
    const first = confFile('x', SECTIONS);
    const tree = first.tree('C');
    const third = confFile('x', `${SECTIONS}#`, confFile('x', `${SECTIONS} `, first));
    expect(third.tree('C').nodes[0]).toBe(tree.nodes[0]);
    expect(said(third.tree('B'))).toEqual(said(parseCephConf(`${SECTIONS}#`, 'B')));
  });

  const line = fc.constantFrom(
    ...[
      '[global]',
      '[client]',
      '[client.a]',
      '[client.b]',
      '[client.c]',
      '[osd]',
      ' [client.d]',
      '[',
      '[]',
      '[x\\]',
      '[y #]',
    ],
    ...[
      'rbd cache = true',
      'rbd_cache=false',
      'k = 1',
      'k = 1 # c',
      'k = "a b"',
      'k = "a',
      "k = 'a",
      'k',
      '= 1',
      'k = é',
    ],
    ...[
      'é = 1',
      'k = a \\',
      'k \\',
      '\\',
      '',
      '  ',
      '# comment',
      '; comment \\',
      'k = \udc80',
      'k = \0',
      'k = "a # b"',
    ],
  );
  const conf = fc
    .tuple(fc.array(line, { maxLength: 16 }), fc.constantFrom('\n', '\n', '\n', '\n', '\r\n'), fc.boolean())
    .map(([lines, end, closed]) => lines.join(end) + (closed ? end : ''));
  const added = fc.oneof(
    fc.constantFrom('', 'a', '[', ']', '"', '\\', '\n', '#', '=', ' ', '\n\n', '\r', 'é', '\udc80', '\0', '\ufeff'),
    fc.constantFrom('[client.b]\n', 'k = 1\n', '\n[client.e]\nk = 2'),
    conf,
  );
  const change = fc.record({ at: fc.nat(), over: fc.constantFrom(0, 0, 1, 1, 2, 9, 40), added });

  const typed = (start: string, changes: readonly { at: number; over: number; added: string }[]): void => {
    for (const era of ERAS) {
      let tree = parseCephConf(start, era);
      for (const { at, over, added: text } of changes) {
        const after = edited(tree.text, at % (tree.text.length + 1), over, text);
        tree = reparseCephConf(tree, after);
        expect(said(tree)).toEqual(said(parseCephConf(after, era)));
      }
    }
  };

  it('is the tree of the text, whatever was typed', () => {
    fc.assert(fc.property(conf, fc.array(change, { minLength: 1, maxLength: 4 }), typed), { numRuns: 1_500 });
  });

  /** Sections enough for several parts, a different one each. */
  const filler = (name: string): string =>
    Array.from({ length: 150 }, (_, i) => `[client.${name}${i}]\nk = ${i}\n`).join('');

  it('is the tree of the text where it has several parts', () => {
    const long = fc.tuple(conf, conf, conf).map(([a, b, c]) => [a, filler('f'), b, filler('g'), c].join('\n'));
    fc.assert(fc.property(long, fc.array(change, { minLength: 1, maxLength: 6 }), typed), { numRuns: 20 });
  });

  it('has the parts behind the edit moved as they are', () => {
    const text = filler('f') + filler('g');
    const before = parseCephConf(text, 'C');
    const after = reparseCephConf(before, text.replace('k = 3\n', 'k = 3\nj = 33\n'));
    const last = after.parts.at(-1);
    expect(before.parts.length).toBeGreaterThan(1);
    expect(last?.content).toBe(before.parts.at(-1)?.content);
    expect([last?.by, last?.lines]).toEqual([7, 1]);
  });
});
