/** Drive strings as this QEMU reads them: what is found, by rule. Names of images, and how they are split. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const NAME_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-name-cut': [
    {
      about: 'the rest of a secret is not repeated',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:key=abc:⟦def⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['ends the value here'],
          fixes: { 'Escape the colon': 'kvm -drive file=rbd:p/i:key=abc\\:def,format=raw' },
        },
      ],
    },
    {
      about: 'single commas between monitors',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789,⟦192.0.2.2\\:6789⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['A single comma ends the name', '`,,`'],
          fixes: {
            'Write ,, for the comma': 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1\\:6789,,192.0.2.2\\:6789,format=raw',
          },
        },
      ],
    },
    {
      about: 'several of them, named monitors',
      pairs: ['1.1 0.56', '9.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:mon_host=mon1,⟦mon2⟧,192.0.2.3:id=x,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Write ,, for the commas': 'kvm -drive file=rbd:p/i:mon_host=mon1,,mon2,,192.0.2.3:id=x,format=raw',
          },
        },
      ],
    },
    {
      about: 'nothing behind the colon',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:id=x⟦:⟧,format=raw',
      finds: [
        {
          severity: 'error',
          says: ['Nothing stands behind this colon'],
          fixes: { 'Delete the colon': 'kvm -drive file=rbd:p/i:id=x,format=raw' },
        },
      ],
    },
    {
      about: 'an option without its value is not to be escaped',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i:id=x:⟦rbd_cache⟧,format=raw',
      finds: [{ severity: 'error', says: ['`rbd_cache` has no value'] }],
    },
    {
      about: 'a line that single quotes do not join',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: "kvm -drive 'file=rbd:p/i:⟦\\\nid⟧=x:\\\nkeyring=/k,format=raw'",
      finds: [
        {
          severity: 'error',
          says: ['joins nothing'],
          fixes: { 'Join the lines': "kvm -drive 'file=rbd:p/i:id=x:keyring=/k,format=raw'" },
        },
      ],
    },
    {
      about: 'before there were escapes',
      pairs: ['0.15 0.48'],
      text: 'kvm -drive file=rbd:p/i:mon_host=192.0.2.1:⟦6789⟧,format=raw',
      finds: [{ severity: 'error', says: ['put the option into a ceph.conf'] }],
    },
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
          fixes: { 'Escape the at sign': 'kvm -drive file=rbd:p/i:keyring=/etc/ceph/a\\@b,format=raw' },
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
      about: 'with quotes of its own around a variable',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive file=rbd:"$pool"/i:mon_host=192.0.2.1⟦\\:⟧6789,format=raw',
      finds: [
        {
          severity: 'error',
          fixes: { 'Double the backslashes': 'kvm -drive file=rbd:"$pool"/i:mon_host=192.0.2.1\\\\\\:6789,format=raw' },
        },
      ],
    },
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
};
