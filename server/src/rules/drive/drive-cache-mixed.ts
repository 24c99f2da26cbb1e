import { cacheModes } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { removeOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

const SWITCHES: ReadonlySet<string> = new Set(['cache.direct', 'cache.no-flush', 'cache.writeback']);

export const driveCacheMixed: CommandRule = {
  id: 'drive-cache-mixed',
  severity: 'warning',
  statement: '`cache=` and `cache.direct` and the like together: the explicit ones win, in whatever order they stand.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const mode = optionOf(trace, 'cache');
      if (mode === undefined || (trace.error !== null && trace.error.stage !== 'open')) continue;
      const switches = trace.syntax.options.filter(({ key }) => SWITCHES.has(key));
      const [first] = switches;
      if (first === undefined) continue;
      yield driveFinding(
        this,
        inCommand(mode.span),
        `${code(written(context, mode.span))} and ${switches.map(({ span }) => code(written(context, span))).join(', ')} stand here together: in ${qemuName(trace)} ` +
          `the explicit ones win, whatever their order, which makes it ${code(trace.cacheMode.name)}. Keep one form.`,
        {
          related: [{ at: inCommand(first.span), message: 'Wins over the mode.' }],
          fixes: keepMode(context, trace, mode, switches),
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
  const removals = switches.map((option) => removeOption(context, option));
  if (!own || !cacheModes(trace.releases.qemu).some((each) => each.name === name)) return [];
  if (mode.unknown || !removals.every((edits) => edits !== null)) return [];
  const edits = [replaceIn(mode.valueSpan, name), ...removals.flat()];
  return [fix(`Write ${code(`cache=${name}`)} alone`, edits, { preferred: true })];
}
