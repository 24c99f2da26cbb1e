import { describe, expect, it } from 'vitest';
import { type CephRelease, cephRelease } from '../../server/src/catalog/releases.js';
import { NO_SURROUNDINGS } from '../../server/src/features/no-surroundings.js';
import { createCluster } from '../../server/src/simulate/librados/cluster.js';
import type { Cluster, FileLookup, Place } from '../../server/src/simulate/model.js';
import { confFile } from '../../server/src/syntax/ceph-conf/conf-file.js';
import { UNKNOWN } from '../../server/src/syntax/mapped-text.js';

const DEFAULT_PATH = '/etc/ceph/ceph.conf';
const CALLER: Place = { kind: 'qemu', because: 'vendor', argument: 0, span: null };

type FileTable = Readonly<Record<string, string | 'missing' | 'unreadable' | 'directory' | 'unknown'>>;

interface Setup {
  readonly release: string;
  readonly files?: FileTable;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly id?: string;
}

function releaseOf(written: string): CephRelease {
  const release = cephRelease(written);
  if (release === undefined) throw new Error(`no release: ${written}`);
  return release;
}

/** A text without a line end is the status of its path. */
function lookUp(files: FileTable, path: string): FileLookup {
  const text = files[path];
  switch (text) {
    case undefined:
      return { status: 'missing' };
    case 'missing':
    case 'unreadable':
    case 'directory':
    case 'unknown':
      return { status: text };
    default:
      return { status: 'file', file: confFile(path, text) };
  }
}

function connection({ release, files = {}, env = {}, cwd = '/', id }: Setup): Cluster {
  const environment = { env, cwd, home: '/home/qemu', pid: 4711, host: 'compute1.example.org' };
  return createCluster(
    { release: releaseOf(release), files: { lookUp: (path) => lookUp(files, path) }, environment },
    id ?? null,
  );
}

describe('where a file is looked for', () => {
  const CASES: readonly (Setup & { path?: string; searched: readonly string[]; returned: number })[] = [
    { release: '0.48', searched: ['/etc/ceph/ceph.conf', '~/.ceph/ceph.conf', 'ceph.conf'], returned: -22 },
    { release: '12.2', searched: ['/etc/ceph/ceph.conf', '~/.ceph/ceph.conf', 'ceph.conf'], returned: -2 },
    { release: '13.2', searched: ['/etc/ceph/ceph.conf', '/home/qemu/.ceph/ceph.conf', 'ceph.conf'], returned: -2 },
    {
      release: '12.2',
      cwd: '/srv',
      files: { '/srv/~/.ceph/ceph.conf': '\n' },
      searched: ['/etc/ceph/ceph.conf', '~/.ceph/ceph.conf'],
      returned: 0,
    },
    { release: '15.2', path: '/a b.conf', files: { '/a b.conf': '\n' }, searched: ['/a', 'b.conf'], returned: -2 },
    { release: '16.2', path: '/a b.conf', files: { '/a b.conf': '\n' }, searched: ['/a b.conf'], returned: 0 },
    { release: '15.2', path: '/a=b.conf', files: { '/a=b.conf': '\n' }, searched: ['/a', 'b.conf'], returned: -2 },
    {
      release: '18.2',
      path: '../x/./y.conf',
      cwd: '/srv/z',
      files: { '/srv/x/y.conf': '\n' },
      searched: ['../x/./y.conf'],
      returned: 0,
    },
    { release: '18.2', env: { CEPH_CONF: '/x;/y' }, files: { '/y': '\n' }, searched: ['/x', '/y'], returned: 0 },
    { release: '18.2', env: { CEPH_CONF: '' }, searched: [], returned: -2 },
    { release: '11.2', path: '', searched: [], returned: -22 },
    { release: '14.2', path: '/d,/x', files: { '/d': 'directory', '/x': '\n' }, searched: ['/d'], returned: -21 },
    { release: '14.2', path: '/d,/x', files: { '/d': 'unreadable', '/x': '\n' }, searched: ['/d'], returned: -13 },
    { release: '15.2', path: '/d,/x', files: { '/d': 'unreadable', '/x': '\n' }, searched: ['/d'], returned: 0 },
    { release: '16.2', path: '/d,/x', files: { '/d': 'unreadable', '/x': '\n' }, searched: ['/d', '/x'], returned: 0 },
    { release: '18.2', path: '/dev/null', searched: ['/dev/null'], returned: 0 },
    { release: '18.2', path: '/bad,/x', files: { '/bad': 'broken\n', '/x': '\n' }, searched: ['/bad'], returned: -22 },
    { release: '14.2', path: '/bad,/x', files: { '/bad': 'broken\n', '/x': '\n' }, searched: ['/bad'], returned: 0 },
    { release: '18.2', path: '/$cluster/$name.conf', searched: ['//client.admin.conf'], returned: -2 },
  ];
  it.each(CASES)('$release $path $env', ({ path, searched, returned, ...setup }) => {
    const read = connection(setup).readFile(path ?? null);
    expect(read.searched.map((one) => one.path)).toEqual(searched);
    expect(read.returned).toBe(returned);
  });

  it('is uncertain where nobody was allowed to look', () => {
    const files: FileTable = {
      [DEFAULT_PATH]: 'unknown',
      '/home/qemu/.ceph/ceph.conf': '[client]\nrbd cache = false\n',
    };
    const cluster = connection({ release: '18.2', files });
    expect(cluster.readFile(null)).toMatchObject({ uncertain: true, returned: 0 });
    expect(cluster.get('rbd_cache')).toBe('false');
  });

  it.each([
    { release: '14.2', returned: -2 },
    { release: '16.2', returned: 0 },
  ])('$release: a second file that is not there gives $returned', ({ release, returned }) => {
    const cluster = connection({ release, files: { '/a': '\n' } });
    cluster.readFile('/a');
    expect(cluster.readFile('/b').returned).toBe(returned);
  });

  it.each([
    { release: '16.2.15', aborts: true },
    { release: '18.2.7', aborts: false },
  ])('$release ends the process on a non-ASCII value: $aborts', ({ release, aborts }) => {
    const read = connection({ release, files: { [DEFAULT_PATH]: '[client]\nlog file = /é\n' } }).readFile(null);
    expect(read.abort !== null).toBe(aborts);
  });
});

