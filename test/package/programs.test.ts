/** The command line as it is shipped, with all that the build does to it, says what its sources say. */
import { execFile, spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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

const CONF = [
  '[global]',
  'mon host = 192.0.2.1',
  'rbd cache = treu',
  '[client]',
  'rbd_cache_size = 1G',
  '# rbdcache-disable-next-line',
  'rbd cache = true',
  '  [client.a]',
  'key = x',
].join('\n');

const FILES = {
  '.rbdcacherc': '[releases]\nqemu = 4.2\nlibrbd = 14.2\n[files]\nroot = .\n[severity]\ncache-unsafe = error\n',
  'etc/ceph/ceph.conf': CONF,
  'vm.sh': [
    'qemu-system-x86_64 -drive file=rbd:rbd/a:id=a:conf=/etc/ceph/ceph.conf,if=virtio,cache=unsafe \\',
    '  -drive \'file=json:{"driver":"rbd","pool":"p","image":"i","cache":{"direct":true}}\' -drive file=rbd:p/i,format=nbd',
    'kvm -blockdev driver=rbd,node-name=a,pool=p,image=i -device virtio-blk,drive=a,write-cache=off -hda rbd:x/y@z',
    '',
  ].join('\n'),
  'start-vms': '#!/bin/sh\nkvm -drive file=rbd:p/i,cache=writeback\n',
  'cases.jsonl': `${JSON.stringify({
    id: '1',
    qemu: '7.2',
    librbd: '16.2',
    args: [
      '-drive',
      'file=rbd:p/i:rbd_cache_size=1,if=none,format=raw,cache=none',
      '-hda',
      'a',
      '-drive',
      'nonsense=1',
    ],
    files: { '/etc/ceph/ceph.conf': CONF, '/root/.ceph/a.conf': { b64: 'W2NsaWVudF0K' } },
    env: { CEPH_ARGS: '--rbd-cache=false' },
    cwd: '/srv',
    home: '/root',
    pid: 1,
    host: 'compute1',
    vendor: 'proxmox',
  })}\nno case\n`,
};

function writeFiles(): void {
  rmSync(cli.folder, { recursive: true, force: true });
  cli.write(FILES);
  cpSync(join(ROOT, 'samples'), join(cli.folder, 'samples'), { recursive: true });
}

/** All files by name, as a command leaves them. */
function filesThere(): Readonly<Record<string, string>> {
  const names = readdirSync(cli.folder, { recursive: true, encoding: 'utf8' }).sort();
  const paths = names.filter((name) => statSync(join(cli.folder, name)).isFile());
  return Object.fromEntries(paths.map((name) => [name, readFileSync(join(cli.folder, name), 'utf8')]));
}

const COMMANDS = ['check', 'explain', 'diff'];
const LINES = [
  '--version',
  '--help',
  ...COMMANDS.map((command) => `${command} --help`),
  ...['human', 'json', 'sarif', 'github'].map((format) => `check . --format ${format}`),
  'check . --qemu 10.0 --librbd 19.2 --vendor proxmox --format json',
  'check . --color always --read-host-files',
  'check . --fail-on warning --quiet',
  'check . --fail-on none',
  'check nothing-there --fail-on warning',
  'check . --fix --dry-run',
  'check . --fix --dry-run --format json',
  'check . --fix',
  'check . --dry-run',
  ...['human', 'json'].flatMap((format) => [
    `explain . --format ${format}`,
    `explain vm.sh:2 --format ${format}`,
    `explain etc/ceph/ceph.conf --format ${format}`,
    `explain --drive file=rbd:p/i:rbd_cache=true,cache=none --conf etc/ceph/ceph.conf --format ${format}`,
    `diff . --from 2.2/0.87 --to 10.0/19.2 --format ${format}`,
  ]),
  'explain --cases cases.jsonl',
  'diff . --to 10.0/19.2 --fail-on-change',
];

test.each(LINES)('rbdcache %s', async (line) => {
  const args = line.split(' ');
  writeFiles();
  const said = await shipped(args);
  const left = filesThere();
  writeFiles();
  expect(said).toEqual(await cli.run(args));
  expect(left).toEqual(filesThere());
  expect(said.out + said.err).not.toBe('');
});

/** Runs with outputs that cannot be written to: `full` is a disk without space, `left` a reader that has gone. */
function unheard(args: readonly string[], stdout: 'full' | 'left' | 'ignore', stderr: 'left' | 'pipe') {
  const full = openSync('/dev/full', 'w');
  const stdio = [stdout === 'full' ? full : stdout === 'left' ? 'pipe' : stdout, 'pipe'] as const;
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], {
    cwd: cli.folder,
    stdio: ['ignore', ...stdio],
  });
  closeSync(full);
  if (stdout === 'left') child.stdout?.destroy();
  if (stderr === 'left') child.stderr?.destroy();
  let err = '';
  child.stderr?.on('data', (piece: Buffer) => {
    err += piece.toString();
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, err })));
}

test.runIf(existsSync('/dev/full')).each([
  [
    'a report that cannot be written is no finding',
    'check .',
    'full',
    'pipe',
    2,
    'standard output: no space is left\n',
  ],
  ['a reader that has gone ends the run', 'check .', 'left', 'pipe', 0, ''],
  ['a complaint that nobody hears is one', 'check --nonsense', 'ignore', 'left', 2, ''],
] as const)('%s', async (_, line, stdout, stderr, exitCode, err) => {
  writeFiles();
  expect(await unheard(line.split(' '), stdout, stderr)).toEqual({ exitCode, err });
});

test.each(COMMANDS)('each option of rbdcache %s is among those', async (command) => {
  const { out } = await cli.run([command, '--help']);
  const options = [...out.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].flatMap(([, option]) => option ?? []);
  expect(options.length).toBeGreaterThan(5);
  const tried = new Set(LINES.flatMap((line) => line.split(' ')));
  expect(options.filter((option) => !tried.has(option))).toEqual([]);
});
