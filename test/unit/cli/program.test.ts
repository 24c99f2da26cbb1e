import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsed, useCli } from './harness.js';

const cli = useCli();
const SAFE = { 'vm.qemu': 'qemu-system-x86_64 -drive file=rbd:p/i,if=none,id=d,format=raw,cache=writeback\n' };
const BAD = { 'ceph.conf': '[client]\nlog file = /x' };
const ODD = { 'ceph.conf': '[client]\nrbd-cache = true\n' };

describe('exit codes of check', () => {
  test.each([
    ['nothing found', SAFE, ['check', '--qemu', '7.2', '--librbd', '16.2.14'], 0],
    ['an error', BAD, ['check', '--qemu', '7.2', '--librbd', '16.2'], 1],
    [
      'an error under a rule that did not fire',
      BAD,
      ['check', '--qemu', '7.2', '--librbd', '16.2', '--fail-on', 'cache-unsafe'],
      0,
    ],
    ['a warning, wanted', ODD, ['check', '--qemu', '7.2', '--librbd', '16.2', '--fail-on', 'warning'], 1],
    ['a warning, not wanted', ODD, ['check', '--qemu', '7.2', '--librbd', '16.2'], 0],
    ['a rule that fired', ODD, ['check', '--qemu', '7.2', '--librbd', '16.2', '--fail-on', 'conf-dash-in-key'], 1],
    ['a missing file', SAFE, ['check', 'vm.qemu', 'gone.sh'], 2],
    ['a glob that matches nothing', SAFE, ['check', '*.nothing'], 2],
    ['a glob', SAFE, ['check', '*.qemu'], 0],
    ['a file of another kind', { 'x.txt': 'hello' }, ['check', 'x.txt'], 2],
    ['an unknown option', SAFE, ['check', '--loud'], 2],
    ['an unknown command', SAFE, ['chekc'], 2],
    ['an unknown format', SAFE, ['check', '--format', 'xml'], 2],
    ['an unknown threshold', SAFE, ['check', '--fail-on', 'everything'], 2],
    ['a release that is none', SAFE, ['check', '--qemu', 'new'], 2],
    ['help', SAFE, ['check', '--help'], 0],
    ['no words at all', SAFE, [], 2],
  ])('%s', async (_, files, args, exitCode) => {
    cli.write(files);
    const result = await cli.run(args);
    expect([result.exitCode, result.out, result.err]).toEqual([exitCode, expect.anything(), expect.anything()]);
  });
});

describe('input that cannot be read is named, and the rest is done', () => {
  test('a file that is too large', async () => {
    cli.write({ ...BAD, 'huge.sh': `# ${'x'.repeat(5 * 1024 * 1024)}\n` });
    const { exitCode, out } = await cli.run(['check', '.', '--qemu', '7.2', '--librbd', '16.2']);
    expect(exitCode).toBe(2);
    expect(out).toContain('huge.sh: larger than 5 MiB');
    expect(out).toContain('[conf-final-newline]');
  });

  test('a folder without permission, a broken link, a keyring', async () => {
    cli.write({ ...SAFE, 'ceph.client.admin.keyring': '[client.admin]\n\tkey = CANARY\n', 'closed/x.qemu': '' });
    symlinkSync('nowhere', join(cli.folder, 'broken.qemu'));
    chmodSync(join(cli.folder, 'closed'), 0o000);
    const { exitCode, out } = await cli.run(['check', '.', 'broken.qemu', 'ceph.client.admin.keyring']);
    chmodSync(join(cli.folder, 'closed'), 0o700);
    expect(exitCode).toBe(2);
    expect(out).toContain('broken.qemu: there is no such file');
    expect(out).toContain('ceph.client.admin.keyring: keyrings are never read');
    if (process.getuid?.() !== 0) expect(out).toContain('closed: permission denied');
    expect(out).not.toContain('CANARY');
  });

  test.each(['check --fix', 'diff --to 9.2/18.2', 'explain'])(
    '%s of a name that is empty, or goes through a file',
    async (line) => {
      cli.write(BAD);
      const command = line.split(' ');
      const { exitCode, out } = await cli.run([...command, '']);
      expect([exitCode, out]).toEqual([2, expect.stringMatching(/^"": there is no such file$/m)]);
      expect((await cli.run([...command, 'ceph.conf/x'])).out).toContain('ceph.conf/x: there is no such file');
      expect(readFileSync(join(cli.folder, 'ceph.conf'), 'utf8')).toBe(BAD['ceph.conf']);
    },
  );

  test('a link to a keyring is one; a folder that is called so is none', async () => {
    cli.write({ 'keyrings/vm.qemu': SAFE['vm.qemu'], 'x.keyring': '[client.x]\nkey = CANARY\n' });
    symlinkSync('x.keyring', join(cli.folder, 'ceph.conf'));
    const { out } = await cli.run(['check', '.']);
    expect(out).toContain('ceph.conf: keyrings are never read');
    expect(out).toContain('1 file looked into, 1 could not be');
  });

  test('bytes that are no text', async () => {
    cli.write({ 'etc/ceph/ceph.conf': '[client]\n' });
    writeFileSync(join(cli.folder, 'etc/ceph/ceph.conf'), Buffer.from([0x5b, 0xff, 0xfe, 0x00, 0x80, 0x0a]));
    expect((await cli.run(['check', '.'])).exitCode).toBeLessThan(3);
  });
});

