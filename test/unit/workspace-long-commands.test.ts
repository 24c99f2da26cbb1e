import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';

const SCRIPT = 'file:///w/start.sh';

function open(command: string) {
  const workspace = new Workspace({ files: new MemoryFileAccess({}), log: () => undefined });
  workspace.setFolders(['file:///w']);
  while (!workspace.scanStep(10));
  workspace.setDocument(SCRIPT, 'shellscript', `${command}\n`);
  const analysis = workspace.analyse(SCRIPT);
  if (analysis?.kind !== 'command') throw new Error('no commands');
  return analysis;
}

function drives(count: number, each: (index: number) => string): string {
  return `qemu-kvm ${Array.from({ length: count }, (_, index) => each(index)).join(' ')}`;
}

const disk = (index: number): string => `-drive file=rbd:p/i${index},if=none,id=d${index},format=raw`;

describe('of a command that is longer than any that people run, the first part is looked at', () => {
  test.each([
    { name: 'a thousand drives with a device each', text: drives(1_000, (i) => `${disk(i)} -device x,drive=d${i}`) },
    { name: 'a thousand drives among others', text: drives(1_000, (i) => `${disk(i)} -drive file=/x,if=none`) },
  ])('$name: all', ({ text }) => {
    const { notices, commands } = open(text);
    expect(notices).toEqual([]);
    expect(commands.map(({ trace }) => trace.drives.length)).toEqual([1_000]);
  });

  test.each([
    { name: 'more drives', text: drives(2_200, disk), looked: 4_000, of: 4_400, found: 2_000 },
    {
      name: 'more arguments',
      text: drives(5, (i) => `${disk(i)}${' -S'.repeat(998)}`),
      looked: 4_000,
      of: 5_000,
      found: 4,
    },
  ])('$name: $looked arguments of $of', ({ text, looked, of, found }) => {
    const { notices, commands } = open(text);
    expect(notices.map(({ message }) => message)).toEqual([
      `This command has ${of} arguments; only the first ${looked} are looked at.`,
    ]);
    expect(commands.map(({ trace }) => trace.drives.length)).toEqual([found]);
  });
});

describe('what QEMU refuses, while nobody said which releases are in force', () => {
  const refused = (index: number): string => `${disk(index)},no-such-option=1`;

  test.each([
    { name: 'is an error where other releases refuse it, too', count: 2, severity: 'error' },
    { name: 'is a warning where there are too many drives to look at other releases', count: 201, severity: 'warning' },
  ])('$name', ({ count, severity }) => {
    const said = open(drives(count, refused)).findings.filter(
      ({ severity: own }) => own === 'error' || own === 'warning',
    );
    expect(said.length).toBeGreaterThan(0);
    expect([...new Set(said.map((finding) => finding.severity))]).toEqual([severity]);
  });
});
