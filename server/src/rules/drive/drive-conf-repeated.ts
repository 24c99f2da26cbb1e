import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { driveFinding, inCommand, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { fix } from '../support/finding.js';

export const driveConfRepeated: CommandRule = {
  id: 'drive-conf-repeated',
  severity: 'warning',
  statement: '`conf=` more than once: QEMU up to 2.8 reads each file, from 2.9 on only the last.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const copies = nameOptionsOf(trace, 'conf');
      const last = copies.at(-1);
      if (copies.length < 2 || last === undefined) continue;
      const readsLast = qemuBehaviour(trace.releases.qemu).name.conf === 'last-key';
      const edits = copies.slice(0, -1).map((option) => removeNameOption(context, option));
      const all = edits.every((edit) => edit !== null) ? edits.flat() : null;
      const [first] = copies;
      yield driveFinding(
        this,
        inCommand((readsLast ? first : last)?.span ?? last.span),
        readsLast
          ? `${qemuName(trace)} reads only the last \`conf=\` of a name; this one counts for nothing. Keep one.`
          : `${qemuName(trace)} reads the file of each \`conf=\`, one after the other (from 2.9 on only the last one). Keep one.`,
        {
          tags: readsLast ? ['unnecessary'] : [],
          related: [{ at: inCommand((readsLast ? last : first)?.span ?? last.span), message: 'The other one.' }],
          fixes: all === null ? [] : [fix('Keep only the last conf=', all, { preferred: readsLast })],
        },
      );
    }
  },
};