describe('formats of check', () => {
  const files = {
    'etc/ceph/ceph.conf': '[client]\nrbd cache = false\nrbd-cache-size = 1\n',
    'vm.sh': '#!/bin/sh\nqemu-system-x86_64 \\\n  -drive file=rbd:p/i:key=CANARY,if=none,id=d,format=raw,cache=none\n',
  };

  test('human: file, line, column, severity, rule', async () => {
    cli.write(files);
    const { out } = await cli.run(['check', '--qemu', '7.2', '--librbd', '16.2']);
    expect(out).toMatch(/^etc\/ceph\/ceph\.conf:3:1: warning .* \[conf-dash-in-key\]$/m);
    expect(out).toMatch(/judged for QEMU 7\.2 and librbd 16\.2\.\d+, chosen by the command line/);
    expect(out).not.toContain('\u001B');
  });

  test('json', async () => {
    cli.write(files);
    const { out } = await cli.run(['check', '--qemu', '7.2', '--librbd', '16.2', '--format', 'json']);
    const report = parsed(out);
    expect(report['findings']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: 'etc/ceph/ceph.conf',
          rule: 'conf-dash-in-key',
          severity: 'warning',
          range: { start: { line: 3, column: 1 }, end: { line: 3, column: 15 } },
        }),
      ]),
    );
  });

  test('github', async () => {
    cli.write(files);
    const { out } = await cli.run(['check', '--qemu', '7.2', '--librbd', '16.2', '--format', 'github']);
    expect(out).toMatch(
      /^::warning file=etc\/ceph\/ceph\.conf,line=3,endLine=3,col=1,endColumn=15,title=conf-dash-in-key::/m,
    );
  });

  test('sarif', async () => {
    cli.write(files);
    const { out } = await cli.run(['check', '--qemu', '7.2', '--librbd', '16.2', '--format', 'sarif']);
    expect(parsed(out)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'rbdcache' } }, columnKind: 'utf16CodeUnits' }],
    });
  });

  test.each(['human', 'json', 'github', 'sarif'])('%s keeps secrets', async (format) => {
    cli.write(files);
    const { out } = await cli.run(['check', '--format', format]);
    expect(out).not.toContain('CANARY');
  });
});

test('.rbdcacherc counts, and the command line beats it', async () => {
  cli.write({
    ...BAD,
    '.rbdcacherc': '[releases]\nqemu = 2.2\nlibrbd = 0.87\n[severity]\nconf-final-newline = hint\n',
  });
  expect((await cli.run(['check'])).out).toContain('judged for QEMU 2.2 and librbd 0.87.2, chosen by .rbdcacherc');
  expect((await cli.run(['check'])).exitCode).toBe(0);
  expect((await cli.run(['check', '--qemu', '2.4', '--librbd', '0.94'])).out).toContain(
    'judged for QEMU 2.4 and librbd 0.94',
  );
});

