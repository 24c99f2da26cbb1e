/** Drive strings as this QEMU reads them: what is found, by rule. Options of the drive that this QEMU does not take. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const OPTION_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-unknown-option': [
    {
      about: 'a misspelt member of a node in JSON',
      pairs: [NEW],
      text: 'kvm -blockdev \'{"driver":"raw","node-name":"n","file":{"driver":"rbd",⟦"usr"⟧:"x","pool":"p","image":"i"}}\'',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Write file.user':
              'kvm -blockdev \'{"driver":"raw","node-name":"n","file":{"driver":"rbd","user":"x","pool":"p","image":"i"}}\'',
          },
        },
      ],
    },
    {
      about: 'a misspelt option',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦chache⟧=none',
      finds: [
        {
          severity: 'error',
          says: ['Did you mean `cache`'],
          fixes: { 'Write cache': 'kvm -drive file=rbd:p/i,format=raw,cache=none' },
        },
      ],
    },
    {
      about: 'two of them: QEMU stops at the first',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦fromat⟧=raw,⟦chache⟧=none',
      finds: [
        { severity: 'error', fixes: { 'Write format': 'kvm -drive file=rbd:p/i,format=raw,chache=none' } },
        { severity: 'error', fixes: { 'Write cache': 'kvm -drive file=rbd:p/i,fromat=raw,cache=none' } },
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
          fixes: { 'Write user': 'kvm -blockdev driver=rbd,user=x,pool=p,image=i,node-name=n' },
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
      about: 'several belong together',
      pairs: ['3.1 14.2', NEW],
      text: 'kvm -drive ⟦cyls⟧=100,⟦heads⟧=16,file=rbd:p/i,⟦secs⟧=63,if=none,id=d,format=raw,⟦trans⟧=lba -device ide-hd,drive=d',
      finds: ['cyls', 'heads', 'secs', 'trans'].map((key) => ({
        severity: 'error' as const,
        says: [`\`${key}=\` was removed in QEMU 3.1`],
        fixes: {
          'Move cyls=, heads=, secs=, trans= to the -device':
            'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device ide-hd,drive=d,cyls=100,heads=16,secs=63,bios-chs-trans=lba',
        },
      })),
    },
    {
      about: 'a disk without a -device of its own gets one',
      pairs: ['3.1 14.2', NEW],
      script: true,
      text: 'kvm -drive "file=rbd:$pool/i,if=virtio,format=raw,⟦serial⟧=abc,⟦addr⟧=0x7" -m 1G',
      finds: ['serial', 'addr'].map(() => ({
        severity: 'error' as const,
        fixes: {
          'Write a -device for this drive, with serial=, addr=':
            'kvm -drive "file=rbd:$pool/i,if=none,id=drive1,format=raw" -device virtio-blk-pci,drive=drive1,serial=abc,addr=0x7 -m 1G',
        },
      })),
    },
    {
      about: 'a -device in JSON',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d,format=raw,⟦serial⟧=abc -device \'{"driver":"virtio-blk-pci","drive":"d"}\'',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Move serial= to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device \'{"driver":"virtio-blk-pci","drive":"d","serial":"abc"}\'',
          },
        },
      ],
    },
    {
      about: 'what the device never looked at; two devices that claim one drive',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d,format=raw,⟦trans⟧=auto -device virtio-blk-pci,drive=d -drive file=rbd:p/j,if=none,id=e,format=raw,⟦serial⟧=a -device virtio-blk-pci,drive=e -device virtio-blk-pci,drive=e',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Delete trans=':
              'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device virtio-blk-pci,drive=d -drive file=rbd:p/j,if=none,id=e,format=raw,serial=a -device virtio-blk-pci,drive=e -device virtio-blk-pci,drive=e',
          },
        },
        { severity: 'error' },
      ],
    },
    {
      about: 'removed, across to the device',
      pairs: ['3.1 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc-1 -device virtio-blk-pci,drive=d1',
      finds: [
        {
          severity: 'error',
          says: ['removed in QEMU 3.1'],
          fixes: {
            'Move serial= to the -device':
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
            'Delete serial=: the -device says it already':
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
            'Move serial= to the -device':
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
          fixes: { 'Delete boot=': 'kvm -drive file=rbd:p/i,format=raw' },
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
      about: 'under the name that it had before',
      pairs: ['2.6 10.2', '2.12 12.2'],
      text: 'kvm -object secret,id=s,file=/k,format=base64 -drive file=rbd:p/i,format=raw,⟦file.key-secret⟧=s',
      finds: [
        {
          severity: 'error',
          says: ['needs QEMU 3.0'],
          fixes: {
            'Write file.password-secret':
              'kvm -object secret,id=s,file=/k,format=base64 -drive file=rbd:p/i,format=raw,file.password-secret=s',
          },
        },
      ],
    },
    {
      about: 'the long name of an option',
      pairs: ['1.6 0.80.11', '1.1 0.56'],
      text: 'kvm -drive file=rbd:p/i,if=virtio,format=raw,⟦read-only⟧=on',
      finds: [
        {
          severity: 'error',
          says: ['needs QEMU 1.7'],
          fixes: { 'Write readonly': 'kvm -drive file=rbd:p/i,if=virtio,format=raw,readonly=on' },
        },
      ],
    },
    {
      about: 'a member of a list in JSON, named as it is written',
      pairs: ['2.11 12.2'],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n",⟦"auth-client-required"⟧:["none"]}\'',
      finds: [{ severity: 'error', says: ['`auth-client-required` needs QEMU 3.0'] }],
    },
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
          fixes: { 'Delete read-only=on': 'kvm -drive file=rbd:p/i,format=raw,readonly=on' },
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
  'drive-comma-for-colon': [
    {
      about: 'a value that has to be escaped on the way',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦mon_host⟧=192.0.2.1:6789,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write : for the comma': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789,format=raw' },
        },
      ],
    },
    {
      about: 'a value that is escaped already; unquoted in a script',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦mon_host⟧=192.0.2.1\\:6789',
      finds: [
        {
          severity: 'error',
          fixes: { 'Move mon_host= into the name': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789,format=raw' },
        },
      ],
    },
    {
      about: 'unquoted in a script, a backslash has to be written twice',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i,⟦mon_host⟧=192.0.2.1:6789,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write : for the comma': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\\\:6789,format=raw' },
        },
      ],
    },
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
          fixes: {
            'Move rbd_cache_max_dirty= into the name': 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=4096000,format=raw',
          },
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
      finds: [
        {
          severity: 'error',
          says: ['dies here'],
          fixes: { 'Delete file.foo=1': 'kvm -drive file=rbd:p/i:rbd_cache=true,format=raw' },
        },
      ],
    },
    {
      about: 'without keys it is refused in the ordinary way',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:id=x,format=raw',
      finds: [],
    },
  ],
};