describe('who wins', () => {
  const CONF =
    '[global]\nrbd cache size = 3M\n[client]\nrbd cache = true\nrbd cache = false\n[client.vm]\nkeyring = /vm\n';
  const CASES: readonly (Setup & { calls: string; option: string; value: string; level: string })[] = [
    { release: '12.2', calls: 'set rbd_cache true; read', option: 'rbd_cache', value: 'false', level: 'file' },
    { release: '13.2', calls: 'set rbd_cache true; read', option: 'rbd_cache', value: 'true', level: 'override' },
    { release: '12.2', calls: 'read; set rbd_cache true', option: 'rbd_cache', value: 'true', level: 'override' },
    { release: '12.2', calls: 'set rbd_cache_size 1; read', option: 'rbd_cache_size', value: '3000000', level: 'file' },
    { release: '0.48', calls: 'read', option: 'rbd_cache', value: 'true', level: 'file' },
    { release: '0.56', calls: 'read', option: 'rbd_cache', value: 'false', level: 'file' },
    {
      release: '18.2',
      calls: 'read',
      option: 'keyring',
      value: '/etc/ceph/ceph.client.admin.keyring,/etc/ceph/ceph.keyring,/etc/ceph/keyring,/etc/ceph/keyring.bin',
      level: 'default',
    },
    { release: '18.2', id: 'vm', calls: 'read', option: 'keyring', value: '/vm', level: 'file' },
    {
      release: '18.2',
      id: 'vm',
      env: { CEPH_KEYRING: '/env' },
      calls: 'read',
      option: 'keyring',
      value: '/env',
      level: 'env',
    },
    {
      release: '10.2',
      id: 'vm',
      env: { CEPH_KEYRING: '/env' },
      calls: 'set keyring /set; read',
      option: 'keyring',
      value: '/env',
      level: 'env',
    },
    {
      release: '10.2',
      env: { CEPH_KEYRING: '/env' },
      calls: 'read; set keyring /set',
      option: 'keyring',
      value: '/set',
      level: 'override',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: '--rbd-cache' },
      calls: 'read',
      option: 'rbd_cache',
      value: 'true',
      level: 'env',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: '--no-rbd-cache' },
      calls: '',
      option: 'rbd_cache',
      value: 'false',
      level: 'env',
    },
    {
      release: '12.2',
      env: { CEPH_ARGS: '--no-rbd-cache' },
      calls: '',
      option: 'rbd_cache',
      value: 'true',
      level: 'default',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: 'x --rbd_cache_size 5M -- --no-rbd-cache' },
      calls: '',
      option: 'rbd_cache_size',
      value: '5242880',
      level: 'env',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: '--rbd_cache_size=5M --rbd_cache=yes --rbd_cache_max_dirty=1' },
      calls: '',
      option: 'rbd_cache_max_dirty',
      value: '25165824',
      level: 'default',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: '-m 10.0.0.1' },
      calls: 'set mon_host 10.0.0.2; read',
      option: 'mon_host',
      value: '10.0.0.1',
      level: 'override',
    },
    {
      release: '18.2',
      env: { CEPH_ARGS: '--default-rbd-cache=false' },
      calls: '',
      option: 'rbd_cache',
      value: 'false',
      level: 'default',
    },
    { release: '18.2', calls: 'set rbd_cache maybe', option: 'rbd_cache', value: 'true', level: 'default' },
  ];
  it.each(CASES)('$release $env: $calls; $option is $value', ({ calls, option, value, level, ...setup }) => {
    const cluster = connection({ files: { [DEFAULT_PATH]: CONF }, ...setup });
    for (const call of calls.split('; ')) {
      const [verb, name = '', written = ''] = call.split(' ');
      if (verb === 'read') cluster.readFile(null);
      if (verb === 'set') cluster.set(name, written, CALLER);
    }
    expect(cluster.get(option)).toBe(value);
    expect(cluster.trace(option)?.winner).toMatchObject({ value, level });
  });

  it('lists every candidate in order, and why a line was never looked at', () => {
    const text =
      '[global]\nrbd cache = 1\n[client]\nrbd cache = true\nrbd_cache = maybe\n[client.vm]\n[mon]\nrbd cache = 0\n';
    const cluster = connection({ release: '18.2', id: 'vm', files: { [DEFAULT_PATH]: text } });
    cluster.set('rbd cache', 'false', CALLER);
    cluster.readFile(null);
    const trace = cluster.trace('rbd_cache');
    const shown = trace?.candidates.map(({ level, value, superseded, place }) =>
      [level, value, superseded ?? 'taken', place.kind === 'file' ? place.line : '-'].join(' '),
    );
    expect(shown).toEqual([
      'default true taken -',
      'override false taken -',
      'file true section 2',
      'file true duplicate 4',
      'file  taken 5',
    ]);
    expect(trace?.winner).toBe(trace?.candidates[1]);
    expect(cluster.mentioned()).toEqual(['rbd_cache']);
  });

  it('gives the place of a line', () => {
    const text = '[client]\n  rbd cache = "false" # off\n';
    const cluster = connection({ release: '18.2', files: { [DEFAULT_PATH]: text } });
    cluster.readFile(null);
    const place = cluster.trace('rbd_cache')?.winner.place;
    if (place?.kind !== 'file') throw new Error('no line of a file');
    expect(place).toMatchObject({ path: DEFAULT_PATH, line: 2, section: 'client' });
    expect(text.slice(place.span.start, place.span.end)).toBe('rbd cache = "false"');
    expect(text.slice(place.keySpan.start, place.keySpan.end)).toBe('rbd cache');
    expect(text.slice(place.valueSpan.start, place.valueSpan.end)).toBe('"false"');
  });
});

