/**
 * librbd's step: from the options at `rados_connect` to what the disk does, and what a crash costs.
 * Source: ImageCtx and OpenRequest of 0.48 to 20.2; what flushes reach librbd is QEMU's part ({@link GuestCache}).
 */
import * as l10n from '@vscode/l10n';
import type { ConfigTrace, GuestCache, Looked, Outcome, ReleasePair, Safety, WritePolicy } from '../model.js';
import { assumptions, NOWHERE } from './assumptions.js';
import { cacheLayer, persistentCache } from './layers.js';
import { type CacheSettings, cacheSettings } from './settings.js';

/** How writes are acknowledged, as librbd was told. */
interface Writes {
  readonly policy: WritePolicy;
  /** Bytes that may be acknowledged before the cluster has them, once the cache may write back. */
  readonly dirtyLimit: number;
  readonly untilFirstFlush: boolean;
}

function writes(settings: CacheSettings): Writes {
  if (!settings.enabled) return { policy: 'off', dirtyLimit: 0, untilFirstFlush: false };
  // With nothing allowed to be dirty both caches hand each write on and wait; the policy's name does not matter then.
  if (settings.policy === 'writethrough' || settings.maxDirty === 0) {
    return { policy: 'writethrough', dirtyLimit: 0, untilFirstFlush: false };
  }
  return {
    policy: settings.policy ?? 'writeback',
    dirtyLimit: settings.maxDirty,
    untilFirstFlush: settings.writethroughUntilFlush === true,
  };
}

interface Judgement {
  readonly safety: Safety;
  readonly safetyReason: string;
}

/** A flush that the guest, or QEMU in its place, can send down to librbd. */
function neverFlushed(guest: GuestCache): boolean {
  return guest.noFlush || guest.flushedBy === 'nobody';
}

function judge(written: Writes, guest: GuestCache): Judgement {
  if (written.policy === 'off') {
    return {
      safety: 'safe',
      safetyReason: l10n.t(
        'Without RBDCache a write is acknowledged only when the cluster has it, so a crash loses nothing.',
      ),
    };
  }
  if (written.policy === 'writethrough') {
    return {
      safety: 'safe',
      safetyReason: l10n.t('A write is acknowledged only when the cluster has it, so a crash loses nothing.'),
    };
  }
  if (neverFlushed(guest)) return judgeUnflushed(written, guest);
  if (guest.flushedBy === 'qemu') {
    return {
      safety: 'safe',
      safetyReason: l10n.t(
        'QEMU flushes after every write before it tells the guest, so a crash loses nothing acknowledged.',
      ),
    };
  }
  return {
    safety: 'flush-safe',
    safetyReason: written.untilFirstFlush
      ? l10n.t('After the first flush a crash loses at most what the guest had not flushed yet.')
      : l10n.t('A crash loses at most what the guest had not flushed yet.'),
  };
}

function judgeUnflushed({ untilFirstFlush }: Writes, guest: GuestCache): Judgement {
  return untilFirstFlush
    ? { safety: 'safe', safetyReason: staysWritethrough(guest) }
    : { safety: 'unsafe', safetyReason: losesWrites(guest) };
}

function staysWritethrough({ noFlush, writeCache }: GuestCache): string {
  if (noFlush) {
    return l10n.t('No flush ever reaches librbd: librbd stays in write-through, and a crash loses nothing.');
  }
  return writeCache
    ? l10n.t('This QEMU passes no flush on to librbd: librbd stays in write-through, and a crash loses nothing.')
    : l10n.t(
        'The guest is told that there is no write cache, and nobody flushes: librbd stays in write-through, and a crash loses nothing.',
      );
}

function losesWrites({ noFlush, writeCache }: GuestCache): string {
  if (noFlush) {
    return writeCache
      ? l10n.t(
          'Writes are acknowledged early, and no flush ever reaches librbd: a crash loses even what the guest flushed.',
        )
      : l10n.t(
          'Writes are acknowledged early, and no flush ever reaches librbd: a crash loses writes that the guest took for finished.',
        );
  }
  return writeCache
    ? l10n.t(
        'Writes are acknowledged early, and this QEMU passes no flush on to librbd: a crash loses even what the guest flushed.',
      )
    : l10n.t(
        'Writes are acknowledged early, and the guest is told that there is no write cache, and nobody flushes: a crash loses writes that the guest took for finished.',
      );
}

/** What the disk does. `config` is that of the open image, `guest` QEMU's side of the drive. */
export function librbdOutcome(
  { librbd: release, vendor }: Pick<ReleasePair, 'librbd' | 'vendor'>,
  config: ConfigTrace,
  guest: GuestCache,
  looked: Looked = NOWHERE,
): Outcome {
  const settings = cacheSettings(config);
  const layer = cacheLayer(release, settings);
  const written = writes(settings);
  const objectCacher = layer === 'object-cacher' || layer === 'object-cacher-dispatch';
  const flusher = objectCacher && written.dirtyLimit > 0;
  const { safety, safetyReason } = judge(written, guest);
  return {
    rbdCache: settings.enabled ? 'on' : 'off',
    writePolicy: written.policy,
    untilFirstFlush: written.untilFirstFlush,
    staysWritethrough: written.untilFirstFlush && neverFlushed(guest),
    servesReads: objectCacher && settings.size > 0,
    dirtyLimit: settings.enabled ? written.dirtyLimit : null,
    targetDirty: flusher ? settings.targetDirty : null,
    maxDirtyAge: flusher ? settings.maxDirtyAge : null,
    size: objectCacher ? settings.size : null,
    guest,
    safety,
    safetyReason,
    assumes: assumptions(release, config, vendor, persistentCache(config), looked),
  };
}
