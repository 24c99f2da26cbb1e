/**
 * What the guest is told about the drive's cache, and who flushes librbd's.
 * Source: block.c and block/block-backend.c (the flush after each write), hw/block (write-cache); confirmed by running.
 */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { GuestCache } from '../model.js';

export interface GuestInput {
  readonly release: QemuRelease;
  /** The rbd node's own switches. */
  readonly direct: boolean;
  readonly noFlush: boolean;
  /** The drive's. */
  readonly writeback: boolean;
  /** `write-cache=` of the device; null: absent or `auto`. */
  readonly deviceWriteCache: boolean | null;
  /** format=rbd or driver=rbd. */
  readonly rbdIsTop: boolean;
}

export function guestCache(input: GuestInput): GuestCache {
  const behaviour = qemuBehaviour(input.release);
  const { direct, noFlush } = input;
  const device = behaviour.deviceWriteCache ? input.deviceWriteCache : null;
  const writeback = device ?? input.writeback;
  const writeCache = writeback || (behaviour.noneShowsCache && direct);
  return { direct, noFlush, writeback, writeCache, flushedBy: flushedBy(input, writeback) };
}

function flushedBy({ release, noFlush, rbdIsTop }: GuestInput, writeback: boolean): GuestCache['flushedBy'] {
  const behaviour = qemuBehaviour(release);
  if (!behaviour.rbdFlushes) return 'nobody';
  if (rbdIsTop && behaviour.formatRbdFlushes && (!noFlush || behaviour.formatRbdFlushesUnsafe)) return 'qemu';
  if (noFlush) return 'nobody';
  if (writeback) return 'guest';
  return behaviour.writethroughFlushes ? 'qemu' : 'nobody';
}
