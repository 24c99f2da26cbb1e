import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Batches, type BatchOptions } from '../../../server/src/cli/batches.js';
import { collectInputs } from '../../../server/src/cli/input-files.js';
import { useCli } from './harness.js';

const cli = useCli();

/** Every finding, as file, rule, place and words. */
function found(words: readonly string[], options: Partial<BatchOptions> = {}) {
  const batches = new Batches(collectInputs(words, cli.folder), {
    cwd: cli.folder,
    releases: { qemu: '2.2', librbd: '0.87' },
    readHostFiles: false,
    ...options,
  });
  const findings: string[] = [];
  const order: number[] = [];
  for (const { analysis, file, done } of batches.analyses()) {
    order.push(done);
    const name = file.path.slice(cli.folder.length + 1);
    if (analysis.kind === 'skipped') continue;
    for (const { rule, span, message, related } of analysis.findings) {
      findings.push(JSON.stringify([name, rule, span, message, related]));
    }
  }
  return { findings, order, notes: batches.notes, problems: batches.problems };
}

const drive = (image: string, mode: string, more = ''): string =>
  `kvm -drive file=rbd:p/${image}${more},if=none,id=${image},cache=${mode}\n`;

/** Three machines, a ceph.conf that another machine's drive names, and one that nobody reads. */
function writeHosts(): void {
  const files: Record<string, string> = { 'ceph.conf': '[client]\nrbd-cache = true\n', 'z/last.sh': '#!/bin/sh\n' };
  for (const [host, cache] of [
    ['a', 'true'],
    ['b', 'false'],
    ['c', 'true'],
  ] as const) {
    files[`${host}/etc/ceph/ceph.conf`] = `[global]\nrbd cache = ${cache}\nadmin socket = /var/run/$name.asok\n`;
    for (let at = 0; at < 7; at += 1) {
      files[`${host}/vm${at}.qemu`] = drive(`${host}${at}`, at % 2 === 0 ? 'none' : 'writeback');
    }
  }
  files['c/vm3.qemu'] = drive('far', 'none', `:conf=${cli.folder}/a/etc/ceph/ceph.conf`);
  cli.write(files);
}

test.each([1, 2, 3, 5, 8, 13, 100])('batches of %i files find what all at once find', (batchSize) => {
  writeHosts();
  const whole = found(['.'], { batchSize: 1_000 });
  expect(whole.findings.length).toBeGreaterThan(20);
  const parts = found(['.'], { batchSize });
  expect(parts.findings).toEqual(whole.findings);
  expect(parts.order).toEqual(parts.order.toSorted((a, b) => a - b));
});

test('a ceph.conf of another name, and one behind a link, are read by the drives of every batch', () => {
  cli.write({
    'outside/real.conf': '[client]\nrbd cache = true\n',
    'w/own.cfg': '[client]\nrbd cache = false\n',
    'w/a.qemu': drive('a', 'none'),
    'w/b.qemu': drive('b', 'none', `:conf=${cli.folder}/w/own.cfg`),
    'w/c.qemu': drive('c', 'writeback', `:conf=${cli.folder}/w/own.cfg`),
  });
  symlinkSync('../outside/real.conf', join(cli.folder, 'w/ceph.conf'));
  const words = ['w/ceph.conf', 'w/own.cfg', 'w/a.qemu', 'w/b.qemu', 'w/c.qemu'];
  const whole = found(words, { cwd: join(cli.folder, 'w') });
  expect(whole.findings.some((finding) => finding.startsWith('["w/own.cfg","cache-overrides-drive"'))).toBe(true);
  expect(found(words, { cwd: join(cli.folder, 'w'), batchSize: 1 }).findings).toEqual(whole.findings);
});

test('of many drives alike a ceph.conf is judged with some, and of each kind with one; that is said', () => {
  const files: Record<string, string> = { 'etc/ceph/ceph.conf': '[client.rare]\nrbd cache = true\n' };
  for (let at = 0; at < 40; at += 1) files[`vm${at}.qemu`] = drive(`v${at}`, 'none');
  cli.write(files);
  const unused = (batchSize: number) =>
    found(['.'], { batchSize, mostReaders: 3 }).findings.filter((finding) => finding.includes('conf-section-unused'));
  expect(unused(10)).toHaveLength(1);
  cli.write({ 'vm9.qemu': drive('v9', 'none', ':id=rare') });
  expect(unused(10)).toEqual([]);
  expect(found(['.'], { batchSize: 10, mostReaders: 3 }).notes).toEqual([
    'etc/ceph/ceph.conf is read by the drives of 40 files; it was judged with 4 of them, among them one of each kind of drive',
  ]);
});

test('what cannot be read is named once', () => {
  writeHosts();
  cli.write({ 'x.txt': 'hello' });
  const { problems } = found(['.', 'x.txt', 'gone.qemu'], { batchSize: 2 });
  expect(problems.map(({ path, message }) => [path.replace(`${cli.folder}/`, ''), message])).toEqual([
    ['gone.qemu', 'there is no such file'],
    ['x.txt', 'neither a ceph.conf nor a file with a QEMU command line; skipped'],
  ]);
});
