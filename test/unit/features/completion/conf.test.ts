import { describe, expect, test } from 'vitest';
import { cephRelease } from '../../../../server/src/catalog/releases.js';
import { acceptSnippet, type Case, checkCase, labels, offered, type Scene } from './harness.js';

const ALL = ['2.2 0.48', '2.2 0.87', '2.4 0.94', '2.9 10.2', '5.2 12.2', '5.2 14.2', '7.2 17.2', '10.2 20.2'];
const DRIVES = {
  'file:///h/vm.qemu-args':
    'qemu-kvm -drive file=rbd:volumes/v-1:id=cinder,format=raw -drive file=rbd:vms/v-2:id=nova:mon_host=10.0.0.1,format=raw\n',
};

const cases: Readonly<Record<string, readonly Case[]>> = {
  'names of options': [
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nlog file = /l\nrbd cache ma‸\n',
      take: 'rbd cache max dirty',
      gives: '[global]\nlog file = /l\nrbd cache max dirty = ‸\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nlog_file = /l\nrbdcama‸\n',
      take: 'rbd_cache_max_dirty',
      gives: '[global]\nlog_file = /l\nrbd_cache_max_dirty = ‸\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nlog file = /l\nrbd_‸\n',
      take: 'rbd_cache',
      gives: '[global]\nlog file = /l\nrbd_cache = ‸\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nlog_file=/l\nrbd‸\n',
      take: 'rbd_cache',
      gives: '[global]\nlog_file=/l\nrbd_cache=‸\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nrbd cache max‸ dirty = 1\n',
      take: 'rbd cache max dirty age',
      gives: '[global]\nrbd cache max dirty age‸ = 1\n',
      inserted: '[global]\nrbd cache max dirty age‸ dirty = 1\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\r\n\trbd cache = true\r\n\trbd cache s‸\r\n',
      take: 'rbd cache size',
      gives: '[global]\r\n\trbd cache = true\r\n\trbd cache size = ‸\r\n',
    },
    {
      kind: 'conf',
      pairs: ALL.slice(1),
      text: '[osd]\nosd max b‸\n',
      take: 'osd max backfills',
      gives: '[osd]\nosd max backfills = ‸\n',
    },
  ],
  values: [
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nrbd cache = ‸\n',
      take: 'true',
      gives: '[global]\nrbd cache = true‸\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nrbd cache = ‸true ; on\n',
      take: 'false',
      gives: '[global]\nrbd cache = false‸ ; on\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nrbd cache = "‸"\n',
      take: 'true',
      gives: '[global]\nrbd cache = "true‸"\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      text: '[global]\nrbd_cache_size=‸\n',
      take: '67108864',
      gives: '[global]\nrbd_cache_size=67108864‸\n',
    },
    {
      kind: 'conf',
      pairs: ['2.4 0.94', '2.9 10.2'],
      text: '[global]\nrbd cache size = ‸\n',
      take: '64M',
      gives: '[global]\nrbd cache size = 64M‸\n',
    },
    {
      kind: 'conf',
      pairs: ['5.2 14.2', '7.2 17.2'],
      text: '[global]\nrbd cache size = ‸\n',
      take: '64M',
      gives: '[global]\nrbd cache size = 64M‸\n',
    },
    {
      kind: 'conf',
      pairs: ['7.2 17.2'],
      text: '[client]\nrbd cache policy = ‸\n',
      take: 'writearound',
      gives: '[client]\nrbd cache policy = writearound‸\n',
    },
    { kind: 'conf', pairs: ALL, text: '[client]\ndebug rbd = ‸\n', take: '20', gives: '[client]\ndebug rbd = 20‸\n' },
    {
      kind: 'conf',
      pairs: ALL,
      others: DRIVES,
      text: '[client]\nmon host = ‸\n',
      take: '10.0.0.1',
      gives: '[client]\nmon host = 10.0.0.1‸\n',
    },
  ],
  'meta variables': [
    {
      kind: 'conf',
      pairs: ALL.slice(1),
      text: '[client]\nlog file = /l/$p‸.log\n',
      take: '$pid',
      gives: '[client]\nlog file = /l/$pid‸.log\n',
    },
    {
      kind: 'conf',
      pairs: ALL.slice(1),
      text: '[client]\nlog file = /l/${‸\n',
      take: '$name',
      gives: '[client]\nlog file = /l/${name}‸\n',
    },
    {
      kind: 'conf',
      pairs: ['5.2 14.2'],
      text: '[client]\nadmin socket = "/r/$‸.asok"\n',
      take: '$cctid',
      gives: '[client]\nadmin socket = "/r/$cctid‸.asok"\n',
    },
  ],
  sections: [
    { kind: 'conf', pairs: ALL, others: DRIVES, text: '[‸', take: '[client.cinder]', gives: '[client.cinder]‸' },
    {
      kind: 'conf',
      pairs: ALL,
      others: DRIVES,
      text: '[cl‸]\nrbd cache = true\n',
      take: '[client.nova]',
      gives: '[client.nova‸]\nrbd cache = true\n',
    },
    {
      kind: 'conf',
      pairs: ALL,
      others: DRIVES,
      text: '[global]\nrbd cache = true\n\n‸\n',
      take: '[client.cinder]',
      gives: '[global]\nrbd cache = true\n\n[client.cinder]‸\n',
    },
  ],
  comments: [
    {
      kind: 'conf',
      pairs: ALL,
      text: '; rbdcache: librbd=0.8‸\n[global]\n',
      take: '0.87',
      gives: '; rbdcache: librbd=0.87‸\n[global]\n',
    },
  ],
};

