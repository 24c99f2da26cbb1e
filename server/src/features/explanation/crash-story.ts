/** What a crash costs, told as it happens: a write, a flush, the end of the host. */
import * as l10n from '@vscode/l10n';
import { humanSize } from '../../rules/support/sizes.js';
import type { Outcome } from '../../simulate/model.js';
import { humanSeconds } from '../answer-words.js';

/** One sentence a step. */
export function crashStory(outcome: Outcome): readonly string[] {
  return [write(outcome), ...later(outcome), flush(outcome), crash(outcome)];
}

function write(outcome: Outcome): string {
  const { rbdCache, writePolicy, dirtyLimit, guest } = outcome;
  if (rbdCache === 'off') return l10n.t('The guest writes: it is told that the write is done when the cluster has it.');
  if (writePolicy === 'writethrough' || outcome.staysWritethrough) {
    return l10n.t('The guest writes: librbd hands the write on, and the guest is told when the cluster has it.');
  }
  const most = humanSize(dirtyLimit ?? 0);
  if (guest.flushedBy === 'qemu') {
    return l10n.t('The guest writes: QEMU flushes behind each write, and the guest is told when the cluster has it.');
  }
  if (outcome.untilFirstFlush) {
    return l10n.t(
      'The guest writes: before its first flush it is told when the cluster has the write, after that as soon as librbd has it in memory, for up to {0}.',
      most,
    );
  }
  return l10n.t('The guest writes: it is told so as soon as librbd has the data in memory, for up to {0}.', most);
}

/** When dirty data goes to the cluster by itself. */
function later({ writePolicy, maxDirtyAge, targetDirty, staysWritethrough, guest }: Outcome): readonly string[] {
  if (staysWritethrough || guest.flushedBy === 'qemu') return [];
  if (writePolicy === 'writearound') {
    return [l10n.t('librbd sends it to the cluster at once, and does not wait for the answer.')];
  }
  if (writePolicy !== 'writeback' || maxDirtyAge === null || targetDirty === null) return [];
  return [
    l10n.t(
      'librbd sends it to the cluster after {0}, or sooner where more than {1} wait.',
      humanSeconds(maxDirtyAge),
      humanSize(targetDirty),
    ),
  ];
}

function flush({ rbdCache, writePolicy, guest }: Outcome): string {
  const holds = rbdCache === 'on' && writePolicy !== 'writethrough';
  if (guest.noFlush) {
    return holds
      ? l10n.t('The guest flushes: QEMU throws the flush away, and says that it is done.')
      : l10n.t('The guest flushes: QEMU throws the flush away; there is nothing that it could have saved.');
  }
  switch (guest.flushedBy) {
    case 'guest':
      return holds
        ? l10n.t('The guest flushes: it waits until the cluster has all that it wrote before.')
        : l10n.t('The guest flushes: there is nothing to wait for.');
    case 'qemu':
      return l10n.t('The guest need not flush: QEMU did.');
    case 'nobody':
      return l10n.t('The guest does not flush: it is told that there is no write cache.');
  }
}

function crash(outcome: Outcome): string {
  const { safety, dirtyLimit, guest, untilFirstFlush } = outcome;
  const most = humanSize(dirtyLimit ?? 0);
  switch (safety) {
    case 'safe':
      return l10n.t('The host dies: nothing is lost that the guest was told is done.');
    case 'flush-safe':
      return untilFirstFlush
        ? l10n.t(
            'The host dies: up to {0} are lost of what the guest wrote since its last flush. A guest that never flushes loses nothing.',
            most,
          )
        : l10n.t(
            'The host dies: up to {0} are lost of what the guest wrote since its last flush. A guest that never flushes loses data that it took for written.',
            most,
          );
    case 'unsafe':
      return guest.writeCache
        ? l10n.t('The host dies: up to {0} are lost, flushed or not. The guest’s file system may be damaged.', most)
        : l10n.t(
            'The host dies: up to {0} are lost that the guest took for written. Its file system may be damaged.',
            most,
          );
  }
}
