import { describe, expect, test } from 'vitest';
import { COMMAND, CONF, type Documents, refactoringsAt, SCRIPT } from './actions.js';

interface Case {
  readonly about: string;
  readonly pair?: string;
  readonly documents: Documents;
  /** Title of each, and the texts that it changes. */
  readonly offers: Readonly<Record<string, readonly string[]>>;
}

const NEW = '7.2 16.2.15';
const KEY = 'AQB0ZXN0AAAAABAAdGVzdHRlc3R0ZXN0dGVzdA==';

function check(cases: readonly Case[]): void {
  test.each(cases.map((one) => [one.about, one] as const))('%s', (_about, { documents, pair = NEW, offers }) => {
    expect(refactoringsAt(documents, pair)).toEqual(offers);
  });
}

const NODES =
  `-blockdev '{"driver":"rbd","pool":"volumes","image":"v1","user":"cinder","node-name":"d0-storage",` +
  `"auto-read-only":true,"discard":"unmap"}' ` +
  `-blockdev '{"node-name":"d0","read-only":false,"driver":"raw","file":"d0-storage"}'`;

describe('-drive to -blockdev', () => {
  check([
    {
      about: 'a drive whose device stands there keeps its name',
      documents: {
        [COMMAND]:
          'kvm -dri‸ve file=rbd:volumes/v1:id=cinder,format=raw,if=none,id=d0 -device virtio-blk-pci,drive=d0\n',
      },
      offers: { 'Convert to -blockdev': [`kvm ${NODES} -device virtio-blk-pci,drive=d0\n`] },
    },
    {
      about: 'if=virtio becomes a device, the cache mode two switches and the device’s own',
      documents: {
        [COMMAND]:
          'kvm -m 1G -drive file=rbd:volumes/v1@s1:conf=/etc/ceph/west.conf,for‸mat=raw,if=virtio,cache=directsync,readonly=on\n',
      },
      offers: {
        'Convert to -blockdev and -device': [
          'kvm -m 1G ' +
            `-blockdev '{"driver":"rbd","pool":"volumes","image":"v1","snapshot":"s1","conf":"/etc/ceph/west.conf",` +
            `"node-name":"rbd0-storage","read-only":true,"cache":{"direct":true,"no-flush":false},"auto-read-only":true,"discard":"unmap"}' ` +
            `-blockdev '{"node-name":"rbd0","read-only":true,"cache":{"direct":true,"no-flush":false},"driver":"raw","file":"rbd0-storage"}' ` +
            '-device virtio-blk-pci,drive=rbd0,write-cache=off\n',
        ],
      },
    },
    {
      about: 'a script’s lines are joined as they were, and a device in JSON is told of the write cache',
      documents: {
        [SCRIPT]:
          '#!/bin/sh\nexec qemu-system-x86_64 \\\n  -drive file=rbd:p/n/i,format=raw,if=none,id=d0,cac‸he=writethrough,detect-zeroes=on,discard=unmap \\\n' +
          `  -device '{"driver":"scsi-hd","drive":"d0"}'\n`,
      },
      offers: {
        'Convert to -blockdev': [
          '#!/bin/sh\nexec qemu-system-x86_64 \\\n' +
            `  -blockdev '{"driver":"rbd","pool":"p","namespace":"n","image":"i","node-name":"d0-storage",` +
            `"cache":{"direct":false,"no-flush":false},"auto-read-only":true,"discard":"unmap"}' \\\n` +
            `  -blockdev '{"node-name":"d0","read-only":false,"cache":{"direct":false,"no-flush":false},"discard":"unmap","detect-zeroes":"on",` +
            `"driver":"raw","file":"d0-storage"}' \\\n` +
            `  -device '{"write-cache":"off","driver":"scsi-hd","drive":"d0"}'\n`,
        ],
      },
    },
    {
      about: 'monitors and authentication become members, and the key moves to a secret object',
      documents: {
        [SCRIPT]:
          `kvm -dri‸ve 'file=rbd:volumes/v1:id=cinder:key=${KEY}:mon_host=192.0.2.1\\:6789;[2001\\:db8\\:\\:1]\\:6789:auth_client_required=cephx,` +
          `format=raw,if=none,id=d0' -device virtio-blk-pci,drive=d0\n`,
      },
      offers: {
        'Convert to -blockdev, the key to -object secret': [
          `kvm -object secret,id=d0-key,format=base64,data=${KEY} ` +
            `-blockdev '{"driver":"rbd","pool":"volumes","image":"v1","server":[{"host":"192.0.2.1","port":"6789"},{"host":"2001:db8::1","port":"6789"}],` +
            `"user":"cinder","auth-client-required":["cephx"],"key-secret":"d0-key","node-name":"d0-storage","auto-read-only":true,"discard":"unmap"}' ` +
            `-blockdev '{"node-name":"d0","read-only":false,"driver":"raw","file":"d0-storage"}' -device virtio-blk-pci,drive=d0\n`,
        ],
      },
    },
    {
      about: 'as libvirt wrote it for years: auth_supported is said of the client',
      documents: {
        [COMMAND]:
          `kvm -dri‸ve file=rbd:volumes/v1:id=cinder:auth_supported=cephx\\;none:mon_host=192.0.2.1\\:6789\\;192.0.2.2\\:6789,` +
          'format=raw,if=none,id=drive-virtio-disk0,cache=none -device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x5,drive=drive-virtio-disk0,id=virtio-disk0\n',
      },
      offers: {
        'Convert to -blockdev, auth_supported as auth-client-required': [
          `kvm -blockdev '{"driver":"rbd","pool":"volumes","image":"v1","server":[{"host":"192.0.2.1","port":"6789"},{"host":"192.0.2.2","port":"6789"}],` +
            `"user":"cinder","auth-client-required":["cephx","none"],"node-name":"drive-virtio-disk0-storage",` +
            `"cache":{"direct":true,"no-flush":false},"auto-read-only":true,"discard":"unmap"}' ` +
            `-blockdev '{"node-name":"drive-virtio-disk0","read-only":false,"cache":{"direct":true,"no-flush":false},"driver":"raw","file":"drive-virtio-disk0-storage"}' ` +
            '-device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x5,drive=drive-virtio-disk0,id=virtio-disk0,write-cache=on\n',
        ],
      },
    },
    {
      about: 'QEMU before 3.0 has no member for a key',
      pair: '2.11 12.2',
      documents: { [COMMAND]: `kvm -dri‸ve file=rbd:volumes/v1:id=cinder:key=${KEY},format=raw,if=virtio\n` },
      offers: {},
    },
    {
      about: 'what has no member goes to the section of its client, or is named as lost',
      documents: {
        [COMMAND]:
          'kvm -dri‸ve file=rbd:volumes/v1:id=cinder:rbd_cache_max_dirty=0:rbd_cache=false,format=raw,if=none,id=d0,discard=ignore\n',
        [CONF]: '[global]\nmon host = 192.0.2.1:6789\n\n[client.cinder]\n    keyring = /etc/ceph/k\n',
      },
      offers: {
        'Convert to -blockdev, rbd_cache_max_dirty to [client.cinder] in ceph.conf': [
          `kvm ${NODES}\n`,
          '[global]\nmon host = 192.0.2.1:6789\n\n[client.cinder]\n    keyring = /etc/ceph/k\n    rbd_cache_max_dirty = 0\n',
        ],
        'Convert to -blockdev, without rbd_cache_max_dirty: RBDCache on, write-through until first flush': [
          `kvm ${NODES}\n`,
        ],
      },
    },
    {
      about: 'no section is written that another drive would read, too',
      documents: {
        [COMMAND]:
          'kvm -dri‸ve file=rbd:volumes/v1:id=cinder:rbd_cache_max_dirty=0,format=raw,if=none,id=d0\n' +
          'kvm -drive file=rbd:volumes/v2:id=cinder,format=raw,if=none,id=d0\n',
        [CONF]: '[global]\nmon host = 192.0.2.1:6789\n',
      },
      offers: {
        'Convert to -blockdev, without rbd_cache_max_dirty: RBDCache on, write-through until first flush': [
          `kvm ${NODES}\nkvm -drive file=rbd:volumes/v2:id=cinder,format=raw,if=none,id=d0\n`,
        ],
      },
    },
    {
      about: 'a section that is not there yet is put at the end',
      documents: {
        [COMMAND]: 'kvm -dri‸ve file=rbd:volumes/v1:id=cinder:debug_rbd=20,format=raw,if=none,id=d0\n',
        [CONF]: '[global]\nmon host = 192.0.2.1:6789\n',
      },
      offers: {
        'Convert to -blockdev, debug_rbd to [client.cinder] in ceph.conf': [
          `kvm ${NODES}\n`,
          '[global]\nmon host = 192.0.2.1:6789\n\n[client.cinder]\ndebug rbd = 20\n',
        ],
        'Convert to -blockdev, without debug_rbd': [`kvm ${NODES}\n`],
      },
    },
    {
      about: 'an option that this QEMU refuses on the drive goes to the device, and the outcome is told',
      documents: {
        [COMMAND]:
          'kvm -dri‸ve file=rbd:volumes/v1:id=cinder,format=raw,if=none,id=d0,serial=x1 -device virtio-blk-pci,drive=d0\n',
      },
      offers: {
        'Convert to -blockdev: RBDCache on, write-through until first flush': [
          `kvm ${NODES} -device virtio-blk-pci,drive=d0,serial=x1\n`,
        ],
      },
    },
    {
      about: 'an image opened by the format rbd is one node',
      documents: { [COMMAND]: 'kvm -dri‸ve file=rbd:p/i,format=rbd,if=none,id=d0,cache=unsafe\n' },
      offers: {
        'Convert to -blockdev': [
          `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"d0","cache":{"direct":false,"no-flush":true},"auto-read-only":true}'\n`,
        ],
      },
    },
    ...[
      ['a release without -blockdev', '2.8 10.2', 'kvm -dri‸ve file=rbd:p/i,format=raw,if=none,id=d0\n'],
      ['a format to be guessed', NEW, 'kvm -dri‸ve file=rbd:p/i,if=none,id=d0\n'],
      ['a temporary snapshot', NEW, 'kvm -dri‸ve file=rbd:p/i,format=raw,if=none,id=d0,snapshot=on\n'],
      ['-snapshot on the command line', NEW, 'kvm -snapshot -dri‸ve file=rbd:p/i,format=raw,if=none,id=d0\n'],
      ['limits of bytes a second', NEW, 'kvm -dri‸ve file=rbd:p/i,format=raw,if=virtio,throttling.bps-total=1000\n'],
      ['a bus that the disk is put on', NEW, 'kvm -dri‸ve file=rbd:p/i,format=raw,if=scsi\n'],
      ['a drive that is refused', NEW, 'kvm -dri‸ve file=rbd:p/i,format=raw,if=none,cache=writebak\n'],
      [
        'write-through without a device to say so',
        NEW,
        'kvm -dri‸ve file=rbd:p/i,format=raw,if=none,id=d0,cache=writethrough\n',
      ],
    ].map(
      ([about = '', pair = NEW, text = '']): Case => ({
        about: `not offered: ${about}`,
        pair,
        documents: { [COMMAND]: text },
        offers: {},
      }),
    ),
    ...[
      ['a variable in the image’s name', 'kvm -dri‸ve "file=rbd:p/$disk,format=raw,if=none,id=d0"\n'],
      ['a variable elsewhere that may be several words', 'kvm $opts -dri‸ve file=rbd:p/i,format=raw,if=none,id=d0\n'],
    ].map(
      ([about = '', text = '']): Case => ({
        about: `not offered: ${about}`,
        documents: { [SCRIPT]: text },
        offers: {},
      }),
    ),
  ]);
});

