/** Drive strings as this QEMU reads them: what is found, by rule. Who connects, and with which key. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';
const KEY = 'AQC0ZXhhbXBsZWtleTEyMzQ1Njc4OTAxMjM0NTY3OA==';

export const CLIENT_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
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
            'Strip client.':
              'kvm -drive file=rbd:p/i:id=admin,format=raw -blockdev driver=rbd,pool=p,image=i,node-name=s,user=client.x',
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Strip client.':
              'kvm -drive file=rbd:p/i:id=client.admin,format=raw -blockdev driver=rbd,pool=p,image=i,node-name=s,user=x',
          },
        },
      ],
    },
    { about: 'a bare id', pairs: [NEW], text: 'kvm -drive file=rbd:p/i:id=admin,format=raw', finds: [] },
  ],
  'drive-id-repeated': [
    {
      about: 'the same twice',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i:⟦id=a⟧:id=a,format=raw',
      finds: [
        { severity: 'hint', fixes: { 'Delete the one without effect': 'kvm -drive file=rbd:p/i:id=a,format=raw' } },
      ],
    },
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
      about: 'a second drive of the same client takes the same secret',
      pairs: [NEW],
      text: `kvm -object secret,id=rbd-key-c,format=base64,file=/etc/ceph/client.c.key -drive file=rbd:p/i:id=c:⟦key=${KEY}⟧,format=raw`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Take the key from the secret object rbd-key-c':
              'kvm -object secret,id=rbd-key-c,format=base64,file=/etc/ceph/client.c.key -drive file=rbd:p/i:id=c,format=raw,file.key-secret=rbd-key-c',
            'Take the key from /etc/ceph/ceph.client.c.keyring (put it there first)':
              'kvm -object secret,id=rbd-key-c,format=base64,file=/etc/ceph/client.c.key -drive file=rbd:p/i:id=c:keyring=/etc/ceph/ceph.client.c.keyring,format=raw',
          },
        },
      ],
    },
    {
      about: 'the rbd driver at the top has the member itself',
      pairs: ['4.2 14.2', NEW],
      text: `kvm -drive file=rbd:p/i:⟦key=${KEY}⟧,format=rbd`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Take the key from a secret object on /etc/ceph/client.admin.key (put it there first)':
              'kvm -object secret,id=rbd-key-admin,format=base64,file=/etc/ceph/client.admin.key -drive file=rbd:p/i,format=rbd,key-secret=rbd-key-admin',
            'Take the key from /etc/ceph/ceph.client.admin.keyring (put it there first)':
              'kvm -drive file=rbd:p/i:keyring=/etc/ceph/ceph.client.admin.keyring,format=rbd',
          },
        },
      ],
    },
    {
      about: 'the data of a secret object, in words and in JSON',
      pairs: ['6.2 16.2', NEW],
      text: `kvm -object secret,id=s,⟦data=${KEY}⟧,format=base64 -object '{"qom-type":"secret","id":"t",⟦"data":"${KEY}"⟧,"format":"base64"}' -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s,user=u -drive file=rbd:p/j,format=raw,file.key-secret=t`,
      finds: [
        {
          severity: 'warning',
          says: ['from a file'],
          fixes: {
            'Take the key from /etc/ceph/client.u.key (put it there first)': `kvm -object secret,id=s,file=/etc/ceph/client.u.key,format=base64 -object '{"qom-type":"secret","id":"t","data":"${KEY}","format":"base64"}' -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s,user=u -drive file=rbd:p/j,format=raw,file.key-secret=t`,
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Take the key from /etc/ceph/client.admin.key (put it there first)': `kvm -object secret,id=s,data=${KEY},format=base64 -object '{"qom-type":"secret","id":"t","file":"/etc/ceph/client.admin.key","format":"base64"}' -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s,user=u -drive file=rbd:p/j,format=raw,file.key-secret=t`,
          },
        },
      ],
    },
    {
      about: 'data that is encrypted, and a passphrase of an encrypted image',
      pairs: [NEW],
      text: `kvm -object secret,id=s,data=${KEY},keyid=m,iv=AAAA,format=base64 -blockdev driver=rbd,pool=p,image=i,node-name=n,key-secret=s -object secret,id=l,data=${KEY} -blockdev '{"driver":"luks","key-secret":"l","node-name":"top","file":{"driver":"rbd","pool":"p","image":"j"}}'`,
      finds: [],
    },
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
      about: 'in JSON, also within double quotes',
      pairs: ['6.2 16.2', NEW],
      script: true,
      text: 'kvm -object \'⟦{"qom-type":"secret","id":"s","file":"/k"}⟧\' -object "⟦{\\"qom-type\\":\\"secret\\",\\"id\\":\\"t\\",\\"file\\":\\"/k\\"}⟧" -drive file=rbd:p/i,format=raw,file.key-secret=s -drive file=rbd:p/j,format=raw,if=none,id=j,file.key-secret=t',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Add format=base64':
              'kvm -object \'{"qom-type":"secret","id":"s","file":"/k","format":"base64"}\' -object "{\\"qom-type\\":\\"secret\\",\\"id\\":\\"t\\",\\"file\\":\\"/k\\"}" -drive file=rbd:p/i,format=raw,file.key-secret=s -drive file=rbd:p/j,format=raw,if=none,id=j,file.key-secret=t',
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Add format=base64':
              'kvm -object \'{"qom-type":"secret","id":"s","file":"/k"}\' -object "{\\"qom-type\\":\\"secret\\",\\"id\\":\\"t\\",\\"file\\":\\"/k\\",\\"format\\":\\"base64\\"}" -drive file=rbd:p/i,format=raw,file.key-secret=s -drive file=rbd:p/j,format=raw,if=none,id=j,file.key-secret=t',
          },
        },
      ],
    },
    {
      about: 'the passphrase of an encrypted image is no key',
      pairs: [NEW],
      text:
        'kvm -object secret,id=l,file=/pass -blockdev \'{"driver":"luks","key-secret":"l","node-name":"top","file":{"driver":"rbd","pool":"p","image":"j"}}\' ' +
        '-object secret,id=e,file=/pass -blockdev driver=rbd,pool=p,image=i,node-name=n,encrypt.format=luks,encrypt.key-secret=e',
      finds: [],
    },
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
};
