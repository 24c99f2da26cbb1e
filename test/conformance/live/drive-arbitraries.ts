/** Seeded makers of `rbd:` names and of the options of a `-drive`. */
import fc from 'fast-check';
import { mutated } from './mutations.js';
import { blockdevNode, doubled, nodeName, oddJson, rbdNode } from './node-arbitraries.js';
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
      'driver=copy-on-read',
      'driver=throttle,throttle-group=g',
      'driver=preallocate',
      'format=quorum',
      'driver=quorum,vote-threshold=1',
      'driver=blkdebug',
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
    'backing=',
    'backing=x',
    'backing.driver=rbd,backing.pool=p,backing.image=b',
    'throttle-group=g',
    'image.driver=rbd,image.pool=p,image.image=b',
  ),
);

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