describe.each(Object.entries(cases))('%s', (_what, list) => {
  test.each(list.map((each) => [`${each.text} + ${each.take}`, each] as const))('%s', (_name, each) => checkCase(each));
});

describe('nothing is offered', () => {
  test.each([
    ['in a comment', '[global]\n# the rbd‸ cache\n'],
    ['in a comment behind a value', '[global]\nrbd cache = true ; the rbd‸\n'],
    ['behind a value', '[global]\nrbd cache = true ‸\n'],
    ['behind a header', '[global] ‸\n'],
    ['for a value that is free', '[global]\nfsid = ‸\n'],
    ['for a secret', '[client]\nkey = ‸\n'],
    ['in prose', '[global]\nThis is, to say the least, a rbd‸\n'],
    ['on a line that goes on', '[global]\nlog file = /var/log/\\\nrbd‸\n'],
    ['for a value of an option that no release knows', '[global]\nrbd kache = ‸\n'],
  ])('%s', (_where, text) => expect(labels({ kind: 'conf', pair: '7.2 17.2', text })).toEqual([]));
});

describe('by release', () => {
  const at = (text: string, librbd: string) => labels({ kind: 'conf', pair: `7.2 ${librbd}`, text });

  test('units are offered only where this release reads them as powers of 1024', () => {
    const sizes = (librbd: string) => at('[global]\nrbd cache size = ‸\n', librbd);
    expect(sizes('0.80.5')).toEqual(['33554432', '67108864', '134217728', '16777216']);
    expect(sizes('0.94')).toEqual(['32M', '33554432', '64M', '67108864', '128M', '134217728', '16M', '16777216']);
    // An `int` option whose K is 1000: no unit at all.
    expect(sizes('12.2.13')).toEqual(['33554432', '67108864', '134217728', '16777216']);
    expect(sizes('14.2')).toContain('64M');
  });

  test('options come and go', () => {
    const names = (librbd: string) => at('[client]\nrbd_cache‸\n', librbd);
    expect(names('0.80')).not.toContain('rbd_cache_policy');
    expect(names('17.2')).toContain('rbd_cache_policy');
    expect(at('[client]\nauth_supp‸\n', '14.2')).toContain('auth_supported');
    expect(at('[client]\nauth_supp‸\n', '20.2')).not.toContain('auth_supported');
  });

  test('variables come and go', () => {
    const variables = (librbd: string) => at('[client]\nlog file = /l/$‸\n', librbd);
    expect(variables('0.48')).not.toContain('$pid');
    expect(variables('0.87')).not.toContain('$cctid');
    expect(variables('14.2')).toEqual(['$pid', '$cctid', '$name', '$id', '$cluster', '$type', '$host', '$home']);
  });

  test('before the first section only what makes one, where the release refuses a key there', () => {
    expect(at('‸', '17.2')).not.toContain('rbd_cache');
    expect(at('‸', '17.2')).toContain('[global]');
    expect(at('‸', '14.2')).toContain('rbd_cache');
  });
});

