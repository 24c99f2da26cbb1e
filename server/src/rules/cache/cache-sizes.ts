/** Limits of the cache that do not do what they look like: zero, and numbers that do not fit each other. */
import type { Candidate, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, Fix, Location } from '../rule.js';
import { driveFinding, isCached, librbdName, locationOf } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { humanBytes } from '../support/human-bytes.js';

/** A value that some text says, and its place; null where it is the release's default. */
function said(
  trace: DriveTrace,
  option: string,
): { readonly at: Location; readonly winner: Candidate; readonly value: Location } | null {
  const winner = trace.config?.trace(option)?.winner;
  if (winner === undefined) return null;
  const { place } = winner;
  const at = locationOf(trace, place);
  if (at === null || (place.kind !== 'file' && place.kind !== 'argument')) return null;
  return { at, winner, value: { ...at, span: place.valueSpan } };
}

export const writethroughByZero: CommandRule = {
  id: 'writethrough-by-zero',
  severity: 'information',
  statement: '`rbd cache max dirty = 0` makes RBDCache write-through (under writearound: a layer that does nothing).',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const place = said(trace, 'rbd_cache_max_dirty');
      if (place === null || !isCached(trace) || place.winner.value !== '0') continue;
      const around = trace.config?.get('rbd_cache_policy') === 'writearound';
      yield driveFinding(
        this,
        place.at,
        around
          ? `With no dirty bytes allowed, the writearound layer of ${librbdName(trace)} lets everything through: RBDCache does nothing.`
          : `With no dirty bytes allowed, RBDCache of ${librbdName(trace)} is write-through: each write goes to the cluster before it is acknowledged, reads are cached.`,
      );
    }
  },
};

export const cacheLimits: CommandRule = {
  id: 'cache-limits',
  severity: 'warning',
  statement: 'Limits of the cache that do not fit each other: nothing checks them, and librbd then behaves oddly.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { outcome } = trace;
      if (outcome === null || !isCached(trace) || outcome.writePolicy !== 'writeback') continue;
      const { size, dirtyLimit, targetDirty } = outcome;
      if (size !== null && dirtyLimit !== null && dirtyLimit >= size) {
        const place = said(trace, 'rbd_cache_max_dirty') ?? said(trace, 'rbd_cache_size');
        if (place !== null) {
          yield driveFinding(
            this,
            place.at,
            `rbd_cache_max_dirty (${humanBytes(dirtyLimit)}) is not below rbd_cache_size (${humanBytes(size)}): ${librbdName(trace)} does not check it. The size bounds clean data only, ` +
              `so dirty data comes on top and the image may use ${humanBytes(size + dirtyLimit)}. Keep max dirty below the size.`,
            { fixes: fitToSize(trace, place, size, dirtyLimit) },
          );
        }
      }
      if (dirtyLimit !== null && targetDirty !== null && dirtyLimit > 0 && targetDirty >= dirtyLimit) {
        const place = said(trace, 'rbd_cache_target_dirty') ?? said(trace, 'rbd_cache_max_dirty');
        if (place !== null) {
          yield driveFinding(
            this,
            place.at,
            `rbd_cache_target_dirty (${humanBytes(targetDirty)}) is not below rbd_cache_max_dirty (${humanBytes(dirtyLimit)}): ${librbdName(trace)} does not check it. Writing back then starts ` +
              'by age only, and writers run into the hard limit and wait. Keep the target below max dirty.',
            {
              fixes:
                place.winner.option === 'rbd_cache_target_dirty'
                  ? set([[place, Math.floor((dirtyLimit * 2) / 3)]])
                  : set([[place, Math.ceil((targetDirty * 3) / 2)]]),
            },
          );
        }
      }
    }
  },
};

type Said = NonNullable<ReturnType<typeof said>>;

/** Numbers in the proportion of the defaults (32, 24 and 16 MiB), where the text says them. */
function fitToSize(trace: DriveTrace, place: Said, size: number, dirtyLimit: number): Fix[] {
  if (place.winner.option === 'rbd_cache_size') return set([[place, Math.ceil((dirtyLimit * 4) / 3)]]);
  const most = Math.floor((size * 3) / 4);
  const target = said(trace, 'rbd_cache_target_dirty');
  const tooHigh = target !== null && (trace.outcome?.targetDirty ?? 0) >= most;
  return set([[place, most], ...(tooHigh ? [[target, Math.floor((most * 2) / 3)] as const] : [])]);
}

/** Writes numbers, in bytes, where they are said. */
function set(values: readonly (readonly [Said, number])[]): Fix[] {
  if (values.some(([, bytes]) => bytes <= 0)) return [];
  const title = values
    .map(([{ winner }, bytes]) => `${winner.option} to ${bytes} (${humanBytes(bytes)})`)
    .join(' and ');
  const edits = values.map(([{ value }, bytes]) => ({ at: value, newText: String(bytes) }));
  return [fix(`Set ${title}`, edits, { preferred: true })];
}
