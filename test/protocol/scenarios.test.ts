/** What a 2016 study of QEMU 2.2 on OpenStack compute nodes observed, seen through the server. */
import { afterEach, describe, expect, test } from 'vitest';
import { Editor, rulesOf } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const DRIVE = 'vm.qemu';

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

function conf(rbdCache: 'true' | 'false' | null): string {
  return [
    '[global]',
    'log file = /var/log/ceph/$name.log',
    'max open files = 131072',
    'auth cluster required = none',
    'auth service required = none',
    'auth client required = none',
    ...(rbdCache === null ? [] : [`rbd cache = ${rbdCache}`]),
    'debug perfcounter = 20',
    'admin socket=/var/run/ceph/rbd-$pid.asok',
    '',
  ].join('\n');
}

const drive = (mode: string): string =>
  `qemu-system-x86_64 -drive file=rbd:volumes/v1:id=cinder,if=none,id=d0,format=raw,cache=${mode} -device virtio-blk-pci,drive=d0\n`;

interface Row {
  readonly row: string;
  readonly file: 'true' | 'false' | 'unset' | 'none';
  readonly mode: string;
  readonly cache: 'on' | 'off';
}

const ROWS: readonly Row[] = [
  { row: '1', file: 'true', mode: 'writeback', cache: 'on' },
  { row: '2', file: 'true', mode: 'none', cache: 'on' },
  { row: '3', file: 'false', mode: 'none', cache: 'off' },
  { row: '4', file: 'false', mode: 'writeback', cache: 'off' },
  { row: '5', file: 'unset', mode: 'none', cache: 'off' },
  { row: '6', file: 'unset', mode: 'writeback', cache: 'on' },
  { row: '7a', file: 'none', mode: 'none', cache: 'off' },
  { row: '7b', file: 'none', mode: 'writeback', cache: 'on' },
];

/** Where the cache mode decides whatever the file says. */
const byMode = (row: Row): 'on' | 'off' => (row.mode === 'none' ? 'off' : 'on');

const PAIRS = [
  { qemu: '2.2', librbd: '0.80', expected: (row: Row) => row.cache },
  { qemu: '2.2', librbd: '0.87', expected: (row: Row) => row.cache },
  { qemu: '2.2', librbd: '14.2', expected: byMode },
  { qemu: '2.4', librbd: '0.87', expected: byMode },
  { qemu: '2.4', librbd: '14.2', expected: byMode },
];

describe.each(PAIRS)('QEMU $qemu with librbd $librbd', ({ qemu, librbd, expected }) => {
  test('each row of the table comes out on hover, and through diagnostics', async () => {
    editor = await Editor.start({ settings: { qemuVersion: qemu, librbdVersion: librbd } });
    const seen: string[] = [];
    const wanted: string[] = [];
    for (const row of ROWS) {
      const folder = `row${row.row}`;
      const text = row.file === 'none' ? null : conf(row.file === 'unset' ? null : row.file);
      if (text !== null) await editor.open(`${folder}/${CONF}`, 'ceph-conf', text);
      await editor.open(`${folder}/${DRIVE}`, 'qemu-cmdline', drive(row.mode));
      const hover = await editor.hover(`${folder}/${DRIVE}`, 'cache=‸');
      seen.push(`${row.row}: ${/^RBDCache \*\*(\w+)\*\*/.exec(hover)?.[1] ?? hover}`);
      wanted.push(`${row.row}: ${expected(row)}`);
      const both = [
        ...(await editor.diagnostics(`${folder}/${DRIVE}`)),
        ...(text === null ? [] : await editor.diagnostics(`${folder}/${CONF}`)),
      ];
      const disagree = row.file !== 'none' && row.file !== 'unset' && (row.file === 'true') !== (row.mode !== 'none');
      const told = rulesOf(both).filter((rule) => /^cache-(overrides|overridden|none)/.test(rule));
      if (disagree) expect(told, `row ${row.row} says who wins`).not.toEqual([]);
    }
    expect(seen).toEqual(wanted);
  });
});

