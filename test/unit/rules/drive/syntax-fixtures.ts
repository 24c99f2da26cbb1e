/** Drive strings as this QEMU reads them: what is found, by rule. What QEMU refuses, where no other rule says more. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const SYNTAX_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-syntax': [
    {
      about: 'a node of a snapshot that says in JSON that it is written to',
      pairs: ['4.2 14.2', NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","snapshot":⟦"s"⟧,"node-name":"n","read-only":false}\'',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Set "read-only": true':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","snapshot":"s","node-name":"n","read-only":true}\'',
          },
        },
      ],
    },
    {
      about: 'a cache mode where a node wants switches',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,cache=⟦none⟧ -blockdev \'{"driver":"rbd","pool":"p","image":"j","node-name":"m","cache":⟦"unsafe"⟧}\'',
      finds: [
        {
          severity: 'error',
          says: ['A node has no cache modes'],
          fixes: {
            'Write cache.direct=on':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,cache.direct=on -blockdev \'{"driver":"rbd","pool":"p","image":"j","node-name":"m","cache":"unsafe"}\'',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Write "cache": {"no-flush": true}':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,cache=none -blockdev \'{"driver":"rbd","pool":"p","image":"j","node-name":"m","cache":{"no-flush":true}}\'',
          },
        },
      ],
    },
    {
      about: 'a node-name that is none, or too long',
      pairs: ['7.2 16.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,node-name=⟦0a⟧ -blockdev \'{"driver":"rbd","pool":"p","image":"j","node-name":⟦"volume-4ef1a0c2-77aa-4c5e-9d6e-00000001"⟧}\'',
      finds: [
        { severity: 'error', says: ["Invalid node-name: '0a'"] },
        { severity: 'error', says: ['Node name too long'] },
      ],
    },
    {
      about: 'one name for two nodes, for a node and a drive, and for a node above another',
      pairs: ['7.2 16.2'],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n -blockdev driver=rbd,pool=p,image=j,node-name=⟦n⟧ -drive file=rbd:p/k,format=raw,if=none,id=⟦n⟧ -blockdev driver=raw,file=n,node-name=⟦0a⟧',
      finds: [
        { severity: 'error', says: ["Duplicate nodes with node-name='n'"] },
        { severity: 'error', says: ["Device name 'n' conflicts with an existing node name"] },
        { severity: 'error', says: ["Invalid node-name: '0a'"] },
      ],
    },
    {
      about: 'a node without its name, and one id for two drives',
      pairs: [NEW],
      text: 'kvm -blockdev ⟦driver=rbd,pool=p,image=i⟧ -drive file=rbd:p/i,format=raw,if=none,id=d -drive file=rbd:p/j,format=raw,if=none,id=⟦d⟧',
      finds: [
        { severity: 'error', says: ['`drive=`'] },
        { severity: 'error', says: ['an id of its own'] },
      ],
    },
    {
      about: 'nothing but the prefix',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=⟦rbd:⟧,format=raw',
      finds: [{ severity: 'error', says: ['Pool name is required'] }],
    },
    {
      about: 'a flag without its argument beside an rbd disk',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=virtio ⟦-drive⟧',
      finds: [{ severity: 'error', says: ['`-drive` needs an argument', 'no disk of it starts'] }],
    },
    {
      about: 'a flag that one has just typed, the flag of an excerpt, one whose argument is a variable',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -m 1G -drive\nkvm -drive file=rbd:p/i,format=raw,if=virtio -drive "$disk"',
      finds: [],
    },
    {
      about: 'the last flag of an excerpt',
      pairs: [NEW],
      text: '-drive file=rbd:p/i,format=raw,if=virtio -drive',
      finds: [],
    },
    {
      about: 'a drive that the machine takes up, and a device too',
      pairs: ['5.2 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦if=virtio⟧,id=d -device virtio-blk-pci,drive=d -drive file=rbd:p/j,format=raw,id=⟦e⟧ -device scsi-hd,drive=e',
      finds: [
        {
          severity: 'error',
          says: ["Drive 'd' is already in use because", 'With `if=none` the -device alone takes it up.'],
          fixes: {
            'Set if=none':
              'kvm -drive file=rbd:p/i,format=raw,if=none,id=d -device virtio-blk-pci,drive=d -drive file=rbd:p/j,format=raw,id=e -device scsi-hd,drive=e',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Set if=none':
              'kvm -drive file=rbd:p/i,format=raw,if=virtio,id=d -device virtio-blk-pci,drive=d -drive file=rbd:p/j,format=raw,id=e,if=none -device scsi-hd,drive=e',
          },
        },
      ],
    },
    {
      about: 'a drive that a device alone takes up',
      pairs: ['5.2 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=none,id=d -device virtio-blk-pci,drive=d',
      finds: [],
    },
    {
      about: 'a drive of a machine whose places are not known',
      pairs: ['5.2 14.2', NEW],
      text: 'kvm -M virt -drive file=rbd:p/i,format=raw,id=d -device virtio-blk-device,drive=d',
      finds: [],
    },
    {
      about: 'a snapshot that something writes to',
      pairs: ['4.2 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i@⟦s⟧,format=raw,if=virtio -drive file=rbd:p/i@⟦s⟧,format=raw,if=none,id=d,readonly=off -device virtio-blk-pci,drive=d',
      finds: [
        {
          severity: 'error',
          says: ['`readonly=on`'],
          fixes: {
            'Set readonly=on':
              'kvm -drive file=rbd:p/i@s,format=raw,if=virtio,readonly=on -drive file=rbd:p/i@s,format=raw,if=none,id=d,readonly=off -device virtio-blk-pci,drive=d',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Set readonly=on':
              'kvm -drive file=rbd:p/i@s,format=raw,if=virtio -drive file=rbd:p/i@s,format=raw,if=none,id=d,readonly=on -device virtio-blk-pci,drive=d',
          },
        },
      ],
    },
    {
      about: 'a node of a snapshot, in JSON and in words',
      pairs: ['4.2 14.2', NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","snapshot":⟦"s"⟧,"node-name":"n"}\' -blockdev driver=rbd,pool=p,image=j,snapshot=⟦s⟧,node-name=m,read-only=off',
      finds: [
        {
          severity: 'error',
          says: ['rbd snapshots are read-only'],
          fixes: {
            'Set "read-only": true':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","snapshot":"s","read-only":true,"node-name":"n"}\' -blockdev driver=rbd,pool=p,image=j,snapshot=s,node-name=m,read-only=off',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Set read-only=on':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","snapshot":"s","node-name":"n"}\' -blockdev driver=rbd,pool=p,image=j,snapshot=s,node-name=m,read-only=on',
          },
        },
      ],
    },
    {
      about: 'an address for a device that the drive does not make',
      pairs: ['2.2 0.87', '2.12 12.2'],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d,format=raw,⟦addr=0x4⟧ -device virtio-blk-pci,drive=d',
      finds: [
        {
          severity: 'error',
          says: ['belongs to the device'],
          fixes: {
            'Move addr= to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device virtio-blk-pci,drive=d,addr=0x4',
          },
        },
      ],
    },
    {
      about: 'a json: name that describes the whole node',
      pairs: [NEW],
      text: 'kvm -drive \'⟦file=json:{"driver":"rbd",,"pool":"p",,"image":"i"},format=raw,if=virtio⟧\'',
      finds: [
        {
          severity: 'error',
          says: ['leave `format=` out'],
          fixes: {
            'Delete format=': 'kvm -drive \'file=json:{"driver":"rbd",,"pool":"p",,"image":"i"},if=virtio\'',
          },
        },
      ],
    },
    {
      about: 'single commas in a json: name',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive \'file=⟦json:{"driver":"rbd"⟧,"pool":"p","image":"i"},if=virtio\'',
      finds: [
        {
          severity: 'error',
          says: ['written twice'],
          fixes: {
            'Write ,, for the commas': 'kvm -drive \'file=json:{"driver":"rbd",,"pool":"p",,"image":"i"},if=virtio\'',
          },
        },
      ],
    },
    {
      about: 'a secret in JSON before it was understood: one cause, one finding',
      pairs: ['5.2 16.2'],
      text: 'kvm -object \'⟦{"qom-type":"secret","id":"s","file":"/k","format":"base64"}⟧\' -drive file=rbd:p/i,format=raw,file.key-secret=s',
      finds: [{ severity: 'error', says: ['QEMU 6.0'] }],
    },
    {
      about: 'a bad cache mode',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=⟦writback⟧',
      finds: [
        {
          severity: 'error',
          says: ['invalid cache option', '`writethrough`'],
          fixes: { 'Write cache=writeback': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'cache= twice',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦cache=none⟧,format=raw,cache=writeback',
      finds: [
        {
          severity: 'error',
          says: ['after it has opened the image', 'Say `cache=` once'],
          fixes: { 'Delete the earlier copy': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'a bad boolean',
      pairs: ['4.2 14.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,readonly=⟦yes⟧',
      finds: [
        {
          severity: 'error',
          says: ["expects 'on' or 'off'"],
          fixes: { 'Write on': 'kvm -drive file=rbd:p/i,format=raw,readonly=on' },
        },
      ],
    },
    {
      about: 'a text where JSON wants a boolean',
      pairs: [NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","read-only":⟦"on"⟧}\'',
      finds: [
        {
          severity: 'error',
          says: ['expected: boolean'],
          fixes: {
            'Write true': 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","read-only":true}\'',
          },
        },
      ],
    },
    {
      about: 'a value that librados cannot read',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:rbd_cache=⟦yes⟧,format=raw,cache=writeback',
      finds: [
        {
          severity: 'error',
          says: ['takes no value that it cannot read'],
          fixes: { 'Write true': 'kvm -drive file=rbd:p/i:rbd_cache=true,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'the prefix in capitals',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=⟦RBD:p/i⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['Unknown protocol'],
          fixes: { 'Write rbd:': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'a slip before the prefix',
      pairs: ['2.4 0.94', NEW],
      text: 'kvm -drive file=⟦xrbd:p/i⟧,format=raw',
      finds: [{ severity: 'error', says: ["Unknown protocol 'xrbd'", 'The prefix is `rbd:`'] }],
    },
    {
      about: 'no pool',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:⟦image⟧,format=raw',
      finds: [{ severity: 'error', says: ['`rbd:pool/image`'] }],
    },
    {
      about: 'format= and driver=',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦format=raw⟧,driver=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Delete format=raw': 'kvm -drive file=rbd:p/i,driver=raw' },
        },
      ],
    },
    {
      about: 'a file that librados refuses as a whole',
      pairs: ['7.2 16.2'],
      text: 'kvm -drive file=rbd:p/i:conf=⟦/etc/ceph/ceph.conf⟧,format=raw',
      conf: '[global]\nlog file = /x',
      finds: [{ severity: 'error', says: ['cannot read that file as a whole'] }],
    },
    {
      about: 'no secret of that name',
      pairs: [NEW],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=⟦s⟧',
      finds: [{ severity: 'error', says: ["No secret with id 's'"] }],
    },
    {
      about: 'an excerpt, a template, a variable, a local file with whatever options',
      pairs: ['2.9 12.2', NEW],
      script: true,
      text:
        "kvm -drive 'file=rbd:<image>,format=raw'\nkvm -drive file=rbd:$image,format=raw,cache=$cache\n" +
        "kvm -drive file=/x.qcow2,format=qcow2,lazy-refcounts=on\nkvm -drive 'file=rbd:...,format=raw'",
      finds: [],
    },
    {
      about: 'an excerpt without the secret',
      pairs: [NEW],
      text: '-blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s',
      finds: [],
    },
  ],
};
