/** What librbd makes of its options, release by release; every row cites the fact it stands on. */
import { expect } from 'vitest';
import type { LibrbdLayers } from '../../server/src/simulate/librbd/layers.js';
import type { GuestCache, Outcome } from '../../server/src/simulate/model.js';

/** What QEMU makes of a drive, by what becomes of its flushes. */
export const GUESTS = {
  /** cache=writeback or none, QEMU 1.2 on. */
  flushing: { direct: false, noFlush: false, writeback: true, writeCache: true, flushedBy: 'guest' },
  /** cache=writethrough, QEMU 1.2 on. */
  'flushed by QEMU': { direct: false, noFlush: false, writeback: false, writeCache: false, flushedBy: 'qemu' },
  /** cache=unsafe. */
  'no-flush': { direct: false, noFlush: true, writeback: true, writeCache: true, flushedBy: 'nobody' },
  /** cache=writethrough, QEMU up to 1.1. */
  'told of no cache': { direct: false, noFlush: false, writeback: false, writeCache: false, flushedBy: 'nobody' },
  /** Any mode of QEMU 0.15, whose driver passes no flush on. */
  'flushes lost': { direct: false, noFlush: false, writeback: true, writeCache: true, flushedBy: 'nobody' },
} as const satisfies Record<string, GuestCache>;

export type Expected = Partial<Omit<Outcome, 'guest' | 'safetyReason' | 'assumes'>> & {
  readonly layers?: Partial<LibrbdLayers>;
};

export interface Row {
  readonly set: Readonly<Record<string, string>>;
  readonly guest?: keyof typeof GUESTS;
  readonly gives: Expected;
  readonly fact: string;
}

/** The switch, and nothing else. */
export const ON = { rbd_cache: 'true' };
const MiB = 2 ** 20;
const SIZES = { size: 32 * MiB, targetDirty: 16 * MiB, dirtyLimit: 24 * MiB, maxDirtyAge: 1 };
const NO_SIZES = { size: null, targetDirty: null, dirtyLimit: null, maxDirtyAge: null };

const FACT = {
  off: 'rbd_cache is the master switch: without it no cache object is made (ImageCtx; OpenRequest since 13.2)',
  offByDefault: 'rbd_cache defaults to false up to 0.80.11 (config_opts.h before 061c8e93f7)',
  onByDefault: 'rbd_cache and until-flush default to true from 0.85, first stable 0.87 (061c8e93f7)',
  sizes: '32 MiB, 24 MiB dirty, 16 MiB target, 1 s: never changed',
  maxDirtyZero: 'max dirty 0: ObjectCacher sends each write at once and keeps it as clean data',
  noOption: 'no rbd_cache_writethrough_until_flush before 0.56.5 (1597b3e3a1)',
  untilFlush: 'max_dirty starts at 0 and becomes the configured value at the first flush of the user',
  neverFlushed: 'the change needs a flush of the user (user_flushed; FLUSH_SOURCE_USER since 13.2)',
  sizeZero: 'size 0: clean data is dropped at the next trim',
  inImage: 'ObjectCacher in the ImageCtx constructor, 0.48 to 12.2',
  dispatch: 'ObjectCacherObjectDispatch since 13.2 (dcdc224144); none for parent images',
  around: 'WriteAroundObjectDispatch by default since 15.2 (e415f4064a): no read cache; size, target, age ignored',
  aroundZero: 'writearound with max dirty 0 is a no-op',
  policyThrough: 'rbd_cache_policy = writethrough sets max_dirty to 0 for good',
  clones: 'a clone parent gets its own cache from 0.56 to 12.2',
  noReadahead: 'readahead since 0.94',
  readahead: 'readahead needs the cache',
  parentDaemon: 'rbd_parent_cache_enabled since 15.2; needs the plug-in parent_cache since 16.2',
  rwl: 'rbd_rwl_enabled in 15.2, without plug-ins',
  pwl: 'rbd_persistent_cache_mode since 16.2; needs the plug-in pwl_cache',
  told: 'QEMU up to 1.1 hides the cache in write-through and adds no flushes',
  qemuFlushes: 'QEMU 1.2 on flushes after each write before it acknowledges (f05fa4ad03)',
  wraps: 'the limit is unsigned: -1, accepted up to 12.2, is the largest number',
} as const;

