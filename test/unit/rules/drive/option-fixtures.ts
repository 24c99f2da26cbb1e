/** Drive strings as this QEMU reads them: what is found, by rule. Options of the drive that this QEMU does not take. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const OPTION_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-unknown-option': [
    {
      about: 'a property of the device',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=none,id=d,⟦bootindex⟧=1 -device virtio-blk-pci,drive=d',
      finds: [
        {
          severity: 'error',
          says: ['belongs to the device'],
          fixes: {
            'Move bootindex= to the -device':
              'kvm -drive file=rbd:p/i,format=raw,if=none,id=d -device virtio-blk-pci,drive=d,bootindex=1',
          },
        },
      ],
    },
    {
      about: "an option of Ceph's at a node",
      pairs: [NEW],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,⟦rbd_cache⟧=true',
      finds: [{ severity: 'error', says: ['put it into the ceph.conf'] }],
    },
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
