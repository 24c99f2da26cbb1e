/** Write-back from the first write: because it was chosen, because of the release, or because there is nothing else. */
import { cephOption } from '../../catalog/ceph-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, Fix, Location } from '../rule.js';
import {
  driveFinding,
  inCommand,
  isCached,
  locationOf,
  nameOptionsOf,
  pairName,
  removeNameOption,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';

const OPTION = 'rbd_cache_writethrough_until_flush';

/** True where writes wait in the cache from the start, and it is the guest who has to flush them. */
function writesBackAtOnce(trace: DriveTrace): boolean {
  const { outcome } = trace;
  if (outcome === null || !isCached(trace)) return false;
  const back = outcome.writePolicy === 'writeback' || outcome.writePolicy === 'writearound';
  return back && !outcome.untilFirstFlush && !outcome.staysWritethrough && outcome.guest.flushedBy === 'guest';
}

export const untilFlushOff: CommandRule = {
  id: 'until-flush-off',
  severity: 'warning',
  statement: 'Write-back from the first write: a guest that never flushes can lose data.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace(OPTION)?.winner;
      if (!writesBackAtOnce(trace) || winner?.value !== 'false') continue;
      const says =
        'RBDCache writes back from the first write, and a guest that never flushes can lose data in a crash.';
      const at = locationOf(trace, winner.place);
      if (winner.place.kind === 'qemu') {
        yield driveFinding(
          this,
          inCommand(trace.syntax.span),
          `Proxmox's QEMU ${trace.releases.qemu.label} sets ${OPTION}=false on every drive: ${says}`,
          {
            severity: 'information',
          },
        );
      } else if (at === null) {
        yield driveFinding(
          this,
          inCommand(trace.syntax.span),
          `In ${pairName(trace)} ${OPTION} is off by default: ${says} Set it to true in ceph.conf where guests may be old.`,
          { severity: 'information' },
        );
      } else {
        const place = winner.place.kind === 'file' || winner.place.kind === 'argument' ? winner.place : null;
        yield driveFinding(
          this,
          at,
          `This turns ${OPTION} off: with ${pairName(trace)} ${says} Set it to true${defaultsToTrue(trace) ? ', or delete it' : ''}.`,
          { fixes: place === null ? [] : fixes(context.command.text, trace, at, place.valueSpan) },
        );
      }
    }
    function fixes(text: string, trace: DriveTrace, at: Location, valueSpan: { start: number; end: number }): Fix[] {
      const set = fix('Set it to true', [{ at: { ...at, span: valueSpan }, newText: 'true' }], { preferred: true });
      if (at.in !== 'command' || !defaultsToTrue(trace)) return [set];
      const option = nameOptionsOf(trace, OPTION).at(-1);
      const edits =
        option === undefined ? null : removeNameOption({ ...context, command: { ...context.command, text } }, option);
      return edits === null ? [set] : [set, fix('Remove it from the drive', edits)];
    }
  },
};

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
      if (!writesBackAtOnce(trace) || cephOption(trace.releases.librbd, OPTION) !== undefined) continue;
      yield driveFinding(
        this,
        inCommand(trace.syntax.span),
        `${pairName(trace)} has no write-through until the first flush (it came with 0.56.5): RBDCache writes back from the first write, and a guest that never flushes can lose data in a crash.`,
      );
    }
  },
};