/** Every release: the switch off, and a guest that is flushed for. */
function always(layer: 'object-cacher' | 'object-cacher-dispatch' | 'write-around-dispatch'): Row[] {
  return [
    {
      set: { rbd_cache: 'false' },
      gives: {
        rbdCache: 'off',
        writePolicy: 'off',
        servesReads: false,
        safety: 'safe',
        ...NO_SIZES,
        layers: { layer: 'none' },
      },
      fact: FACT.off,
    },
    {
      set: ON,
      gives: { rbdCache: 'on', layers: { layer } },
      fact: layer === 'object-cacher' ? FACT.inImage : FACT.dispatch,
    },
    { set: ON, guest: 'flushed by QEMU', gives: { safety: 'safe' }, fact: FACT.qemuFlushes },
  ];
}

/** Releases whose only cache is the ObjectCacher. */
function objectCacher(layer: 'object-cacher' | 'object-cacher-dispatch'): Row[] {
  return [
    ...always(layer),
    {
      set: ON,
      gives: { writePolicy: 'writeback', servesReads: true, safety: 'flush-safe', ...SIZES },
      fact: FACT.sizes,
    },
    {
      set: { ...ON, rbd_cache_max_dirty: '0' },
      gives: {
        writePolicy: 'writethrough',
        untilFirstFlush: false,
        servesReads: true,
        safety: 'safe',
        ...{ dirtyLimit: 0, targetDirty: null, maxDirtyAge: null, size: 32 * MiB },
      },
      fact: FACT.maxDirtyZero,
    },
    { set: { ...ON, rbd_cache_max_dirty: '0' }, guest: 'no-flush', gives: { safety: 'safe' }, fact: FACT.maxDirtyZero },
    { set: { ...ON, rbd_cache_size: '0' }, gives: { servesReads: false, size: 0 }, fact: FACT.sizeZero },
    {
      set: {
        ...ON,
        rbd_cache_size: '1048576',
        rbd_cache_max_dirty: '4096',
        rbd_cache_target_dirty: '99999',
        rbd_cache_max_dirty_age: '2.5',
      },
      gives: { size: MiB, dirtyLimit: 4096, targetDirty: 99999, maxDirtyAge: 2.5 },
      fact: 'the limits are not checked against each other anywhere',
    },
  ];
}

/** Releases with the until-flush option. */
const untilFlush: Row[] = [
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'true' },
    gives: { untilFirstFlush: true, staysWritethrough: false, safety: 'flush-safe' },
    fact: FACT.untilFlush,
  },
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'true' },
    guest: 'no-flush',
    gives: { untilFirstFlush: true, staysWritethrough: true, safety: 'safe' },
    fact: FACT.neverFlushed,
  },
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'true' },
    guest: 'told of no cache',
    gives: { staysWritethrough: true, safety: 'safe' },
    fact: FACT.told,
  },
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'true', rbd_cache_max_dirty: '0' },
    guest: 'no-flush',
    gives: { untilFirstFlush: false, staysWritethrough: false, safety: 'safe' },
    fact: 'until-flush only matters when max dirty is above 0',
  },
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'false' },
    gives: { untilFirstFlush: false, safety: 'flush-safe' },
    fact: FACT.untilFlush,
  },
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'false' },
    guest: 'no-flush',
    gives: { untilFirstFlush: false, staysWritethrough: false, safety: 'unsafe' },
    fact: FACT.neverFlushed,
  },
];

