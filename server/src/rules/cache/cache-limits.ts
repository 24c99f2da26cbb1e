/** Limits of the cache that do not fit each other. The defaults (32, 24 and 16 MiB) give the proportions that do. */
import * as l10n from '@vscode/l10n';
import type { DriveTrace, Outcome } from '../../simulate/model.js';
import type { CommandRule, Finding, Fix, RuleInfo } from '../rule.js';
import { isCached, librbdName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { type Said, said, setBeside } from '../support/option-edits.js';
import { humanSize } from '../support/sizes.js';

const SIZE = 'rbd_cache_size';
const MAX_DIRTY = 'rbd_cache_max_dirty';
const TARGET = 'rbd_cache_target_dirty';

export const cacheLimits: CommandRule = {
  id: 'cache-limits',
  severity: 'warning',
  statement: 'Limits of the cache that do not fit each other: nothing checks them, and librbd then behaves oddly.',
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { outcome } = trace;
      if (outcome === null || !isCached(trace) || outcome.writePolicy !== 'writeback') continue;
      yield* dirtyAboveSize(this, trace, outcome);
      yield* targetAboveDirty(this, trace, outcome);
    }
  },
};

function* dirtyAboveSize(rule: RuleInfo, trace: DriveTrace, outcome: Outcome): Generator<Finding> {
  const { size, dirtyLimit, targetDirty } = outcome;
  const place = said(trace, MAX_DIRTY) ?? said(trace, SIZE);
  if (size === null || dirtyLimit === null || dirtyLimit < size || place === null) return;
  const message = l10n.t(
    'rbd_cache_max_dirty ({0}) is not below rbd_cache_size ({1}): {2} does not check it. The size bounds clean data only, so dirty data comes on top and the image may use {3}. Keep max dirty below the size.',
    humanSize(dirtyLimit),
    humanSize(size),
    librbdName(trace),
    humanSize(size + dirtyLimit),
  );
  const most = roundDown((size * 3) / 4);
  const target = (targetDirty ?? 0) >= most ? [[TARGET, roundDown((most * 2) / 3)] as const] : [];
  const lower = set(trace, place, [[MAX_DIRTY, most], ...target]);
  const raise = set(trace, place, [[SIZE, roundUp((dirtyLimit * 4) / 3)]]);
  // A size that was chosen stays; where only max dirty was, the size follows.
  const fixes = said(trace, SIZE) === null ? [raise, lower] : [lower, raise];
  yield findingAt(rule, place.at, message, { fixes: firstPreferred(fixes) });
}

function* targetAboveDirty(rule: RuleInfo, trace: DriveTrace, outcome: Outcome): Generator<Finding> {
  const { size, dirtyLimit, targetDirty } = outcome;
  const place = said(trace, TARGET) ?? said(trace, MAX_DIRTY);
  if (dirtyLimit === null || targetDirty === null || dirtyLimit === 0) return;
  if (targetDirty < dirtyLimit || place === null) return;
  const message = l10n.t(
    'rbd_cache_target_dirty ({0}) is not below rbd_cache_max_dirty ({1}): {2} does not check it. Writing back then starts by age only, and writers run into the hard limit and wait. Keep the target below max dirty.',
    humanSize(targetDirty),
    humanSize(dirtyLimit),
    librbdName(trace),
  );
  const lower = set(trace, place, [[TARGET, roundDown((dirtyLimit * 2) / 3)]]);
  const raised = roundUp((targetDirty * 3) / 2);
  const raise = raised < (size ?? 0) ? set(trace, place, [[MAX_DIRTY, raised]]) : null;
  yield findingAt(rule, place.at, message, { fixes: firstPreferred([lower, raise]) });
}

function firstPreferred(fixes: readonly (Fix | null)[]): Fix[] {
  return fixes.filter((each) => each !== null).map((each, index) => ({ ...each, preferred: index === 0 }));
}

type Value = readonly [option: string, bytes: number];

/** Writes numbers, in bytes, where they are said, or beside the finding; null where that cannot be. */
function set(trace: DriveTrace, place: Said, values: readonly Value[]): Fix | null {
  if (values.some(([, bytes]) => bytes <= 0 || !Number.isSafeInteger(bytes))) return null;
  const edits = values.map(([option, bytes]) => setBeside(trace, place, option, String(bytes))?.edit ?? null);
  const [first, second] = values;
  if (first === undefined || !edits.every((edit) => edit !== null)) return null;
  const title =
    second === undefined
      ? l10n.t('Set {0} to {1} ({2})', first[0], first[1], humanSize(first[1]))
      : l10n.t(
          'Set {0} to {1} ({2}) and {3} to {4} ({5})',
          first[0],
          first[1],
          humanSize(first[1]),
          second[0],
          second[1],
          humanSize(second[1]),
        );
  return fix(title, edits);
}

const MIB = 1024 * 1024;

/** To whole MiB where there is one. */
function roundDown(bytes: number): number {
  return bytes < MIB ? Math.floor(bytes) : Math.floor(bytes / MIB) * MIB;
}

function roundUp(bytes: number): number {
  return bytes < MIB ? Math.ceil(bytes) : Math.ceil(bytes / MIB) * MIB;
}
