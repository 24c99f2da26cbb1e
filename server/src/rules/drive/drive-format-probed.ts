import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandRule } from '../rule.js';
import { appendOption } from '../support/drive-text.js';
import { driveFinding, inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveFormatProbed: CommandRule = {
  id: 'drive-format-probed',
  severity: 'warning',
  statement: "No `format=`: QEMU looks at the guest's data to guess it.",
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { syntax, error } = trace;
      if (syntax.form !== 'drive' || syntax.name === null || (error !== null && error.stage !== 'open')) continue;
      if (syntax.options.some(({ key }) => key === 'format' || key === 'driver')) continue;
      // A guest that cannot write cannot put a header there.
      const readOnly = ['read-only', 'readonly'].some((key) =>
        ['on', 'yes', 'true', 'y'].includes(optionOf(trace, key)?.value ?? ''),
      );
      if (readOnly || optionOf(trace, 'media')?.value === 'cdrom' || syntax.flag.endsWith('cdrom')) continue;
      if (trace.unknown.some(({ matters }) => matters === 'cache-mode')) continue;
      const { probingWarned } = qemuBehaviour(trace.releases.qemu);
      const canSay = /^--?drive$/.test(syntax.flag);
      yield driveFinding(
        this,
        inCommand(syntax.name.span),
        `Without ${code('format=')} ${qemuName(trace)} looks at the first bytes of the image, which the guest writes, to guess its format: ` +
          `a guest that writes the header of another format there ${probingWarned ? 'is kept from it by QEMU, with an error on that write' : 'can make QEMU open any file of the host at the next start'}. ` +
          (canSay ? `Add ${code('format=raw')}.` : `Use ${code('-drive file=…,format=raw')}.`),
        { fixes: canSay ? [fix('Add format=raw', appendOption(syntax, 'format=raw'), { preferred: true })] : [] },
      );
    }
  },
};