describe('rados_conf_set', () => {
  const CASES: readonly { release: string; key: string; value: string; returned: number }[] = [
    { release: '18.2', key: ' rbd  cache ', value: 'false', returned: 0 },
    { release: '18.2', key: 'rbd\tcache', value: 'false', returned: 0 },
    { release: '14.2', key: 'rbd\tcache', value: 'false', returned: -2 },
    { release: '18.2', key: 'rbd-cache', value: 'false', returned: -2 },
    { release: '18.2', key: 'rbd_cache', value: 'yes', returned: -22 },
    { release: '18.2', key: '', value: 'x', returned: -22 },
    { release: '12.2', key: '', value: 'x', returned: -2 },
    { release: '18.2', key: 'rbd_cache', value: UNKNOWN, returned: 0 },
  ];
  it.each(CASES)('$release $key=$value gives $returned', ({ release, key, value, returned }) => {
    expect(connection({ release }).set(key, value, CALLER)).toBe(returned);
  });

  it('marks a value that cannot be known', () => {
    const cluster = connection({ release: '18.2' });
    cluster.set('rbd_cache_size', UNKNOWN, CALLER);
    expect(cluster.trace('rbd_cache_size')?.winner).toMatchObject({ unknown: true, value: UNKNOWN });
  });
});