const CACHED = (direct: boolean) => `"cache":{"direct":${direct},"no-flush":false}`;

describe('-blockdev to -drive', () => {
  const rbd = `-blockdev '{"driver":"rbd","pool":"p","image":"i:1","user":"u","conf":"/etc/ceph/c.conf","node-name":"s",${CACHED(true)}}'`;
  const raw = `-blockdev '{"node-name":"f","driver":"raw","file":"s",${CACHED(true)},"discard":"unmap","read-only":true}'`;
  check([
    {
      about: 'two nodes become one drive, where the first of them stands',
      documents: { [COMMAND]: `kvm ${rbd} -m 1G ${raw.replace('-block', '-blo‸ck')} -device scsi-hd,drive=f\n` },
      offers: {
        'Convert to -drive': [
          `kvm -drive 'file=rbd:p/i\\:1:id=u:conf=/etc/ceph/c.conf,format=raw,if=none,id=f,cache=none,discard=unmap,readonly=on' -m 1G -device scsi-hd,drive=f\n`,
        ],
      },
    },
    {
      about: 'one node with the other inside, in dotted keys, a device that writes through, and a secret',
      documents: {
        [COMMAND]:
          'kvm -object secret,id=k,file=/k,format=base64 -blo‸ckdev driver=raw,node-name=f,file.driver=rbd,file.pool=p,file.image=i,file.key-secret=k,' +
          'file.server.0.host=192.0.2.1,file.server.0.port=6789 -device virtio-blk-pci,drive=f,write-cache=off\n',
      },
      offers: {
        'Convert to -drive': [
          `kvm -object secret,id=k,file=/k,format=base64 -drive 'file=rbd:p/i:mon_host=192.0.2.1\\:6789,format=raw,if=none,id=f,` +
            `cache=writethrough,file.key-secret=k' -device virtio-blk-pci,drive=f,write-cache=off\n`,
        ],
      },
    },
    {
      about: 'a release without -blockdev is told what the drive does, and frees the device of what it does not know',
      pair: '2.2 0.87',
      documents: {
        [COMMAND]: `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s"}' -blo‸ckdev '{"node-name":"f","driver":"raw","file":"s"}' -device virtio-blk-pci,drive=f,write-cache=on\n`,
      },
      offers: {
        'Convert to -drive, which QEMU 2.2 has: RBDCache on, write-through until first flush': [
          'kvm -drive file=rbd:p/i,format=raw,if=none,id=f,cache=writeback -device virtio-blk-pci,drive=f\n',
        ],
      },
    },
    ...[
      [
        'nodes that differ',
        `kvm ${rbd} ${raw.replace(CACHED(true), CACHED(false)).replace('-block', '-blo‸ck')} -device scsi-hd,drive=f\n`,
      ],
      [
        'a filter over them',
        `kvm ${rbd} ${raw.replace('-block', '-blo‸ck')} -blockdev '{"driver":"throttle","node-name":"t","file":"f","throttle-group":"g"}'\n`,
      ],
      [
        'an encrypted image',
        `kvm -blo‸ckdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s","encrypt":{"format":"luks","key-secret":"k"}}'\n`,
      ],
    ].map(
      ([about = '', text = '']): Case => ({
        about: `not offered: ${about}`,
        documents: { [COMMAND]: text },
        offers: {},
      }),
    ),
  ]);

  test('there and back is the same drive', () => {
    const text =
      'kvm -drive file=rbd:p/i:id=u,format=raw,if=none,id=d0,cache=none,discard=unmap -device virtio-blk-pci,drive=d0\n';
    const there =
      refactoringsAt({ [COMMAND]: text.replace('-drive', '-dri‸ve') }, NEW)['Convert to -blockdev']?.[0] ?? '';
    const back = refactoringsAt({ [COMMAND]: there.replace('-blockdev', '-block‸dev') }, NEW)['Convert to -drive']?.[0];
    expect(back).toBe(text.replace('drive=d0\n', 'drive=d0,write-cache=on\n'));
  });
});

