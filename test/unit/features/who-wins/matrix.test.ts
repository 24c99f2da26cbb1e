import { describe, expect, test } from 'vitest';
import { cephChoices, qemuChoices } from '../../../../server/src/catalog/releases.js';
import { cellOf } from '../../../../server/src/features/who-wins/cell.js';
import { inPair, matrix } from '../../../../server/src/features/who-wins/matrix.js';
import { driveIn, headlineOf, matrixOf, tableOf } from './drive.js';

const NONE = {
  args: '-drive file=rbd:p/i,if=none,id=d0,format=raw,cache=none',
  conf: '[global]\nrbd cache = true\n',
};

describe('the table', () => {
  test('folds equal neighbours both ways and marks the pair in force', () => {
    const made = matrixOf(driveIn({ ...NONE, qemu: '2.2', librbd: '0.87' }));
    expect(tableOf(made)).toEqual([
      ['', '0.48 – 0.80', '[0.87 – 12.2]', '13.2 – 20.2'],
      ['0.14', "○ off (librbd's default)", "○ off (librbd's default)", "○ off (librbd's default)"],
      [
        '0.15',
        '▲ on, write-back, unsafe (line 2 of ceph.conf)',
        '● on, write-through for good (line 2 of ceph.conf)',
        '● on, write-through for good (line 2 of ceph.conf)',
      ],
      [
        '1.0 – 1.1',
        '◐ on, write-back (line 2 of ceph.conf)',
        '◐ on, write-through until flush (line 2 of ceph.conf)',
        '◐ on, write-through until flush (line 2 of ceph.conf)',
      ],
      [
        '[1.2 – 2.3]',
        '◐ on, write-back (line 2 of ceph.conf)',
        '◐ on, write-through until flush (line 2 of ceph.conf)',
        '○ off (cache=none)',
      ],
      ['2.4 – 11.1', '○ off (cache=none)', '○ off (cache=none)', '○ off (cache=none)'],
    ]);
    expect(made.columns[1]).toEqual({
      name: '0.87 – 12.2',
      codenames: 'Giant – Luminous',
      years: '2014 – 2017',
      versions: ['0.87', '0.94', '9.2', '10.2', '11.2', '12.2'],
      chosen: '0.87',
    });
    expect(made.legend.map(({ kind }) => kind)).toEqual(['off', 'safe', 'flush-safe', 'unsafe']);
  });

  test('has each series once, and one step for each pair', () => {
    const drive = driveIn({ ...NONE, qemu: '11.1', librbd: '20.2' });
    const { rows, columns } = matrixOf(drive);
    expect(rows.flatMap(({ qemu }) => qemu.versions)).toEqual(
      qemuChoices()
        .map(({ version }) => version)
        .reverse(),
    );
    expect(columns.flatMap(({ versions }) => versions)).toEqual(
      cephChoices()
        .map(({ version }) => version)
        .reverse(),
    );
    expect([...matrix(drive)]).toHaveLength(qemuChoices().length * cephChoices().length);
  });

  test('takes the releases in force as they were written', () => {
    const { rows, columns, inForce } = matrixOf(driveIn({ ...NONE, qemu: '7.2.4', librbd: 'v14.2.21', assumed: true }));
    expect(rows.flatMap(({ qemu }) => qemu.chosen ?? [])).toEqual(['7.2.4']);
    expect(columns.flatMap(({ chosen }) => chosen ?? [])).toEqual(['v14.2.21']);
    expect(rows.at(-1)?.qemu.versions).toContain('7.2.4');
    expect(inForce).toBe('QEMU 7.2.4, librbd 14.2.21 (assumed)');
  });

  test('agrees with the trace of each pair', () => {
    const drive = driveIn({ ...NONE, qemu: '2.2', librbd: '0.87' });
    const made = matrixOf(drive);
    for (const { qemu, cells } of made.rows) {
      for (const [at, cell] of cells.entries()) {
        for (const version of qemu.versions) {
          const other = inPair(drive, version, made.columns[at]?.versions.at(-1) ?? '');
          expect(other).not.toBeNull();
          if (other === null) continue;
          const again = cellOf(
            { releases: other.trace.releases, drives: [other.trace], others: [], error: null },
            drive.text,
          );
          expect([version, again]).toEqual([version, cell]);
        }
      }
    }
  });
});

describe('kinds', () => {
  test.each([
    ['a drive that QEMU refuses', '-drive file=rbd:p/i,format=raw,cache=sometimes', '✕ refused (invalid cache option)'],
    [
      'a variable that decides',
      '-drive file=rbd:p/i,format=raw,cache=$MODE',
      '? depends on cache=$MODE ()',
      'shellscript',
    ],
    [
      'a node in releases without nodes',
      '-blockdev driver=rbd,pool=p,image=i,node-name=n',
      '✕ refused (-blockdev: invalid option)',
    ],
  ] as const)('%s', (_, args, cell, language?: 'shellscript') => {
    expect(tableOf(matrixOf(driveIn({ args, language, qemu: '2.9', librbd: '12.2' })))[1]?.[1]).toBe(cell);
  });

  test('a secret in QEMU’s own words is not shown', () => {
    const key = 'AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==';
    const args = `-drive file=rbd:p/i:key=${key}:nonsense=${key},format=raw`;
    expect(JSON.stringify(matrixOf(driveIn({ args, qemu: '11.1', librbd: '20.2' })))).not.toContain(key);
  });
});

describe('one cell', () => {
  const drive = driveIn({ ...NONE, qemu: '2.2', librbd: '0.87' });

  test.each([
    ['2.2', '0.87', "RBDCache on, write-through until the guest's first flush — QEMU 2.2, librbd 0.87"],
    ['11.1', '20.2', 'RBDCache off — QEMU 11.1, librbd 20.2'],
  ])('QEMU %s, librbd %s', (qemu, librbd, headline) => {
    const other = inPair(drive, qemu, librbd);
    expect(other && headlineOf(other)).toBe(headline);
  });

  test('of no release is none', () => expect(inPair(drive, 'x', '0.87')).toBeNull());
});
