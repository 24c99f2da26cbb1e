/** No flush reaches librbd: by the text (`cache-unsafe`), or by the mistake of QEMU 1.6.0 (`cache-unsafe-by-default`). */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding, RuleInfo } from '../rule.js';
import { isNode, noFlushOption, stopNoFlush } from '../support/cache-mode.js';
import { inCommand, locationOf, pairName, placeName, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { optionFixes } from '../support/option-edits.js';
import { code } from '../support/shown.js';

export const cacheUnsafe: CommandRule = {
  id: 'cache-unsafe',
  severity: 'warning',
  statement:
    'No flush ever reaches librbd: a crash loses data that the guest flushed, or the cache stays in write-through for good.',
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (!isCachedOpen(trace)) continue;
      if (!qemuBehaviour(trace.releases.qemu).rbdFlushes) yield* neverPassedOn(this, trace);
      // A temporary snapshot makes the chain unsafe, too, but then nothing is written to the image.
      else if (trace.cacheMode.noFlush && noFlushOption(trace) !== undefined) yield noFlush(this, context, trace);
    }
  },
};

export const cacheUnsafeByDefault: CommandRule = {
  id: 'cache-unsafe-by-default',
  severity: 'warning',
  statement: 'QEMU 1.6.0 without `cache=` runs the drive as `unsafe` by mistake.',
  holds: { qemu: { since: '1.6.0', until: '1.6.0' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (isCachedOpen(trace) && trace.cacheMode.noFlush && isByDefault(trace)) yield noFlush(this, context, trace);
    }
  },
};

function isCachedOpen({ outcome, error }: DriveTrace): boolean {
  return outcome !== null && error === null && outcome.rbdCache === 'on';
}

/** True where no word of the text asked for no-flush: only QEMU 1.6.0 does so by itself. */
function isByDefault({ syntax, cacheMode }: DriveTrace): boolean {
  return (
    syntax.form === 'drive' &&
    !syntax.options.some(({ key }) => key === 'cache' || key.endsWith('cache.no-flush')) &&
    cacheMode.isDefault
  );
}

function noFlush(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace): Finding {
  const drive = { trace, text: context.command.text };
  const option = noFlushOption(trace);
  const change = stopNoFlush(drive);
  const because = holdsNothingBack(trace);
  const follows = consequence(trace);
  const todo =
    isNode(trace) || change?.says.startsWith('cache.') === true
      ? l10n.t('Turn no-flush off.')
      : l10n.t('Use `cache=writeback`.');
  const saved = trace.outcome?.safety !== 'unsafe' && trace.outcome?.staysWritethrough !== true;
  const why =
    option === undefined
      ? byMistake(trace)
      : l10n.t(
          'With {0} no flush ever reaches librbd in {1}.',
          code(drive.text.slice(option.span.start, option.span.end)),
          pairName(trace),
        );
  return findingAt(
    rule,
    inCommand(option?.span ?? trace.syntax.span),
    [why, follows, ...(because === null ? [] : [because.message]), ...(saved ? [] : [todo])].join(' '),
    {
      severity: trace.outcome?.safety === 'unsafe' ? 'warning' : 'information',
      related: because?.related ?? [],
      fixes: change === null ? [] : [fix(l10n.t('Set {0}', change.says), change.edits, { preferred: true })],
    },
  );
}

function byMistake(trace: DriveTrace): string {
  return trace.releases.qemu.bareSeries
    ? l10n.t(
        '{0} (taken as exactly 1.6.0; later 1.6 releases may be repaired) takes an absent `cache=` as `unsafe` by mistake: no flush ever reaches librbd.',
        qemuName(trace),
      )
    : l10n.t('{0} takes an absent `cache=` as `unsafe` by mistake: no flush ever reaches librbd.', qemuName(trace));
}

function consequence({ outcome }: DriveTrace): string {
  if (outcome?.safety === 'unsafe') return l10n.t('A crash loses data that the guest flushed.');
  return outcome?.staysWritethrough === true
    ? l10n.t(
        'RBDCache waits for the first flush in write-through, and stays there for good: nothing is lost, and no write gets faster.',
      )
    : l10n.t('Nothing is lost here, because no write waits in the cache.');
}

const UNTIL_FLUSH = 'rbd_cache_writethrough_until_flush';

interface Because {
  readonly message: string;
  readonly related: Finding['related'];
}

/** Why RBDCache does not wait for the first flush; null where it does, or where nothing depends on it. */
function holdsNothingBack(trace: DriveTrace): Because | null {
  if (trace.outcome?.safety !== 'unsafe') return null;
  const winner = trace.config?.inForce(UNTIL_FLUSH);
  if (winner === undefined) {
    return {
      message: l10n.t('This librbd has no write-through until the first flush (it came with 0.56.5).'),
      related: [],
    };
  }
  const { place } = winner;
  if (place.kind === 'qemu') {
    return { message: l10n.t("Proxmox's QEMU turns {0} off on every drive.", UNTIL_FLUSH), related: [] };
  }
  if (place.kind === 'release') {
    return { message: l10n.t('{0} is off by default in this librbd.', UNTIL_FLUSH), related: [] };
  }
  const at = locationOf(trace, place);
  return {
    message: l10n.t('{0} is turned off by {1}.', UNTIL_FLUSH, placeName(winner)),
    related: at === null ? [] : [{ at, message: l10n.t('Lets writes wait in the cache from the first one on.') }],
  };
}

/** QEMU before 1.0 has no flush for rbd images, in any mode. */
function* neverPassedOn(rule: RuleInfo, trace: DriveTrace): Generator<Finding> {
  const { outcome } = trace;
  // Where the guest is shown no cache, it loses more than that: another rule's matter.
  if (outcome === null || !outcome.guest.writeCache || outcome.writePolicy === 'writethrough') return;
  const why = l10n.t('{0} passes no flush on to librbd, in any mode.', qemuName(trace));
  const loses = outcome.safety === 'unsafe';
  const todo = loses ? [l10n.t('Set `rbd cache = false`.')] : [];
  yield findingAt(rule, inCommand(trace.syntax.span), [why, consequence(trace), ...todo].join(' '), {
    severity: loses ? 'warning' : 'information',
    fixes: optionFixes(trace, 'rbd_cache', 'false', { preferred: true }),
  });
}
