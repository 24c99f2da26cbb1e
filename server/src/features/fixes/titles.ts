/** Titles of edits: what is done, where, and what the simulation says of the drives then. */
import * as l10n from '@vscode/l10n';
import { humanSize } from '../../rules/support/sizes.js';
import type { Outcome } from '../../simulate/model.js';
import type { PlacedEdit } from '../analysis-model.js';
import { printable } from '../answer-render.js';
import { humanSeconds } from '../answer-words.js';
import { policyInShort } from '../outcome-words.js';
import { redact } from '../redact.js';
import type { DriveChange, DriveChanges, SeenDrive } from './drive-changes.js';

/** Different outcomes that a title names; more are not told one by one. */
const MOST_OUTCOMES = 2;

/** `Set cache=writeback: RBDCache on, write-through until first flush`; the title alone where no drive changes. */
export function withOutcome(title: string, changes: DriveChanges): string {
  const outcome = outcomesInTitle(changes);
  return outcome === null ? title : l10n.t('{0}: {1}', title, outcome);
}

/** Null where no drive resolves to anything else. */
export function outcomesInTitle({ changed, total }: DriveChanges): string | null {
  if (changed.length === 0) return null;
  const counts = new Map<string, number>();
  for (const change of changed) {
    const said = outcomeInTitle(change);
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  const all = [...counts].sort(([, a], [, b]) => b - a);
  const [only] = all;
  if (only !== undefined && all.length === 1) {
    if (changed.length === total) return only[0];
    return l10n.t('{0} ({1} of {2} drives)', only[0], changed.length, total);
  }
  const shown = all.slice(0, MOST_OUTCOMES).map(([said, count]) => l10n.t('{0} × {1}', count, said));
  if (all.length > MOST_OUTCOMES) shown.push(l10n.t('others differ'));
  return shown.join('; ');
}

/** Where only the limits change, the limits are told, too. */
function outcomeInTitle({ before, after }: DriveChange): string {
  const said = stateInTitle(after);
  const { outcome } = after.trace;
  if (before === null || outcome === null || stateInTitle(before) !== said) return said;
  const limits = changedLimits(before.trace.outcome, outcome);
  return limits.length === 0 ? said : l10n.t('{0}, {1}', said, limits.join(l10n.t(', ')));
}

/** `RBDCache on, write-through until first flush`, for one drive. */
export function stateInTitle({ trace: { error, outcome } }: SeenDrive): string {
  if (error !== null) {
    return error.stage === 'crash' ? l10n.t('QEMU crashes on the drive') : l10n.t('QEMU refuses the drive');
  }
  if (outcome === null) return l10n.t('RBDCache depends on what the text does not show');
  if (outcome.rbdCache === 'off') return l10n.t('RBDCache off');
  const { staysWritethrough, writePolicy, guest } = outcome;
  const waits =
    outcome.untilFirstFlush && !staysWritethrough && writePolicy !== 'writethrough' && guest.flushedBy !== 'qemu';
  const said = waits
    ? l10n.t('RBDCache on, write-through until first flush')
    : l10n.t('RBDCache on, {0}', policyInShort(outcome));
  return outcome.safety === 'unsafe' ? l10n.t('{0}, unsafe', said) : said;
}

function changedLimits(before: Outcome | null, after: Outcome): readonly string[] {
  const limits: string[] = [];
  const { size, dirtyLimit, targetDirty, maxDirtyAge } = after;
  if (size !== null && size !== before?.size) limits.push(l10n.t('{0} cache', humanSize(size)));
  if (dirtyLimit !== null && dirtyLimit !== before?.dirtyLimit) {
    limits.push(l10n.t('{0} dirty at most', humanSize(dirtyLimit)));
  }
  if (targetDirty !== null && targetDirty !== before?.targetDirty) {
    limits.push(l10n.t('{0} target dirty', humanSize(targetDirty)));
  }
  if (maxDirtyAge !== null && maxDirtyAge !== before?.maxDirtyAge) {
    limits.push(l10n.t('written back after {0}', humanSeconds(maxDirtyAge)));
  }
  return limits;
}

/** `Set rbd cache = false in ceph.conf`, where the edits stand in another document than what they are for. */
export function withPlace(title: string, edits: readonly PlacedEdit[], address: string): string {
  const others = [...new Set(edits.map((edit) => edit.address))].filter((other) => other !== address);
  const names = [...new Set(others.map(fileName))].filter((name) => !title.includes(name));
  const [first, second] = names;
  if (first === undefined) return title;
  if (second === undefined) return l10n.t('{0} in {1}', title, first);
  return names.length === 2
    ? l10n.t('{0} in {1} and {2}', title, first, second)
    : l10n.t('{0} in {1} files', title, names.length);
}

/** The last part of an address, as people know it. */
export function fileName(address: string): string {
  const encoded = address.slice(address.lastIndexOf('/') + 1);
  try {
    return printable(redact(decodeURIComponent(encoded)));
  } catch (error) {
    if (error instanceof URIError) return encoded;
    throw error;
  }
}
