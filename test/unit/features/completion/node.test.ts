/** Completion in `-blockdev`, `-device` and `-object`: dotted keys and JSON. */
import { describe, test } from 'vitest';
import { type Case, checkCase } from './harness.js';

const NEW = '7.2 17.2';
const ERAS = ['0.15 0.61', '1.2 0.67', '2.2 0.87', '2.4 0.94', '2.9 10.2', '5.2 14.2', NEW, '10.2 20.2'];

const cases: Readonly<Record<string, readonly Case[]>> = {
  '-blockdev with dotted keys': [
    { kind: 'args', pairs: [NEW], text: 'qemu-kvm -blockdev ‸', take: 'driver', gives: 'qemu-kvm -blockdev driver=‸' },
    {
      kind: 'args',
      pairs: ['2.9 10.2', NEW],
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,po‸',
      take: 'pool',
      gives: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=‸',
    },
    {
      kind: 'script',
      pairs: ['2.9 10.2', NEW],
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,cache.‸,discard=unmap',
      take: 'cache.direct',
      gives: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,cache.direct=‸,discard=unmap',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -blockdev driver=raw,node-name=n,file.driver=rbd,file.im‸',
      take: 'file.image',
      gives: 'qemu-kvm -blockdev driver=raw,node-name=n,file.driver=rbd,file.image=‸',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,server.0.host=h,‸',
      take: 'server.0.port',
      gives: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,server.0.host=h,server.0.port=‸',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,cache.direct=‸',
      take: 'on',
      gives: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=p,image=i,cache.direct=on‸',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -object secret,id=key0,file=/k -blockdev driver=rbd,node-name=n,pool=p,image=i,key-secret=‸',
      take: 'key0',
      gives: 'qemu-kvm -object secret,id=key0,file=/k -blockdev driver=rbd,node-name=n,pool=p,image=i,key-secret=key0‸',
    },
  ],
  '-blockdev as JSON': [
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd","‸"}'`,
      take: 'pool',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","pool":‸}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd",‸}'`,
      take: 'image',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","image":‸}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd","ca‸":{"direct":true}}'`,
      take: 'cache',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","cache"‸:{"direct":true}}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd","cache":{‸}}'`,
      take: 'no-flush',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","cache":{"no-flush":‸}}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd","cache":{"direct":‸}}'`,
      take: 'true',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","cache":{"direct":true‸}}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"‸","node-name":"n"}'`,
      take: 'rbd',
      gives: `qemu-kvm -blockdev '{"driver":"rbd"‸,"node-name":"n"}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: 'qemu-kvm -blockdev "{\\"driver\\":\\"rbd\\",\\"dis‸\\"}"',
      take: 'discard',
      gives: 'qemu-kvm -blockdev "{\\"driver\\":\\"rbd\\",\\"discard\\":‸}"',
    },
    {
      kind: 'args',
      pairs: [NEW],
      text: 'qemu-kvm -blockdev {"driver":"rbd","discard":‸}',
      take: 'unmap',
      gives: 'qemu-kvm -blockdev {"driver":"rbd","discard":"unmap"‸}',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"raw","node-name":"n","file":{"driver":"rbd","‸"}}'`,
      take: 'pool',
      gives: `qemu-kvm -blockdev '{"driver":"raw","node-name":"n","file":{"driver":"rbd","pool":‸}}'`,
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -blockdev '{"driver":"rbd","server":[{"host":"h","‸"}]}'`,
      take: 'port',
      gives: `qemu-kvm -blockdev '{"driver":"rbd","server":[{"host":"h","port":‸}]}'`,
    },
    {
      kind: 'script',
      pairs: ['3.0 12.2', NEW],
      text: `qemu-kvm -drive 'file=json:{"driver":"rbd",,"‸"},format=raw'`,
      take: 'pool',
      gives: `qemu-kvm -drive 'file=json:{"driver":"rbd",,"pool":‸},format=raw'`,
    },
  ],
  '-device and -object': [
    {
      kind: 'args',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device ‸',
      take: 'virtio-blk-pci',
      gives: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci‸',
    },
    {
      kind: 'args',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,dr‸',
      take: 'drive',
      gives: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,drive=‸',
    },
    {
      kind: 'args',
      pairs: ERAS,
      text: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,drive=‸',
      take: 'd0',
      gives: 'qemu-kvm -drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,drive=d0‸',
    },
    {
      kind: 'args',
      pairs: [NEW],
      text: 'qemu-kvm -device scsi-hd,write-cache=‸',
      take: 'off',
      gives: 'qemu-kvm -device scsi-hd,write-cache=off‸',
    },
    {
      kind: 'script',
      pairs: [NEW],
      text: `qemu-kvm -device '{"driver":"virtio-blk-pci","‸"}'`,
      take: 'write-cache',
      gives: `qemu-kvm -device '{"driver":"virtio-blk-pci","write-cache":‸}'`,
    },
    { kind: 'args', pairs: [NEW], text: 'qemu-kvm -object s‸', take: 'secret', gives: 'qemu-kvm -object secret‸' },
    {
      kind: 'args',
      pairs: [NEW],
      text: 'qemu-kvm -object secret,id=k,file=/k,format=‸',
      take: 'base64',
      gives: 'qemu-kvm -object secret,id=k,file=/k,format=base64‸',
    },
  ],
};

describe.each(Object.entries(cases))('%s', (_what, list) => {
  test.each(list.map((each) => [`${each.kind}: ${each.text} + ${each.take}`, each] as const))('%s', (_name, each) =>
    checkCase(each),
  );
});
