/** Seeded makers of `rbd:` names, of the options of a `-drive`, and of nodes for `-blockdev`. */
import fc from 'fast-check';
import { mutated } from './mutations.js';
import { setting } from './value-arbitraries.js';

const escapeName = (text: string) => text.replace(/[\\:@/]/g, '\\$&');
const nameText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('p', 'i', 'volumes', 'vm-1') },
  fc.constantFrom('', 'a b', 'ü', 'a:b', 'a@b', 'a/b', 'a\\', 'a=b', 'a;b', '%x'),
  fc.constantFrom(127, 128, 129, 255, 256, 1100).map((length) => 'n'.repeat(length)),
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
      fc.constantFrom(
        '/etc/ceph/ceph.conf',
        '/srv/a.conf',
        '/srv/none.conf',
        '',
        '/srv/a b.conf',
        '/srv/x=y.conf',
        'a.conf',
        './a.conf',
        '../a.conf',
        'none.conf',
        '/srv',
        '/srv/',
        '/srv//a.conf',
        '/srv/./cwd/../a.conf',
        '/srv/none.conf,/srv/a.conf',
        '~/.ceph/ceph.conf',
        '$home/.ceph/ceph.conf',
        '/srv/$cluster.conf',
        '/srv/$name.conf',
        '/dev/null',
        '/srv/a.conf/x',
        '/srv/a.conf/',
      ),
    ),
  },
  fc.tuple(fc.constantFrom('Conf', 'xconf', 'ID', ''), fc.constantFrom('1', '/srv/a.conf')),
  fc.tuple(
    fc.constantFrom('id', 'conf', 'pool', 'image', 'snap', 'snapshot', 'namespace', 'user', 'key-secret', 'server'),
    fc.constantFrom('u', 's0', 'x'.repeat(127), 'x'.repeat(128), 'x'.repeat(300)),
  ),
);
export const nameOption = fc
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

const nodeName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('n1', 'n2', 'a.b-c_d', 'N') },
  fc.constantFrom('d', '', ';', '0a', 'a b', 'ü', '#block1', 'n'.repeat(31), 'n'.repeat(32), 'n'.repeat(40)),
);
const limit = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('bps', 'iops'),
        fc.constantFrom('', '_rd', '_wr'),
        fc.constantFrom('', '', '_max', '_max_length', '_size'),
        fc.constantFrom('0', '1', '5', '100', '-1', '0x10', '010', '1e3', '5k', '', '1000000000000001', ' 7'),
      )
      .map(([what, which, part, value]) =>
        part === '_size' ? `${what}_size=${value}` : `${what}${which}${part}=${value}`,
      ),
    { minLength: 1, maxLength: 4 },
  )
  .map((limits) => limits.join(','));

const driveOption = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.tuple(fc.constantFrom('node-name', 'file.node-name'), nodeName).map(([key, name]) => `${key}=${name}`),
      limit,
    ),
  },
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
    'throttling.iops-total=3',
    'throttling.bps-write-max-length=4',
    'throttling.group=g',
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
    'group=g',
    'stats-intervals.0=1',
    'stats-intervals.0=1,stats-intervals.1=0',
    'stats-intervals.1=1',
    'stats-intervals.0=x',
    'stats-intervals=1',
    'stats-account-invalid=maybe',
    'aio=io_uring',
    'index=2',
    'unit=1',
    'bus=1,unit=1',
    'index=0x3',
    'offset=0',
    'size=512',
    'locking=off',
    ' cache=none',
    'cache =none',
    'id=e',
    'file.server.0.host=::1,file.server.0.port=6789,file.server.1.host=b,file.server.1.port=3300',
    'file.encrypt.format=luks,file.encrypt.key-secret=s0',
    'file.encrypt.format=bad,file.encrypt.key-secret=s0',
    'file.encrypt.format=luks',
    'file.encrypt.format=luks,file.encrypt.key-secret=missing',
    ',',
    'auto-read-only=off',
    'force-share=on',
  ),
);

const doubled = (text: string) => text.replaceAll(',', ',,');
const oddOptions = fc
  .array(driveOption, { maxLength: 4 })
  .map((options) => options.map((option) => `,${option}`).join(''));

/** The part of a `-drive` that says which image it is. */
const driveImage = fc.oneof(
  { weight: 9, arbitrary: rbdName.map((name) => `file=${doubled(name)}`) },
  { weight: 2, arbitrary: mutated(rbdName).map((name) => `file=${doubled(name)}`) },
  { weight: 2, arbitrary: fc.constant('json:') },
  fc.constantFrom(
    'file.driver=rbd,file.pool=p,file.image=i',
    'driver=rbd,pool=p,image=i',
    'file=RBD:p/i',
    'file.driver=rbd,file.filename=rbd:p/i:rbd_cache=true',
  ),
);

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
  member(
    'encrypt',
    fc.constantFrom<unknown>(
      { format: 'luks', 'key-secret': 's0' },
      { format: 'luks2', 'key-secret': 's0' },
      { format: 'luks-any', 'key-secret': 's0' },
      { format: 'luks', 'key-secret': 'missing' },
      { format: 'luks' },
      { format: 'x', 'key-secret': 's0' },
      { format: 'luks', 'key-secret': 's0', parent: { format: 'luks', 'key-secret': 's0' } },
      'luks',
    ),
  ).map((entry) => (entry !== null && entry[1] === 'luks' ? null : entry)),
);

