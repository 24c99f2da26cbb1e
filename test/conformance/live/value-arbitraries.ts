/** Seeded makers of option names and of values for them: more often than not fit for the option, else odd. */
import fc from 'fast-check';
import { cephOptionNames } from '../../../server/src/catalog/ceph-options.js';
import { newestCeph } from '../../../server/src/catalog/releases.js';

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
    '$home/x',
    'a$home/x',
    '${home}b',
    '$cluster-$type-$id-$num',
    '${name}$host',
    '$run_dir/$data_dir',
    '$rbd_cache_size $rbd_cache',
    '${nothing}x',
    '$rbd_cache_x',
    '$keyring',
    '$mon_data',
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

const EVERY_NAME = cephOptionNames(newestCeph());
const anyText = fc.oneof(boolText, sizeText, floatText, textText, otherText);
const longText = fc
  .constantFrom(1023, 1024, 1025, 4095, 4097, 9000)
  .map((length) => 'long '.repeat(length).slice(0, length));

/** An option's plain name with a value that is more often than not fit for it. */
export const setting: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...BOOL), boolText) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...SIZE), sizeText) },
  fc.tuple(fc.constantFrom(...INTEGER), sizeText),
  fc.tuple(fc.constantFrom(...FLOAT), floatText),
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...TEXT), textText) },
  fc.tuple(fc.constantFrom(...OTHER), otherText),
  fc.tuple(fc.constantFrom(...UNKNOWN_NAMES), textText),
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...EVERY_NAME), anyText) },
  fc.tuple(fc.constantFrom(...TEXT, ...OTHER, ...BOOL), fc.oneof({ weight: 3, arbitrary: anyText }, longText)),
);
