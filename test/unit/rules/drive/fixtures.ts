/** Drive strings as this QEMU reads them: what is found, by rule. Names and their options. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';
const KEY = 'AQC0ZXhhbXBsZWtleTEyMzQ1Njc4OTAxMjM0NTY3OA==';

export const NAME_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-name-cut': [
    {
      about: 'addresses without backslashes',
      pairs: ['2.2 0.87', NEW],
      text: "kvm -drive 'file=rbd:p/i:mon_host=192.0.2.1:⟦6789;192.0.2.2:6789⟧,format=raw'",
      finds: [
        {
          severity: 'error',
          says: ['conf option', 'no value', '`\\:`'],
          fixes: {
            'Escape the colons': "kvm -drive 'file=rbd:p/i:mon_host=192.0.2.1\\:6789;192.0.2.2\\:6789,format=raw'",
          },
        },
      ],
    },
    {
      about: 'the piece swallows the next key',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1:⟦6789:id⟧=x,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Escape the colon': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789:id=x,format=raw' },
        },
      ],
    },
    {
      about: 'unquoted in a script, the backslash has to be written twice',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1:⟦6789⟧,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Escape the colon': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\\\:6789,format=raw' },
        },
      ],
    },
    {
      about: 'an at sign in a value',
      pairs: ['2.2 0.87', '6.0 16.2'],
      text: 'kvm -drive file=rbd:p/i:id=x:keyring=/etc/ceph/a@⟦b⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['snapshot'],
          fixes:
            // Up to 6.0 a lone escaped at sign is worse: the fix is not for those.
            {},
        },
      ],
    },
    {
      about: 'an at sign in a value can be escaped from 6.1 on',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:keyring=/etc/ceph/a@⟦b⟧,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Escape the @': 'kvm -drive file=rbd:p/i:keyring=/etc/ceph/a\\@b,format=raw' },
        },
      ],
    },
    {
      about: 'a plain name with a snapshot, escapes, variables and placeholders',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text:
        "kvm -drive 'file=rbd:p/i@s:id=x:mon_host=192.0.2.1\\:6789,format=raw,readonly=on'\n" +
        'kvm -drive file=rbd:p/i:mon_host=$mons,format=raw\n' +
        "kvm -drive 'file=rbd:p/i:mon_host={monitor-host}:6789,format=raw'\n" +
        "kvm -drive 'file=rbd:<pool>/<image>:mon_host=<host>:6789,format=raw'",
      finds: [],
    },
  ],
  'drive-shell-eats-backslash': [
    {
      about: 'an unquoted list of monitors',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i:id=x:mon_host=192.0.2.1⟦\\:⟧6789\\;192.0.2.2\\:6789,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['`:`', 'Quote the argument'],
          fixes: {
            'Quote the argument':
              "kvm -drive 'file=rbd:p/i:id=x:mon_host=192.0.2.1\\:6789\\;192.0.2.2\\:6789,format=raw'",
            'Double the backslashes':
              'kvm -drive file=rbd:p/i:id=x:mon_host=192.0.2.1\\\\\\:6789\\\\\\;192.0.2.2\\\\\\:6789,format=raw',
          },
        },
      ],
    },
    {
      about: 'with a variable that has to stay one',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive file=rbd:$pool/i:mon_host=192.0.2.1⟦\\:⟧6789,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Quote the argument': 'kvm -drive "file=rbd:$pool/i:mon_host=192.0.2.1\\:6789,format=raw"',
            'Double the backslashes': 'kvm -drive file=rbd:$pool/i:mon_host=192.0.2.1\\\\\\:6789,format=raw',
          },
        },
      ],
    },
    {
      about: 'quoted, or a semicolon only; in ps output a backslash belongs to the text',
      pairs: ['2.2 0.87'],
      script: true,
      text:
        "kvm -drive 'file=rbd:p/i:mon_host=192.0.2.1\\:6789\\;192.0.2.2\\:6789,format=raw'\n" +
        'kvm -drive file=rbd:p/i:auth_supported=cephx\\;none,format=raw',
      finds: [],
    },
    {
      about: 'in ps output a backslash belongs to the text',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789\\;192.0.2.2\\:6789,format=raw',
      finds: [],
    },
  ],
  'drive-escaped-at-crashes': [
    {
      about: 'a lone escaped at sign',
      pairs: ['1.0 0.48', '2.2 0.87', '6.0 16.2'],
      text: 'kvm -drive file=rbd:p/i⟦\\@⟧x,format=raw',
      finds: [{ severity: 'error', says: ['dies here'] }],
    },
    {
      about: 'later it is a part of the name',
      pairs: ['6.1 16.2', NEW],
      text: 'kvm -drive file=rbd:p/i\\@x,format=raw',
      finds: [],
    },
  ],
  'drive-name-too-long': [
    {
      about: 'an image of 96 bytes',
      pairs: ['2.2 0.87', '2.8 10.2'],
      text: `kvm -drive file=rbd:p/⟦${'i'.repeat(96)}⟧,format=raw`,
      finds: [{ severity: 'error', says: ['object name too long', 'the image 95'] }],
    },
    {
      about: 'a value of more than 1,023 bytes',
      pairs: ['2.9 12.2', '2.12 12.2'],
      text: `kvm -drive file=⟦rbd:p/i:mon_host=${'192.0.2.1\\:6789\\;'.repeat(64)}⟧,format=raw`,
      finds: [{ severity: 'error', says: ['1,023'] }],
    },
    {
      about: 'newer releases have no limits',
      pairs: [NEW],
      text: `kvm -drive file=rbd:p/${'i'.repeat(96)}:mon_host=${'192.0.2.1\\:6789\\;'.repeat(64)},format=raw`,
      finds: [],
    },
    { about: 'exactly 95', pairs: ['2.2 0.87'], text: `kvm -drive file=rbd:p/${'i'.repeat(95)},format=raw`, finds: [] },
  ],
  'drive-namespace-unsupported': [
    {
      about: 'in the name, and as a member',
      pairs: ['4.2 14.2', '3.1 14.2'],
      text: 'kvm -drive file=rbd:p/⟦ns/i⟧,format=raw -blockdev driver=rbd,pool=p,⟦namespace⟧=ns,image=i,node-name=s',
      finds: [{ severity: 'error', says: ['`ns/i`'] }, { severity: 'error' }],
    },
    {
      about: 'from 5.0 on; an escaped slash; variables',
      pairs: ['5.0 14.2', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/ns/i,format=raw\nkvm -drive file=rbd:$pool/$ns/$image,format=raw',
      finds: [],
    },
    { about: 'an escaped slash', pairs: ['2.2 0.87'], text: 'kvm -drive file=rbd:p/a\\/b,format=raw', finds: [] },
  ],
  'drive-conf-missing': [
    {
      about: 'the root of the machine is known',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:conf=⟦/etc/ceph/west.conf⟧,format=raw',
      conf: '[global]\n',
      finds: [{ severity: 'error', says: ['`/etc/ceph/west.conf`'] }],
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
      finds: [{ severity: 'warning', says: ['no ceph.conf at all'] }],
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
  'drive-id-prefixed': [
    {
      about: 'in the name, and as a member',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=rbd:p/i:id=⟦client.admin⟧,format=raw -blockdev driver=rbd,pool=p,image=i,node-name=s,user=⟦client.x⟧',
      finds: [
        {
          severity: 'warning',
          says: ['`client.client.admin`'],
          fixes: {
            'Strip `client.`':
              'kvm -drive file=rbd:p/i:id=admin,format=raw -blockdev driver=rbd,pool=p,image=i,node-name=s,user=client.x',
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Strip `client.`':
              'kvm -drive file=rbd:p/i:id=client.admin,format=raw -blockdev driver=rbd,pool=p,image=i,node-name=s,user=x',
          },
        },
      ],
    },
    { about: 'a bare id', pairs: [NEW], text: 'kvm -drive file=rbd:p/i:id=admin,format=raw', finds: [] },
  ],
  'drive-id-repeated': [
    {
      about: 'the first counts',
      pairs: ['2.2 0.87', '2.8 10.2'],
      text: 'kvm -drive file=rbd:p/i:id=a:⟦id=b⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          related: ['id=a'],
          fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i:id=a,format=raw' },
        },
      ],
    },
    {
      about: 'the last counts',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦id=a⟧:id=b,format=raw',
      finds: [
        {
          severity: 'warning',
          related: ['id=b'],
          fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i:id=b,format=raw' },
        },
      ],
    },
    {
      about: "the drive's own id is another thing",
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:id=a,id=d1,format=raw',
      finds: [],
    },
  ],
  'drive-key-in-plain-text': [
    {
      about: 'before secret objects',
      pairs: ['2.2 0.87'],
      text: `kvm -drive file=rbd:p/i:id=cinder:⟦key=${KEY}⟧,format=raw`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Take the key from /etc/ceph/ceph.client.cinder.keyring (put it there first)':
              'kvm -drive file=rbd:p/i:id=cinder:keyring=/etc/ceph/ceph.client.cinder.keyring,format=raw',
          },
        },
      ],
    },
    {
      about: 'with secret objects',
      pairs: ['3.0 13.2', NEW],
      text: `kvm -m 1G -drive file=rbd:p/i:id=cinder:⟦key=${KEY}⟧,format=raw`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Take the key from /etc/ceph/ceph.client.cinder.keyring (put it there first)':
              'kvm -m 1G -drive file=rbd:p/i:id=cinder:keyring=/etc/ceph/ceph.client.cinder.keyring,format=raw',
            'Take the key from a secret object on /etc/ceph/client.cinder.key (put it there first)':
              'kvm -m 1G -object secret,id=rbd-key-cinder,format=base64,file=/etc/ceph/client.cinder.key -drive file=rbd:p/i:id=cinder,format=raw,file.key-secret=rbd-key-cinder',
          },
        },
      ],
    },
    {
      about: 'secret objects under their first name',
      pairs: ['2.6 10.2', '2.12 12.2'],
      text: `kvm -drive file=rbd:p/i:⟦key=${KEY}⟧,format=raw`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Take the key from /etc/ceph/ceph.client.admin.keyring (put it there first)':
              'kvm -drive file=rbd:p/i:keyring=/etc/ceph/ceph.client.admin.keyring,format=raw',
            'Take the key from a secret object on /etc/ceph/client.admin.key (put it there first)':
              'kvm -object secret,id=rbd-key-admin,format=base64,file=/etc/ceph/client.admin.key -drive file=rbd:p/i,format=raw,file.password-secret=rbd-key-admin',
          },
        },
      ],
    },
    {
      about: 'a keyring, a variable, a placeholder',
      pairs: [NEW],
      script: true,
      text: "kvm -drive file=rbd:p/i:keyring=/k,format=raw\nkvm -drive file=rbd:p/i:key=$KEY,format=raw\nkvm -drive 'file=rbd:p/i:key=<key>,format=raw'",
      finds: [],
    },
  ],
  'drive-secret-not-base64': [
    {
      about: 'a file, and a key as data',
      pairs: ['3.0 13.2', NEW],
      text: `kvm -object ⟦secret,id=s,file=/k⟧ -object ⟦secret,id=t,data=${KEY},format=raw⟧ -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s -blockdev driver=rbd,pool=p,image=j,node-name=m,key-secret=t`,
      finds: [
        {
          severity: 'warning',
          says: ['encoded twice'],
          fixes: {
            'Add format=base64': `kvm -object secret,id=s,file=/k,format=base64 -object secret,id=t,data=${KEY},format=raw -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s -blockdev driver=rbd,pool=p,image=j,node-name=m,key-secret=t`,
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Set format=base64': `kvm -object secret,id=s,file=/k -object secret,id=t,data=${KEY},format=base64 -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s -blockdev driver=rbd,pool=p,image=j,node-name=m,key-secret=t`,
          },
        },
      ],
    },
    {
      about: "in base64, or not a drive's",
      pairs: [NEW],
      text: 'kvm -object secret,id=s,file=/k,format=base64 -object secret,id=vnc,file=/v -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s',
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
            'Delete it': 'kvm -drive file=rbd:p/i:id=x,format=raw',
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
  'drive-conf-key-unknown': [
    {
      about: 'a misspelt option',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_sise⟧=33554432,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['fatal'],
          fixes: { 'Write `rbd_cache_size`': 'kvm -drive file=rbd:p/i:rbd_cache_size=33554432,format=raw' },
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
          fixes: { 'Write `rbd_cache_size`': 'kvm -drive file=rbd:p/i:rbd_cache_size=33554432:keyrign=/k,format=raw' },
        },
        {
          severity: 'error',
          says: ['`keyring`'],
          fixes: { 'Write `keyring`': 'kvm -drive file=rbd:p/i:rbd_cache_sise=33554432:keyring=/k,format=raw' },
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
          fixes: { 'Write `rbd_cache_max_dirty`': 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=1048576,format=raw' },
        },
      ].map((each) => ({ ...each, severity: 'error' as const })),
    },
    {
      about: "QEMU's own names",
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦user⟧=x,format=raw',
      finds: [{ severity: 'error', fixes: { 'Write `id`': 'kvm -drive file=rbd:p/i:id=x,format=raw' } }],
    },
    {
      about: 'not in this release',
      pairs: ['4.2 14.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_policy⟧=writeback,format=raw',
      finds: [{ severity: 'error', says: ['15.2'] }],
    },
    {
      about: 'known options, blanks in them, variables and placeholders',
      pairs: [NEW],
      script: true,
      text: "kvm -drive 'file=rbd:p/i:log file=/x,format=raw'\nkvm -drive file=rbd:p/i:$opts,format=raw\nkvm -drive 'file=rbd:p/i:<option>=1,format=raw'",
      finds: [],
    },
  ],
  'drive-mon-host-differs': [
    {
      about: "the drive's are used",
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1\\:6789⟧,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [{ severity: 'warning', says: ['those of the drive are asked'], related: ['mon host = 192.0.2.2'] }],
    },
    {
      about: "the file's are used",
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:⟦mon_host=192.0.2.1⟧:conf=/etc/ceph/ceph.conf,format=raw',
      conf: '[global]\nmon host = 192.0.2.2\n',
      finds: [{ severity: 'warning', says: ['the file is read later'] }],
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