describe('variables', () => {
  const CASES: readonly (Setup & { path?: string; text: string; value: string })[] = [
    { release: '18.2', id: 'vm', text: '/$cluster-$type-$id-$num-$name', value: '/ceph-client-vm-vm-client.vm' },
    { release: '18.2', text: '/a/$pid', value: '/a/4711' },
    { release: '18.2', env: { PID: '7' }, text: '/a/$pid', value: '/a/7' },
    { release: '14.2', env: { PID: '7' }, text: '/a/$pid', value: '/a/4711' },
    { release: '0.48', text: '/a/$pid', value: '/a/$pid' },
    { release: '18.2', text: '/a/$host', value: '/a/compute1' },
    { release: '11.2', text: '/a/$host', value: '/a/localhost' },
    { release: '18.2', text: '/a/$home/b', value: '/home/qemu/b' },
    { release: '12.2', text: '/a/$home/b', value: '/a/$home/b' },
    { release: '18.2', text: '/a/${run_dir}b', value: '/a//var/run/cephb' },
    { release: '18.2', text: '/a/$nothing/$', value: '/a/$nothing/$' },
    { release: '18.2', text: '/a/${run_dir', value: '/a/$' },
    { release: '12.2', text: '/a/${run_dir', value: '/a/${run_dir' },
    { release: '18.2', text: '/a/${run-dir}', value: '/a/$-dir}' },
    { release: '18.2', text: '/a/$keyfile', value: '$keyfile' },
    { release: '12.2', text: '/a/$keyfile', value: '/a//a/$keyfile' },
    { release: '18.2', path: '/x/west.conf', text: '$cluster', value: 'west' },
    { release: '13.2', path: '/x/west.conf', text: '$cluster', value: 'ceph' },
    { release: '14.2', path: '/x/west.conf.old', text: '$cluster', value: 'west' },
    { release: '16.2', path: '/x/west.conf.old', text: '$cluster', value: 'ceph' },
  ];
  it.each(CASES)('$release $env: $text is $value', ({ text, value, path, ...setup }) => {
    const at = path ?? DEFAULT_PATH;
    const cluster = connection({ files: { [at]: `[client]\nkeyfile = ${text}\n` }, ...setup });
    cluster.readFile(path ?? null);
    expect(cluster.get('keyfile')).toBe(value);
  });

  it.each([
    { release: '12.2', after: '/false' },
    { release: '13.2', after: '/true' },
  ])('$release: a later change is seen: $after', ({ release, after }) => {
    const cluster = connection({ release });
    cluster.set('rbd_cache', 'false', CALLER);
    cluster.set('log_file', '/$rbd_cache', CALLER);
    cluster.set('rbd_cache', 'true', CALLER);
    expect(cluster.get('log_file')).toBe(after);
  });

  // As the librados of Debian's 16.2.15 was seen to answer.
  it.each([
    { host: '$host', held: 'compute1', log: '/x/compute1' },
    { host: 'a$host', held: 'aaacompute1', log: '/x/aacompute1' },
    { host: '$nothing', held: '$nothing', log: '/x/$nothing' },
  ])('13.2 on: an option host of $host is $held', ({ host, held, log }) => {
    const files = { [DEFAULT_PATH]: `[global]\nhost = ${host}\nlog file = /x/$host\n` };
    const cluster = connection({ release: '16.2.15', files });
    cluster.readFile(null);
    expect(cluster.get('host')).toBe(held);
    expect(cluster.get('log_file')).toBe(log);
  });

  it('13.2 on: an option host set twice is expanded at each call', () => {
    const cluster = connection({ release: '16.2.15' });
    cluster.set('host', 'b$host', CALLER);
    cluster.set('host', 'c$host', CALLER);
    expect(cluster.get('host')).toBe('ccbcompute1');
  });

  it.each([
    { release: '12.2', size: '25165824' },
    { release: '13.2', size: '33554432' },
  ])('$release: a number set from an option is $size', ({ release, size }) => {
    const cluster = connection({ release });
    cluster.set('rbd_cache_size', '$rbd_cache_max_dirty', CALLER);
    expect(cluster.get('rbd_cache_size')).toBe(size);
  });
});

it('reads a file of a thousand clients once for each', () => {
  const sections = Array.from({ length: 1000 }, (_, i) => `[client.vm${i}]\n${'rbd cache size = 1\n'.repeat(9)}`);
  const file = confFile(DEFAULT_PATH, sections.join(''));
  const release = releaseOf('18.2');
  const { environment } = NO_SURROUNDINGS;
  const files = { lookUp: (): FileLookup => ({ status: 'file', file }) };
  for (let i = 0; i < 10_000; i++) {
    const cluster = createCluster({ release, files, environment }, `vm${i % 1000}`);
    cluster.readFile(null);
    expect(cluster.get('rbd_cache_size') === '1').toBe(true);
  }
});
