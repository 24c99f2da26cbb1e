import * as l10n from '@vscode/l10n';
import type { Candidate, DriveTrace, NameOption } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { cephKey, replaceIn, wordOf, written } from '../support/drive-text.js';
import { inCommand, locationOf, nameOptionsOf, pairName, placeName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveConfOrder: CommandRule = {
  id: 'drive-conf-order',
  severity: 'warning',
  statement: 'QEMU up to 2.3 with librados before 13: `conf=` behind a key lets the file override that key.',
  holds: { qemu: { since: '0.15', until: '2.3' }, librbd: { until: '12.2' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const conf = nameOptionsOf(trace, 'conf').at(-1);
      if (conf === undefined || trace.config === null) continue;
      for (const option of trace.syntax.name?.options ?? []) {
        if (option.span.start > conf.span.start) break;
        const winner = beatenBy(trace, option);
        if (winner === null) continue;
        const at = locationOf(trace, winner.place);
        yield findingAt(
          this,
          inCommand(option.span),
          l10n.t(
            '{0} takes {1} from {2}, not from here: `conf=` stands behind it, the file is read after it, and the last word counts. Move `conf=` to the front of the options.',
            pairName(trace),
            code(option.key),
            placeName(winner),
          ),
          {
            related: at === null ? [] : [{ at, message: l10n.t('This value counts.') }],
            fixes: moveFirst(context, trace, conf),
          },
        );
      }
    }
  },
};

/** The value of a file that took the place of the drive's own. */
function beatenBy(drive: DriveTrace, option: NameOption): Candidate | null {
  const trace = drive.config?.trace(cephKey(drive, option.key));
  const own = trace?.candidates.find(
    ({ place }) => place.kind === 'argument' && place.valueSpan.start === option.valueSpan.start,
  );
  if (trace === undefined || own === undefined || trace.winner.place.kind !== 'file') return null;
  return trace.winner.value === own.value ? null : trace.winner;
}

function moveFirst(context: CommandRuleContext, trace: DriveTrace, conf: NameOption): Fix[] {
  const [first] = trace.syntax.name?.options ?? [];
  const removal = removeNameOption(context, conf);
  const quoting = wordOf(context, trace.syntax)?.quoting;
  if (first === undefined || removal === null || quoting === 'mixed' || quoting === undefined) return [];
  const at = { start: first.span.start, end: first.span.start };
  const edits = [...removal, replaceIn(at, `${written(context, conf.span)}:`)];
  return [fix(l10n.t('Move conf= to the front'), edits, { preferred: true })];
}
