/** The command line as it is shipped, with all that the build does to it, says what its sources say. */
import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, useCli } from '../unit/cli/harness.js';

const cli = useCli();

/** What the program says and its exit code. */
function shipped(args: readonly string[]): Promise<{ exitCode: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, 'dist/cli.js'), ...args],
      { cwd: cli.folder, env: {}, maxBuffer: 2 ** 28 },
      (_error, out, err) => resolve({ exitCode: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end();
  });
}

const FILES = {
  '.rbdcacherc': '[releases]\nqemu = 4.2\nlibrbd = 14.2\n[files]\nroot = .\n[severity]\ncache-unsafe = error\n',
  'etc/ceph/ceph.conf':
    '[global]\nmon host = 192.0.2.1\nrbd cache = treu\n[client]\nrbd_cache_size = 1G\n# rbdcache-disable-next-line\nrbd cache = true\n  [client.a]\nkey = x',
  'vm.sh': [
    'qemu-system-x86_64 -drive file=rbd:rbd/a:id=a:conf=/etc/ceph/ceph.conf,if=virtio,cache=unsafe \\',
    '  -drive \'file=json:{"driver":"rbd","pool":"p","image":"i","cache":{"direct":true}}\' -drive file=rbd:p/i,format=nbd',
    'kvm -blockdev driver=rbd,node-name=a,pool=p,image=i -device virtio-blk,drive=a,write-cache=off -hda rbd:x/y@z',
    '',
  ].join('\n'),
};

test.each([
  ...['human', 'json', 'sarif', 'github'].map((format) => `check . --format ${format}`),
  'check . --qemu 10.0 --librbd 19.2 --format json',
  'check nothing-there --fail-on warning',
  ...['human', 'json'].flatMap((format) => [
    `explain . --format ${format}`,
    `explain --drive file=rbd:p/i:rbd_cache=true,cache=none --conf etc/ceph/ceph.conf --format ${format}`,
    `diff . --from 2.2/0.87 --to 10.0/19.2 --format ${format}`,
  ]),
  'fix . --diff',
  '--help',
])('rbdcache %s', async (line) => {
  cli.write(FILES);
  cpSync(join(ROOT, 'samples'), join(cli.folder, 'samples'), { recursive: true });
  const args = line.split(' ');
  const said = await shipped(args);
  expect(said).toEqual(await cli.run(args));
  expect(said.out + said.err).not.toBe('');
});
