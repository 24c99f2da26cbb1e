import { describe, expect, test } from 'vitest';
import { readPair } from '../../../server/src/cli/diff.js';
import { objects, parsed, useCli } from './harness.js';

const cli = useCli();

const drive = (mode: string, more = ''): string =>
  `kvm -drive file=rbd:p/i${more},if=none,id=d,format=raw${mode === '' ? '' : `,cache=${mode}`}\n`;

describe('pairs', () => {
  test.each([
    ['2.2/0.87', { qemu: '2.2', librbd: '0.87' }],
    ['7.2', { qemu: '7.2', librbd: null }],
    ['/Reef', { qemu: null, librbd: 'Reef' }],
    [' 1:7.2+dfsg-7 / v16.2.15 ', { qemu: '1:7.2+dfsg-7', librbd: 'v16.2.15' }],
    ['', null],
    ['/', null],
    ['new/16.2', null],
    ['7.2/new', null],
    ['7.2/16.2/proxmox', null],
  ])('%j', (text, pair) => {
    expect(readPair(text)).toEqual(pair);
  });
});

/** Why a drive changes between two pairs. */
const ROWS: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  from: string,
  to: string,
  changed: readonly string[],
  reasons: readonly (readonly [kind: string, text: RegExp])[],
])[] = [
  [
    'QEMU comes before the file',
    { 'vm.qemu': drive('none'), 'etc/ceph/ceph.conf': '[client]\nrbd cache = true\n' },
    '2.2/0.87',
    '2.4/0.87',
    ['rbdCache', 'writePolicy', 'untilFirstFlush', 'servesReads'],
    [
      [
        'winner',
        /^rbd_cache was decided by rbd cache = true \(etc\/ceph\/ceph\.conf:2\).* and is decided by cache=none/,
      ],
    ],
  ],
  [
    'librados keeps what QEMU sets',
    { 'vm.qemu': drive('writeback'), 'etc/ceph/ceph.conf': '[client]\nrbd cache = false\n' },
    '2.2/0.87',
    '/14.2',
    ['rbdCache', 'writePolicy', 'untilFirstFlush', 'servesReads'],
    [['winner', /^rbd_cache was decided by rbd cache = false .* and is decided by cache=writeback/]],
  ],
  [
    'an option that is new',
    { 'vm.qemu': drive('writeback') },
    '7.2/14.2',
    '/16.2',
    ['writePolicy', 'servesReads'],
    [['option', /^librbd 14\.2\S* knows no rbd_cache_policy; in librbd 16\.2\S* it is writearound\.$/]],
  ],
  [
    'a unit that is read otherwise',
    { 'vm.qemu': drive('writeback'), 'etc/ceph/ceph.conf': '[client]\nrbd cache size = 64M\n' },
    '7.2/12.2',
    '/14.2',
    ['size'],
    [['value', /was read as rbd_cache_size = 64000000, and is read as 67108864\.$/]],
  ],
  [
    'a file that is refused as a whole',
    { 'vm.qemu': drive('writeback'), 'etc/ceph/ceph.conf': '[client]\nrbd cache size = 1048576\nbroken\n' },
    '7.2/14.2',
    '/16.2',
    ['writePolicy', 'servesReads', 'size'],
    [['file', /^librbd 14\.2\S* reads \/etc\/ceph\/ceph\.conf, librbd 16\.2\S* refuses it as a whole\.$/]],
  ],
  [
    'QEMU refuses it',
    { 'vm.qemu': 'kvm -drive file=rbd:p/i,format=raw,serial=1\n' },
    '2.2/16.2',
    '3.1',
    ['error'],
    [['refusal', /^QEMU 3\.1\S* refuses it: /]],
  ],
  [
    'the whole command is refused',
    { 'vm.qemu': 'kvm -blockdev driver=rbd,node-name=n,pool=p,image=i\n' },
    '2.2/16.2',
    '7.2',
    ['error'],
    [['refusal', /^QEMU 2\.2 refuses the whole command: -blockdev: invalid option$/]],
  ],
];

