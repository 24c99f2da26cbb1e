/** Completion in a command: flags, `-drive`, the `rbd:` name, comments. */
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../../server/src/workspace/settings.js';
import { acceptSnippet, type Case, checkCase, labels, offered, type Scene } from './harness.js';

const OLD = '2.2 0.87';
const NEW = '7.2 17.2';
const ERAS = ['0.15 0.61', '1.2 0.67', OLD, '2.4 0.94', '2.9 10.2', '5.2 14.2', NEW, '10.2 20.2'];
/** Drives that name a pool with images, a client and a ceph.conf. */
const SEEN = {
  'file:///h/other.qemu-args':
    'qemu-kvm -drive file=rbd:volumes/v-1:id=cinder:conf=/etc/ceph/west.conf,if=none,format=raw -drive file=rbd:volumes/v-2:id=cinder:mon_host=10.0.0.1\\:6789\\;10.0.0.2\\:6789,format=raw\n',
  'file:///h/etc/ceph/west.conf': '[global]\nrbd cache = true\n',
};

const cases: Readonly<Record<string, readonly Case[]>> = {
  'keys of -drive': [
    { kind: 'args', pairs: ERAS, text: 'qemu-kvm -drive ‸', take: 'file', gives: 'qemu-kvm -drive file=‸' },
    {
      kind: 'args',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,ca‸',
      take: 'cache',
      gives: 'qemu-kvm -drive file=rbd:p/i,cache=‸',
    },
    {
      kind: 'script',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,ca‸=none,if=none',
      take: 'cache',
      gives: 'qemu-kvm -drive file=rbd:p/i,cache‸=none,if=none',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -drive file=rbd:p/i,ca‸che.direct=on,if=none',
      take: 'cache',
      gives: 'qemu-kvm -drive file=rbd:p/i,cache‸=on,if=none',
      inserted: 'qemu-kvm -drive file=rbd:p/i,cache‸che.direct=on,if=none',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -drive file.driver=rbd,file.po‸',
      take: 'file.pool',
      gives: 'qemu-kvm -drive file.driver=rbd,file.pool=‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      text: "qemu-kvm -drive 'file=rbd:p/i,‸' -m 1",
      take: 'cache',
      gives: "qemu-kvm -drive 'file=rbd:p/i,cache=‸' -m 1",
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      text: 'qemu-kvm \\\n  -drive file=rbd:p/i,\\\n‸ -m 1',
      take: 'if',
      gives: 'qemu-kvm \\\n  -drive file=rbd:p/i,\\\nif=‸ -m 1',
    },
  ],
  'values of -drive': [
    {
      kind: 'args',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,cache=‸',
      take: 'writeback',
      gives: 'qemu-kvm -drive file=rbd:p/i,cache=writeback‸',
    },
    {
      kind: 'script',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,cache=‸none,if=none',
      take: 'unsafe',
      gives: 'qemu-kvm -drive file=rbd:p/i,cache=unsafe‸,if=none',
      inserted: 'qemu-kvm -drive file=rbd:p/i,cache=unsafe‸none,if=none',
    },
    {
      kind: 'script',
      pairs: ERAS,
      text: 'qemu-kvm -drive "file=rbd:p/i,format=‸"',
      take: 'raw',
      gives: 'qemu-kvm -drive "file=rbd:p/i,format=raw‸"',
    },
    { kind: 'script', pairs: ERAS, text: 'qemu-kvm -drive file=‸', take: 'rbd:', gives: 'qemu-kvm -drive file=rbd:‸' },
    {
      kind: 'args',
      pairs: ['5.2 14.2', NEW],
      text: 'qemu-kvm -drive file=rbd:p/i,aio=‸',
      take: 'io_uring',
      gives: 'qemu-kvm -drive file=rbd:p/i,aio=io_uring‸',
    },
  ],
  'the rbd: name': [
    {
      kind: 'args',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:vo‸',
      take: 'volumes',
      gives: 'qemu-kvm -drive file=rbd:volumes/‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/‸:id=cinder,if=none',
      take: 'v-2',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-2‸:id=cinder,if=none',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/v-1:i‸',
      take: 'id',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-1:id=‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/v-1:id=‸',
      take: 'cinder',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-1:id=cinder‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/v-1:conf=‸',
      take: '/etc/ceph/west.conf',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-1:conf=/etc/ceph/west.conf‸',
    },
    {
      kind: 'args',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/v-1:mon_host=‸',
      take: '10.0.0.1:6789;10.0.0.2:6789',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-1:mon_host=10.0.0.1\\:6789;10.0.0.2\\:6789‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive file=rbd:volumes/v-1:mon_host=‸',
      take: '10.0.0.1:6789;10.0.0.2:6789',
      gives: 'qemu-kvm -drive file=rbd:volumes/v-1:mon_host=10.0.0.1\\\\:6789\\;10.0.0.2\\\\:6789‸',
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: "qemu-kvm -drive 'file=rbd:volumes/v-1:mon_host=‸,if=none'",
      take: '10.0.0.1:6789;10.0.0.2:6789',
      gives: "qemu-kvm -drive 'file=rbd:volumes/v-1:mon_host=10.0.0.1\\:6789;10.0.0.2\\:6789‸,if=none'",
    },
    {
      kind: 'script',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -drive "file=rbd:volumes/v-1:mon_host=‸,if=none"',
      take: '10.0.0.1:6789;10.0.0.2:6789',
      gives: 'qemu-kvm -drive "file=rbd:volumes/v-1:mon_host=10.0.0.1\\:6789;10.0.0.2\\:6789‸,if=none"',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -drive file=rbd:p/i:log_file=‸',
      take: '/var/log/ceph/$name.log',
      gives: 'qemu-kvm -drive file=rbd:p/i:log_file=/var/log/ceph/\\$name.log‸',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: "qemu-kvm -drive 'file=rbd:p/i:log_file=‸'",
      take: '/var/log/ceph/$name.log',
      gives: "qemu-kvm -drive 'file=rbd:p/i:log_file=/var/log/ceph/$name.log‸'",
    },
    {
      kind: 'args',
      pairs: [NEW],
      text: 'qemu-kvm -drive file=rbd:p/i:rbd_default_features=‸',
      take: 'layering,exclusive-lock,object-map,fast-diff,deep-flatten',
      gives:
        'qemu-kvm -drive file=rbd:p/i:rbd_default_features=layering,,exclusive-lock,,object-map,,fast-diff,,deep-flatten‸',
    },
    {
      kind: 'script',
      pairs: [OLD],
      text: 'qemu-kvm -drive file=rbd:p/i:rbd_cache_si‸',
      take: 'rbd_cache_size',
      gives: 'qemu-kvm -drive file=rbd:p/i:rbd_cache_size=‸',
    },
    {
      kind: 'args',
      pairs: [OLD, NEW],
      others: SEEN,
      text: 'qemu-kvm -hda rbd:volumes/‸',
      take: 'v-1',
      gives: 'qemu-kvm -hda rbd:volumes/v-1‸',
    },
  ],
  flags: [
    { kind: 'args', pairs: ERAS, text: 'qemu-kvm -d‸', take: '-drive', gives: 'qemu-kvm -drive ‸' },
    { kind: 'args', pairs: [NEW], text: 'qemu-kvm --b‸', take: '-blockdev', gives: 'qemu-kvm --blockdev ‸' },
    { kind: 'args', pairs: [NEW], text: '‸', take: '-drive', gives: '-drive ‸' },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -m 1 \\\n  -‸ \\\n  -nographic',
      take: '-device',
      gives: 'qemu-kvm -m 1 \\\n  -device‸ \\\n  -nographic',
    },
  ],
  comments: [
    {
      kind: 'script',
      pairs: [NEW],
      text: '# rbdcache: ‸\nqemu-kvm',
      take: 'librbd',
      gives: '# rbdcache: librbd=‸\nqemu-kvm',
    },
    { kind: 'args', pairs: [NEW], text: '# rbdcache: qemu=2‸\n', take: '2.2', gives: '# rbdcache: qemu=2.2‸\n' },
    {
      kind: 'args',
      pairs: [NEW],
      text: '# rbdcache-disable cache-un‸\n',
      take: 'cache-unsafe',
      gives: '# rbdcache-disable cache-unsafe‸\n',
    },
  ],
};