describe('ceph.conf in one spelling', () => {
  const text =
    '[global]\nrbd ca‸che = true\n\trbd_cache_size = 33554432 # rbd cache\nmon_host=192.0.2.1\n; rbd cache = false\nrbd-cache = x\n';
  const [first = '', rest = ''] = text.split('‸');
  check([
    {
      about: 'either way; comments, values and names with dashes stay',
      documents: { [CONF]: text },
      offers: {
        'Write all keys of this file with underscores (1 to change)': [
          (first + rest).replace('\nrbd cache =', '\nrbd_cache ='),
        ],
        'Write all keys of this file with blanks (2 to change)': [
          (first + rest).replace('rbd_cache_size', 'rbd cache size').replace('mon_host', 'mon host'),
        ],
      },
    },
    {
      about: 'not offered where the caret is on no key',
      documents: { [CONF]: '[glo‸bal]\nrbd cache = true\n' },
      offers: {},
    },
  ]);
});

describe('a section and the client of a drive', () => {
  const conf = '[global]\nmon host = 192.0.2.1:6789\n[client.vm1]\nrbd cache max dirty = 0\n';
  const drive = 'kvm -drive file=rbd:p/i:id=cinder,format=raw,if=none,id=d0,cache=writeback\n';
  check([
    {
      about: 'on the section that no drive reads',
      pair: '7.2 14.2.22',
      documents: { [CONF]: conf.replace('client.vm1', 'cli‸ent.vm1'), [COMMAND]: drive },
      offers: {
        'Rename [client.vm1] to [client.cinder], which drives connect as: RBDCache on, write-through': [
          conf.replace('client.vm1', 'client.cinder'),
        ],
        'Connect d0 (p/i) as client.vm1: RBDCache on, write-through': [drive.replace('cinder', 'vm1')],
      },
    },
    {
      about: 'on a node in JSON that has no user',
      pair: '7.2 14.2.22',
      documents: {
        [CONF]: conf,
        [COMMAND]: `kvm -block‸dev '{"driver":"rbd","pool":"p","image":"i","node-name":"n"}'\n`,
      },
      offers: {
        'Connect n (p/i) as client.vm1, whose section stands in ceph.conf: RBDCache on, write-through': [
          `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","user":"vm1","node-name":"n"}'\n`,
        ],
        'Convert to -drive': ['kvm -drive file=rbd:p/i,format=raw,if=none,id=n,cache=writeback\n'],
      },
    },
    {
      about: 'where only an option changes, it is named',
      pair: '7.2 14.2.22',
      documents: {
        [CONF]: conf.replace('rbd cache max dirty = 0', 'debug rbd = 20').replace('client.vm1', 'cli‸ent.vm1'),
        [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,if=none,id=d0,cache=writeback\n',
      },
      offers: {
        'Connect d0 (p/i) as client.vm1: changes debug_rbd': [
          'kvm -drive file=rbd:p/i:id=vm1,format=raw,if=none,id=d0,cache=writeback\n',
        ],
        'Rename [client.vm1] to [client.admin], which drives connect as: changes debug_rbd': [
          conf.replace('rbd cache max dirty = 0', 'debug rbd = 20').replace('client.vm1', 'client.admin'),
        ],
      },
    },
    {
      about: 'not offered on a section that a drive reads',
      documents: { [CONF]: conf.replace('client.vm1', 'cli‸ent.vm1'), [COMMAND]: drive.replace('cinder', 'vm1') },
      offers: {},
    },
  ]);
});

test('no title shows a key', () => {
  const text = `kvm -dri‸ve file=rbd:p/${KEY}:id=u:key=${KEY},format=raw,if=none,id=d0\n`;
  const titles = Object.keys(refactoringsAt({ [COMMAND]: text, [CONF]: `[client.${KEY}]\nrbd cache = true\n` }, NEW));
  expect(titles.length).toBeGreaterThan(0);
  expect(titles.join('\n')).not.toContain('AQB0');
});
