import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveIdRepeated: CommandRule = {
  id: 'drive-id-repeated',
  severity: 'warning',
  statement: '`id=` more than once in the name: the first counts up to QEMU 2.8, the last from 2.9 on.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const copies = nameOptionsOf(trace, 'id');
      const rule = qemuBehaviour(trace.releases.qemu).name.id;
      const winner = rule === 'last-key' ? copies.at(-1) : copies[0];
      if (copies.length < 2 || rule === 'none' || winner === undefined) continue;
      for (const option of copies) {
        if (option === winner) continue;
        const edits = removeNameOption(context, option);
        yield driveFinding(
          this,
          inCommand(option.span),
          `${qemuName(trace)} takes the ${rule === 'last-key' ? 'last' : 'first'} ${code('id=')} of a name: this one counts for nothing (up to 2.8 the first counts, from 2.9 on the last). Keep one.`,
          {
            tags: ['unnecessary'],
            related: [{ at: inCommand(winner.span), message: 'This one counts.' }],
            fixes: edits === null ? [] : [fix('Delete the one without effect', edits, { preferred: true })],
          },
        );
      }
    }
  },
};