describe('explain', () => {
  const files = {
    'host/etc/ceph/ceph.conf': '[global]\nrbd cache = false\n',
    'host/vm.sh': [
      '#!/bin/sh',
      '# rbdcache: qemu=2.2 librbd=0.87',
      'qemu-system-x86_64 -name a \\',
      '  -drive file=rbd:volumes/v1,if=none,id=d1,format=raw,cache=writeback \\',
      '  -drive file=rbd:volumes/v2:key=CANARY,if=none,id=d2,format=raw,cache=none',
      '',
    ].join('\n'),
  };

  test('a folder: each drive, its answer, who decided', async () => {
    cli.write(files);
    const { exitCode, out } = await cli.run(['explain', 'host']);
    expect(exitCode).toBe(0);
    expect(out).toContain('host/vm.sh:4  d1 (volumes/v1)\n  RBDCache off — QEMU 2.2, librbd 0.87\n');
    expect(out).toMatch(
      /Decided by +rbd cache = false \(host\/etc\/ceph\/ceph\.conf:2\) in \[global\]; it beats cache=writeback/,
    );
    expect(out).toContain('d2 (volumes/v2)');
    expect(out).not.toContain('CANARY');
  });

  test('one line: everything about its drive', async () => {
    cli.write(files);
    const { out } = await cli.run(['explain', 'host/vm.sh:5']);
    expect(await cli.run(['explain', 'host/vm.sh:5:7'])).toMatchObject({ exitCode: 0, out });
    expect(out).not.toContain('d1 (');
    expect(out).toContain('rados_conf_set(key, •••) = 0');
    expect(out).toContain('Search for ceph.conf');
  });

  test('a drive string', async () => {
    cli.write({ 'my.conf': '[client]\nrbd cache = true\n' });
    const drive = 'file=rbd:volumes/v1:id=x,if=none,id=d,format=raw,cache=none';
    const { exitCode, out } = await cli.run([
      'explain',
      '--drive',
      drive,
      '--conf',
      'my.conf',
      '--qemu',
      '2.2',
      '--librbd',
      '0.87',
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain("RBDCache on, write-through until the guest's first flush — QEMU 2.2, librbd 0.87");
    expect(out).toMatch(/Decided by +rbd cache = true \(my\.conf:2\) in \[client\]; it beats cache=none/);
  });

  test.each([
    ['rbd:volumes/v1', 'RBDCache on'],
    ['{"driver":"rbd","node-name":"n","pool":"p","image":"i","cache":{"direct":true}}', 'RBDCache off'],
    ['qemu-system-x86_64 -drive file=rbd:p/i,format=raw,cache=none', 'RBDCache off'],
    ['-drive file=rbd:p/i,format=raw,cache=none', 'RBDCache off'],
    ['file=/var/lib/x.qcow2,format=qcow2', 'another driver'],
    ['file=rbd:p/i,format=raw,cache=bad', 'refuses this drive'],
  ])('the drive %s', async (drive, text) => {
    const { out } = await cli.run(['explain', '--drive', drive, '--qemu', '7.2', '--librbd', '16.2.14']);
    expect(out).toContain(text);
  });

  test('a drive that QEMU refuses to read is opened by no driver', async () => {
    const { out } = await cli.run(['explain', '--drive', '{"driver":"rbd"', '--qemu', '7.2', '--librbd', '16.2']);
    expect(out).toMatch(/^note: QEMU refuses these arguments: .*JSON parse error, .*\n$/);
  });

  test('what .rbdcacherc knows of the process and the cluster counts for a drive string, too', async () => {
    cli.write({
      '.rbdcacherc':
        '[releases]\nqemu = 7.2\nlibrbd = 16.2\n[environment]\nCEPH_ARGS = --rbd-cache-size=4096\n[images]\nvolumes/v1 = v1.txt\n',
      'v1.txt': 'Name                 Value    Source\nrbd_cache_max_dirty  1024     image\n',
    });
    const { out } = await cli.run(['explain', '--drive', 'rbd:volumes/v1', '--format', 'json']);
    expect(out).toContain('"rbd_cache_size": "4096"');
    expect(out).toContain('"dirtyLimit": 1024');
  });

  test('a ceph.conf that no drive reads: by cache mode', async () => {
    cli.write({ 'ceph.conf': '[client]\nrbd cache = true\n' });
    const { out } = await cli.run(['explain', 'ceph.conf', '--qemu', '2.2', '--librbd', '0.87']);
    for (const mode of ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'])
      expect(out).toContain(`cache=${mode}`);
  });

  test('a ceph.conf that no drive reads, with what is known of the process', async () => {
    cli.write({
      'ceph.conf': '[client]\nrbd cache = true\n',
      '.rbdcacherc': '[releases]\nqemu = 7.2\nlibrbd = 16.2\n[environment]\nCEPH_ARGS = --rbd-cache-max-dirty=0\n',
    });
    const { out } = await cli.run(['explain', 'ceph.conf', '--format', 'json']);
    const policies = parsed(out)['drives'];
    expect(policies).toContainEqual(
      expect.objectContaining({
        label: 'cache=writeback',
        outcome: expect.objectContaining({ writePolicy: 'writethrough' }),
      }),
    );
  });

  test('json uses the names of the outcome', async () => {
    cli.write(files);
    const { out } = await cli.run(['explain', 'host', '--format', 'json']);
    expect(parsed(out)['drives']).toEqual([
      expect.objectContaining({
        label: 'd1 (volumes/v1)',
        path: 'host/vm.sh',
        line: 4,
        outcome: expect.objectContaining({ rbdCache: 'off', writePolicy: 'off', safety: 'safe' }),
        winners: expect.objectContaining({
          rbd_cache: { level: 'file', path: '/etc/ceph/ceph.conf', file: 'host/etc/ceph/ceph.conf', line: 2 },
        }),
      }),
      expect.objectContaining({ label: 'd2 (volumes/v2)', line: 5 }),
    ]);
    expect(out).not.toContain('CANARY');
  });

  test.each([
    ['gone.conf', 'gone.conf: there is no such file'],
    ['host', 'host: it is a folder'],
    ['a.keyring', 'a.keyring: keyrings are never read'],
  ])('--conf %s', async (conf, text) => {
    cli.write({ ...files, 'a.keyring': '[client.a]\nkey = CANARY\n' });
    const { exitCode, out } = await cli.run(['explain', '--drive', 'rbd:p/i', '--conf', conf]);
    expect([exitCode, out]).toEqual([2, `${text}\n`]);
  });

  test.each([
    ['gone.sh', 2],
    ['host/vm.sh:99', 0],
  ])('%s', async (target, exitCode) => {
    cli.write(files);
    expect((await cli.run(['explain', target])).exitCode).toBe(exitCode);
  });
});
