/** Seeded makers of ceph.conf texts and drive strings: grammar first, then odd spellings and mutations. */
import fc from 'fast-check';

/** What one case puts in front of the real programs and of the simulation. Paths are below /etc/ceph, /srv or /root. */
export interface LiveCase {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

const BOOL = [
  'rbd_cache',
  'rbd_cache_writethrough_until_flush',
  'rbd_cache_block_writes_upfront',
  'rbd_skip_partial_discard',
];
const SIZE = [
  'rbd_cache_size',
  'rbd_cache_max_dirty',
  'rbd_cache_target_dirty',
  'rbd_readahead_max_bytes',
  'osd_max_object_size',
];
const INTEGER = [
  'rbd_cache_max_dirty_object',
  'rbd_concurrent_management_ops',
  'rbd_op_threads',
  'rbd_default_order',
  'objecter_inflight_ops',
];
const FLOAT = [
  'rbd_cache_max_dirty_age',
  'rbd_mirror_pool_replayers_refresh_interval',
  'client_mount_timeout',
  'rados_osd_op_timeout',
  'osd_recovery_sleep_hdd',
];
const TEXT = [
  'mon_host',
  'keyring',
  'key',
  'keyfile',
  'auth_supported',
  'auth_client_required',
  'rbd_default_data_pool',
  'host',
  'crush_location',
  'rbd_plugins',
];
const OTHER = [
  'rbd_cache_policy',
  'debug_rbd',
  'debug_ms',
  'rbd_default_features',
  'rbd_persistent_cache_mode',
  'fsid',
  'public_network',
];
const UNKNOWN_NAMES = [
  'rbd_cash',
  'rbd-cache',
  'RBD_CACHE',
  'osd mkfs type',
  'mon addr',
  'rbd cache  size ',
  'rbd\tcache',
];

const boolText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('true', 'false') },
  fc.constantFrom(
    'True',
    'FALSE',
    '1',
    '0',
    '2',
    '-1',
    '01',
    '+1',
    'yes',
    'no',
    'on',
    'off',
    't',
    '',
    ' true',
    'true ',
    '0x1',
    '2147483648',
    'truee',
  ),
);
const digits = fc.oneof(
  fc.integer({ min: 0, max: 1 << 30 }).map(String),
  fc.constantFrom('0', '00', '1', '33554432', '4294967296', '18446744073709551615', '9223372036854775808'),
);
const sizeText = fc.oneof(
  { weight: 3, arbitrary: digits },
  fc
    .tuple(
      fc.integer({ min: 0, max: 4096 }),
      fc.constantFrom('B', 'K', 'M', 'G', 'T', 'P', 'E', 'k', 'm', 'Ki', 'MB', 'MiB', 'MM', ' M', 'iB', 'KB', 'Mx'),
    )
    .map(([n, unit]) => `${n}${unit}`),
  fc.constantFrom('', '-1', '+1', '1.5', '1e3', '0x10', '32 M', '8E', '15E', '16E', '1_000', ' 5', '5 '),
);
const floatText = fc.oneof(
  digits,
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => String(value)),
  fc.constantFrom(
    '',
    '1.',
    '.5',
    '1e-2',
    '1E400',
    'inf',
    'nan',
    '0x10',
    '1,5',
    '5s',
    '1h30m',
    '5 sec',
    '2 m',
    '1mo',
    '1.5s',
    '5ms',
    '5 S',
    '-3',
    '+2',
    '1 2',
    'abc',
  ),
);
const textText = fc.oneof(
  fc.constantFrom(
    'a',
    '10.0.0.1:6789',
    '10.0.0.1,10.0.0.2',
    '[v2:10.0.0.1:3300,v1:10.0.0.1:6789]',
    'cephx',
    'none',
    'cephx;none',
    '',
    'a b  c',
    '/srv/$cluster.$name.keyring',
    '$host',
    '$id-$type',
    '${rbd_cache_policy}x',
    '$mon_host',
    '$nothing',
    '$$',
    '$pid.x',
    'x$',
    '${',
    '$rbd_default_data_pool',
  ),
  fc.string({ maxLength: 12 }),
);
const otherText = fc.constantFrom(
  'writeback',
  'writethrough',
  'writearound',
  'Writeback',
  '5',
  '5/5',
  '20/1',
  '100',
  '1/',
  'x',
  '-1',
  '61',
  'layering',
  'layering,exclusive-lock',
  'layering,bad',
  'layering,',
  '3,layering',
  '',
  'ssd',
  'rwl',
  'disabled',
  '1.2.3.0/24',
  '6a1b2c3d-0000-4000-8000-000000000001',
);

