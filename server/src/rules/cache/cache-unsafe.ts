/** No flush reaches librbd: by the text (`cache-unsafe`), or by the mistake of QEMU 1.6.0 (`cache-unsafe-by-default`). */
import { cacheMode } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding, RuleInfo, TextEdit } from '../rule.js';
import { oppositeWord, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, modeWords, pairName, qemuName, setCacheMode } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const cacheUnsafe: CommandRule = {
  id: 'cache-unsafe',
  severity: 'warning',
  statement:
    'No flush ever reaches librbd: a crash loses data that the guest flushed, or the cache stays in write-through for good.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      // A temporary snapshot makes the chain unsafe, too, but then nothing is written to the image.
      if (trace.cacheMode.noFlush && switchOption(trace) !== undefined) yield* noFlush(this, context, trace);
    }
  },
};

export const cacheUnsafeByDefault: CommandRule = {
  id: 'cache-unsafe-by-default',
  severity: 'warning',
  statement: 'QEMU 1.6.0 without `cache=` runs the drive as `unsafe` by mistake.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      if (trace.cacheMode.noFlush && isByDefault(trace)) yield* noFlush(this, context, trace);
    }
  },
};

/** True where no word of the text asked for no-flush: only QEMU 1.6.0 does so by itself. */
function isByDefault(trace: DriveTrace): boolean {
  const { syntax } = trace;
  return (
    syntax.form === 'drive' &&
    !syntax.options.some(({ key }) => key === 'cache' || key.endsWith('cache.no-flush')) &&
    trace.cacheMode.isDefault
  );
}

function* noFlush(rule: RuleInfo, context: CommandRuleContext, trace: DriveTrace): Generator<Finding> {
  const { outcome } = trace;
  if (outcome === null || trace.error !== null || outcome.rbdCache === 'off') return;
  const loses = outcome.safety === 'unsafe';
  const why =
    rule.id === 'cache-unsafe-by-default'
      ? `${qemuName(trace)}${trace.releases.qemu.bareSeries ? ' (taken as exactly 1.6.0; later 1.6 releases may be repaired)' : ''} takes an absent ${code('cache=')} as ${code('unsafe')} by mistake`
      : `With ${switchWords(context, trace)} no flush ever reaches librbd in ${pairName(trace)}`;
  const use = trace.syntax.form === 'drive' ? 'Use `cache=writeback`' : 'Turn no-flush off';
  const follows = loses
    ? `a crash loses data that the guest flushed. ${use}`
    : outcome.staysWritethrough
      ? `RBDCache waits for the first flush in write-through, and stays there for good: nothing is lost, and no write gets faster. ${use}`
      : 'nothing is lost here, because no write waits in the cache';
  const edits = repair(context, trace);
  yield driveFinding(rule, inCommand(spanOf(trace)), `${why}: ${follows}.`, {
    severity: loses ? 'warning' : 'information',
    fixes: edits === null ? [] : [fix(titleOf(edits), edits, { preferred: true })],
  });
}

/** The word that asks for no-flush. */
function switchOption({ syntax, releases: { qemu } }: DriveTrace): DriveOption | undefined {
  const effective = syntax.options.filter((option) => option.effective);
  const options = [...effective, ...(syntax.jsonMembers ?? [])];
  const on = options.findLast(
    ({ key, value }) => /(?:^|\.)cache\.no-flush$/.test(key) && /^(on|yes|true|y)$/.test(value),
  );
  const mode = effective.find(({ key, value }) => key === 'cache' && cacheMode(qemu, value)?.noFlush === true);
  return on ?? mode;
}

function switchWords(context: CommandRuleContext, trace: DriveTrace): string {
  const option = switchOption(trace);
  if (option === undefined) return modeWords(context, trace);
  return code(context.command.text.slice(option.span.start, option.span.end));
}

function spanOf(trace: DriveTrace) {
  return switchOption(trace)?.span ?? trace.syntax.span;
}

function repair(context: CommandRuleContext, trace: DriveTrace): readonly TextEdit[] | null {
  const option = switchOption(trace);
  if (option === undefined || option.key === 'cache') return setCacheMode(trace, 'writeback');
  const opposite = oppositeWord(written(context, option.valueSpan));
  return opposite === null ? null : [replaceIn(option.valueSpan, opposite)];
}

function titleOf(edits: readonly TextEdit[]): string {
  return /writeback/.test(edits[0]?.newText ?? '') ? 'Set cache=writeback' : 'Turn no-flush off';
}