test.each(ROWS)('%s', async (_, files, from, to, changed, reasons) => {
  cli.write(files);
  const { exitCode, out } = await cli.run(['diff', '--from', from, '--to', to, '--format', 'json']);
  expect(exitCode).toBe(0);
  const report = parsed(out);
  const [row = {}] = objects(report['drives']);
  expect(report).toMatchObject({ version: 1, looked: 1, changed: 1, problems: [], notes: [] });
  expect(row['changed']).toEqual(expect.arrayContaining([...changed]));
  const said = objects(row['reasons']);
  for (const [kind, text] of reasons) {
    expect(said).toContainEqual(expect.objectContaining({ kind, text: expect.stringMatching(text) }));
  }
});

test('nothing changes: nothing is listed', async () => {
  cli.write({ 'vm.qemu': drive('none'), 'etc/ceph/ceph.conf': '[client]\nrbd cache = true\n' });
  const { exitCode, out } = await cli.run(['diff', '--from', '7.2/16.2', '--to', '8.2/17.2', '--fail-on-change']);
  expect([exitCode, out]).toEqual([0, 'none of 1 drive changes\n']);
});

test('for people: the pairs, each drive with both outcomes, why, and the sum', async () => {
  cli.write({
    'a.qemu': drive('none'),
    'b.qemu': drive('writeback'),
    'etc/ceph/ceph.conf': '[global]\nrbd cache = true\n',
  });
  const { out } = await cli.run(['diff', '--from', '2.2/0.87', '--to', '2.4']);
  expect(out).toBe(
    [
      'from QEMU 2.2, librbd 0.87 to QEMU 2.4, librbd 0.87',
      '',
      'a.qemu:1  d (p/i)  a crash costs less',
      "  - RBDCache on, write-through until the guest's first flush; flush-safe",
      '  + RBDCache off; safe',
      '    rbd_cache was decided by rbd cache = true (etc/ceph/ceph.conf:2) in [global], and is decided by cache=none (:1).',
      '',
      '1 of 2 drives changes',
      '',
    ].join('\n'),
  );
});

test('from the releases in force: comment, .rbdcacherc, or assumed', async () => {
  cli.write({
    'a.qemu': `# rbdcache: qemu=2.2 librbd=0.87\n${drive('none')}`,
    'b/b.qemu': drive('none'),
    'b/.rbdcacherc': '[releases]\nqemu = 2.4\n',
    'etc/ceph/ceph.conf': '[global]\nrbd cache = true\n',
  });
  const { out } = await cli.run(['diff', '--to', '2.4/0.87', '--format', 'json']);
  const [only, ...rest] = objects(parsed(out)['drives']);
  expect(rest).toEqual([]);
  expect(only).toMatchObject({ path: 'a.qemu', line: 2, assumed: false, before: { qemu: '2.2', librbd: '0.87.2' } });
});

describe('exit codes', () => {
  test.each([
    ['a change', ['--from', '2.2/0.87', '--to', '2.4'], 0],
    ['a change that counts', ['--from', '2.2/0.87', '--to', '2.4', '--fail-on-change'], 1],
    ['no change', ['--from', '2.2/0.87', '--to', '2.2', '--fail-on-change'], 0],
    ['no --to', ['--from', '2.2/0.87'], 2],
    ['a pair that is none', ['--to', 'newest'], 2],
    ['a file that is not there', ['--from', '2.2/0.87', '--to', '2.4', 'vm.qemu', 'gone.qemu'], 2],
    ['help', ['--help'], 0],
  ])('%s', async (_, args, exitCode) => {
    cli.write({ 'vm.qemu': drive('none'), 'etc/ceph/ceph.conf': '[client]\nrbd cache = true\n' });
    expect((await cli.run(['diff', ...args])).exitCode).toBe(exitCode);
  });
});

test('no secret is told', async () => {
  cli.write({
    'vm.qemu': drive('none', ':key=CANARY') + drive('none', ':key=CANARY:bogus=1'),
    'etc/ceph/ceph.conf': '[client]\nrbd cache = true\nkey = CANARY\n',
  });
  for (const format of ['human', 'json']) {
    const { out, err } = await cli.run(['diff', '--from', '2.2/0.87', '--to', '9.2/18.2', '--format', format]);
    expect(out + err).not.toContain('CANARY');
  }
});
