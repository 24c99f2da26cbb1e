import { describe, expect, test } from 'vitest';
import { type InlayHintKind, inlayHintDetail, inlayHints } from '../../../server/src/features/inlay-hints.js';
import { COMMAND, CONF, LINKER, type Seen, seen, whole, withInserts } from './seen.js';

const DRIVE = 'qemu-kvm -drive file=rbd:volumes/v1,if=none,id=d0,format=raw,cache=none\n';
const DRIVES = `${DRIVE}qemu-kvm -drive file=rbd:volumes/v2:id=west,if=none,id=d1,format=raw,cache=writeback\n`;

const shown = (found: Seen, kinds?: readonly InlayHintKind[]): string =>
  withInserts(found.text, inlayHints(found.analysis, whole(found), kinds));

describe('hints in a ceph.conf', () => {
  test.each<[about: string, conf: string, drives: string, expected: string]>([
    [
      'what beats a line, and its value',
      '[global]\nrbd cache = true # on\n',
      DRIVE,
      '[global]\nrbd cache = true«← false, by cache=none» # on\n',
    ],
    [
      'a line that another one repeats; both say their size',
      '[global]\nrbd cache size = 67108864\nrbd cache size = 134217728\n',
      DRIVE,
      '[global]\nrbd cache size = 67108864«= 64 MiB»«← 128 MiB, by line 3»\nrbd cache size = 134217728«= 128 MiB»\n',
    ],
    [
      'drives that do not agree are counted',
      '[global]\nrbd cache = true\n',
      DRIVES,
      '[global]\nrbd cache = true«← overridden for 2 drives»\n',
    ],
    [
      'a line that counts for some is no loser',
      '[client]\nrbd cache max dirty = 0\n[client.west]\nrbd cache max dirty = 1048576\n',
      DRIVES,
      '[client]\nrbd cache max dirty = 0«← overridden for 1 of 2 drives»\n[client.west]\nrbd cache max dirty = 1048576«= 1 MiB»\n',
    ],
    [
      'a value that cannot be read',
      '[client]\nrbd cache size = big\n',
      DRIVE,
      '[client]\nrbd cache size = big«← 32 MiB: this release cannot read the value»\n',
    ],
    [
      'a line that the drive beats by its own word',
      '[global]\nrbd cache size = 67108864\n',
      'qemu-kvm -drive file=rbd:p/i:rbd_cache_size=1048576,format=raw\n',
      '[global]\nrbd cache size = 67108864«= 64 MiB»«← 1 MiB, by the drive»\n',
    ],
    [
      'sizes that are round, and that are not; small ones need no hint',
      '[osd]\nrbd cache size = 1500000\nrbd cache max dirty = 1000\n',
      DRIVE,
      '[osd]\nrbd cache size = 1500000«= ≈ 1.43 MiB»\nrbd cache max dirty = 1000\n',
    ],
  ])('%s', (_about, conf, drives, expected) => expect(shown(seen({ [CONF]: conf, [COMMAND]: drives }))).toBe(expected));

  test('a unit that the release reads as a person would is left alone', () => {
    const conf = '[client]\nrbd cache size = 64M\n';
    expect(shown(seen({ [CONF]: conf }, ['10.0', '18.2.7']))).toBe(conf);
  });
});

describe('hints in a drive', () => {
  test('the outcome at its end; what loses and sizes in its name', () => {
    const text = 'qemu-kvm -drive file=rbd:p/i:rbd_cache=true:rbd_cache_size=67108864,format=raw,cache=none\n';
    expect(shown(seen({ [COMMAND]: text }))).toBe(
      'qemu-kvm -drive file=rbd:p/i:rbd_cache=true«← false, by cache=none»:rbd_cache_size=67108864«= 64 MiB»,format=raw,cache=none«→ off»\n',
    );
  });

  test.each<[kind: InlayHintKind, label: RegExp]>([
    ['outcome', /^→/],
    ['effectiveValues', /^←/],
    ['bytes', /^=/],
  ])('%s by itself', (kind, label) => {
    const text = 'qemu-kvm -drive file=rbd:p/i:rbd_cache=true:rbd_cache_size=67108864,format=raw,cache=none\n';
    const found = seen({ [COMMAND]: text });
    const hints = inlayHints(found.analysis, whole(found), [kind]);
    expect(hints).toHaveLength(1);
    expect(hints[0]).toMatchObject({ kind, label: expect.stringMatching(label) });
  });

  test('the outcomes of a node of several images, at one place', () => {
    const text =
      'qemu-kvm -blockdev driver=quorum,node-name=q,vote-threshold=1,children.0.driver=rbd,children.0.pool=p,children.0.image=a,children.0.cache.direct=on,children.1.driver=rbd,children.1.pool=p,children.1.image=b\n';
    expect(shown(seen({ [COMMAND]: text }, ['10.0', '18.2']))).toBe(
      text.replace('\n', '«→ off / → on, write-through until flush»\n'),
    );
  });

  test('only of the drives in the range', () => {
    const found = seen({ [COMMAND]: DRIVE.repeat(100) });
    const hints = inlayHints(found.analysis, { start: DRIVE.length * 10 + 9, end: DRIVE.length * 12 - 9 });
    expect(hints.map(({ offset }) => Math.floor(offset / DRIVE.length))).toEqual([10, 11]);
  });

  test('a key is never in one', () => {
    const found = seen({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i:key=CANARY:key=CANARY2,format=raw\n' });
    expect(JSON.stringify(inlayHints(found.analysis, whole(found)))).not.toContain('CANARY');
  });
});

describe('behind a hint', () => {
  const detail = (found: Seen, kind: InlayHintKind) => {
    const hint = inlayHints(found.analysis, whole(found), [kind])[0];
    return hint === undefined ? null : inlayHintDetail(found.analysis, hint, LINKER);
  };

  test('who decided an outcome, with a link to the explanation', () => {
    const found = seen({ [COMMAND]: DRIVE, [CONF]: '[global]\nrbd cache = true\n' });
    const start = DRIVE.indexOf('file=');
    expect(detail(found, 'outcome')).toEqual({
      tooltip: expect.stringMatching(
        /^RBDCache \*\*off\*\*[\s\S]*Decided by[\s\S]*cache=none[\s\S]*rbd cache = true[\s\S]*Full explanation/,
      ),
      explains: start,
      target: null,
    });
  });

  test('for which drives a line does not count, and where the winner stands', () => {
    const found = seen({ [CONF]: '[global]\nrbd cache = true\n', [COMMAND]: DRIVE });
    expect(detail(found, 'effectiveValues')).toEqual({
      tooltip: expect.stringMatching(
        /^This line does not count for:\n- \[`d0 \(volumes\/v1\)`\]\(file:\/\/\/w\/vm\.qemu#16\): [\s\S]*cache=none/,
      ),
      explains: 9,
      target: { address: COMMAND, span: { start: DRIVE.indexOf('cache='), end: DRIVE.length - 1 } },
    });
  });

  test('what a size was written as', () => {
    const found = seen({ [CONF]: '[client]\nrbd cache size = 67108864\n' });
    expect(detail(found, 'bytes')?.tooltip).toBe('The size of `67108864` as this release reads it.');
  });

  test('nothing, where the text is another now', () => {
    const found = seen({ [COMMAND]: DRIVE });
    expect(inlayHintDetail(found.analysis, { kind: 'outcome', offset: 3 }, LINKER)).toBeNull();
    expect(inlayHintDetail(seen({ [CONF]: '' }).analysis, { kind: 'bytes', offset: 0 }, LINKER)).toBeNull();
  });
});
