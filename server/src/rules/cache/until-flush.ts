/** Write-back from the first write: because it was chosen, because of the release, or because there is nothing else. */
import { cephOption } from '../../catalog/ceph-options.js';
import type { DriveTrace, Place } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import {
  driveFinding,
  inCommand,
  isCached,
  lineOf,
  locationOf,
  nameOptionsOf,
  pairName,
  placeName,
  removeNameOption,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';

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

const CONSEQUENCE =
  'RBDCache writes back from the first write, and a guest that never flushes can lose data in a crash.';

export const untilFlushOff: CommandRule = {
  id: 'until-flush-off',
  severity: 'warning',
  statement: 'Write-back from the first write: a guest that never flushes can lose data.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace(OPTION)?.winner;
      if (!writesBackAtOnce(trace) || winner?.value !== 'false') continue;
      const drive = inCommand(trace.syntax.span);
      const { place } = winner;
      const isSaid = place.kind !== 'qemu' && place.kind !== 'release';
      if (!isUpToGuest(trace) && !(isSaid && trace.cacheMode.noFlush)) continue;
      if (place.kind === 'qemu') {
        const by = `Proxmox's QEMU ${trace.releases.qemu.label} sets ${OPTION}=false on every drive`;
        yield driveFinding(this, drive, `${by}: ${CONSEQUENCE}`, { severity: 'information' });
      } else if (place.kind === 'release') {
        const message = `In ${pairName(trace)} ${OPTION} is off by default: ${CONSEQUENCE} Set it to true in ceph.conf where guests may be old.`;
        yield driveFinding(this, drive, message, { severity: 'information' });
      } else {
        yield driveFinding(
          this,
          locationOf(trace, place) ?? drive,
          `${place.kind === 'environment' ? placeName(winner) : 'This'} turns ${OPTION} off: with ${pairName(trace)} ${CONSEQUENCE} Set it to true${defaultsToTrue(trace) ? ', or delete it' : ''}.`,
          { fixes: fixes(context, trace, place) },
        );
      }
    }
  },
};

function fixes(context: CommandRuleContext, trace: DriveTrace, place: Place): Fix[] {
  const at = locationOf(trace, place);
  if (at === null || (place.kind !== 'file' && place.kind !== 'argument')) return [];
  const edit = { at: { ...at, span: place.valueSpan }, newText: 'true' };
  const set = fix('Set it to true', [edit], { preferred: true });
  if (!defaultsToTrue(trace)) return [set];
  const line = lineOf(trace, place);
  if (line !== null) {
    return [set, fix('Delete the line (other programs read this file too)', [{ at: line.line, newText: '' }])];
  }
  const option = nameOptionsOf(trace, OPTION).at(-1);
  const edits = option === undefined || at.in !== 'command' ? null : removeNameOption(context, option);
  return edits === null ? [set] : [set, fix('Remove it from the drive', edits)];
}

function defaultsToTrue(trace: DriveTrace): boolean {
  return cephOption(trace.releases.librbd, OPTION)?.default === 'true';
}

export const untilFlushUnknown: CommandRule = {
  id: 'until-flush-unknown',
  severity: 'information',
  statement: 'This librbd has no write-through until the first flush (before 0.56.5).',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (!writesBackAtOnce(trace) || !isUpToGuest(trace) || cephOption(trace.releases.librbd, OPTION) !== undefined)
        continue;
      yield driveFinding(
        this,
        inCommand(trace.syntax.span),
        `${pairName(trace)} has no write-through until the first flush (it came with 0.56.5): RBDCache writes back from the first write, and a guest that never flushes can lose data in a crash.`,
      );
    }
  },
};
