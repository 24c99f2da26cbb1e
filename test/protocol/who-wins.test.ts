/** Who wins, through the protocol: the matrix of a drive, its cells, the ladder of an option. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShownCell, ShownLadder, WhoWins } from '../../server/src/features/who-wins/view.js';
import { Editor } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const LONELY = 'other/lonely.ceph.conf';
const ONE = 'one/etc/ceph/ceph.conf';
const DRIVES = 'vm.qemu';
const SECRET = 'AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==';

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
  await editor.open(CONF, 'ceph-conf', '[global]\nrbd cache = true\n');
  await editor.open(LONELY, 'ceph-conf', '[global]\nrbd cache = true\n');
  await editor.open(ONE, 'ceph-conf', '[global]\nrbd cache = false\n');
  await editor.open(
    DRIVES,
    'qemu-cmdline',
    `qemu-system-x86_64 -drive file=rbd:volumes/v1:key=${SECRET},if=none,id=d0,format=raw,cache=none
qemu-system-x86_64 -drive file=rbd:volumes/v2:id=cinder,if=none,id=d1,format=raw,cache=writeback
`,
  );
  await editor.open('one/vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:volumes/v3,if=none,id=d2,format=raw\n');
  await editor.open('none.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=disk.img,format=raw\n');
});

afterAll(() => editor.stop());

const whoWins = (path: string, pattern: string, more: object = {}): Promise<WhoWins | null> =>
  editor.connection.sendRequest('rbdcache/whoWins', {
    uri: editor.uri(path),
    position: editor.at(path, pattern),
    ...more,
  });

async function matrixAt(path: string, pattern: string, more: object = {}) {
  const answer = await whoWins(path, pattern, more);
  if (answer?.kind !== 'matrix') throw new Error(`no matrix at ${pattern}: ${JSON.stringify(answer)}`);
  return answer;
}

describe('the matrix', () => {
  test('is that of the drive under the caret, folded, with the pair in force marked', async () => {
    const { uri, position, matrix } = await matrixAt(DRIVES, 'cache=no‸ne');
    expect({ uri, position }).toEqual({ uri: editor.uri(DRIVES), position: { line: 0, character: 26 } });
    expect(matrix.drive).toBe('d0 (volumes/v1)');
    expect(matrix.inForce).toBe('QEMU 2.2, librbd 0.87');
    const outcomes = matrix.rows.map(({ qemu, cells }) => [qemu.name, ...cells.map(({ word }) => word)]);
    expect(outcomes.slice(-2)).toEqual([
      ['1.2 – 2.3', 'on, write-back', 'on, write-through until flush', 'off'],
      ['2.4 – 11.1', 'off', 'off', 'off'],
    ]);
    expect(matrix.rows.flatMap(({ qemu }) => qemu.chosen ?? [])).toEqual(['2.2']);
    expect(matrix.columns.flatMap(({ chosen }) => chosen ?? [])).toEqual(['0.87']);
    expect(JSON.stringify(matrix)).not.toContain(SECRET);
  });

  test.each([
    ['off the drives, the nearest one', 'qemu-sys‸tem-x86_64 -drive file=rbd:volumes/v2', 'd1 (volumes/v2)'],
    ['at the end of the file, the last one', 'cache=writeback\n‸', 'd1 (volumes/v2)'],
  ])('%s is meant', async (_, pattern, drive) => {
    expect((await matrixAt(DRIVES, pattern)).matrix.drive).toBe(drive);
  });

  test('a drive is found again by its name', async () => {
    const again = await matrixAt(DRIVES, 'cache=no‸ne', { drive: 'd1 (volumes/v2)' });
    expect(again.position.line).toBe(1);
  });

  test('of a ceph.conf: one drive is taken, of several one is to be chosen, without any it says what to do', async () => {
    expect((await matrixAt(ONE, 'rbd ca‸che')).matrix.drive).toBe('d2 (volumes/v3)');
    expect(await whoWins(CONF, 'rbd ca‸che')).toMatchObject({
      kind: 'choose',
      drives: [
        { label: 'd0 (volumes/v1)', uri: editor.uri(DRIVES), position: { line: 0, character: 26 } },
        { label: 'd1 (volumes/v2)', uri: editor.uri(DRIVES), position: { line: 1, character: 26 } },
      ],
    });
    expect(await whoWins(LONELY, 'rbd ca‸che')).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('No drive that is known reads this file'),
    });
  });

  test('without a drive on RBD it says what to do', async () => {
    expect(await whoWins('none.qemu', 'disk.i‸mg')).toMatchObject({
      kind: 'none',
      message: expect.stringMatching(/caret/),
    });
  });

  test('of a file of the workspace that no editor has open', async () => {
    editor.write('closed.qemu', 'qemu-kvm -drive file=rbd:volumes/v9,if=none,id=d9,format=raw\n');
    const place = { uri: editor.uri('closed.qemu'), position: { line: 0, character: 20 } };
    expect(await editor.connection.sendRequest('rbdcache/whoWins', place)).toMatchObject({
      kind: 'matrix',
      matrix: { drive: 'd9 (volumes/v9)' },
    });
  });

  test('follows an edit of the file that the drive reads', async () => {
    const path = 'edited/etc/ceph/ceph.conf';
    await editor.open(path, 'ceph-conf', '[global]\nrbd cache = true\n');
    await editor.open('edited/vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n');
    const inForce = async () => {
      const { matrix } = await matrixAt('edited/vm.qemu', 'cache=no‸ne');
      const column = matrix.columns.findIndex(({ chosen }) => chosen !== null);
      return matrix.rows.find(({ qemu }) => qemu.chosen !== null)?.cells[column];
    };
    expect(await inForce()).toMatchObject({ kind: 'flush-safe', reason: 'line 2 of ceph.conf' });
    const [edit] = [
      { range: { start: { line: 1, character: 12 }, end: { line: 1, character: 16 } }, newText: 'false' },
    ];
    await editor.apply(path, [edit]);
    expect(await inForce()).toMatchObject({ kind: 'off', word: 'off' });
  });
});

describe('a cell', () => {
  const cell = (params: object): Promise<ShownCell | null> =>
    editor.connection.sendRequest('rbdcache/whoWinsCell', {
      uri: editor.uri(DRIVES),
      position: editor.at(DRIVES, 'cache=no‸ne'),
      ...params,
    });

  test('is explained for its own releases, with places and the whole trace', async () => {
    const answer = await cell({ qemu: '2.2', librbd: '0.87' });
    expect(answer?.pair).toBe('QEMU 2.2, librbd 0.87');
    expect(answer?.headline.map(({ text }) => text).join('')).toMatch(/^RBDCache on, /);
    const pieces = (answer?.parts ?? []).flatMap(({ sentences }) => sentences.flat());
    expect(pieces).toContainEqual({
      kind: 'code',
      text: 'rbd cache = true',
      place: { uri: editor.uri(CONF), position: { line: 1, character: 0 } },
    });
    expect(answer?.details.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['rbd_cache', 'Calls']));
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    const other = await cell({ qemu: '11.1', librbd: '20.2' });
    expect(other?.headline.map(({ text }) => text).join('')).toMatch(/^RBDCache off — QEMU 11\.1, librbd 20\.2/);
  });

  test.each([{ qemu: 'x', librbd: '0.87' }, { qemu: 5 }, { uri: 5, qemu: '2.2', librbd: '0.87' }])(
    'nothing is said of %o',
    async (params) => {
      const answer = await cell(params);
      if ('librbd' in params) expect(answer).toBeNull();
      else expect(answer?.pair).toBe('QEMU 2.2, librbd 0.87');
    },
  );
});

describe('the ladder', () => {
  const ladder = (params: object): Promise<ShownLadder | null> =>
    editor.connection.sendRequest('rbdcache/ladder', {
      uri: editor.uri(DRIVES),
      position: editor.at(DRIVES, 'cache=no‸ne'),
      ...params,
    });

  test('shows each source with its value, and who wins, for the pair that is asked for', async () => {
    const winner = (made: ShownLadder | null) => made?.rungs.flatMap(({ wins, source }) => (wins ? [source] : []));
    const old = await ladder({ option: 'rbd_cache' });
    expect(winner(old)).toEqual(['file']);
    expect(old?.rungs.find(({ source }) => source === 'file')?.offers).toEqual([
      {
        value: 'true',
        where: '/etc/ceph/ceph.conf:2, [global]',
        note: '',
        wins: true,
        place: { uri: editor.uri(CONF), position: { line: 1, character: 0 } },
      },
    ]);
    expect(winner(await ladder({ option: 'rbd_cache', qemu: '11.1', librbd: '20.2' }))).toEqual(['qemu']);
  });

  test('shows no secret', async () => {
    const made = await ladder({ option: 'key' });
    expect(made?.rungs.find(({ wins }) => wins)?.offers[0]?.value).toBe('•••');
    expect(JSON.stringify(made)).not.toContain(SECRET);
  });

  test('of nothing is nothing', async () => {
    expect(await ladder({})).toBeNull();
    expect((await ladder({ option: 'no_such_option' }))?.rungs).toEqual([]);
  });
});
