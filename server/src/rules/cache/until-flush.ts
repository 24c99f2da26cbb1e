/** Write-back from the first write: because it was chosen, because of the release, or because there is nothing else. */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { Candidate, DriveTrace, Place } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding, Fix, RuleInfo } from '../rule.js';
import {
  fileCandidates,
  inCommand,
  isCached,
  lineOf,
  locationOf,
  nameOptionsOf,
  pairName,
  placeName,
  qemuName,
  removeNameOption,
} from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { optionFixes } from '../support/option-edits.js';
import { code } from '../support/shown.js';

const OPTION = 'rbd_cache_writethrough_until_flush';

/** True where writes wait in the cache from the start. */
function writesBackAtOnce(trace: DriveTrace): boolean {
  const { outcome } = trace;
  if (outcome === null || !isCached(trace)) return false;
  const back = outcome.writePolicy === 'writeback' || outcome.writePolicy === 'writearound';
  return back && !outcome.untilFirstFlush && !outcome.staysWritethrough;
}

/** Where no flush comes at all, that is told at the cache mode; but a text that makes it worse is told, too. */
function isUpToGuest({ outcome }: DriveTrace): boolean {
  return outcome?.guest.flushedBy === 'guest';
}

function consequence(): string {
  return l10n.t('RBDCache writes back from the first write, and a guest that never flushes can lose data in a crash.');
}

export const untilFlushOff: CommandRule = {
  id: 'until-flush-off',
  severity: 'warning',
  statement: 'Write-back from the first write: a guest that never flushes can lose data.',
  holds: { librbd: { since: '0.56.5' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.inForce(OPTION);
      if (!writesBackAtOnce(trace) || winner?.value !== 'false') continue;
      const { kind } = winner.place;
      const isSaid = kind !== 'qemu' && kind !== 'release';
      if (!isUpToGuest(trace) && !(isSaid && trace.cacheMode.noFlush)) continue;
      if (kind === 'qemu') yield byVendor(this, trace);
      else if (kind === 'release') yield byRelease(this, trace);
      else yield byText(this, context, trace, winner);
    }
  },
};

/** Nothing in a text outranks it; lines that say otherwise are shown. */
function byVendor(rule: RuleInfo, trace: DriveTrace): Finding {
  const what = l10n.t("Proxmox's {0} turns {1} off on every drive.", qemuName(trace), code(OPTION));
  const todo = l10n.t('For such a guest use `cache=none`.');
  const beaten = fileCandidates(trace, OPTION).flatMap(({ value, place }) => {
    const at = value === 'true' ? locationOf(trace, place) : null;
    return at === null ? [] : [{ at, message: l10n.t('Asks for it, and is beaten.') }];
  });
  return findingAt(rule, inCommand(trace.syntax.span), `${what} ${consequence()} ${todo}`, {
    severity: 'information',
    related: beaten,
  });
}

function byRelease(rule: RuleInfo, trace: DriveTrace): Finding {
  const what = l10n.t('In {0} {1} is off by default.', pairName(trace), code(OPTION));
  const todo = l10n.t('Set it to true where guests may be old.');
  return findingAt(rule, inCommand(trace.syntax.span), `${what} ${consequence()} ${todo}`, {
    severity: 'information',
    fixes: optionFixes(trace, OPTION, 'true', { preferred: true }),
  });
}

function byText(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace, winner: Candidate): Finding {
  const { place } = winner;
  const at = locationOf(trace, place);
  const what =
    at === null
      ? l10n.t('{0} turns {1} off in {2}.', placeName(winner), code(OPTION), pairName(trace))
      : l10n.t('In {0} this turns {1} off.', pairName(trace), code(OPTION));
  const todo = defaultsToTrue(trace) ? l10n.t('Set it to true, or delete it.') : l10n.t('Set it to true.');
  return findingAt(rule, at ?? inCommand(trace.syntax.span), `${what} ${consequence()} ${todo}`, {
    fixes: fixes(context, trace, place),
  });
}

function fixes(context: CommandRuleContext, trace: DriveTrace, place: Place): Fix[] {
  const at = locationOf(trace, place);
  if (at === null || (place.kind !== 'file' && place.kind !== 'argument')) return [];
  const edit = { at: { ...at, span: place.valueSpan }, newText: 'true' };
  const set = fix(l10n.t('Set it to true'), [edit], { preferred: true });
  if (!defaultsToTrue(trace)) return [set];
  const line = lineOf(trace, place);
  if (line !== null) {
    const title = l10n.t('Delete the line (other programs read this file too)');
    return [set, fix(title, [{ at: line.line, newText: '' }])];
  }
  const option = nameOptionsOf(trace, OPTION).at(-1);
  const edits = option === undefined || at.in !== 'command' ? null : removeNameOption(context, option);
  return edits === null ? [set] : [set, fix(l10n.t('Remove it from the drive string'), edits)];
}

function defaultsToTrue(trace: DriveTrace): boolean {
  return cephOption(trace.releases.librbd, OPTION)?.default === 'true';
}

export const untilFlushUnknown: CommandRule = {
  id: 'until-flush-unknown',
  severity: 'information',
  statement: 'This librbd has no write-through until the first flush (before 0.56.5).',
  holds: { librbd: { until: '0.56.4' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (!writesBackAtOnce(trace) || !isUpToGuest(trace) || cephOption(trace.releases.librbd, OPTION) !== undefined)
        continue;
      const what = l10n.t('{0} has no write-through until the first flush (it came with 0.56.5).', pairName(trace));
      yield findingAt(this, inCommand(trace.syntax.span), `${what} ${consequence()}`);
    }
  },
};
