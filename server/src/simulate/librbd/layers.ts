/**
 * What librbd builds around an open image in a release: the cache's layer, readahead, the caches beside it.
 * Source: ImageCtx and OpenRequest of 0.48 to 20.2, ObjectCacherObjectDispatch, WriteAroundObjectDispatch.
 */
import { type CephRelease, within } from '../../catalog/releases.js';
import type { ConfigTrace } from '../model.js';
import { type CacheSettings, cacheSettings, plugins, readNumber } from './settings.js';

export type CacheLayer = 'none' | 'object-cacher' | 'object-cacher-dispatch' | 'write-around-dispatch';

/** Why there is no readahead; `runs-unlimited`: it runs, with no limit to its size (a mistake of 15.2.0 to 15.2.12). */
export type Readahead =
  | 'on'
  | 'runs-unlimited'
  | 'no-cache'
  | 'not-in-release'
  | 'switched-off'
  | 'not-with-writearound';

/** What a clone's parent image is read through. */
export type ParentCache = 'own-cache' | 'none' | 'shared-daemon' | 'needs-plugin' | 'no-clones';

export interface PersistentCache {
  /** `rwl` (persistent memory) or `ssd`. */
  readonly mode: string;
  /** What the text lacks for it, in words; what the text cannot show is in `alsoNeeds`. */
  readonly missing: readonly string[];
  readonly alsoNeeds: readonly string[];
}

export interface LibrbdLayers {
  readonly layer: CacheLayer;
  /** As librbd calls it; null: none. */
  readonly layerName: string | null;
  /** The layer is there and lets everything through (writearound with max dirty 0). */
  readonly passThrough: boolean;
  readonly readahead: Readahead;
  readonly parentCache: ParentCache;
  /** Null: not asked for, or not in this release. */
  readonly persistentCache: PersistentCache | null;
  /** Names in `rbd_plugins` that no librbd has: the image does not open. */
  readonly unknownPlugins: readonly string[];
  /** Options that this image never looks at, because of the switch or the policy. */
  readonly deadOptions: readonly string[];
}

interface Span {
  readonly since: string | null;
  readonly until: string | null;
}

function rowOf<T extends Span>(table: readonly T[], release: CephRelease): T | undefined {
  return table.findLast((row) => within(release, row.since, row.until));
}

/** Which cache `rbd_cache = true` makes. */
const CACHES: readonly (Span & { readonly layer: CacheLayer; readonly around: CacheLayer })[] = [
  { since: null, until: '12.2', layer: 'object-cacher', around: 'object-cacher' },
  { since: '13', until: '14.2', layer: 'object-cacher-dispatch', around: 'object-cacher-dispatch' },
  { since: '15', until: null, layer: 'object-cacher-dispatch', around: 'write-around-dispatch' },
];

const LAYER_NAMES: Readonly<Record<CacheLayer, string | null>> = {
  none: null,
  'object-cacher': 'ObjectCacher',
  'object-cacher-dispatch': 'ObjectCacherObjectDispatch',
  'write-around-dispatch': 'WriteAroundObjectDispatch',
};

const READAHEAD_SINCE = '0.94';
/** Readahead kept running under writearound, without a limit. */
const READAHEAD_MISTAKE: Span = { since: '15.2.0', until: '15.2.12' };

const PARENT_CACHES: readonly (Span & { readonly parent: ParentCache })[] = [
  { since: null, until: '0.48', parent: 'no-clones' },
  { since: '0.56', until: '12.2', parent: 'own-cache' },
  { since: '13', until: null, parent: 'none' },
];

const PLUGINS: readonly string[] = ['parent_cache', 'pwl_cache'];

const WRITEAROUND_DEAD = [
  'rbd_cache_size',
  'rbd_cache_target_dirty',
  'rbd_cache_max_dirty_age',
  'rbd_cache_max_dirty_object',
  'rbd_cache_block_writes_upfront',
];
const READAHEAD_OPTIONS = [
  'rbd_readahead_trigger_requests',
  'rbd_readahead_max_bytes',
  'rbd_readahead_disable_after_bytes',
];
const SWITCHED_OPTIONS = [
  'rbd_cache_policy',
  'rbd_cache_writethrough_until_flush',
  'rbd_cache_max_dirty',
  ...WRITEAROUND_DEAD,
  ...READAHEAD_OPTIONS,
];

/** Which cache the image gets. */
export function cacheLayer(release: CephRelease, settings: CacheSettings): CacheLayer {
  if (!settings.enabled) return 'none';
  const row = rowOf(CACHES, release);
  return (settings.policy === 'writearound' ? row?.around : row?.layer) ?? 'object-cacher';
}

function readahead(release: CephRelease, config: ConfigTrace, layer: CacheLayer): Readahead {
  if (!within(release, READAHEAD_SINCE, null)) return 'not-in-release';
  if (layer === 'none') return 'no-cache';
  if (readNumber(config, 'rbd_readahead_max_bytes') === 0) return 'switched-off';
  if (layer !== 'write-around-dispatch') return 'on';
  return within(release, READAHEAD_MISTAKE.since, READAHEAD_MISTAKE.until) ? 'runs-unlimited' : 'not-with-writearound';
}

function parentCache(release: CephRelease, config: ConfigTrace, layer: CacheLayer): ParentCache {
  const built = rowOf(PARENT_CACHES, release)?.parent ?? 'none';
  if (built === 'own-cache' && layer === 'none') return 'none';
  if (config.get('rbd_parent_cache_enabled') !== 'true') return built;
  const needsPlugin = config.get('rbd_plugins') !== undefined;
  return !needsPlugin || plugins(config).includes('parent_cache') ? 'shared-daemon' : 'needs-plugin';
}

/** Null: not asked for, or not in this release. */
export function persistentCache(config: ConfigTrace): PersistentCache | null {
  const early = config.get('rbd_rwl_enabled');
  const mode = early === 'true' ? 'rwl' : config.get('rbd_persistent_cache_mode');
  if (mode === undefined || mode === 'disabled') return null;
  const plugged = early !== undefined || plugins(config).includes('pwl_cache');
  return {
    mode,
    missing: plugged ? [] : ['`rbd_plugins` has to name `pwl_cache`'],
    alsoNeeds: [
      'a librbd built with that backend',
      'the exclusive-lock feature on the image: it starts when the lock is acquired',
    ],
  };
}

function deadOptions(release: CephRelease, layer: CacheLayer): readonly string[] {
  if (layer === 'none') return SWITCHED_OPTIONS;
  if (layer !== 'write-around-dispatch') return [];
  return within(release, READAHEAD_MISTAKE.since, READAHEAD_MISTAKE.until)
    ? WRITEAROUND_DEAD
    : [...WRITEAROUND_DEAD, ...READAHEAD_OPTIONS];
}

/** What librbd of this release builds for an image opened with this configuration. */
export function librbdLayers(
  release: CephRelease,
  config: ConfigTrace,
  settings: CacheSettings = cacheSettings(config),
): LibrbdLayers {
  const layer = cacheLayer(release, settings);
  return {
    layer,
    layerName: LAYER_NAMES[layer],
    passThrough: layer === 'write-around-dispatch' && settings.maxDirty === 0,
    readahead: readahead(release, config, layer),
    parentCache: parentCache(release, config, layer),
    persistentCache: persistentCache(config),
    unknownPlugins: plugins(config).filter((name) => !PLUGINS.includes(name)),
    deadOptions: deadOptions(release, layer).filter((option) => config.get(option) !== undefined),
  };
}