describe.each(Object.entries(cases))('%s', (_what, list) => {
  test.each(list.map((each) => [`${each.kind}: ${each.text} + ${each.take}`, each] as const))('%s', (_name, each) =>
    checkCase(each),
  );
});

describe('nothing is offered', () => {
  const silent: readonly (readonly [string, Scene])[] = [
    ['in a comment', { kind: 'script', pair: NEW, text: '# -drive file=rbd:p/i,‸\nqemu-kvm' }],
    ['in a comment between arguments', { kind: 'args', pair: NEW, text: 'qemu-kvm\n# -drive ‸\n-m 1\n' }],
    ['behind a comment sign', { kind: 'script', pair: NEW, text: 'qemu-kvm -drive file=rbd:p/i # then ‸' }],
    ['in another command', { kind: 'script', pair: NEW, text: 'echo -drive file=rbd:p/i,‸' }],
    ['in another flag’s argument', { kind: 'args', pair: NEW, text: 'qemu-kvm -name d‸' }],
    ['behind a blank that was only typed', { kind: 'args', pair: NEW, text: 'qemu-kvm -m 1 ‸', trigger: ' ' }],
    ['in the program’s name', { kind: 'args', pair: NEW, text: 'qemu-k‸vm -m 1' }],
    ['in a variable', { kind: 'script', pair: NEW, text: 'qemu-kvm -drive file=rbd:p/i,cache=${MO‸DE}' }],
    ['behind a redirection', { kind: 'script', pair: NEW, text: 'qemu-kvm -m 1 > ‸' }],
    ['for -blockdev before it came', { kind: 'args', pair: OLD, text: 'qemu-kvm -blockdev ‸' }],
    ['behind a closed string of JSON', { kind: 'script', pair: NEW, text: `qemu-kvm -blockdev '{"driver":"rbd"‸}'` }],
    ['in a number', { kind: 'args', pair: NEW, text: 'qemu-kvm -drive file=rbd:p/i,index=‸' }],
  ];
  test.each(silent)('%s', (_where, scene) => expect(labels(scene)).toEqual([]));
});

