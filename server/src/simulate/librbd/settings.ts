/** The options that librbd reads when it opens an image, as numbers and words. */
import type { ConfigTrace } from '../model.js';

/** Options that the cache of an open image is made from, in the order librbd's documentation tells them. */
export const CACHE_OPTIONS = [
  'rbd_cache',
  'rbd_cache_policy',
  'rbd_cache_writethrough_until_flush',
  'rbd_cache_size',
  'rbd_cache_max_dirty',
  'rbd_cache_target_dirty',
  'rbd_cache_max_dirty_age',
] as const;

export type CachePolicy = 'writethrough' | 'writeback' | 'writearound';

export interface CacheSettings {
  readonly enabled: boolean;
  /** Null before 15.2, where there is only one cache. */
  readonly policy: CachePolicy | null;
  /** Null before 0.56.5, where there is no such option. */
  readonly writethroughUntilFlush: boolean | null;
  readonly size: number;
  readonly maxDirty: number;
  readonly targetDirty: number;
  readonly maxDirtyAge: number;
}

/** A number that is exact as it is. */
const SMALL = /^\d{1,15}$/;

/** A size as librbd keeps it: unsigned, so -1 (accepted up to 12.2) is the largest number there is. */
function size(config: ConfigTrace, option: string): number {
  const printed = config.get(option);
  if (printed !== undefined && SMALL.test(printed)) return Number(printed);
  return printed !== undefined && /^-?\d+$/.test(printed) ? Number(BigInt.asUintN(64, BigInt(printed))) : 0;
}

function policy(config: ConfigTrace): CachePolicy | null {
  const word = config.get('rbd_cache_policy');
  if (word === undefined) return null;
  return word === 'writethrough' || word === 'writeback' ? word : 'writearound';
}

export function cacheSettings(config: ConfigTrace): CacheSettings {
  const untilFlush = config.get('rbd_cache_writethrough_until_flush');
  return {
    enabled: config.get('rbd_cache') === 'true',
    policy: policy(config),
    writethroughUntilFlush: untilFlush === undefined ? null : untilFlush === 'true',
    size: size(config, 'rbd_cache_size'),
    maxDirty: size(config, 'rbd_cache_max_dirty'),
    targetDirty: size(config, 'rbd_cache_target_dirty'),
    maxDirtyAge: Number(config.get('rbd_cache_max_dirty_age') ?? 0),
  };
}

/**
 * What `rbd_plugins` names, with the blanks around a name, which are part of it, and the empty name behind a last comma.
 * Source: PluginRegistry::init, 16.2 to 20.2.
 */
export function plugins(config: ConfigTrace): readonly string[] {
  const list = config.get('rbd_plugins') ?? '';
  return list === '' ? [] : list.replaceAll('"', '').split(',');
}

export function readNumber(config: ConfigTrace, option: string): number | null {
  return config.get(option) === undefined ? null : size(config, option);
}