describe('who wins, through diagnostics', () => {
  test.each([
    ['2.2', '0.87', 'none', 'true', CONF, 'cache-overrides-drive'],
    ['2.2', '0.87', 'writeback', 'false', CONF, 'cache-overrides-drive'],
    ['2.4', '0.87', 'none', 'true', CONF, 'cache-overridden-by-drive'],
    ['2.2', '14.2', 'writeback', 'false', CONF, 'cache-overridden-by-drive'],
  ] as const)(
    'QEMU %s, librbd %s, cache=%s, rbd cache = %s: %s has %s',
    async (qemu, librbd, mode, value, where, rule) => {
      editor = await Editor.start({ settings: { qemuVersion: qemu, librbdVersion: librbd } });
      await editor.open(CONF, 'ceph-conf', conf(value));
      await editor.open(DRIVE, 'qemu-cmdline', drive(mode));
      await editor.until(
        () => rulesOf(editor?.published.get(editor.uri(where)) ?? []).includes(rule),
        `${rule} in ${where}`,
      );
    },
  );
});

describe('the drive as nova starts it', () => {
  const LOCAL =
    '-drive file=/var/lib/nova/instances/cc388037-18dc-4159-896c-2b7180e7dd20/disk,if=none,id=drive-virtio-disk0,format=qcow2,cache=none -device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x4,drive=drive-virtio-disk0,id=virtio-disk0,bootindex=1';
  const VOLUME =
    '-drive file=rbd:volumes/volume-512c91d8-a4da-4dcf-b5aa-ef43cf25cb3a:id=cinder:key=AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==:auth_supported=cephx\\;none:mon_host=9.115.251.194\\:6789\\;9.115.251.195\\:6789\\;9.115.251.218\\:6789,if=none,id=drive-virtio-disk1,format=raw,serial=512c91d8-a4da-4dcf-b5aa-ef43cf25cb3a,cache=writeback -device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x6,drive=drive-virtio-disk1,id=virtio-disk1';
  const command = (volume: string): string => `qemu-system-x86_64 ${LOCAL} \\\n ${volume}\n`;

  test('QEMU 2.2, librbd 0.87, no file: on, until the first flush, because of cache=writeback', async () => {
    editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
    await editor.open('nova.qemu', 'qemu-cmdline', command(VOLUME));
    const hover = await editor.hover('nova.qemu', 'volume-512‸');
    expect(hover.split('\n')[0]).toMatch(/RBDCache \*\*on\*\*, write.through until the guest.s first flush/);
    expect(hover).toContain('cache=writeback');
    expect(hover).not.toContain('AQBc4vtV');
    expect(await editor.hover('nova.qemu', 'inst‸ances')).toBe('');
    const diagnostics = await editor.diagnostics('nova.qemu');
    expect(rulesOf(diagnostics)).toContain('drive-key-in-plain-text');
    expect(rulesOf(diagnostics)).not.toContain('drive-option-removed');
    expect(JSON.stringify(diagnostics)).not.toContain('AQBc4vtV');
    const line = diagnostics.filter(({ range }) => range.start.line === 0);
    expect(line).toEqual([]);
  });

  test.each([
    ['QEMU 3.1 on take serial= no longer', '8.2', '18.2', 'drive-option-removed'],
    ['librados 20.2 refuses auth_supported', '2.2', '20.2', 'drive-auth-supported-gone'],
  ])('%s', async (_name, qemuVersion, librbdVersion, rule) => {
    editor = await Editor.start({ settings: { qemuVersion, librbdVersion } });
    await editor.open('nova.qemu', 'qemu-cmdline', command(VOLUME));
    expect(rulesOf(await editor.diagnostics('nova.qemu'))).toContain(rule);
  });

  test('in a shell script the backslashes go, and the name is cut', async () => {
    editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
    await editor.open('nova.sh', 'shellscript', `#!/bin/sh\nexec ${command(VOLUME)}`);
    expect(rulesOf(await editor.diagnostics('nova.sh'))).toContain('drive-shell-eats-backslash');
    expect(await editor.hover('nova.sh', 'volume-512‸')).toContain('6789;9.115.251.195');
  });
});