test('a cache mode is told with what is stated of the process and the cluster', () => {
  const told = (settings: Partial<Settings>): string | undefined => {
    const text = 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=‸\n';
    const { items } = offered({ kind: 'args', pair: '8.2 18.2', text, settings });
    return items.find(({ label }) => label === 'writeback')?.detail;
  };
  expect(told({})).toBe('RBDCache on · write-through until flush · flush-safe');
  expect(told({ environment: new Map([['CEPH_ARGS', '--rbd_cache_policy=writethrough']]) })).toBe(
    'RBDCache on · write-through · safe',
  );
  const images = new Map([['p/i', '{"conf_rbd_cache":"false"}']]);
  expect(told({ cluster: { monitors: '', pools: new Map(), images } })).toBe('RBDCache off · safe');
});

describe('with places to fill in', () => {
  const taken = (scene: Scene, label: string): string => {
    const list = offered(scene);
    const found = list.items.find((one) => one.label === label);
    if (found === undefined) expect.fail(`offered: ${list.items.map((one) => one.label).join(', ')}`);
    return acceptSnippet(list, found);
  };

  test.each([
    [`'{"driver":"rbd","‸"}'`, 'pool', `'{"driver":"rbd","pool":"‸"}'`],
    [`'{"driver":"rbd",‸"pool":"p"}'`, 'cache', `'{"driver":"rbd","cache":{‸},"pool":"p"}'`],
    [`'{"driver":"rbd","‸"}'`, 'server', `'{"driver":"rbd","server":[‸]}'`],
    [`'{"driver":"rbd","‸"}'`, 'read-only', `'{"driver":"rbd","read-only":‸}'`],
    ['"{\\"driver\\":\\"rbd\\",\\"po‸\\"}"', 'pool', '"{\\"driver\\":\\"rbd\\",\\"pool\\":\\"‸\\"}"'],
    ['‸', '{"driver":"rbd",…}', `'{"driver":"rbd","node-name":"‸disk0","pool":"rbd","image":"image"}'`],
  ])('-blockdev %s and %s', (argument, label, expected) => {
    const text = `qemu-kvm -blockdev ${argument}`;
    expect(taken({ kind: 'script', pair: NEW, text }, label)).toBe(`qemu-kvm -blockdev ${expected}`);
  });

  test.each([
    [
      OLD,
      'safe drive: -drive rbd, cache=writeback',
      'qemu-kvm -drive file=rbd:rbd/image:id=admin,if=none,id=‸disk0,format=raw,cache=writeback -device virtio-blk-pci,drive=disk0',
    ],
    [
      NEW,
      'safe drive: -blockdev rbd, cache.direct=off',
      'qemu-kvm -blockdev driver=rbd,node-name=‸disk0,pool=rbd,image=image,user=admin,discard=unmap,cache.direct=off,cache.no-flush=off -device virtio-blk-pci,drive=disk0',
    ],
    [
      NEW,
      'safe drive: -blockdev rbd, cache.direct=on',
      'qemu-kvm -blockdev driver=rbd,node-name=‸disk0,pool=rbd,image=image,user=admin,discard=unmap,cache.direct=on,cache.no-flush=off -device virtio-blk-pci,drive=disk0',
    ],
  ])('%s: %s', (pair, label, expected) => {
    expect(taken({ kind: 'script', pair, text: 'qemu-kvm -‸' }, label)).toBe(expected);
  });
});
