/** Drive strings as this QEMU reads them: what is found, by rule. The options around the name. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const OPTION_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-syntax': [
    {
      about: 'a bad cache mode',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=⟦writback⟧',
      finds: [
        {
          severity: 'error',
          says: ['invalid cache option', '`writethrough`'],
          fixes: { 'Write `cache=writeback`': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
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
          fixes: { 'Write `on`': 'kvm -drive file=rbd:p/i,format=raw,readonly=on' },
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
            'Write `true`':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","read-only":true}\'',
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
          fixes: { 'Write `true`': 'kvm -drive file=rbd:p/i:rbd_cache=true,format=raw,cache=writeback' },
        },
      ].map((each) => ({ ...each, severity: 'error' as const, fixes: { 'Write `true`': each.fixes['Write `true`'] } })),
    },
    {
      about: 'the prefix in capitals',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=⟦RBD:p/i⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['Unknown protocol'],
          fixes: { 'Write `rbd:`': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
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
          fixes: { 'Delete `format=raw`': 'kvm -drive file=rbd:p/i,driver=raw' },
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
  'drive-unknown-option': [
    {
      about: 'a misspelt option',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦chache⟧=none',
      finds: [
        {
          severity: 'error',
          says: ['Did you mean `cache`'],
          fixes: { 'Write `cache`': 'kvm -drive file=rbd:p/i,format=raw,cache=none' },
        },
      ],
    },
    {
      about: 'two of them: QEMU stops at the first',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦fromat⟧=raw,⟦chache⟧=none',
      finds: [
        { severity: 'error', fixes: { 'Write `format`': 'kvm -drive file=rbd:p/i,format=raw,chache=none' } },
        { severity: 'error', fixes: { 'Write `cache`': 'kvm -drive file=rbd:p/i,fromat=raw,cache=none' } },
      ],
    },
    {
      about: 'a misspelt member',
      pairs: [NEW],
      text: 'kvm -blockdev driver=rbd,⟦usr⟧=x,pool=p,image=i,node-name=n',
      finds: [
        {
          severity: 'error',
          says: ['Did you mean `user`'],
          fixes: { 'Write `user`': 'kvm -blockdev driver=rbd,user=x,pool=p,image=i,node-name=n' },
        },
      ],
    },
    {
      about: 'known ones, formats with options of their own',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=none,werror=stop,copy-on-read=off',
      finds: [],
    },
  ],
  'drive-option-removed': [
    {
      about: 'removed, across to the device',
      pairs: ['3.1 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc-1 -device virtio-blk-pci,drive=d1',
      finds: [
        {
          severity: 'error',
          says: ['removed in QEMU 3.1'],
          fixes: {
            'Move it to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc-1',
          },
        },
      ],
    },
    {
      about: 'the device says it already',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc -device virtio-blk-pci,drive=d1,serial=abc',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Delete it; the -device says `serial=` already':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc',
          },
        },
      ],
    },
    {
      about: 'deprecated',
      pairs: ['2.12 12.2'],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc -device virtio-blk-pci,drive=d1',
      finds: [
        {
          severity: 'warning',
          tags: ['deprecated'],
          fixes: {
            'Move it to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc',
          },
        },
      ],
    },
    {
      about: 'boot',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,⟦boot⟧=on,format=raw',
      finds: [
        {
          severity: 'warning',
          says: ['ignored'],
          fixes: { 'Delete `boot=`': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'before, and what still works',
      pairs: ['2.2 0.87', '2.9 12.2'],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,serial=abc,readonly=on -device virtio-blk-pci,drive=d1',
      finds: [],
    },
  ],
  'drive-option-too-new': [
    {
      about: 'options of later releases',
      pairs: ['1.6 0.80.11', '1.5 0.80.11'],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦detect-zeroes⟧=on',
      finds: [{ severity: 'error', says: ['needs QEMU 2.1'] }],
    },
    {
      about: 'members and flags of later releases',
      pairs: ['2.2 0.87'],
      text: 'kvm -object secret,id=s,data=eA== -drive file=rbd:p/i,format=raw,⟦file.password-secret⟧=s ⟦-blockdev⟧ driver=rbd,node-name=n,pool=p,image=i',
      finds: [
        { severity: 'error', says: ['needs QEMU 2.6'] },
        { severity: 'error', says: ['QEMU 2.9'] },
      ],
    },
    {
      about: 'a member of a node',
      pairs: ['4.2 14.2'],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,⟦encrypt.format⟧=luks',
      finds: [{ severity: 'error', says: ['needs QEMU 6.1'] }],
    },
    {
      about: 'in the releases that have them',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=on -blockdev driver=rbd,pool=p,image=i,node-name=n,auto-read-only=on',
      finds: [],
    },
  ],
  'drive-bad-value': [
    {
      about: 'a misspelt word',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=⟦virtoi⟧',
      finds: [
        {
          severity: 'error',
          says: ["unsupported bus type 'virtoi'", '`virtio`'],
          fixes: { 'Write `if=virtio`': 'kvm -drive file=rbd:p/i,format=raw,if=virtio' },
        },
      ],
    },
    {
      about: 'a value of later releases',
      pairs: ['4.2 14.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,aio=⟦io_uring⟧',
      finds: [{ severity: 'error', says: ['came with QEMU 5.0'] }],
    },
    {
      about: 'an unknown format',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=⟦rwa⟧',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write `format=raw`': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'good ones, variables',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i,format=raw,if=virtio,werror=enospc,rerror=stop,discard=unmap\nkvm -drive file=rbd:p/i,format=$f,if=$if',
      finds: [],
    },
  ],
  'drive-comma-for-colon': [
    {
      about: 'right behind the name',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:id=x,⟦keyring⟧=/etc/ceph/k,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['`:keyring=`'],
          fixes: { 'Write : for the comma': 'kvm -drive file=rbd:p/i:id=x:keyring=/etc/ceph/k,format=raw' },
        },
      ],
    },
    {
      about: 'further back',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦rbd_cache_max_dirty⟧=4096000',
      finds: [
        {
          severity: 'error',
          fixes: { 'Move it into the name': 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=4096000,format=raw' },
        },
      ].map((each) => ({ ...each, severity: 'error' as const })),
    },
    {
      about: "the drive's id, members of the driver",
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,id=admin,format=raw -drive driver=rbd,pool=p,image=j,user=x,conf=/etc/ceph/ceph.conf,id=d2',
      finds: [],
    },
  ],
  'drive-member-crashes': [
    {
      about: 'an unknown member beside keys',
      pairs: ['5.2 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i:rbd_cache=true,format=raw,⟦file.foo⟧=1',
      finds: [{ severity: 'error', says: ['dies here'] }],
    },
    {
      about: 'without keys it is refused in the ordinary way',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:id=x,format=raw',
      finds: [],
    },
  ],
  'drive-format-rbd-flushes': [
    {
      about: 'format=rbd',
      pairs: ['1.6 0.80.11', '2.2 0.87', '2.3 12.2'],
      text: 'kvm -drive file=rbd:p/i,⟦format=rbd⟧,cache=writeback',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Write `format=raw`': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'from 2.4 on, in write-through, with raw',
      pairs: ['2.4 0.87', NEW, '1.5 0.80.11'],
      text: 'kvm -drive file=rbd:p/i,format=rbd,cache=writeback',
      finds: [],
    },
    {
      about: 'write-through flushes anyhow',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,format=rbd,cache=writethrough',
      finds: [],
    },
  ],
  'drive-duplicate-option': [
    {
      about: 'the last counts',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦if=ide⟧,if=virtio',
      finds: [
        {
          severity: 'warning',
          says: ['the last one'],
          related: ['if=virtio'],
          tags: ['unnecessary'],
          fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i,format=raw,if=virtio' },
        },
      ],
    },
    {
      about: 'the first of an alias counts, of an id too',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,readonly=on,⟦readonly=off⟧,id=a,⟦id=b⟧',
      finds: [
        {
          severity: 'warning',
          says: ['the first one'],
          fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i,format=raw,readonly=on,id=a,id=b' },
        },
        {
          severity: 'warning',
          fixes: {
            'Delete the one without effect': 'kvm -drive file=rbd:p/i,format=raw,readonly=on,readonly=off,id=a',
          },
        },
      ],
    },
    {
      about: 'both say the same',
      pairs: [NEW],
      text: 'kvm -drive ⟦format=raw⟧,file=rbd:p/i,format=raw',
      finds: [{ severity: 'hint', fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'an alias beside its full name is refused',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,readonly=on,⟦read-only=on⟧',
      finds: [
        {
          severity: 'error',
          fixes: { 'Delete `read-only=on`': 'kvm -drive file=rbd:p/i,format=raw,readonly=on' },
        },
      ],
    },
    {
      about: 'each once',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=none,id=a -drive file=rbd:p/j,format=raw,if=none,id=b',
      finds: [],
    },
  ],
  'drive-format-probed': [
    {
      about: 'no format',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=⟦rbd:p/i:id=x⟧,if=virtio',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Add format=raw': 'kvm -drive file=rbd:p/i:id=x,if=virtio,format=raw' },
        },
      ],
    },
    {
      about: 'a disk by its name alone',
      pairs: [NEW],
      text: 'kvm -hda ⟦rbd:p/i⟧',
      finds: [{ severity: 'warning', says: ['-drive file='] }],
    },
    {
      about: 'in quotes',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive "file=⟦rbd:$pool/i⟧"',
      finds: [{ severity: 'warning', fixes: { 'Add format=raw': 'kvm -drive "file=rbd:$pool/i,format=raw"' } }],
    },
    {
      about: 'a format, a driver, a guest that cannot write',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw -drive file=rbd:p/j,driver=raw -drive file=rbd:p/iso,media=cdrom -drive file=rbd:p/k,readonly=on -cdrom rbd:p/c',
      finds: [],
    },
  ],
  'drive-cache-mixed': [
    {
      about: 'the switch wins',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦cache=none⟧,cache.direct=off',
      finds: [
        {
          severity: 'warning',
          says: ['`writeback`'],
          related: ['cache.direct=off'],
          fixes: { 'Write `cache=writeback` alone': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'one form',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=none -drive file=rbd:p/j,id=d2,format=raw,cache.direct=on',
      finds: [],
    },
  ],
  'drive-aio-ignored': [
    {
      about: 'a value that this QEMU knows',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦aio=native⟧,format=raw',
      finds: [
        {
          severity: 'information',
          tags: ['unnecessary'],
          fixes: { 'Remove `aio=`': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'in front of all',
      pairs: [NEW],
      text: 'kvm -drive ⟦aio=threads⟧,file=rbd:p/i,format=raw',
      finds: [{ severity: 'information', fixes: { 'Remove `aio=`': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'a local file, and a value that is refused',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=/x.img,format=raw,aio=native -drive file=rbd:p/i,format=raw,aio=io_uring',
      finds: [],
    },
  ],
  'drive-detect-zeroes': [
    {
      about: 'refused',
      pairs: ['2.2 0.87', '2.6 10.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=⟦unmap⟧',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Set `discard=unmap`': 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=unmap,discard=unmap',
          },
        },
      ],
    },
    {
      about: 'without effect',
      pairs: ['2.8 10.2', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,discard=ignore,⟦detect-zeroes=unmap⟧',
      finds: [
        {
          severity: 'information',
          fixes: {
            'Set `discard=unmap`': 'kvm -drive file=rbd:p/i,format=raw,discard=unmap,detect-zeroes=unmap',
          },
        },
      ],
    },
    {
      about: 'in a node, in JSON and in words',
      pairs: [NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":⟦"unmap"⟧}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=⟦unmap⟧',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Set `discard=unmap`':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"unmap","discard":"unmap"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=unmap',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Set `discard=unmap`':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"unmap"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=unmap,discard=unmap',
          },
        },
      ],
    },
    {
      about: 'both, or a variable',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i,format=raw,discard=unmap,detect-zeroes=unmap\nkvm -drive file=rbd:p/i,format=raw,discard=$d,detect-zeroes=unmap',
      finds: [],
    },
  ],
};
