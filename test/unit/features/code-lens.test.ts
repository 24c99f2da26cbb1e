import { describe, expect, test } from 'vitest';
import { lensDetail, lensesOf } from '../../../server/src/features/code-lens.js';
import { COMMAND, CONF, SCRIPT, type Seen, seen } from './seen.js';

const told = ({ analysis, text }: Seen): readonly (readonly [place: string, title: string | undefined])[] =>
  lensesOf(analysis).map(({ kind, span }) => [
    text.slice(span.start, span.end),
    lensDetail(analysis, kind, span.start)?.title,
  ]);

describe('over each drive', () => {
  test.each<[pair: readonly [string, string], conf: string, drive: string, title: string]>([
    [['2.4', '0.94.5'], 'rbd cache = true', 'file=rbd:p/i,format=raw,cache=none', 'RBDCache off · safe'],
    [
      ['2.4', '0.94.5'],
      '',
      'file=rbd:p/i,format=raw,cache=writeback',
      'RBDCache on · write-through until flush · flush-safe',
    ],
    [
      ['2.4', '0.94.5'],
      '',
      'file=rbd:p/i,format=raw,cache=writethrough',
      'RBDCache on · flushed after each write · safe',
    ],
    [
      ['2.4', '0.94.5'],
      'rbd cache writethrough until flush = false',
      'file=rbd:p/i,format=raw,cache=unsafe',
      'RBDCache on · write-back · unsafe',
    ],
    [['2.4', '0.94.5'], '', 'file=rbd:p/i,format=raw,cache=none,cache=sometimes', 'QEMU 2.4 refuses this drive'],
  ])('%j with %s and %s', (pair, conf, drive, title) => {
    const found = seen({ [COMMAND]: `qemu-kvm -drive ${drive}\n`, [CONF]: `[client]\n${conf}\n` }, pair);
    expect(told(found)).toEqual([
      ['-drive', title],
      ['-drive', 'Who wins in other releases'],
    ]);
  });

  test('a variable that decides is named', () => {
    const found = seen({ [SCRIPT]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=$MODE\n' });
    expect(told(found)[0]?.[1]).toBe('RBDCache depends on cache=$MODE');
  });

  test('releases that nobody chose are said to be assumed', () => {
    const found = seen({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n' }, ['', '']);
    expect(told(found)[0]?.[1]).toMatch(/ · releases assumed$/);
  });

  test('each of several drives has its own', () => {
    const found = seen({
      [COMMAND]: 'qemu-kvm -drive file=rbd:p/a,format=raw,cache=none -drive file=rbd:p/b,format=raw,cache=writeback\n',
    });
    expect(
      lensesOf(found.analysis, ['outcome']).map(
        ({ kind, span }) => lensDetail(found.analysis, kind, span.start)?.title,
      ),
    ).toEqual([expect.stringMatching(/^RBDCache off/), expect.stringMatching(/^RBDCache on/)]);
  });
});

test('over the node of several images there is one, which says each outcome once', () => {
  const child = (index: number, direct: string) =>
    `children.${index}.driver=rbd,children.${index}.pool=p,children.${index}.image=i${index},children.${index}.cache.direct=${direct}`;
  const node = (...children: readonly string[]) =>
    `qemu-kvm -blockdev driver=quorum,node-name=q,vote-threshold=1,${children.join(',')}\n`;
  const lenses = (text: string) =>
    told(seen({ [COMMAND]: text }, ['10.0', '18.2']))
      .map(([, title]) => title)
      .filter((title) => title?.startsWith('RBDCache'));
  expect(lenses(node(child(0, 'on'), child(1, 'on')))).toEqual(['RBDCache off · safe']);
  expect(lenses(node(child(0, 'on'), child(1, 'off')))).toEqual([
    'RBDCache off · safe / RBDCache on · write-through until flush · flush-safe',
  ]);
});

describe('over the sections of clients', () => {
  const drive = (id: string): string =>
    `qemu-kvm -drive file=rbd:p/i${id === '' ? '' : `:id=${id}`},format=raw,cache=none\n`;

  test('the drives that read them', () => {
    const found = seen({
      [CONF]: '[global]\n[client]\n[client.cinder]\n[client.nova]\n[client.admin]\n[osd]\n',
      [COMMAND]: drive('cinder') + drive('cinder') + drive(''),
    });
    expect(told(found)).toEqual([
      ['client', 'used by 3 drives'],
      ['client.cinder', 'used by 2 drives'],
      ['client.nova', 'used by no known drive'],
      ['client.admin', 'used by 1 drive'],
    ]);
    expect(
      lensDetail(found.analysis, 'readers', found.text.indexOf('client.cinder'))?.drives.map(({ base }) => base),
    ).toEqual([0, drive('cinder').length]);
  });

  test('a client id that is a variable may be any', () => {
    const found = seen({ [CONF]: '[client.a]\n[client.b]\n', [SCRIPT]: drive('a') + drive('$ID') });
    expect(told(found).map(([, title]) => title)).toEqual([
      'used by drives: 1, perhaps more',
      'used by no known drive, perhaps by those whose client id is a variable',
    ]);
  });
});

test('a place where nothing stands any more says nothing', () => {
  const found = seen({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n' });
  expect(lensDetail(found.analysis, 'outcome', 3)).toBeNull();
  expect(lensDetail(found.analysis, 'readers', 0)).toBeNull();
});
