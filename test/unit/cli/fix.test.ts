import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceText } from '../../../server/src/cli/write-file.js';
import { parsed, useCli } from './harness.js';

const cli = useCli();
const PAIR = ['--qemu', '7.2', '--librbd', '16.2'];
const read = (name: string): string => readFileSync(join(cli.folder, name), 'utf8');

const INDENTED = '  [client]\nrbd_cache = true\n';
const MENDED = '[client]\nrbd_cache = true\n';

describe('check --fix', () => {
  test('applies the safe fixes, says what it did, and checks what remains', async () => {
    cli.write({ 'ceph.conf': INDENTED, 'fine/ceph.conf': '[client]\nrbd_cache = true\n' });
    const { exitCode, out, err } = await cli.run(['check', '--fix', '--fail-on', 'warning', ...PAIR]);
    expect(read('ceph.conf')).toBe(MENDED);
    expect(read('fine/ceph.conf')).toBe('[client]\nrbd_cache = true\n');
    expect(err).toBe('fixed ceph.conf: 1 × conf-indented-section\napplied 1 fix in 1 file\n');
    expect(out).not.toContain('conf-indented-section');
    expect(exitCode).toBe(0);
  });

  test('what no safe fix mends still counts', async () => {
    cli.write({ 'ceph.conf': `${INDENTED}[client.x]\nrbd_cache_sice = 1\n` });
    const { exitCode, out } = await cli.run(['check', '--fix', '--fail-on', 'warning', ...PAIR]);
    expect(read('ceph.conf')).toBe(`${MENDED}[client.x]\nrbd_cache_sice = 1\n`);
    expect(out).toContain('[conf-unknown-option]');
    expect(exitCode).toBe(1);
  });

  test('the report on standard output stays one document', async () => {
    cli.write({ 'ceph.conf': INDENTED });
    const { out } = await cli.run(['check', '--fix', '--format', 'json', ...PAIR]);
    expect(parsed(out)['findings']).toEqual([]);
  });

  test('mode, line ends and bytes that are no text stay', async () => {
    cli.write({ 'ceph.conf': '' });
    const path = join(cli.folder, 'ceph.conf');
    const before = Buffer.concat([Buffer.from('  [client]\r\nrbd_cache = true\r\n# '), Buffer.of(0xff, 0x0d, 0x0a)]);
    writeFileSync(path, before);
    chmodSync(path, 0o640);
    await cli.run(['check', '--fix', ...PAIR]);
    const after = Buffer.concat([Buffer.from('[client]\r\nrbd_cache = true\r\n# '), Buffer.of(0xff, 0x0d, 0x0a)]);
    expect(readFileSync(path).equals(after)).toBe(true);
    expect(statSync(path).mode & 0o7777).toBe(0o640);
    expect(readdirSync(cli.folder)).toEqual(['ceph.conf']);
  });

  test('files outside of what was given are never touched', async () => {
    cli.write({
      'inside/vm.qemu': 'kvm -drive file=rbd:p/i,format=raw\n',
      'outside/ceph.conf': INDENTED,
      'etc/ceph/ceph.conf': INDENTED,
    });
    symlinkSync('../outside/ceph.conf', join(cli.folder, 'inside/ceph.conf'));
    const { err, out, exitCode } = await cli.run(['check', '--fix', 'inside', ...PAIR]);
    expect(read('outside/ceph.conf')).toBe(INDENTED);
    expect(read('etc/ceph/ceph.conf')).toBe(INDENTED);
    expect(out + err).toContain('not changed: it is a link to');
    expect(exitCode).toBe(2);
  });

  test('a link that was named is followed, and stays one', async () => {
    cli.write({ 'real.conf': INDENTED });
    symlinkSync('real.conf', join(cli.folder, 'ceph.conf'));
    await cli.run(['check', '--fix', 'ceph.conf', ...PAIR]);
    expect(read('real.conf')).toBe(MENDED);
    expect(lstatSync(join(cli.folder, 'ceph.conf')).isSymbolicLink()).toBe(true);
  });

  test('a file with another name is left alone, and that is said', async () => {
    cli.write({ 'a/ceph.conf': INDENTED });
    linkSync(join(cli.folder, 'a/ceph.conf'), join(cli.folder, 'a/other'));
    const { out, exitCode } = await cli.run(['check', '--fix', ...PAIR]);
    expect(read('a/ceph.conf')).toBe(INDENTED);
    expect(out).toContain('a/ceph.conf: not changed: it has 2 hard links');
    expect(out).toMatch(/ — 1 file looked into$/m);
    expect(exitCode).toBe(2);
  });
});

describe('check --fix --dry-run', () => {
  test('shows the difference and writes nothing', async () => {
    cli.write({ 'etc/ceph/ceph.conf': INDENTED });
    const { exitCode, out, err } = await cli.run(['check', '--fix', '--dry-run', '--fail-on', 'warning', ...PAIR]);
    expect(out.split('\n').slice(0, 6)).toEqual([
      '--- a/etc/ceph/ceph.conf',
      '+++ b/etc/ceph/ceph.conf',
      '@@ -1,2 +1,2 @@',
      '-  [client]',
      '+[client]',
      ' rbd_cache = true',
    ]);
    expect(err).toContain('would apply 1 fix in 1 file; nothing was written');
    expect(out).not.toContain('[conf-indented-section]');
    expect(exitCode).toBe(0);
    expect(read('etc/ceph/ceph.conf')).toBe(INDENTED);
  });

  test('a secret beside the change is not shown', async () => {
    cli.write({ 'ceph.conf': '  [client]\nkey = CANARY\nrbd_cache = true\n' });
    const { out, err } = await cli.run(['check', '--fix', '--dry-run', ...PAIR]);
    expect(out).toContain(' key = •••');
    expect(out + err).not.toContain('CANARY');
  });

  test('goes with --fix only', async () => {
    cli.write({ 'ceph.conf': INDENTED });
    const { exitCode, err } = await cli.run(['check', '--dry-run']);
    expect([exitCode, err]).toEqual([2, 'error: --dry-run goes with --fix\n']);
  });
});

describe('replacing a text', () => {
  test.each([
    ['a file that was changed meanwhile', 'ceph.conf', 'it was changed meanwhile'],
    ['a folder', 'folder', 'it is no regular file'],
  ])('%s is left alone', (_, name, why) => {
    cli.write({ 'ceph.conf': 'new\n' });
    mkdirSync(join(cli.folder, 'folder'));
    expect(replaceText(join(cli.folder, name), 'old\n', 'mended\n')).toBe(why);
    expect(read('ceph.conf')).toBe('new\n');
    expect(readdirSync(cli.folder)).toEqual(['ceph.conf', 'folder']);
  });

  test('an error of the system leaves nothing behind', () => {
    cli.write({ 'ceph.conf': 'old\n' });
    writeFileSync(join(cli.folder, `.ceph.conf.${process.pid}.rbdcache`), 'in the way');
    expect(() => replaceText(join(cli.folder, 'ceph.conf'), 'old\n', 'new\n')).toThrow(/EEXIST/);
    expect(read('ceph.conf')).toBe('old\n');
  });
});
