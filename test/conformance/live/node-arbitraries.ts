/** Seeded makers of nodes for `-blockdev` and json: names. */
import fc from 'fast-check';
import { mutated } from './mutations.js';

export const doubled = (text: string) => text.replaceAll(',', ',,');
export const nodeName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('n1', 'n2', 'a.b-c_d', 'N') },
  fc.constantFrom('d', '', ';', '0a', 'a b', 'ü', '#block1', 'n'.repeat(31), 'n'.repeat(32), 'n'.repeat(40)),
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

/** Nodes with several images. */
const severalImages = fc.oneof(
  fc
    .tuple(fc.constantFrom({}, {}, { 'read-pattern': 'fifo' }, { foo: 1 }), fc.array(rbdNode, { maxLength: 3 }))
    .map(([more, children]) => ({ driver: 'quorum', 'vote-threshold': 1, ...more, children })),
  fc.tuple(rbdNode, rbdNode).map(([raw, test]) => ({ driver: 'blkverify', raw, test })),
  fc.tuple(rbdNode, rbdNode).map(([file, log]) => ({ driver: 'blklogwrites', file, log })),
  fc
    .tuple(rbdNode, fc.constantFrom({}, {}, { align: 512 }, { foo: 1 }))
    .map(([image, more]) => ({ driver: 'blkdebug', ...more, image })),
  rbdNode.map((image) => ({ driver: 'blkreplay', image })),
);

export const blockdevNode: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 3, arbitrary: rbdNode.map((node) => ({ ...node, 'node-name': 'n' })) },
  named.map(([file, name]) => ({ driver: 'raw', 'node-name': 'n', file: { ...file, 'node-name': name } })),
  fc.tuple(nodeAbove, rbdNode).map(([above, file]) => ({ ...above, 'node-name': 'n', file })),
  severalImages.map((node) => ({ ...node, 'node-name': 'n' })),
  fc.tuple(nodeAbove, severalImages).map(([above, file]) => ({ ...above, 'node-name': 'n', file })),
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
