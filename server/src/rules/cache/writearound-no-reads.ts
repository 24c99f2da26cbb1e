/** Lines that librbd never looks at, because writearound has no read cache. */
import * as l10n from '@vscode/l10n';
import { librbdLayers } from '../../simulate/librbd/layers.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { isCached, librbdName, lineOf, nameOptionsOf, placeName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { type Said, said, setBeside } from '../support/option-edits.js';
import { code } from '../support/shown.js';

/** Options that only the cache in memory looks at. */
const READ_CACHE_OPTIONS = /^rbd_(cache|readahead)_/;
const POLICY = 'rbd_cache_policy';

export const writearoundNoReads: CommandRule = {
  id: 'writearound-no-reads',
  severity: 'information',
  statement:
    'librbd 15.2 and later default to writearound, which caches no reads: size, target dirty and age set here do nothing.',
  holds: { librbd: { since: '15.2' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    const { drives } = context.command.trace;
    let inUse: ReadonlySet<string> | undefined;
    for (const trace of drives) {
      if (trace.config === null || !isCached(trace) || trace.outcome?.writePolicy !== 'writearound') continue;
      const dead = deadValues(trace);
      for (const value of dead) {
        inUse ??= linesInUse(drives);
        const { place } = value.winner;
        const others = place.kind === 'file' && inUse.has(lineKey(place));
        yield findingAt(this, value.at, message(trace, value), {
          tags: others ? [] : ['unnecessary'],
          fixes: [...policyFix(trace, value), ...(others ? [] : deletions(context, trace, value, dead))],
        });
      }
    }
  },
};

function deadValues(trace: DriveTrace): readonly Said[] {
  if (trace.config === null) return [];
  const { deadOptions } = librbdLayers(trace.releases.librbd, trace.config);
  const options = deadOptions.filter((option) => READ_CACHE_OPTIONS.test(option));
  return options.map((option) => said(trace, option)).filter((value) => value !== null);
}

/** The lines that other drives of the command have a cache for. */
function linesInUse(drives: readonly DriveTrace[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { config, outcome, error } of drives) {
    if (config === null || error !== null || outcome?.rbdCache !== 'on' || outcome.writePolicy === 'writearound')
      continue;
    for (const option of config.mentioned()) {
      const place = READ_CACHE_OPTIONS.test(option) ? config.inForce(option)?.place : undefined;
      if (place?.kind === 'file') used.add(lineKey(place));
    }
  }
  return used;
}

function lineKey({ path, line }: { readonly path: string; readonly line: number }): string {
  return `${line} ${path}`;
}

function message(trace: DriveTrace, { winner }: Said): string {
  const policy = trace.config?.inForce(POLICY);
  const what =
    policy === undefined || policy.place.kind === 'release'
      ? l10n.t('{0} does nothing here: {1} runs writearound by default.', code(winner.option), librbdName(trace))
      : l10n.t(
          '{0} does nothing here: {1} runs writearound, as {2} says.',
          code(winner.option),
          librbdName(trace),
          placeName(policy),
        );
  const why = l10n.t('Writearound caches no reads, and of the limits looks at rbd_cache_max_dirty only.');
  const todo = l10n.t('For a cache that uses this set `rbd cache policy = writeback`; else delete it.');
  return `${what} ${why} ${todo}`;
}

function policyFix(trace: DriveTrace, value: Said): Fix[] {
  const setting = setBeside(trace, value, POLICY, 'writeback');
  return setting === null ? [] : [fix(l10n.t('Set {0}', setting.says), [setting.edit], { preferred: true })];
}

/** This one, and all of them that stand in the same text. */
function deletions(context: CommandRuleContext, trace: DriveTrace, value: Said, dead: readonly Said[]): Fix[] {
  const inFile = value.at.in === 'file';
  const own = removal(context, trace, value);
  if (own === null) return [];
  const all = dead.filter(
    ({ at }) => at.in === value.at.in && (at.in !== 'file' || value.at.in !== 'file' || at.file === value.at.file),
  );
  const edits = all.map((each) => removal(context, trace, each)).filter((each) => each !== null);
  const one = inFile
    ? l10n.t('Delete the line (other programs read this file too)')
    : l10n.t('Remove it from the drive string');
  if (edits.length < 2) return [fix(one, own)];
  const many = inFile
    ? l10n.t('Delete the {0} lines that do nothing (other programs read this file too)', edits.length)
    : l10n.t('Remove the {0} options that do nothing from the drive string', edits.length);
  return [fix(one, own), fix(many, edits.flat())];
}

function removal(context: CommandRuleContext, trace: DriveTrace, { winner: { option, place } }: Said) {
  if (place.kind === 'file') {
    const line = lineOf(trace, place);
    return line === null ? null : [{ at: line.line, newText: '' }];
  }
  const own = nameOptionsOf(trace, option).at(-1);
  return own === undefined ? null : removeNameOption(context, own);
}
