import { describe, expect, test } from 'vitest';
import { compareReleases } from '../../../server/src/features/compare-releases.js';
import { type PAIRS, releasePair } from '../../fuzz/everything.js';
import { COMMAND, CONF, seen } from './seen.js';

type Pair = (typeof PAIRS)[number];

function compared(documents: Readonly<Record<string, string>>, from: Pair, to: Pair) {
  const { analysis } = seen(documents, from);
  if (analysis.kind !== 'command') throw new Error('there is no command');
  return analysis.commands.flatMap(({ command, trace, inReleases }) =>
    compareReleases(command.text, trace, inReleases(releasePair(to))),
  );
}

/** `label: changed parts; danger; kind of each reason: its text`. */
function rows(documents: Readonly<Record<string, string>>, from: Pair, to: Pair): readonly string[] {
  return compared(documents, from, to).map(({ label, changed, danger, reasons }) =>
    [
      `${label}: ${changed.join(' ') || 'same'}; ${danger}`,
      ...reasons.map((reason) => `${reason.kind}: ${reason.text(() => null)}`),
    ].join(' | '),
  );
}

const drive = (options: string): string => `qemu-kvm -drive file=rbd:p/i${options}\n`;
const ON = '[client]\nrbd cache = true\n';

describe('what becomes of a drive, and why', () => {
  test.each<[string, Readonly<Record<string, string>>, Pair, Pair, string[]]>([
    [
      'another source decides',
      { [COMMAND]: drive(',format=raw,cache=none'), [CONF]: ON },
      ['2.2', '0.87'],
      ['2.4', '0.94.5'],
      [
        'p/i: rbdCache writePolicy untilFirstFlush servesReads dirtyLimit targetDirty maxDirtyAge size safety; less | ' +
          'winner: rbd_cache was decided by rbd cache = true in [client], and is decided by cache=none.',
      ],
    ],
    [
      'the same mode, the same words: nothing',
      { [COMMAND]: drive(',format=raw,cache=none') },
      ['6.0', '15.2.4'],
      ['7.2', '16.2.15'],
      ['p/i: same; same'],
    ],
    [
      'two images of one drive',
      {
        [COMMAND]:
          'qemu-kvm -blockdev driver=blkverify,node-name=n,raw.driver=rbd,raw.pool=p,raw.image=a,test.driver=rbd,test.pool=p,test.image=b\n',
      },
      ['6.0', '15.2.4'],
      ['7.2', '16.2.15'],
      ['n (p/a): same; same', 'n (p/b): same; same'],
    ],
    [
      'a refusal',
      { [COMMAND]: drive(',format=raw,serial=7,cache=none') },
      ['2.8', '10.2'],
      ['7.2', '16.2.15'],
      ["p/i: error; same | refusal: QEMU 7.2 refuses it: Block format 'raw' does not support the option 'serial'"],
    ],
    [
      'another default',
      { [COMMAND]: drive(',format=raw,cache=writeback') },
      ['4.2', '13.2'],
      ['11.1', '20.2'],
      [
        'p/i: writePolicy servesReads targetDirty maxDirtyAge size; same | option: librbd 13.2 knows no rbd_cache_policy; in librbd 20.2 it is writearound.',
      ],
    ],
    [
      'a default mode that was another by mistake',
      { [COMMAND]: drive(',format=raw') },
      ['1.6.0', '0.67.4'],
      ['2.2', '0.87'],
      [
        'p/i: untilFirstFlush safety guest; less | ' +
          'cache-mode: The cache mode was unsafe in QEMU 1.6.0, and is writeback in QEMU 2.2. | ' +
          'default: Nobody sets rbd_cache_writethrough_until_flush: its default was false, and is true.',
      ],
    ],
  ])('%s', (_, documents, from, to, expected) => {
    expect(rows(documents, from, to)).toEqual(expected);
  });

  test('there and back is the same drives with the dangers turned round', () => {
    const documents = {
      [COMMAND]: `${drive(',format=raw,cache=none')}${drive(',format=raw,cache=writeback')}`,
      [CONF]: ON,
    };
    const turned = { more: 'less', less: 'more', same: 'same' } as const;
    const there = compared(documents, ['2.2', '0.87'], ['7.2', '16.2.15']);
    const back = compared(documents, ['7.2', '16.2.15'], ['2.2', '0.87']);
    expect(back.map(({ label, changed, danger }) => [label, changed, danger])).toEqual(
      there.map(({ label, changed, danger }) => [label, changed, turned[danger]]),
    );
  });
});
