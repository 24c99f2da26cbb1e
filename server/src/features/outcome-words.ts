/** The outcome in a few words, where there is no room for more: hints, lenses, the outline, lists. */
import * as l10n from '@vscode/l10n';
import type { DriveTrace, Outcome, Safety, WritePolicy } from '../simulate/model.js';
import { commandText, type DriveInText } from './answer-sources.js';
import { releaseName } from './releases.js';

/** For the end of a drive: `→ on, write-through until flush`. */
export function outcomeHint(drive: DriveInText): string {
  return `→ ${outcomeInShort(drive)}`;
}

/** `on, write-through until flush`; `refused` where QEMU does. */
export function outcomeInShort(drive: DriveInText): string {
  const { error, outcome } = drive.trace;
  if (error !== null) return error.stage === 'crash' ? l10n.t('QEMU crashes') : l10n.t('refused');
  if (outcome === null) {
    const unknown = drive.trace.unknown[0];
    return unknown === undefined ? l10n.t('unknown') : l10n.t('depends on {0}', commandText(drive, unknown.span, 24));
  }
  if (outcome.rbdCache === 'off') return l10n.t('off');
  const policy = policyInShort(outcome);
  return outcome.safety === 'unsafe' ? l10n.t('on, {0}, unsafe', policy) : l10n.t('on, {0}', policy);
}

/** For a line of its own above the drive: `RBDCache on · write-through until flush · safe`. */
export function outcomeTitle(drive: DriveInText): string {
  const { error, outcome, releases } = drive.trace;
  if (error !== null) return refusalTitle(error.stage, releaseName(releases.qemu));
  if (outcome === null) {
    const unknown = drive.trace.unknown[0];
    return unknown === undefined
      ? l10n.t('RBDCache unknown')
      : l10n.t('RBDCache depends on {0}', commandText(drive, unknown.span, 40));
  }
  const safety = safetyName(outcome.safety);
  return outcome.rbdCache === 'off'
    ? l10n.t('RBDCache off · {0}', safety)
    : l10n.t('RBDCache on · {0} · {1}', policyInShort(outcome), safety);
}

function refusalTitle(stage: NonNullable<DriveTrace['error']>['stage'], qemu: string): string {
  if (stage === 'crash') return l10n.t('{0} crashes on this drive', qemu);
  return stage === 'open'
    ? l10n.t('{0} refuses this drive after opening the image', qemu)
    : l10n.t('{0} refuses this drive', qemu);
}

/** How RBDCache writes, where it is on. */
export function policyInShort(outcome: Outcome): string {
  if (outcome.staysWritethrough) return l10n.t('write-through for good');
  if (outcome.writePolicy === 'writethrough') return policyName('writethrough');
  if (outcome.guest.flushedBy === 'qemu') return l10n.t('flushed after each write');
  if (outcome.untilFirstFlush) return l10n.t('write-through until flush');
  return policyName(outcome.writePolicy);
}

export function policyName(policy: WritePolicy): string {
  switch (policy) {
    case 'off':
      return l10n.t('off');
    case 'writethrough':
      return l10n.t('write-through');
    case 'writeback':
      return l10n.t('write-back');
    case 'writearound':
      return l10n.t('write-around');
  }
}

export function safetyName(safety: Safety): string {
  switch (safety) {
    case 'safe':
      return l10n.t('safe');
    case 'flush-safe':
      return l10n.t('flush-safe');
    case 'unsafe':
      return l10n.t('unsafe');
  }
}
