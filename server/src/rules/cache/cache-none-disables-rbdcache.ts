import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, TextEdit } from '../rule.js';
import { oppositeWord, replaceIn, written } from '../support/drive-text.js';
import {
  driveFinding,
  fileCandidates,
  inCommand,
  locationOf,
  modeSpan,
  modeWords,
  placeName,
  qemuName,
  setCacheMode,
} from '../support/drive-words.js';
import { fix } from '../support/finding.js';

function titleOf({ syntax }: DriveTrace): string {
  return syntax.form === 'drive' ? 'Set cache=writeback' : 'Turn cache.direct off';
}

/** For a block node: its own switch, and that of the nodes above it, so that they keep saying the same. */
function turnDirectOff(context: CommandRuleContext, trace: DriveTrace): TextEdit[] | null {
  if (trace.syntax.form === 'drive') return null;
  const edits: TextEdit[] = [];
  for (const { options } of [trace.syntax, ...(trace.nodesAbove ?? [])]) {
    for (const { key, value, valueSpan } of options) {
      if (!/(?:^|\.)cache\.direct$/.test(key) || !/^(?:on|yes|true|y)$/.test(value)) continue;
      const opposite = oppositeWord(written(context, valueSpan));
      if (opposite === null) return null;
      edits.push(replaceIn(valueSpan, opposite));
    }
  }
  return edits.length === 0 ? null : edits;
}

export const cacheNoneDisablesRbdcache: CommandRule = {
  id: 'cache-none-disables-rbdcache',
  severity: 'information',
  statement:
    'A direct cache mode (`none`, `directsync`, `cache.direct=on`) turns RBDCache off although the file asks for it.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace('rbd_cache')?.winner;
      if (trace.error !== null || winner?.place.kind !== 'qemu' || winner.value !== 'false') continue;
      const asking = fileCandidates(trace, 'rbd_cache').at(-1);
      if (asking?.value !== 'true') continue;
      const at = locationOf(trace, asking.place);
      const edits = setCacheMode(trace, 'writeback') ?? turnDirectOff(context, trace);
      yield driveFinding(
        this,
        inCommand(modeSpan(trace)),
        `${modeWords(context, trace)} turns RBDCache off in ${qemuName(trace)}, although ${placeName(asking)} asks for it. ` +
          `For RBDCache set ${trace.syntax.form === 'drive' ? '`cache=writeback`' : '`cache.direct` to off'}${trace.cacheMode.writeback ? '; the guest flushes in both modes' : ''}.`,
        {
          related: at === null ? [] : [{ at, message: 'Asks for RBDCache, and is beaten.' }],
          fixes: edits === null ? [] : [fix(titleOf(trace), edits)],
        },
      );
    }
  },
};