describe('both sides at once', () => {
  test('editing ceph.conf changes the drive’s hover, and editing the drive that of ceph.conf', async () => {
    editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
    await editor.open(CONF, 'ceph-conf', conf('true'));
    await editor.open(DRIVE, 'qemu-cmdline', drive('none'));
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*on\*\*/);
    await editor.edit(CONF, 'rbd cache = true', 'rbd cache = false');
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*off\*\*/);
    expect(await editor.hover(CONF, 'rbd ca‸che')).toMatch(/^RBDCache \*\*off\*\*/);
    await editor.edit(CONF, 'rbd cache = false\n', '');
    await editor.edit(DRIVE, 'cache=none', 'cache=writeback');
    expect(await editor.hover(CONF, '[glo‸bal]')).toMatch(/^RBDCache \*\*on\*\*/);
  });

  test('a file on the disk counts until it is open, and a change on the disk when it is told', async () => {
    editor = await Editor.start({
      settings: { qemuVersion: '2.2', librbdVersion: '0.87' },
      files: { [CONF]: conf('true'), 'other.qemu': drive('none') },
    });
    await editor.open(DRIVE, 'qemu-cmdline', drive('none'));
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*on\*\*/);
    editor.write(CONF, conf('false'));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri(CONF), type: 2 }],
    });
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*off\*\*/);
    await editor.open(CONF, 'ceph-conf', conf('true'));
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*on\*\*/);
    expect(await editor.hover(CONF, 'rbd ca‸che')).toMatch(/^for .*vm\.qemu.*other\.qemu/m);
  });
});

test('what a file says of the cluster is read anew once it changed, though nobody tells of it', async () => {
  const UNTIL_FLUSH = /^RBDCache \*\*on\*\*, write-through until/;
  const dump = (value: boolean): string => `client advanced rbd_cache_writethrough_until_flush ${value}\n`;
  editor = await Editor.start({
    settings: { qemuVersion: '8.2', librbdVersion: '18.2', cluster: { monitors: 'known/dump.txt' } },
    files: { 'known/dump.txt': dump(false) },
  });
  await editor.open(DRIVE, 'qemu-cmdline', drive('writeback'));
  expect(await editor.hover(DRIVE, 'cache=‸')).not.toMatch(UNTIL_FLUSH);
  editor.write('known/dump.txt', dump(true));
  await editor.connection.sendNotification('textDocument/didSave', { textDocument: { uri: editor.uri(DRIVE) } });
  expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(UNTIL_FLUSH);
});

describe('the releases', () => {
  test('a setting and a comment each change the answer at once', async () => {
    editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
    await editor.open(CONF, 'ceph-conf', conf('true'));
    await editor.open(DRIVE, 'qemu-cmdline', drive('none'));
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*on\*\*.* — QEMU 2\.2, librbd 0\.87/);
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.87' });
    await editor.until(() => editor?.statuses.at(-1)?.text.startsWith('QEMU 2.4') === true, 'the new pair');
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*off\*\*.* — QEMU 2\.4, librbd 0\.87/);
    await editor.edit(DRIVE, 'qemu-system', '# rbdcache: qemu=2.2 librbd=0.80\nqemu-system');
    expect(await editor.hover(DRIVE, 'cache=‸')).toMatch(/^RBDCache \*\*on\*\*.* — QEMU 2\.2, librbd 0\.80/);
  });

  test('an unknown release and a setting of the wrong type are said, and the newest known is used', async () => {
    editor = await Editor.start({ settings: { qemuVersion: 'latest', librbdVersion: 16, readHostFiles: 'maybe' } });
    await editor.open(DRIVE, 'qemu-cmdline', drive('none'));
    await editor.diagnostics(DRIVE);
    const status = editor.statuses.at(-1);
    expect(status?.severity).toBe('warning');
    expect(status?.detail).toContain('latest');
    expect(status?.detail).toContain('rbdcache.readHostFiles');
    expect(status?.text).toMatch(/^QEMU [\d.]+ \(assumed\) · librbd 16/);
  });
});
