/** Lines that librbd never looks at, because of the write policy, and layers that lack something. */
import { librbdLayers } from '../../simulate/librbd/layers.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix, Location } from '../rule.js';
import {
  driveFinding,
  isCached,
  librbdName,
  lineOf,
  locationOf,
  nameOptionsOf,
  removeNameOption,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

/** Options that only the cache in memory looks at. */
const READ_CACHE_OPTIONS = /^rbd_(cache|readahead)_/;

export const writearoundNoReads: CommandRule = {
  id: 'writearound-no-reads',
  severity: 'information',
  statement:
    'librbd 15.2 and later default to writearound, which caches no reads: size, target dirty and age set here do nothing.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (trace.config === null || !isCached(trace) || trace.outcome?.writePolicy !== 'writearound') continue;
      const policy = trace.config.trace('rbd_cache_policy')?.winner;
      const layers = librbdLayers(trace.releases.librbd, trace.config);
      for (const option of layers.deadOptions) {
        const winner = READ_CACHE_OPTIONS.test(option) ? trace.config.trace(option)?.winner : undefined;
        if (winner === undefined || winner.level === 'default') continue;
        const at = locationOf(trace, winner.place);
        if (at === null) continue;
        const because = policy?.level === 'default' ? 'by default' : 'because rbd_cache_policy says so';
        yield driveFinding(
          this,
          at,
          `${code(option)} does nothing here: ${librbdName(trace)} runs writearound ${because}, which caches no reads and looks only at rbd_cache_max_dirty. ` +
            `For a cache that uses it set ${code('rbd cache policy = writeback')}; else delete it.`,
          { tags: ['unnecessary'], fixes: policyFix(context, trace, at, option) },
        );
      }
    }
  },
};

/** In a file: a policy line before this one, or the policy line changed; a drive string takes another key. */
function policyFix(context: CommandRuleContext, trace: DriveTrace, at: Location, option: string): Fix[] {
  const policy = trace.config?.trace('rbd_cache_policy')?.winner;
  const place = trace.config?.trace(option)?.winner.place;
  if (policy !== undefined && policy.level !== 'default') {
    const where = locationOf(trace, policy.place);
    if (where === null || (policy.place.kind !== 'file' && policy.place.kind !== 'argument')) return [];
    return [
      fix('Set the policy to writeback', [{ at: { ...where, span: policy.place.valueSpan }, newText: 'writeback' }]),
    ];
  }
  if (place?.kind === 'file') {
    const line = lineOf(trace, place);
    if (line === null) return [];
    const before = { ...at, span: { start: place.span.start, end: place.span.start } };
    const text = `rbd cache policy = writeback${line.lineEnd}${line.indent}`;
    return [
      fix('Set rbd cache policy = writeback', [{ at: before, newText: text }]),
      fix('Delete the line (other programs read this file too)', [{ at: line.line, newText: '' }]),
    ];
  }
  if (place?.kind === 'argument') {
    const end = { ...at, span: { start: place.valueSpan.end, end: place.valueSpan.end } };
    const own = nameOptionsOf(trace, option).at(-1);
    const removal = own === undefined ? null : removeNameOption(context, own);
    return [
      fix('Set rbd_cache_policy=writeback', [{ at: end, newText: ':rbd_cache_policy=writeback' }]),
      ...(removal === null ? [] : [fix('Remove it from the drive', removal)]),
    ];
  }
  return [];
}

export const persistentCache: CommandRule = {
  id: 'persistent-cache',
  severity: 'warning',
  statement: 'The persistent write-log cache is asked for, but something that it needs in this release is missing.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (trace.config === null || trace.error !== null || trace.outcome === null) continue;
      const layers = librbdLayers(trace.releases.librbd, trace.config);
      const option = ['rbd_persistent_cache_mode', 'rbd_rwl_enabled'].find(
        (name) => (trace.config?.trace(name)?.winner.level ?? 'default') !== 'default',
      );
      const winner = option === undefined ? undefined : trace.config.trace(option)?.winner;
      const at = winner === undefined ? null : locationOf(trace, winner.place);
      const lacking = [...(layers.persistentCache?.missing ?? []), ...refusedSize(trace)];
      if (layers.persistentCache !== null && at !== null && lacking.length > 0) {
        const { mode, alsoNeeds } = layers.persistentCache;
        yield driveFinding(
          this,
          at,
          `The persistent cache (${mode}) of ${librbdName(trace)} does not start as it is meant to: ${lacking.join('; ')}. It also needs ${alsoNeeds.join(', and ')}.`,
        );
      }
      const plugins = trace.config.trace('rbd_plugins')?.winner;
      const where = plugins === undefined ? null : locationOf(trace, plugins.place);
      if (layers.unknownPlugins.length > 0 && where !== null) {
        yield driveFinding(
          this,
          where,
          `${librbdName(trace)} has no plug-in ${layers.unknownPlugins.map((name) => code(name)).join(', ')}: the image does not open. It knows parent_cache and pwl_cache.`,
        );
      }
    }
  },
};

/** The size has a minimum, and is read in decimal units: a refused one is silently the default. */
function refusedSize({ config }: DriveTrace): string[] {
  const trace = ['rbd_persistent_cache_size', 'rbd_rwl_size'].map((name) => config?.trace(name)).find((each) => each);
  const refused = trace?.candidates.find(({ refusal }) => refusal !== null);
  if (trace === undefined || refused === undefined) return [];
  return [
    `${code(trace.option)} has to be 1 GiB or more, written in bytes (1073741824), and ${code(refused.written)} is refused`,
  ];
}
