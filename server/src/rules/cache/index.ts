/** Who wins, and what it costs. */
import type { Rule } from '../rule.js';
import { cacheLimits } from './cache-limits.js';
import { cacheNoneDisablesRbdcache } from './cache-none-disables-rbdcache.js';
import { cacheOverriddenByDrive } from './cache-overridden-by-drive.js';
import { cacheOverridesDrive } from './cache-overrides-drive.js';
import { cacheUnsafe, cacheUnsafeByDefault } from './cache-unsafe.js';
import { driveRbdCacheIgnored, driveRbdCacheWins } from './drive-rbd-cache.js';
import { jsonCacheIgnored } from './json-cache-ignored.js';
import { nodeCacheNotInherited } from './node-cache-not-inherited.js';
import { persistentCache } from './persistent-cache.js';
import { snapshotOnEnablesCache } from './snapshot-on-enables-cache.js';
import { untilFlushOff, untilFlushUnknown } from './until-flush.js';
import { writearoundNoReads } from './writearound-no-reads.js';
import { writethroughByZero } from './writethrough-by-zero.js';
import { writethroughLosesWrites } from './writethrough-loses-writes.js';

export const CACHE_RULES: readonly Rule[] = [
  cacheOverriddenByDrive,
  cacheOverridesDrive,
  driveRbdCacheIgnored,
  driveRbdCacheWins,
  cacheNoneDisablesRbdcache,
  cacheUnsafe,
  cacheUnsafeByDefault,
  writethroughLosesWrites,
  untilFlushOff,
  untilFlushUnknown,
  snapshotOnEnablesCache,
  jsonCacheIgnored,
  nodeCacheNotInherited,
  writearoundNoReads,
  writethroughByZero,
  cacheLimits,
  persistentCache,
];
