import * as l10n from '@vscode/l10n';
import { librbdLayers, type PersistentCache } from '../../simulate/librbd/layers.js';
import type { Candidate, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, Finding, Fix, RuleInfo } from '../rule.js';
import { librbdName, locationOf } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { type Said, said, setBeside } from '../support/option-edits.js';
import { code } from '../support/shown.js';

/** The switch of 16.2 and later, and that of 15.2. */
const SWITCHES = ['rbd_persistent_cache_mode', 'rbd_rwl_enabled'];
const SIZES = ['rbd_persistent_cache_size', 'rbd_rwl_size'];
const SMALLEST = '1073741824';

export const persistentCache: CommandRule = {
  id: 'persistent-cache',
  severity: 'warning',
  statement: 'The persistent write-log cache is asked for, but something that it needs in this release is missing.',
  holds: { librbd: { since: '15.2' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (trace.config === null || trace.error !== null || trace.outcome === null) continue;
      const layers = librbdLayers(trace.releases.librbd, trace.config);
      const asking = SWITCHES.map((option) => said(trace, option)).find((place) => place !== null);
      if (layers.persistentCache !== null && asking != null) {
        yield* lacking(this, trace, layers.persistentCache, asking);
      }
      const plugins = said(trace, 'rbd_plugins');
      if (layers.unknownPlugins.length > 0 && plugins !== null) {
        const message = l10n.t(
          '{0} has no plug-in {1}: the image does not open. It knows parent_cache and pwl_cache.',
          librbdName(trace),
          code(layers.unknownPlugins.join(' ')),
        );
        yield findingAt(this, plugins.at, message);
      }
    }
  },
};

function* lacking(
  rule: RuleInfo,
  trace: DriveTrace,
  { mode, missing }: PersistentCache,
  asking: Said,
): Generator<Finding> {
  const refused = refusedSize(trace);
  if (missing.length === 0 && refused === null) return;
  const parts = [
    l10n.t('The persistent cache ({0}) of {1} does not start as it is meant to.', mode, librbdName(trace)),
    ...(missing.length === 0 ? [] : [l10n.t('`rbd_plugins` has to name `pwl_cache`.')]),
    ...(refused === null
      ? []
      : [
          l10n.t(
            '{0} has to be 1 GiB or more, written in bytes (1073741824): {1} is refused, and the default stays.',
            code(refused.option),
            code(refused.written),
          ),
        ]),
    l10n.t(
      'It also needs a librbd built with that backend, and the exclusive-lock feature on the image: it starts when the lock is acquired.',
    ),
  ];
  const at = refused === null ? null : locationOf(trace, refused.place);
  yield findingAt(rule, asking.at, parts.join(' '), {
    related: at === null ? [] : [{ at, message: l10n.t('This size is refused.') }],
    fixes: repair(trace, asking, missing.length > 0, refused),
  });
}

/** All that the text lacks, at once. */
function repair(trace: DriveTrace, asking: Said, needsPlugin: boolean, refused: Candidate | null): Fix[] {
  const plugin = needsPlugin ? (setBeside(trace, asking, 'rbd_plugins', 'pwl_cache')?.edit ?? null) : null;
  const place = refused?.place;
  const at = place?.kind === 'file' || place?.kind === 'argument' ? locationOf(trace, place) : null;
  const size =
    at !== null && (place?.kind === 'file' || place?.kind === 'argument')
      ? { at: { ...at, span: place.valueSpan }, newText: SMALLEST }
      : null;
  // Other plug-ins that are named stay.
  const isPlain = trace.config?.get('rbd_plugins') === '';
  if (needsPlugin && (plugin === null || !isPlain)) return [];
  if (plugin !== null && size !== null) {
    const title = l10n.t('Name the plug-in pwl_cache, and set {0} to {1}', refused?.option ?? '', SMALLEST);
    return [fix(title, [plugin, size], { preferred: true })];
  }
  if (plugin !== null) return [fix(l10n.t('Name the plug-in pwl_cache'), [plugin], { preferred: true })];
  return size === null
    ? []
    : [fix(l10n.t('Set {0} to {1}', refused?.option ?? '', SMALLEST), [size], { preferred: true })];
}

/** The size has a minimum, and is read in decimal units: a refused one is silently the default. */
function refusedSize({ config }: DriveTrace): Candidate | null {
  const trace = SIZES.map((name) => config?.trace(name)).find((each) => each !== undefined);
  if (trace === undefined || trace.winner.level !== 'default') return null;
  return trace.candidates.findLast(({ refusal }) => refusal !== null) ?? null;
}