/** An option's plain name with a value that is more often than not fit for it. */
export const setting = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...BOOL), boolText) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...SIZE), sizeText) },
  fc.tuple(fc.constantFrom(...INTEGER), sizeText),
  fc.tuple(fc.constantFrom(...FLOAT), floatText),
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...TEXT), textText) },
  fc.tuple(fc.constantFrom(...OTHER), otherText),
  fc.tuple(fc.constantFrom(...UNKNOWN_NAMES), textText),
);

const spelling = fc.oneof(
  fc.constant((name: string) => name),
  fc.constant((name: string) => name.replaceAll('_', ' ')),
  fc.constantFrom(
    (name: string) => name.replace('_', '  '),
    (name: string) => name.replace('_', '\t'),
    (name: string) => name.replaceAll('_', '-'),
    (name: string) => `\t${name} `,
    (name: string) => name.toUpperCase(),
    (name: string) => name.replace('_', ' _'),
  ),
);
const quoting = fc.oneof(
  { weight: 8, arbitrary: fc.constant((value: string) => value) },
  fc.constantFrom(
    (value: string) => `"${value}"`,
    (value: string) => `'${value}'`,
    (value: string) => `" ${value} "`,
    (value: string) => `"${value}`,
    (value: string) => `${value}"`,
    (value: string) => `"${value}" x`,
    (value: string) => `\\${value}`,
    (value: string) => `${value}\\`,
    (value: string) => `\\\n${value}`,
    (value: string) => value.replaceAll(';', '\\;').replaceAll('#', '\\#'),
  ),
);
const equals = fc.oneof(
  { weight: 6, arbitrary: fc.constant(' = ') },
  fc.constantFrom('=', '= ', '\t=\t', ' == ', ' ', ''),
);
const tail = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  fc.constantFrom(' # note', ';note', ' ', '\t', '\r', '#', ' ; "', ' \\'),
);

const keyLine = fc
  .tuple(setting, spelling, equals, quoting, tail)
  .map(([[name, value], spell, separator, quote, end]) => `${spell(name)}${separator}${quote(value)}${end}`);