const offByDefault: Row[] = [
  { set: {}, gives: { rbdCache: 'off', untilFirstFlush: false, safety: 'safe' }, fact: FACT.offByDefault },
  { set: ON, gives: { untilFirstFlush: false, safety: 'flush-safe' }, fact: FACT.offByDefault },
  {
    set: ON,
    guest: 'no-flush',
    gives: { untilFirstFlush: false, staysWritethrough: false, safety: 'unsafe' },
    fact: FACT.offByDefault,
  },
  { set: ON, guest: 'told of no cache', gives: { safety: 'unsafe' }, fact: FACT.told },
  { set: ON, guest: 'flushes lost', gives: { safety: 'unsafe' }, fact: 'QEMU 0.15 has no flush operation for rbd' },
];
const onByDefault: Row[] = [
  { set: {}, gives: { rbdCache: 'on', untilFirstFlush: true, safety: 'flush-safe' }, fact: FACT.onByDefault },
  { set: {}, guest: 'no-flush', gives: { staysWritethrough: true, safety: 'safe' }, fact: FACT.onByDefault },
];
const noUntilFlush: Row[] = [
  {
    set: { ...ON, rbd_cache_writethrough_until_flush: 'true' },
    guest: 'no-flush',
    gives: { untilFirstFlush: false, safety: 'unsafe' },
    fact: FACT.noOption,
  },
];
const noReadahead: Row[] = [{ set: ON, gives: { layers: { readahead: 'not-in-release' } }, fact: FACT.noReadahead }];
const readahead: Row[] = [
  { set: { ...ON, rbd_cache_policy: 'writeback' }, gives: { layers: { readahead: 'on' } }, fact: FACT.readahead },
  { set: { rbd_cache: 'false' }, gives: { layers: { readahead: 'no-cache' } }, fact: FACT.readahead },
  {
    set: { ...ON, rbd_readahead_max_bytes: '0' },
    gives: { layers: { readahead: 'switched-off' } },
    fact: FACT.readahead,
  },
];
const ownParentCache: Row[] = [
  { set: ON, gives: { layers: { parentCache: 'own-cache' } }, fact: FACT.clones },
  { set: { rbd_cache: 'false' }, gives: { layers: { parentCache: 'none' } }, fact: FACT.clones },
];
const noParentCache: Row[] = [{ set: ON, gives: { layers: { parentCache: 'none' } }, fact: FACT.dispatch }];
const wrapping: Row[] = [
  { set: { ...ON, rbd_cache_max_dirty: '-1' }, gives: { dirtyLimit: 2 ** 64 }, fact: FACT.wraps },
];

