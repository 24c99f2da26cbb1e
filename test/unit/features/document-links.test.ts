import { describe, expect, test } from 'vitest';
import { namedFiles } from '../../../server/src/features/document-links.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS } from '../../../server/src/workspace/settings.js';
import { COMMAND, CONF, SCRIPT, seen } from './seen.js';

const DRIVE = 'qemu-kvm -drive file=rbd:p/i:id=x,format=raw\n';

/** Marks each file's name, and says which path it is. */
const paths = (documents: Readonly<Record<string, string>>): readonly string[] => {
  const found = seen(documents, ['10.0', '18.2.7']);
  const named = namedFiles(found.analysis, '/');
  expect(named.map(({ span }) => span)).toEqual(found.marked);
  return named.map(({ path }) => path);
};

describe('files that a text names', () => {
  test.each<[about: string, text: string, expected: readonly string[]]>([
    [
      'as they are written',
      '[client]\nkeyring = ⟦/etc/ceph/k⟧\nlog file = "⟦/var/log/c.log⟧" # where\n[mon]\nadmin_socket = ⟦/run/a.asok⟧\n',
      ['/etc/ceph/k', '/var/log/c.log', '/run/a.asok'],
    ],
    ['several keyrings', '[client]\nkeyring = ⟦/a.keyring⟧, ⟦/b.keyring⟧\n', ['/a.keyring', '/b.keyring']],
    [
      'with the variables of the drives that read it',
      '[client]\nlog file = ⟦/var/log/$name.log⟧\n',
      ['/var/log/client.x.log'],
    ],
    ['no variable that nobody knows', '[osd]\nlog file = /var/log/$name.log\n', []],
    ['nothing that is no absolute path', '[client]\nlog file = c.log\nadmin socket =\nmon host = /etc/x\n', []],
  ])('in a ceph.conf: %s', (_about, conf, expected) => {
    expect(paths({ [CONF]: conf, [COMMAND]: DRIVE })).toEqual(expected);
  });

  test.each<[about: string, text: string, expected: readonly string[]]>([
    [
      'in the name of a drive',
      'qemu-kvm -drive file=rbd:p/i:conf=⟦/etc/ceph/west.conf⟧:keyring=⟦/k⟧:log_file=⟦/l⟧,format=raw\n',
      ['/etc/ceph/west.conf', '/k', '/l'],
    ],
    ['in a node', 'qemu-kvm -blockdev driver=rbd,pool=p,image=i,conf=⟦/c.conf⟧,node-name=n\n', ['/c.conf']],
    [
      'a relative name, from where QEMU was started',
      'qemu-kvm -drive file=rbd:p/i:conf=⟦west.conf⟧,format=raw\n',
      ['/west.conf'],
    ],
    [
      'a secret’s file, and more arguments in a file',
      'qemu-kvm -object secret,id=s,file=⟦/etc/k⟧ -object rng-random,filename=/dev/random,id=r -readconfig ⟦/etc/q.cfg⟧\n',
      ['/etc/k', '/etc/q.cfg'],
    ],
    ['no variable of the shell', 'qemu-kvm -drive file=rbd:p/i:conf=$CONF,format=raw -readconfig $DIR/x\n', []],
  ])('in a command: %s', (_about, text, expected) => expect(paths({ [SCRIPT]: text })).toEqual(expected));
});

describe('where a path of the machine can be opened', () => {
  const workspace = new Workspace({
    files: new MemoryFileAccess({
      'file:///w/etc/ceph/ceph.conf': '',
      'file:///w/var/log/c.log': '',
      'file:///etc/ceph/ceph.conf': '',
      'file:///etc/hosts': '',
    }),
    log: () => undefined,
  });
  workspace.setFolders(['file:///w']);

  test.each<[path: string, readHostFiles: boolean, expected: unknown]>([
    ['/etc/ceph/ceph.conf', false, { address: 'file:///w/etc/ceph/ceph.conf', exists: true }],
    ['/etc/ceph/ceph.conf', true, { address: 'file:///w/etc/ceph/ceph.conf', exists: true }],
    ['/etc/../var/./log/c.log', false, { address: 'file:///w/var/log/c.log', exists: true }],
    ['/etc/ceph/west.conf', false, { address: 'file:///w/etc/ceph/west.conf', exists: false }],
    ['/etc/ceph', false, null],
    ['/run/nowhere/x', false, null],
    ['/etc/hosts', false, { address: 'file:///w/etc/hosts', exists: false }],
    ['/etc/hosts', true, { address: 'file:///etc/hosts', exists: true }],
    ['/w/etc/ceph/ceph.conf', false, { address: 'file:///w/etc/ceph/ceph.conf', exists: true }],
  ])('%s, files of this machine allowed: %s', (path, readHostFiles, expected) => {
    workspace.setSettings(null, { ...DEFAULT_SETTINGS, readHostFiles });
    expect(workspace.placeOfPath('file:///w/vm.qemu', path)).toEqual(expected);
  });

  test('a ceph.conf names files of the machine on which it lies', () => {
    const place = workspace.placeOfPath('file:///w/etc/ceph/ceph.conf', '/var/log/c.log');
    expect(place).toEqual({ address: 'file:///w/var/log/c.log', exists: true });
  });
});