test('a client that is a variable, or holds a key, gives no section', () => {
  const others = {
    'file:///h/vm.sh':
      'qemu-kvm -drive "file=rbd:p/i:id=$ID" -drive file=rbd:p/i:id=vm1 -drive "file=rbd:p/i:id=vm2\\\\:key=AAAAAAAA"\n',
  };
  const all = labels({ kind: 'conf', pair: '7.2 16.2', text: '[‸\n', others });
  expect(all.filter((label) => label.includes('client.'))).toEqual(['[client.vm1]']);
});

test('what bears on a disk comes first; what the section’s program reads, in its section', () => {
  const first = (text: string) => labels({ kind: 'conf', pair: '7.2 17.2', text }).slice(0, 20);
  expect(first('[client]\n‸\n').some((name) => name.startsWith('rbd'))).toBe(true);
  expect(first('[osd]\n‸\n').every((name) => /^(osd|bluestore|filestore|journal)_/.test(name))).toBe(true);
  expect(first('[mon]\n‸\n').every((name) => /^(mon|paxos|auth)_/.test(name))).toBe(true);
});

test('what is set already comes behind, and says so', () => {
  const { items } = offered({ kind: 'conf', pair: '7.2 17.2', text: '[client]\nrbd cache = true\nrbd cac‸\n' });
  const cache = items.find(({ label }) => label === 'rbd cache');
  expect(cache?.detail).toBe('set here already');
  const size = items.find(({ label }) => label === 'rbd cache size');
  expect(size?.detail).toBe('size, default 33554432');
});

test('the list of all options is not sent at once', () => {
  const { items, incomplete } = offered({ kind: 'conf', pair: '7.2 17.2', text: '[client]\n‸\n' });
  expect(items.length).toBeLessThan(250);
  expect(incomplete).toBe(true);
  const some = offered({ kind: 'conf', pair: '7.2 17.2', text: '[client]\nrbd_cache_max‸\n' });
  expect(some.incomplete).toBe(false);
});

describe('whole parts', () => {
  const taken = (scene: Scene, label: string): string => {
    const list = offered(scene);
    const found = list.items.find((one) => one.label === label);
    if (found === undefined) expect.fail(`offered: ${list.items.map((one) => one.label).join(', ')}`);
    return acceptSnippet(list, found);
  };

  test('the section of a client that a drive connects as', () => {
    const scene: Scene = { kind: 'conf', pair: '2.2 0.87', others: DRIVES, text: '[global]\nlog file = /l\n\n‸\n' };
    expect(taken(scene, 'section of a client')).toBe(
      '[global]\nlog file = /l\n\n[client.‸cinder]\nkeyring = /etc/ceph/$cluster.$name.keyring\nrbd cache = true\nrbd cache writethrough until flush = true\n',
    );
  });

  test.each([
    ['0.87', '$cluster-$type.$id.$pid', '$cluster-$type.$id.$pid'],
    ['17.2', '$cluster-$type.$id.$pid', '$cluster-$type.$id.$pid.$cctid'],
  ])('the log and the admin socket, with what AppArmor must allow: %s', (librbd, log, socket) => {
    const scene: Scene = { kind: 'conf', pair: `7.2 ${librbd}`, text: '[global]\nrbd_cache_size = 1\n\n‸\n' };
    expect(taken(scene, 'log and admin socket')).toBe(
      `[global]
rbd_cache_size = 1

# QEMU must be allowed to write there. With AppArmor, /etc/apparmor.d/abstractions/libvirt-qemu needs:
#   capability mknod,
#   /etc/ceph/ceph.conf r,
#   /var/log/ceph/* rw,
#   /var/run/ceph/** rw,
# Then: ceph --admin-daemon /var/run/ceph/NAME.asok config show
log_file = /var/log/ceph/${log}.log
admin_socket = /var/run/ceph/${socket}.asok
debug_rbd = ‸20
debug_perfcounter = 20
`,
    );
  });

  test('they bring their section where none is', () => {
    expect(taken({ kind: 'conf', pair: '7.2 17.2', text: '‸' }, 'log and admin socket')).toMatch(/^\[client\]\n# QEMU/);
  });
});

test('each release of the cases is known', () => {
  for (const pair of ALL) expect(cephRelease(pair.split(' ')[1] ?? '')?.match).toBe('exact');
});