const sectionLine = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('[global]', '[client]', '[client.admin]', '[client.u]', '[mon]', '[osd.0]') },
  fc.constantFrom(
    '[Client]',
    '[ client ]',
    ' [client]',
    '[client] # c',
    '[client]x',
    '[client',
    '[]',
    '[client.u]\r',
    '[mon0]',
    '[cl\\ient]',
    '\t[global]',
    '[client.a b]',
  ),
);
const otherLine = fc.oneof(
  fc.constantFrom(
    '',
    '# comment',
    '; comment',
    ' ',
    '\t',
    '# é',
    '\\',
    ' \\',
    '\\\\',
    'word',
    '!include x',
    '\f',
    '\r',
    '=',
    '= 1',
    '[',
    '// x',
  ),
  fc.string({ maxLength: 10 }),
);
const line = fc.oneof(
  { weight: 8, arbitrary: keyLine },
  { weight: 3, arbitrary: sectionLine },
  { weight: 1, arbitrary: otherLine },
);
const calmLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(setting, fc.constantFrom(' = ', '='))
      .map(([[name, value], separator]) => `${name}${separator}${value}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('[global]', '[client]', '[client.admin]', '[client.u]') },
  { weight: 1, arbitrary: fc.constantFrom('', '# c', 'rbd cache = true') },
);

const lineEnd = fc.oneof({ weight: 8, arbitrary: fc.constant('\n') }, fc.constant('\r\n'));
const lastEnd = fc.oneof({ weight: 12, arbitrary: fc.constant('\n') }, fc.constantFrom('', '\n\n', '\r\n', '\r'));

/** A whole ceph.conf: mostly well formed, sometimes not. Printable ASCII, so that no build aborts on it. */
export const confText = fc.oneof(
  fc
    .tuple(fc.constantFrom('[global]', '[client]', '[client.u]'), fc.array(calmLine, { maxLength: 6 }), lineEnd)
    .map(([first, rest, end]) => `${[first, ...rest].join(end)}${end}`),
  fc.tuple(fc.array(line, { maxLength: 7 }), lineEnd, lastEnd).map(([lines, end, last]) => lines.join(end) + last),
);

// ---------------------------------------------------------------------------------------------------------------------
// Drive strings

const escapeName = (text: string) => text.replace(/[\\:@/]/g, '\\$&');
const nameText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('p', 'i', 'volumes', 'vm-1') },
  fc.constantFrom('', 'a b', 'ü', 'a:b', 'a@b', 'a/b', 'a\\', 'a=b', 'a;b', '%x'),
  fc.string({ maxLength: 6 }),
);
const namePart = fc
  .tuple(nameText, fc.constantFrom(true, true, true, false))
  .map(([text, escaped]) => (escaped ? escapeName(text) : text));
const nameKey = fc.oneof(
  { weight: 6, arbitrary: setting },
  { weight: 2, arbitrary: fc.tuple(fc.constant('id'), fc.constantFrom('u', 'admin', 'client.u', '', 'a\\:b')) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('conf'),
      fc.constantFrom('/etc/ceph/ceph.conf', '/srv/a.conf', '/srv/none.conf', '', '/srv/a b.conf', '/srv/x=y.conf'),
    ),
  },
  fc.tuple(fc.constantFrom('Conf', 'xconf', 'ID', ''), fc.constantFrom('1', '/srv/a.conf')),
);
const nameOption = fc
  .tuple(nameKey, fc.constantFrom('escaped', 'escaped', 'escaped', 'plain', 'spaced', 'bare'))
  .map(([[key, value], how]) => {
    if (how === 'bare') return escapeName(key);
    const name = how === 'spaced' ? key.replaceAll('_', ' ') : key;
    return how === 'plain' ? `${name}=${value}` : `${escapeName(name)}=${value.replace(/[\\:@]/g, '\\$&')}`;
  });

/** A file name of the `rbd:` kind, as QEMU takes it (before commas are doubled). */
export const rbdName = fc
  .tuple(
    namePart,
    fc.option(namePart, { freq: 8 }),
    namePart,
    fc.option(namePart, { freq: 5 }),
    fc.array(nameOption, { maxLength: 4 }),
    fc.constantFrom('', '', '', '', '', ':', '\\'),
  )
  .map(
    ([pool, space, image, snapshot, options, end]) =>
      `rbd:${pool}/${space === null ? '' : `${space}/`}${image}${snapshot === null ? '' : `@${snapshot}`}${options.map((option) => `:${option}`).join('')}${end}`,
  );

const driveOption = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom('none', 'off', 'writeback', 'writethrough', 'directsync', 'unsafe', 'Writeback', '', 'default')
      .map((mode) => `cache=${mode}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'cache.direct',
          'cache.no-flush',
          'cache.writeback',
          'file.cache.direct',
          'file.cache.no-flush',
          'read-only',
          'readonly',
          'snapshot',
          'copy-on-read',
          'file.read-only',
        ),
        fc.constantFrom('on', 'off', 'yes', 'true', 'y', 'no', 'maybe', ''),
      )
      .map(([key, value]) => `${key}=${value}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'format=raw',
      'format=rbd',
      'driver=rbd',
      'driver=raw',
      'format=bad',
      'file.driver=rbd',
      'file.driver=file',
      'format=',
    ),
  },
  fc.constantFrom(
    'aio=native',
    'aio=threads',
    'aio=bad',
    'discard=unmap',
    'discard=ignore',
    'discard=bad',
    'discard=on',
    'detect-zeroes=unmap',
    'detect-zeroes=on',
    'detect-zeroes=bad',
    'werror=stop',
    'werror=bad',
    'rerror=report',
    'rerror=enospc',
    'media=disk',
    'media=cdrom',
    'media=x',
    'iops=5',
    'bps=0',
    'iops=-1',
    'throttling.iops-total=3',
    'serial=x',
    'addr=1',
    'cyls=1',
    'boot=on',
    'index=1',
    'bus=0',
    'unit=0',
    'nocache.direct',
    'cache.direct',
    'readonly',
    'foo',
    'foo=1',
    'file.foo=1',
    'keyring=/srv/k',
    'file.user=u',
    'file.conf=/srv/a.conf',
    'file.pool=p',
    'file.image=i',
    'file.snapshot=s',
    'file.namespace=n',
    'file.server.0.host=h',
    'file.server.0.port=1',
    'file.auth-client-required.0=none',
    'file.key-secret=s0',
    'file.key-secret=missing',
    'file.discard=unmap',
    'node-name=n1',
    'group=g',
    'stats-intervals.0=1',
    ',',
    'auto-read-only=off',
    'force-share=on',
  ),
);

/** The value of a `-drive`, always with `if=none` so that no device is wanted. */
export const driveText = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: rbdName.map((name) => `file=${name.replaceAll(',', ',,')}`) },
      fc.constantFrom(
        'file.driver=rbd,file.pool=p,file.image=i',
        'driver=rbd,pool=p,image=i',
        'file=RBD:p/i',
        'file.driver=rbd,file.filename=rbd:p/i:rbd_cache=true',
      ),
    ),
    fc.array(driveOption, { maxLength: 4 }),
    fc.constantFrom(',format=raw', ',format=raw', ',format=raw', ''),
    fc.boolean(),
  )
  .map(([file, options, format, fileFirst]) => {
    const rest = options.map((option) => `,${option}`).join('');
    return fileFirst ? `${file},if=none,id=d${format}${rest}` : `if=none,id=d${format}${rest},${file}`;
  });

const member = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(
    value.map((chosen) => [key, chosen] as const),
    { freq: 3 },
  );
const object = (...members: fc.Arbitrary<readonly [string, unknown] | null>[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.tuple(...members).map((made) => Object.fromEntries(made.filter((entry) => entry !== null)));
const flag = fc.oneof(
  { weight: 6, arbitrary: fc.boolean() as fc.Arbitrary<unknown> },
  fc.constantFrom<unknown>('on', 1, null),
);
const cacheMember = fc.oneof(
  { weight: 5, arbitrary: object(member('direct', flag), member('no-flush', flag)) as fc.Arbitrary<unknown> },
  fc.constantFrom<unknown>({ writeback: true }, 'none', { foo: 1 }),
);

/** A node of the rbd driver as `-blockdev` takes it, as JSON. */
export const rbdNode = object(
  fc.constant(['driver', 'rbd'] as const),
  member('pool', fc.constantFrom<unknown>('p', 'p', 'p', '', 1)).map((entry) => entry ?? (['pool', 'p'] as const)),
  member('image', fc.constantFrom<unknown>('i', 'i', 'a:b@c/d', '')).map((entry) => entry ?? (['image', 'i'] as const)),
  member('namespace', fc.constantFrom('', 'n')),
  member('snapshot', fc.constantFrom('s', '')),
  member('conf', fc.constantFrom('/etc/ceph/ceph.conf', '/srv/a.conf', '/srv/none.conf', '')),
  member('user', fc.constantFrom('u', 'admin', '')),
  member('cache', cacheMember),
  member('read-only', flag),
  member('auto-read-only', flag),
  member(
    'server',
    fc.constantFrom<unknown>(
      [{ host: 'h', port: '1' }],
      [
        { host: '::1', port: '2' },
        { host: 'b', port: '3' },
      ],
      [],
      [{ host: 'h' }],
    ),
  ),
  member('auth-client-required', fc.constantFrom<unknown>(['cephx'], ['cephx', 'none'], ['x'], [])),
  member('key-secret', fc.constantFrom('s0', 'missing')),
  member('discard', fc.constantFrom('unmap', 'ignore', 'on', 'bad')),
  member('detect-zeroes', fc.constantFrom('off', 'on', 'unmap', 'bad')),
  member('rbd_cache', fc.constantFrom('true')),
).map((node) => node);

export const blockdevNode = fc.oneof(
  { weight: 3, arbitrary: rbdNode.map((node) => ({ ...node, 'node-name': 'n' })) },
  fc
    .tuple(rbdNode, fc.option(cacheMember))
    .map(([file, cache]) => ({ driver: 'raw', 'node-name': 'n', file, ...(cache === null ? {} : { cache }) })),
);

const files = fc
  .tuple(fc.option(confText, { freq: 4 }), fc.option(confText, { freq: 2 }), fc.option(confText, { freq: 1 }))
  .map(([standard, second, home]) => ({
    ...(standard === null ? {} : { '/etc/ceph/ceph.conf': standard }),
    ...(second === null ? {} : { '/srv/a.conf': second }),
    ...(home === null ? {} : { '/root/.ceph/ceph.conf': home }),
  }));

export const driveCase: fc.Arbitrary<LiveCase> = fc
  .tuple(driveText, files)
  .map(([drive, made]) => ({ args: ['-drive', drive], files: made, env: {} }));
export const blockdevCase: fc.Arbitrary<LiveCase> = fc
  .tuple(blockdevNode, files)
  .map(([node, made]) => ({ args: ['-blockdev', JSON.stringify(node)], files: made, env: {} }));

const cephArgs = fc
  .array(
    fc.oneof(
      fc
        .tuple(setting, fc.constantFrom('=', ' '), fc.boolean())
        .map(([[key, value], separator, dashes]) => `--${dashes ? key.replaceAll('_', '-') : key}${separator}${value}`),
      fc.constantFrom(
        '--rbd-cache',
        '--no-rbd-cache',
        '--id u',
        '-n client.u',
        '-c /srv/a.conf',
        '--',
        'x',
        '-m 1.2.3.4',
        '--debug-rbd 5',
        '--foo=1',
      ),
    ),
    { maxLength: 3 },
  )
  .map((words) => words.join(' '));
const environment = fc
  .tuple(
    fc.option(
      fc.constantFrom(
        '/srv/a.conf',
        '/srv/none.conf',
        '/srv/none.conf,/srv/a.conf',
        '/srv/a.conf;/etc/ceph/ceph.conf',
        '',
        ' /srv/a.conf',
      ),
      { freq: 4 },
    ),
    fc.option(cephArgs, { freq: 3 }),
    fc.option(fc.constantFrom('/srv/env.keyring', ''), { freq: 4 }),
  )
  .map(([conf, args, keyring]) => ({
    ...(conf === null ? {} : { CEPH_CONF: conf }),
    ...(args === null ? {} : { CEPH_ARGS: args }),
    ...(keyring === null ? {} : { CEPH_KEYRING: keyring }),
  }));

/** A case for librados alone, in the words of QEMU 1.1, which adds nothing of its own to what the string says. */
export const libradosCase: fc.Arbitrary<LiveCase> = fc
  .tuple(files, environment, fc.array(nameOption, { maxLength: 4 }))
  .map(([made, env, options]) => ({
    args: ['-drive', `format=raw,file=rbd:p/i${options.map((option) => `:${option.replaceAll(',', ',,')}`).join('')}`],
    files: made,
    env,
  }));
