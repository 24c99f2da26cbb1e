/** What the documentation and the helps tell people to type is taken by the program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECK_HELP, DIFF_HELP, EXPLAIN_HELP, PROGRAM_HELP } from '../../../server/src/cli/help.js';
import { ROOT, useCli } from './harness.js';

const cli = useCli();
const CI = readFileSync(join(ROOT, 'docs/CI.md'), 'utf8');
const HOOKS = readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8');

const FILES = {
  'etc/ceph/ceph.conf': '[client]\nrbd cache = true\n',
  'vms/vm.sh': '#!/bin/sh\nqemu-system-x86_64 -drive file=rbd:p/i,if=none,id=d,format=raw,cache=none\n',
  'start-vm.sh': `#!/bin/sh\n${'# \n'.repeat(10)}qemu-system-x86_64 -drive file=rbd:p/i,id=d,if=none,format=raw\n`,
};

/** The words behind `rbdcache`, or behind the program in a clone, of each command in a text. */
function commandsIn(text: string): readonly (readonly string[])[] {
  return [
    ...text.matchAll(/(?:^|[\s:])(?:rbdcache|node \S*rbdcache\/dist\/cli\.js"?) ((?:check|explain|diff)\b[^\n]*)/g),
  ].map(([, words = '']) =>
    [...words.replace(/ {2,}[^-'\s].*$| #.*$| > \S+.*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, word]) => quoted ?? word ?? '',
    ),
  );
}

const COMMANDS = [CI, PROGRAM_HELP, CHECK_HELP, EXPLAIN_HELP, DIFF_HELP].flatMap(commandsIn);
const unique = [...new Map(COMMANDS.map((words) => [words.join(' '), words])).values()];

test('there are some', () => expect(unique.length).toBeGreaterThan(20));

test.each(unique.map((words) => [words.join(' '), words] as const))('rbdcache %s', async (_, words) => {
  cli.write(FILES);
  const here = words.map((word) => (word.startsWith('/etc/') ? word.slice(1) : word));
  const { exitCode, err } = await cli.run(here);
  expect([exitCode, err]).toEqual([
    expect.toSatisfy((code) => code === 0 || code === 1),
    expect.not.stringContaining('error:'),
  ]);
});

describe('the hook of pre-commit', () => {
  const patterns = [...HOOKS.matchAll(/^ {2}files: (.*)$/gm)].map(([, pattern = '']) => new RegExp(pattern));

  test.each([
    ['ceph.conf', true],
    ['hosts/a/etc/ceph/west.conf', true],
    ['lab.ceph.conf', true],
    ['vms/vm1.qemu', true],
    ['vms/vm1.qemu-args', true],
    ['start.sh', true],
    ['nginx.conf', false],
    ['ceph.conf.orig', false],
    ['README.md', false],
  ])('looks at %s: %s', (name, looks) => {
    expect(patterns.map((pattern) => pattern.test(name))).toEqual([looks, looks]);
  });

  test('runs what the program has', async () => {
    cli.write(FILES);
    const entries = [...HOOKS.matchAll(/^ {2}entry: rbdcache (.*)$/gm)].map(([, words = '']) => words.split(' '));
    expect(entries).toHaveLength(2);
    for (const words of entries) expect((await cli.run(words)).exitCode).toBe(0);
  });

  test('the hooks of the recipe are there', () => {
    for (const [, id = ''] of CI.matchAll(/^ +- id: (\S+)$/gm)) expect(HOOKS).toContain(`- id: ${id}\n`);
  });
});