/** 15.2 on: three policies. */
const policies: Row[] = [
  ...always('write-around-dispatch').map((row) =>
    row.gives.layers?.layer === 'write-around-dispatch' ? { ...row, fact: FACT.around } : row,
  ),
  {
    set: ON,
    gives: {
      writePolicy: 'writearound',
      servesReads: false,
      untilFirstFlush: true,
      safety: 'flush-safe',
      ...{ dirtyLimit: 24 * MiB, targetDirty: null, maxDirtyAge: null, size: null },
    },
    fact: FACT.around,
  },
  {
    set: { ...ON, rbd_cache_max_dirty: '0' },
    guest: 'no-flush',
    gives: {
      writePolicy: 'writethrough',
      servesReads: false,
      untilFirstFlush: false,
      safety: 'safe',
      dirtyLimit: 0,
      size: null,
      layers: { passThrough: true },
    },
    fact: FACT.aroundZero,
  },
  {
    set: { ...ON, rbd_cache_policy: 'writeback' },
    gives: {
      writePolicy: 'writeback',
      servesReads: true,
      untilFirstFlush: true,
      safety: 'flush-safe',
      ...SIZES,
      layers: { layer: 'object-cacher-dispatch' },
    },
    fact: FACT.dispatch,
  },
  {
    set: { ...ON, rbd_cache_policy: 'writethrough', rbd_cache_writethrough_until_flush: 'false' },
    guest: 'no-flush',
    gives: {
      writePolicy: 'writethrough',
      servesReads: true,
      untilFirstFlush: false,
      safety: 'safe',
      dirtyLimit: 0,
      size: 32 * MiB,
    },
    fact: FACT.policyThrough,
  },
  {
    set: { ...ON, rbd_cache_policy: 'WriteBack' },
    gives: { writePolicy: 'writearound' },
    fact: 'an unlisted value is refused, the default stays',
  },
  ...noParentCache,
];
const aroundReadahead: Row[] = [
  {
    set: ON,
    gives: { layers: { readahead: 'not-with-writearound' } },
    fact: 'off with writearound since 15.2.13 (PR 39962) and 16.2.0 (b65f6b8650)',
  },
];
const sharedParentWithPlugin: Row[] = [
  {
    set: { ...ON, rbd_parent_cache_enabled: 'true' },
    gives: { layers: { parentCache: 'needs-plugin' } },
    fact: FACT.parentDaemon,
  },
  {
    set: { ...ON, rbd_parent_cache_enabled: 'true', rbd_plugins: 'parent_cache' },
    gives: { layers: { parentCache: 'shared-daemon', unknownPlugins: [] } },
    fact: FACT.parentDaemon,
  },
  {
    set: { rbd_plugins: 'parent-cache' },
    gives: { layers: { unknownPlugins: ['parent-cache'] } },
    fact: 'an unknown plug-in makes the image open fail',
  },
  ...Object.entries({
    '"pwl_cache","parent_cache"': [],
    'pwl_cache, parent_cache': [' parent_cache'],
    'pwl_cache;parent_cache': ['pwl_cache;parent_cache'],
    'pwl_cache,': [''],
  }).map(
    ([list, unknownPlugins]): Row => ({
      set: { rbd_plugins: list },
      gives: { layers: { unknownPlugins } },
      fact: 'a comma parts the names, and nothing is taken off them (boost::escaped_list_separator)',
    }),
  ),
];
const persistentWithPlugin: Row[] = [
  { set: {}, gives: { layers: { persistentCache: null } }, fact: FACT.pwl },
  {
    set: { rbd_persistent_cache_mode: 'ssd' },
    gives: {
      layers: {
        persistentCache: expect.objectContaining({ mode: 'ssd', missing: [expect.stringContaining('pwl_cache')] }),
      },
    },
    fact: FACT.pwl,
  },
  {
    set: { rbd_persistent_cache_mode: 'rwl', rbd_plugins: 'pwl_cache' },
    gives: { layers: { persistentCache: expect.objectContaining({ mode: 'rwl', missing: [] }) } },
    fact: FACT.pwl,
  },
];
const since162: Row[] = [
  ...policies,
  ...onByDefault,
  ...untilFlush,
  ...readahead,
  ...aroundReadahead,
  ...sharedParentWithPlugin,
  ...persistentWithPlugin,
];
const octopus: Row[] = [
  ...policies,
  ...onByDefault,
  ...untilFlush,
  ...readahead,
  {
    set: { ...ON, rbd_parent_cache_enabled: 'true' },
    gives: { layers: { parentCache: 'shared-daemon' } },
    fact: FACT.parentDaemon,
  },
  {
    set: { rbd_rwl_enabled: 'true' },
    gives: { layers: { persistentCache: expect.objectContaining({ mode: 'rwl', missing: [] }) } },
    fact: FACT.rwl,
  },
];
const firstImages = [...objectCacher('object-cacher'), ...offByDefault, ...noReadahead, ...wrapping];
const beforeGiant = [...firstImages, ...untilFlush, ...ownParentCache];
const giantToLuminous = [
  ...objectCacher('object-cacher'),
  ...onByDefault,
  ...untilFlush,
  ...ownParentCache,
  ...wrapping,
];
const beforePolicies = [
  ...objectCacher('object-cacher-dispatch'),
  ...onByDefault,
  ...untilFlush,
  ...readahead,
  ...noParentCache,
];

/** One table a release; point releases where they differ. */
export const TABLES: Readonly<Record<string, readonly Row[]>> = {
  '0.48': [
    ...firstImages,
    ...noUntilFlush,
    { set: ON, gives: { layers: { parentCache: 'no-clones' } }, fact: FACT.clones },
  ],
  '0.56': beforeGiant,
  '0.56.4': [...firstImages, ...noUntilFlush, ...ownParentCache],
  '0.56.5': beforeGiant,
  '0.61': beforeGiant,
  '0.67': beforeGiant,
  '0.72': beforeGiant,
  '0.80': beforeGiant,
  '0.87': [...giantToLuminous, ...noReadahead],
  '0.94': [...giantToLuminous.filter((row) => !wrapping.includes(row)), ...readahead],
  '9.2': [...giantToLuminous, ...readahead],
  '10.2': [...giantToLuminous, ...readahead],
  '11.2': [...giantToLuminous, ...readahead],
  '12.2': [...giantToLuminous, ...readahead],
  '13.2': beforePolicies,
  '14.2': beforePolicies,
  '15.2.12': [
    ...octopus,
    {
      set: ON,
      gives: { layers: { readahead: 'runs-unlimited' } },
      fact: '15.2.0 to 15.2.12 left readahead running with its unlimited built-in size',
    },
  ],
  '15.2': [...octopus, ...aroundReadahead],
  '16.2': since162,
  '17.2': since162,
  '18.2': since162,
  '19.2': since162,
  '20.2': since162,
};
