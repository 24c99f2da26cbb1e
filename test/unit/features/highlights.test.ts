import { describe, expect, test } from 'vitest';
import { highlightsAt } from '../../../server/src/features/highlights.js';
import { COMMAND, CONF, SCRIPT, seen } from './seen.js';

const check = (address: string, text: string): void => {
  const found = seen({ [address]: text }, ['10.0', '18.2.7']);
  expect(highlightsAt(found.analysis, found.caret).map(({ span }) => span)).toEqual(found.marked);
};

describe('in a ceph.conf', () => {
  test.each<[about: string, text: string]>([
    [
      'an option under any spelling',
      '[a]\n⟦rbd ca‸che⟧ = 1\n⟦rbd_cache⟧ = 2\nrbd cache size = 3\n[b]\n⟦rbd-cache⟧ = 4\n',
    ],
    ['an option and what refers to it', '[a]\n⟦ho‸st⟧ = x\nlog file = /⟦$host⟧/⟦${host}⟧.log\nhosts = $hosts\n'],
    ['a reference and what it refers to', '[a]\n⟦host⟧ = x\nlog file = /⟦$ho‸st⟧.log\n'],
    ['a variable that no line sets', '[a]\nlog file = /⟦$na‸me⟧.log\nadmin socket = /run/⟦$name⟧.asok\n'],
    ['a section that comes again', '[⟦cli‸ent⟧]\na = 1\n[osd]\n[⟦client⟧]\n'],
    ['a value is nobody’s name', '[a]\nrbd cache = tr‸ue\n'],
    ['a comment is none either', '# rbd ca‸che\n[a]\nrbd cache = 1\n'],
  ])('%s', (_about, text) => check(CONF, text));

  test('setting and using are told apart', () => {
    const { analysis, caret } = seen({ [CONF]: '[a]\nho‸st = x\nlog file = /$host.log\n' });
    expect(highlightsAt(analysis, caret).map(({ kind }) => kind)).toEqual(['write', 'read']);
  });
});

describe('in a command', () => {
  test.each<[about: string, address: string, text: string]>([
    [
      'a drive’s id and its device',
      COMMAND,
      'qemu-kvm -drive file=rbd:p/i,if=none,id=⟦d‸0⟧ -device virtio-blk,drive=⟦d0⟧,id=d0\nqemu-kvm -drive file=rbd:p/i,id=d0\n',
    ],
    [
      'from the device, a local drive too',
      COMMAND,
      'qemu-kvm -drive file=/x.img,if=none,id=⟦d0⟧ -device virtio-blk,drive=⟦d‸0⟧\n',
    ],
    [
      'a node, the node above it, its device',
      SCRIPT,
      `qemu-kvm -blockdev driver=rbd,pool=p,image=i,node-name=⟦low⟧ -blockdev driver=raw,file=⟦lo‸w⟧,node-name=high -device virtio-blk,drive=high\n`,
    ],
    [
      'the same in JSON',
      SCRIPT,
      `qemu-kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"⟦n‸ode⟧"}' -device '{"driver":"virtio-blk","drive":"⟦node⟧"}'\n`,
    ],
    [
      'a secret and what it opens',
      COMMAND,
      'qemu-kvm -object secret,id=⟦s‸ec⟧,file=/k -blockdev driver=rbd,pool=p,image=i,key-secret=⟦sec⟧,node-name=sec\n',
    ],
    [
      'a controller and its bus',
      COMMAND,
      'qemu-kvm -device virtio-scsi,id=⟦scs‸i0⟧ -device scsi-hd,bus=⟦scsi0⟧.0,drive=d\n',
    ],
    [
      'a name that a variable gives, as it is written',
      SCRIPT,
      'qemu-kvm -drive file=rbd:p/i,if=none,id=⟦$D‸ISK⟧ -device virtio-blk,drive=⟦$DISK⟧ -device virtio-blk,drive=$OTHER\n',
    ],
    [
      'a client’s id, in all commands',
      COMMAND,
      'qemu-kvm -drive file=rbd:p/i:id=⟦cin‸der⟧,id=cinder\nqemu-kvm -drive file=rbd:p/j:id=⟦cinder⟧\nqemu-kvm -drive file=rbd:p/k:id=nova\n',
    ],
    [
      'an option of Ceph under any spelling',
      COMMAND,
      'qemu-kvm -drive file=rbd:p/i:⟦rbd_ca‸che⟧=true -drive file=rbd:p/j:⟦rbd-cache⟧=false,format=raw\n',
    ],
    ['an option of QEMU', COMMAND, 'qemu-kvm -drive file=rbd:p/i,⟦ca‸che⟧=none -drive file=/x,⟦cache⟧=none\n'],
    ['nothing for the program', COMMAND, 'qemu-k‸vm -drive file=rbd:p/i\n'],
  ])('%s', (_about, address, text) => check(address, text));
});
