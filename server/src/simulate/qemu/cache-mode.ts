/** The cache mode of a drive: what its words say, and which of them decided. */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheMode, cacheModeName } from '../../catalog/qemu-options.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { Span } from '../../syntax/span.js';
import type { CacheModeTrace } from '../model.js';
import { isUnknown, type OptionSet } from './flat-options.js';
import { switchOf } from './node-options.js';
import { type NodeCache, OFF, type Switch } from './plan.js';

export interface DriveCache extends NodeCache {
  readonly writeback: Switch;
}

/** Exactly 1.6.0 took an absent mode as unsafe; a bare `1.6` means that release. */
function defaultsToUnsafe(release: QemuRelease): boolean {
  return release.series === '1.6' && (release.version[2] ?? 0) === 0;
}

/** The three switches of a `-drive`. Bad values are somebody else's concern: they read as the release's default here. */
export function driveCache(release: QemuRelease, options: OptionSet): DriveCache {
  const behaviour = qemuBehaviour(release);
  const mode = options.get('cache');
  const unknown = isUnknown(mode);
  const named = mode === undefined || unknown ? undefined : cacheMode(release, mode.value);
  const by = mode?.span ?? null;
  const fallback = behaviour.defaultMode === 'writeback';
  return {
    direct: explicit(behaviour, options, 'cache.direct') ?? { value: named?.direct ?? false, by, unknown },
    noFlush: explicit(behaviour, options, 'cache.no-flush') ?? {
      value: named?.noFlush ?? (mode === undefined && defaultsToUnsafe(release)),
      by,
      unknown,
    },
    writeback: explicit(behaviour, options, 'cache.writeback') ?? { value: named?.writeback ?? fallback, by, unknown },
  };
}

function explicit(behaviour: QemuBehaviour, options: OptionSet, name: string): Switch | null {
  if (!behaviour.driverOptions) return null;
  const option = options.get(name);
  return option === undefined ? null : switchOf(behaviour, option);
}

/** The whole chain under `snapshot=on` is unsafe, up to the release that left the image alone. */
export function underSnapshot(cache: DriveCache, by: Span | null): DriveCache {
  return {
    direct: { value: false, by, unknown: false },
    noFlush: { value: true, by, unknown: false },
    writeback: { ...cache.writeback, value: true },
  };
}

/** `node` is what the rbd node opens with; the write-back switch belongs to the drive. */
export function cacheModeTrace(node: NodeCache, writeback: Switch): CacheModeTrace {
  const { direct, noFlush } = node;
  return {
    name: cacheModeName(direct.value, noFlush.value, writeback.value),
    direct: direct.value,
    noFlush: noFlush.value,
    writeback: writeback.value,
    decidedBy: direct.by,
    isDefault: direct.by === null && noFlush.by === null && writeback.by === null,
  };
}

export const BLOCKDEV_CACHE: DriveCache = { direct: OFF, noFlush: OFF, writeback: { ...OFF, value: true } };
