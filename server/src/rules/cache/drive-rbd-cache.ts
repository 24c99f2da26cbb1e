/** `:rbd_cache=` in a drive string, against the cache mode: who wins changed with QEMU 2.4. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace, NameOption } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding, Fix, RuleInfo } from '../rule.js';
import {
  driveFinding,
  inCommand,
  locationOf,
  modeWords,
  nameOptionsOf,
  qemuName,
  removeNameOption,
  setCacheMode,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

/** The mode that does by QEMU's own word what `rbd_cache=` of the string asks for. */
function modeFor(asked: string): string {
  return asked === 'true' ? 'writeback' : 'none';
}

/** What QEMU sets from the mode. */
function byMode(trace: DriveTrace): string | null | undefined {
  return trace.config?.trace('rbd_cache')?.candidates.findLast(({ place }) => place.kind === 'qemu')?.value;
}

function fixes(context: CommandRuleContext, trace: DriveTrace, option: NameOption, asked: string): Fix[] {
  const removal = removeNameOption(context, option);
  if (removal === null) return [];
  const found = [fix(`Remove ${code(`rbd_cache=${option.value}`)}`, removal, { preferred: true })];
  const mode = modeFor(asked);
  const edits = byMode(trace) === asked ? null : setCacheMode(trace, mode);
  if (edits !== null) {
    found.push(fix(`Remove it, and set ${code(`cache=${mode}`)} instead`, [...removal, ...edits]));
  }
  return found;
}

/** The value that librados made of the string's option; null where it was refused or never reached. */
function askedBy(trace: DriveTrace, option: NameOption): string | null {
  const candidates = trace.config?.trace('rbd_cache')?.candidates ?? [];
  const own = candidates.find(
    ({ place }) => place.kind === 'argument' && place.valueSpan.start === option.valueSpan.start,
  );
  return own?.value ?? null;
}

function* overwritten(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace): Generator<Finding> {
  const winner = trace.config?.trace('rbd_cache')?.winner;
  if (winner === undefined || winner.place.kind !== 'qemu') return;
  const at = locationOf(trace, winner.place);
  for (const option of nameOptionsOf(trace, 'rbd_cache')) {
    const asked = askedBy(trace, option);
    if (asked === null || option.unknown) continue;
    const same = asked === winner.value;
    yield driveFinding(
      rule,
      inCommand(option.span),
      `${code(`rbd_cache=${option.value}`)} has no effect: ${qemuName(trace)} sets ${code(`rbd_cache=${winner.value}`)} after it, from ${modeWords(context, trace)}. ` +
        (same ? 'Both say the same; remove it.' : 'Remove it, or choose the cache mode that does what it asks for.'),
      {
        severity: same ? 'hint' : 'warning',
        tags: ['unnecessary'],
        related: at === null ? [] : [{ at, message: 'The cache mode decides.' }],
        fixes: fixes(context, trace, option, asked),
      },
    );
  }
}

export const driveRbdCacheIgnored: CommandRule = {
  id: 'drive-rbd-cache-ignored',
  severity: 'warning',
  statement: '`:rbd_cache=` in the drive string is overwritten by the cache mode (QEMU 2.4 and later).',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).open.setsRbdCache === 'last') yield* overwritten(this, context, trace);
    }
  },
};

export const driveRbdCacheWins: CommandRule = {
  id: 'drive-rbd-cache-wins',
  severity: 'warning',
  statement: '`:rbd_cache=` in the drive string beats the cache mode (QEMU 1.2 to 2.3).',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (qemuBehaviour(trace.releases.qemu).open.setsRbdCache !== 'first') continue;
      const cache = trace.config?.trace('rbd_cache');
      const beaten = cache?.candidates.find(({ place }) => place.kind === 'qemu');
      if (cache === undefined || beaten === undefined || cache.winner.value === beaten.value) continue;
      for (const option of nameOptionsOf(trace, 'rbd_cache')) {
        const asked = askedBy(trace, option);
        const { place } = cache.winner;
        if (asked === null || place.kind !== 'argument' || place.valueSpan.start !== option.valueSpan.start) continue;
        yield driveFinding(
          this,
          inCommand(option.span),
          `${code(`rbd_cache=${option.value}`)} beats ${modeWords(context, trace)}: ${qemuName(trace)} sets ${code(`rbd_cache=${beaten.value}`)} from the mode ` +
            `before it reads the string's keys. RBDCache is ${asked === 'true' ? 'on' : 'off'} against the mode. Remove it, or make the mode say the same.`,
          {
            related: [
              { at: inCommand(trace.cacheMode.decidedBy ?? trace.syntax.span), message: 'The mode that is beaten.' },
            ],
            fixes: fixes(context, trace, option, asked),
          },
        );
      }
    }
  },
};
