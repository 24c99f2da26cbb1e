import * as l10n from '@vscode/l10n';
import { cacheModes } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { removeOption, removeOptions, replaceIn, written } from '../support/drive-text.js';
import { inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { codes, inTitle } from '../support/refusal-words.js';
import { code } from '../support/shown.js';

/** What each switch is where nothing is said. */
const SWITCHES: ReadonlyMap<string, { readonly of: 'direct' | 'noFlush' | 'writeback'; readonly unsaid: boolean }> =
  new Map([
    ['cache.direct', { of: 'direct', unsaid: false }],
    ['cache.no-flush', { of: 'noFlush', unsaid: false }],
    ['cache.writeback', { of: 'writeback', unsaid: true }],
  ]);

export const driveCacheMixed: CommandRule = {
  id: 'drive-cache-mixed',
  severity: 'warning',
  statement: '`cache=` and `cache.direct` and the like together: the explicit ones win, in whatever order they stand.',
  holds: { qemu: { since: '1.7' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const mode = optionOf(trace, 'cache');
      if (mode === undefined || (trace.error !== null && trace.error.stage !== 'open')) continue;
      const switches = trace.syntax.options.filter(({ key }) => SWITCHES.has(key));
      const [first] = switches;
      if (first === undefined) continue;
      yield findingAt(
        this,
        inCommand(mode.span),
        l10n.t(
          '{0} and {1} stand here together: in {2} the explicit ones win, whatever their order, which makes it {3}. Keep one form.',
          code(written(context, mode.span)),
          codes(switches.map(({ span }) => written(context, span))),
          qemuName(trace),
          code(trace.cacheMode.name),
        ),
        {
          related: [{ at: inCommand(first.span), message: l10n.t('Wins over the mode.') }],
          fixes: [...keepMode(context, trace, mode, switches), ...keepSwitches(context, trace, mode, switches)],
        },
      );
    }
  },
};

/** `cache=` alone, with the mode that the words make together; none where no mode is that. */
function keepMode(
  context: CommandRuleContext,
  trace: DriveTrace,
  mode: DriveOption,
  switches: readonly DriveOption[],
): Fix[] {
  const { name, decidedBy } = trace.cacheMode;
  const own = decidedBy !== null && [mode, ...switches].some(({ span }) => span.start === decidedBy.start);
  if (!own || mode.unknown || !cacheModes(trace.releases.qemu).some((each) => each.name === name)) return [];
  const removals = removeOptions(context, switches);
  if (removals === null) return [];
  const title = l10n.t('Write {0} alone', inTitle(`cache=${name}`));
  return [fix(title, [replaceIn(mode.valueSpan, name), ...removals], { preferred: true })];
}

/** The switches alone, where what they leave unsaid is what the mode says. */
function keepSwitches(
  context: CommandRuleContext,
  { cacheMode, syntax }: DriveTrace,
  mode: DriveOption,
  switches: readonly DriveOption[],
): Fix[] {
  const said = new Set(switches.map(({ key }) => key));
  const same = [...SWITCHES].every(([key, { of, unsaid }]) => said.has(key) || cacheMode[of] === unsaid);
  const removal = removeOption(context, mode);
  if (!same || mode.unknown || removal === null || syntax.form !== 'drive') return [];
  return [fix(l10n.t('Delete {0}', inTitle(written(context, mode.span))), removal)];
}
