import { expect, test } from 'vitest';
import { useCli } from './harness.js';

const cli = useCli();
const PAIR = ['--qemu', '7.2', '--librbd', '16.2'];

test('each finding is an annotation at its place, escaped', async () => {
  cli.write({ 'a,b%:c/ceph.conf': '[client]\nrbd-cache-size = 1\nx\n' });
  const { out } = await cli.run(['check', '--format', 'github', ...PAIR]);
  expect(out).toMatch(
    /^::warning file=a%2Cb%25%3Ac\/ceph\.conf,line=2,endLine=2,col=1,endColumn=15,title=conf-dash-in-key::/m,
  );
  expect(out.split('\n').filter((line) => line !== '' && !line.startsWith('::'))).toEqual([]);
  expect(out).toContain('%0Afix: ');
});

test('what GitHub would drop stands in the log', async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `[client.c${at}]\nrbd-cache-size = 1\n`);
  cli.write({ 'ceph.conf': lines.join('') });
  const { out } = await cli.run(['check', '--format', 'github', ...PAIR]);
  expect(out.match(/^::warning /gm)).toHaveLength(10);
  expect(out.match(/^- ceph\.conf:\d+:1: warning .*\[conf-dash-in-key\]$/gm)).toHaveLength(20);
  expect(out).toContain('more findings stand in this log only.');
});

test('nothing in a file starts a command of its own', async () => {
  const drives = Array.from({ length: 14 }, (_, at) => `kvm -drive file=rbd:p/i${at},format=raw,cache=bad\n`);
  cli.write({ '::error::##[x].qemu': drives.join('') });
  const { out } = await cli.run(['check', '--format', 'github', ...PAIR]);
  expect(out).not.toContain('##[');
  for (const line of out.trimEnd().split('\n')) expect(line).toMatch(/^(::(error|warning|notice) file=|- |\d+ more)/);
});
