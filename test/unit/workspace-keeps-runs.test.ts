import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';

const CONF = 'file:///w/etc/ceph/ceph.conf';
const VM = 'file:///w/vm.qemu';
const TEXT = '[client]\nrbd cache = true\n[client.other]\nrbd cache = false\n[client.me]\nrbd cache size = 1\n';

function open(conf: string, user: string, onDisk: Readonly<Record<string, string>> = {}): Workspace {
  const workspace = new Workspace({ files: new MemoryFileAccess(onDisk), log: () => undefined });
  workspace.setFolders(['file:///w']);
  while (!workspace.scanStep(10));
  workspace.setDocument(CONF, 'ceph-conf', conf);
  workspace.setDocument(VM, 'qemu-cmdline', `qemu-kvm -drive file=rbd:p/i:id=${user},format=raw\n`);
  return workspace;
}

function drive(workspace: Workspace) {
  const [found] = workspace.drives();
  if (found === undefined) throw new Error('no drive');
  return found.trace;
}

describe('a drive is simulated again only where what it reads changed', () => {
  test.each([
    { edit: 'a section of another client', user: 'nobody', from: 'cache = false', to: 'cache = true', again: false },
    {
      edit: 'the length of another section',
      user: 'nobody',
      from: '[client.other]\n',
      to: '[client.other]\n\n',
      again: false,
    },
    { edit: 'its own section', user: 'other', from: 'cache = false', to: 'cache = true', again: true },
    { edit: 'a section that all clients read', user: 'nobody', from: 'cache = true', to: 'cache = false', again: true },
    { edit: 'what stands before its section', user: 'me', from: 'cache = false', to: 'cache = true', again: true },
    { edit: 'a section given its name', user: 'nobody', from: 'client.other', to: 'client.nobody', again: true },
    { edit: 'a line that voids the file', user: 'nobody', from: 'cache = false', to: 'cache', again: true },
  ])('$edit: $again', ({ user, from, to, again }) => {
    const workspace = open(TEXT, user);
    workspace.analyse(VM);
    workspace.analyse(CONF);
    // Each way of reading the file has been looked at once.
    workspace.setDocument(CONF, 'ceph-conf', `${TEXT}#`);
    drive(workspace);
    workspace.setDocument(CONF, 'ceph-conf', TEXT);
    const before = drive(workspace);
    const text = TEXT.replace(from, to);
    workspace.setDocument(CONF, 'ceph-conf', text);
    const now = drive(workspace);
    expect(now.config !== before.config).toBe(again);
    expect(now.reads.at(-1)?.taken?.file.text).toBe(text);
  });
});

test('a fix comes and goes with a file that only it reads', () => {
  const workspace = open('[mon]\n', 'nobody', { 'file:///w/etc/ceph/rbdmap': '' });
  workspace.setDocument(VM, 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i:conf=/etc/ceph/gone.conf,format=raw\n');
  const titles = (): readonly string[] => {
    const analysis = workspace.analyse(VM);
    if (analysis?.kind !== 'command') throw new Error('no commands');
    return analysis.findings.flatMap(({ rule, fixes }) =>
      rule === 'drive-conf-missing' ? fixes.map(({ title }) => title) : [],
    );
  };
  expect(titles()).toEqual(['Name /etc/ceph/ceph.conf', 'Leave conf= out']);
  workspace.closeDocument(CONF);
  expect(titles()).toEqual(['Leave conf= out']);
  workspace.setDocument(CONF, 'ceph-conf', '[mon]\n');
  expect(titles()).toEqual(['Name /etc/ceph/ceph.conf', 'Leave conf= out']);
});
