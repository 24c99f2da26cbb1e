/** Drive strings as this QEMU reads them: what is found, by rule. The options of the name, and the ceph.conf that it names. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const CONF_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-conf-missing': [
    {
      about: 'as a member of a node, in words and in JSON',
      pairs: [NEW],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,conf=⟦/x.conf⟧ -blockdev \'{"driver":"rbd","conf":⟦"/y.conf"⟧,"pool":"p","image":"j","node-name":"m"}\'',
      conf: '[global]\n',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Name /etc/ceph/ceph.conf':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,conf=/etc/ceph/ceph.conf -blockdev \'{"driver":"rbd","conf":"/y.conf","pool":"p","image":"j","node-name":"m"}\'',
            'Leave conf= out':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n -blockdev \'{"driver":"rbd","conf":"/y.conf","pool":"p","image":"j","node-name":"m"}\'',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Name /etc/ceph/ceph.conf':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,conf=/x.conf -blockdev \'{"driver":"rbd","conf":"/etc/ceph/ceph.conf","pool":"p","image":"j","node-name":"m"}\'',
            'Leave conf= out':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,conf=/x.conf -blockdev \'{"driver":"rbd","pool":"p","image":"j","node-name":"m"}\'',
          },
        },
      ],
    },
    {
      about: 'without any ceph.conf there is only the way without',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:conf=⟦/etc/ceph/west.conf⟧,format=raw',
      conf: null,
      finds: [{ severity: 'error', fixes: { 'Leave conf= out': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'QEMU 0.15 needs the default file',
      pairs: ['0.15 0.48'],
      text: 'kvm -drive ⟦file=rbd:p/i,format=raw⟧',
      conf: null,
      finds: [{ severity: 'error', says: ['at the default places', '`/etc/ceph/ceph.conf`'] }],
    },
    {
      about: 'the root of the machine is known',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:conf=⟦/etc/ceph/west.conf⟧,format=raw',
      conf: '[global]\n',
      finds: [
        {
          severity: 'error',
          says: ['`/etc/ceph/west.conf`'],
          fixes: {
            'Name /etc/ceph/ceph.conf': 'kvm -drive file=rbd:p/i:conf=/etc/ceph/ceph.conf,format=raw',
            'Leave conf= out': 'kvm -drive file=rbd:p/i,format=raw',
          },
        },
      ],
    },
    {
      about: 'nobody may look; the default file is ignored; it is there',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:conf=/etc/ceph/west.conf,format=raw',
      finds: [],
    },
    {
      about: 'a missing default file is ignored',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw',
      conf: null,
      finds: [],
    },
    {
      about: 'it is there, or a variable',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i:conf=/etc/ceph/ceph.conf,format=raw\nkvm -drive file=rbd:p/i:conf=$conf,format=raw',
      conf: '[global]\n',
      finds: [],
    },
  ],
  'drive-conf-repeated': [
    {
      about: 'the same file twice',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦conf=/a.conf⟧:conf=/a.conf,format=raw',
      finds: [
        {
          severity: 'hint',
          fixes: { 'Keep only the last conf=': 'kvm -drive file=rbd:p/i:conf=/a.conf,format=raw' },
        },
      ],
    },
    {
      about: 'only the last is read',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦conf=/a.conf⟧:id=x:conf=/b.conf,format=raw',
      finds: [
        {
          severity: 'warning',
          tags: ['unnecessary'],
          related: ['conf=/b.conf'],
          fixes: { 'Keep only the last conf=': 'kvm -drive file=rbd:p/i:id=x:conf=/b.conf,format=raw' },
        },
      ],
    },
    {
      about: 'each is read',
      pairs: ['2.2 0.87', '2.8 10.2'],
      text: 'kvm -drive file=rbd:p/i:conf=/a.conf:⟦conf=/b.conf⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          says: ['each `conf=`'],
          fixes: { 'Keep only the last conf=': 'kvm -drive file=rbd:p/i:conf=/b.conf,format=raw' },
        },
      ],
    },
    { about: 'one', pairs: [NEW], text: 'kvm -drive file=rbd:p/i:conf=/a.conf,format=raw', finds: [] },
  ],
  'drive-conf-order': [
    {
      about: 'several keys, quoted in a script',
      pairs: ['2.2 0.87'],
      script: true,
      text: "kvm -drive 'file=rbd:p/i:id=x:⟦mon_host=192.0.2.1⟧:⟦log_file=/a⟧:conf=/etc/ceph/ceph.conf,format=raw'",
      conf: '[global]\nmon host = 192.0.2.2\nlog file = /b\n',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Move conf= to the front':
              "kvm -drive 'file=rbd:p/i:conf=/etc/ceph/ceph.conf:id=x:mon_host=192.0.2.1:log_file=/a,format=raw'",
          },
        },
        {
          severity: 'warning',
          says: ['`log_file`'],
          fixes: {
            'Move conf= to the front':
              "kvm -drive 'file=rbd:p/i:conf=/etc/ceph/ceph.conf:id=x:mon_host=192.0.2.1:log_file=/a,format=raw'",
          },
        },
      ],
    },
    {
      about: 'the file overrides the key',
      pairs: ['2.2 0.87', '2.3 12.2'],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1⟧:conf=/etc/ceph/ceph.conf,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [
        {
          severity: 'warning',
          related: ['mon host = 192.0.2.2'],
          fixes: {
            'Move conf= to the front': 'kvm -drive file=rbd:p/i:conf=/etc/ceph/ceph.conf:mon_host=192.0.2.1,format=raw',
          },
        },
      ],
    },
    {
      about: 'from 2.4 on files are read first; librados 13 ranks; the same value; a file that says nothing of it',
      pairs: ['2.4 0.87', '2.2 14.2'],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1:conf=/etc/ceph/ceph.conf,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [],
    },
    {
      about: 'a file that says nothing of it',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1:conf=/etc/ceph/ceph.conf,format=raw',
      conf: '[global]\nlog file = x\n',
      finds: [],
    },
  ],
  'drive-conf-text': [
    {
      about: 'inside a value',
      pairs: ['1.0 0.48', '2.8 10.2'],
      text: 'kvm -drive file=rbd:p/i:⟦log_file=/x/conf=1⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          says: ['no ceph.conf at all'],
          fixes: {
            'Name the file: conf=/etc/ceph/ceph.conf':
              'kvm -drive file=rbd:p/i:conf=/etc/ceph/ceph.conf:log_file=/x/conf=1,format=raw',
          },
        },
      ],
    },
    {
      about: 'a real one',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:conf=/x.conf,format=raw',
      finds: [],
    },
    {
      about: 'from 2.9 on names of keys count',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=rbd:p/i:log_file=/x/conf=1,format=raw',
      finds: [],
    },
  ],
  'drive-conf-key-unknown': [
    {
      about: 'a misspelt option',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_sise⟧=33554432,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['fatal'],
          fixes: { 'Write rbd_cache_size': 'kvm -drive file=rbd:p/i:rbd_cache_size=33554432,format=raw' },
        },
      ],
    },
    {
      about: 'two of them: QEMU stops at the first',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_sise⟧=33554432:⟦keyrign⟧=/k,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write rbd_cache_size': 'kvm -drive file=rbd:p/i:rbd_cache_size=33554432:keyrign=/k,format=raw' },
        },
        {
          severity: 'error',
          says: ['`keyring`'],
          fixes: { 'Write keyring': 'kvm -drive file=rbd:p/i:rbd_cache_sise=33554432:keyring=/k,format=raw' },
        },
      ],
    },
    {
      about: 'a dash',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦rbd-cache-max-dirty⟧=1048576,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write rbd_cache_max_dirty': 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=1048576,format=raw' },
        },
      ].map((each) => ({ ...each, severity: 'error' as const })),
    },
    {
      about: "QEMU's own names",
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦user⟧=x,format=raw',
      finds: [{ severity: 'error', fixes: { 'Write id': 'kvm -drive file=rbd:p/i:id=x,format=raw' } }],
    },
    {
      about: 'not in this release',
      pairs: ['4.2 14.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_policy⟧=writeback,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['from librbd 15.2'],
          fixes: { 'Delete rbd_cache_policy=': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'known options, blanks in them, variables and placeholders',
      pairs: [NEW],
      script: true,
      text: "kvm -drive 'file=rbd:p/i:log file=/x,format=raw'\nkvm -drive file=rbd:p/i:$opts,format=raw\nkvm -drive 'file=rbd:p/i:<option>=1,format=raw'",
      finds: [],
    },
  ],
  'drive-auth-supported-gone': [
    {
      about: '20.2 does not know it',
      pairs: ['10.0 20.2', '2.2 20.2'],
      text: 'kvm -drive file=rbd:p/i:⟦auth_supported⟧=none:id=x,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Write auth_client_required': 'kvm -drive file=rbd:p/i:auth_client_required=none:id=x,format=raw',
            'Delete auth_supported=': 'kvm -drive file=rbd:p/i:id=x,format=raw',
          },
        },
      ],
    },
    {
      about: 'older ones do',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:auth_supported=none:id=x,format=raw',
      finds: [],
    },
  ],
  'drive-mon-host-differs': [
    {
      about: "the drive's are used",
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1\\:6789⟧,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [{ severity: 'warning', says: ['asks those of the drive'], related: ['mon host = 192.0.2.2'] }],
    },
    {
      about: "the file's are used",
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1⟧:conf=/etc/ceph/ceph.conf,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [{ severity: 'warning', says: ['it is read later'] }],
    },
    {
      about: 'a part of them',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1⟧,format=raw',
      conf: '[global]\nmon host = 192.0.2.1, 192.0.2.2\n',
      finds: [{ severity: 'information' }],
    },
    {
      about: 'members of a node',
      pairs: [NEW],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=n,server.0.host=⟦192.0.2.1⟧,server.0.port=6789',
      conf: '[global]\nmon host = 192.0.2.9\n',
      finds: [{ severity: 'warning' }],
    },
    {
      about: 'the same in other spellings',
      pairs: [NEW],
      text: "kvm -drive 'file=rbd:p/i:mon_host=192.0.2.2\\:6789;192.0.2.1\\:6789;[2001\\:db8\\:\\:1]\\:6789,format=raw'",
      conf: '[global]\nmon host = [v2:192.0.2.1:3300/0,v1:192.0.2.1:6789/0] 192.0.2.2,[2001:db8::1]\n',
      finds: [],
    },
    {
      about: 'names may be any address',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:mon_host=mon1,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [],
    },
  ],
};