/** A node above another: filters, and the raw format with what it takes. */
const nodeAbove = fc
  .tuple(
    fc.constantFrom<Record<string, unknown>>(
      { driver: 'copy-on-read' },
      { driver: 'throttle', 'throttle-group': 'g' },
      { driver: 'throttle' },
      { driver: 'throttle', 'throttle-group': 1 },
      { driver: 'raw', offset: 512 },
      { driver: 'raw', offset: '512' },
      { driver: 'raw', size: 1024, offset: 0 },
      { driver: 'raw', foo: 1 },
      { driver: 'copy-on-read', 'throttle-group': 'g' },
    ),
    fc.constantFrom<Record<string, unknown>>(
      {},
      {},
      { cache: { direct: true } },
      { 'read-only': true },
      { cache: { 'no-flush': true }, discard: 'unmap', 'detect-zeroes': 'unmap' },
    ),
  )
  .map(([driver, common]) => ({ ...driver, ...common }));
const named = fc.tuple(rbdNode, fc.oneof({ weight: 5, arbitrary: fc.constant('n') }, nodeName));

export const blockdevNode: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 3, arbitrary: rbdNode.map((node) => ({ ...node, 'node-name': 'n' })) },
  named.map(([file, name]) => ({ driver: 'raw', 'node-name': 'n', file: { ...file, 'node-name': name } })),
  fc.tuple(nodeAbove, rbdNode).map(([above, file]) => ({ ...above, 'node-name': 'n', file })),
  fc
    .tuple(nodeAbove, nodeAbove, rbdNode)
    .map(([top, middle, file]) => ({ ...top, 'node-name': 'n', file: { ...middle, file } })),
  fc
    .tuple(rbdNode, fc.option(cacheMember))
    .map(([file, cache]) => ({ driver: 'raw', 'node-name': 'n', file, ...(cache === null ? {} : { cache }) })),
);

/** The JSON text of a node, as people mistype it. */
export const oddJson = (nodes: fc.Arbitrary<object>): fc.Arbitrary<string> =>
  nodes.chain((node) => {
    const text = JSON.stringify(node);
    return fc.oneof(
      fc.constant(text),
      fc.constant(text.replaceAll('"', "'")),
      fc.constant(`${text.slice(0, -1)},}`),
      fc.constant(`${text.slice(0, -1)},"pool":"q"}`),
      fc.constant(`${text.slice(0, -1)},"image":"\\u0069\\/\\x"}`),
      fc.constant(`${text.slice(0, -1)},"image":"\\u00e9\\ud83d\\ude00"}`),
      fc.constant(`${text.slice(0, -1)},"image":"\\ud800"}`),
      fc.constant(`${text.slice(0, -1)},'image':'a\\'b"c'}`),
      fc.constant(` {\n"cache" : { } ,\t${text.slice(1)} `),
      fc.constant(`${text} x`),
      fc.constant(text.slice(0, -1)),
      mutated(fc.constant(text)),
    );
  });

const jsonName = fc
  .oneof(
    blockdevNode,
    rbdNode,
    blockdevNode.map(({ 'node-name': _, ...rest }) => rest),
  )
  .chain((node) => fc.oneof({ weight: 3, arbitrary: fc.constant(JSON.stringify(node)) }, oddJson(fc.constant(node))))
  .map((text) => `file=json:${doubled(text)}`);

/** The value of a `-drive`. `place` says how it is attached: `if=none,id=d`. */
export const driveText = (place: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      driveImage.chain((image) => (image === 'json:' ? jsonName : fc.constant(image))),
      oddOptions,
      fc.constantFrom(',format=raw', ',format=raw', ',format=raw', ''),
      fc.boolean(),
    )
    .map(([image, options, format, imageFirst]) =>
      imageFirst ? `${image},${place}${format}${options}` : `${place}${format}${options},${image}`,
    );

/** Members of a node in dotted keys, as `-blockdev` takes them beside JSON. */
export const dottedKeys = (node: unknown, prefix = ''): string => {
  if (Array.isArray(node)) return node.map((item, at) => dottedKeys(item, `${prefix}.${at}`)).join(',');
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node)
      .map(([key, value]) => dottedKeys(value, prefix === '' ? key : `${prefix}.${key}`))
      .join(',');
  }
  const text = typeof node === 'boolean' ? (node ? 'on' : 'off') : String(node);
  return `${prefix}=${doubled(text)}`;
};
