import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { isOn } from '../support/cache-mode.js';
import { appendOption, replaceIn } from '../support/drive-text.js';
import { inCommand, optionOf, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveFormatProbed: CommandRule = {
  id: 'drive-format-probed',
  severity: 'warning',
  statement: "No `format=`: QEMU looks at the guest's data to guess it.",
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { syntax, error } = trace;
      const span = imageSpan(trace);
      if (span === null || (error !== null && error.stage !== 'open')) continue;
      if (syntax.options.some(({ key }) => key === 'format' || key === 'driver')) continue;
      // A guest that cannot write cannot put a header there.
      const readOnly = ['read-only', 'readonly'].some((key) => isOn(optionOf(trace, key)?.value ?? ''));
      if (readOnly || optionOf(trace, 'media')?.value === 'cdrom' || syntax.flag.endsWith('cdrom')) continue;
      if (trace.unknown.some(({ matters }) => matters === 'cache-mode')) continue;
      const takesFormat = /^--?drive$/.test(syntax.flag);
      const { probingWarned } = qemuBehaviour(trace.releases.qemu);
      yield findingAt(
        this,
        inCommand(span),
        sentences(
          l10n.t(
            'Without {0} {1} looks at the first bytes of the image, which the guest writes, to guess its format.',
            code('format='),
            qemuName(trace),
          ),
          probingWarned
            ? l10n.t(
                'QEMU keeps the guest from writing the header of another format there, with an error on that write.',
              )
            : l10n.t(
                'A guest that writes the header of another format there can make QEMU open any file of the host at the next start.',
              ),
          takesFormat
            ? l10n.t('Add {0}.', code('format=raw'))
            : l10n.t('Use {0} instead.', code('-drive file=…,format=raw')),
        ),
        {
          fixes: takesFormat
            ? [fix(l10n.t('Add {0}', 'format=raw'), appendOption(syntax, 'format=raw'), { preferred: true })]
            : asDrive(context, trace),
        },
      );
    }
  },
};

/** The image's name, or the word that says that members describe it; null where nothing is probed. */
function imageSpan({ syntax }: DriveTrace): Span | null {
  if (syntax.form !== 'drive') return null;
  return (
    syntax.name?.span ?? syntax.options.find(({ key, value }) => key === 'file.driver' && value === 'rbd')?.span ?? null
  );
}

const PLACES: ReadonlyMap<string, string> = new Map([
  ['', '0'],
  ['hda', '0'],
  ['hdb', '1'],
  ['hdc', '2'],
  ['hdd', '3'],
]);

/** `-hda NAME`, or the name alone, as `-drive file=NAME,…`. */
function asDrive(context: CommandRuleContext, { syntax }: DriveTrace): Fix[] {
  const index = PLACES.get(syntax.flag.replace(/^--?/, ''));
  const word = context.command.words[syntax.argument];
  if (index === undefined || word === undefined || word.value.text.includes(',')) return [];
  const { start, end } = syntax.span;
  const options = `,format=raw,index=${index},media=disk`;
  const edits =
    syntax.flag === ''
      ? word.span.start === start
        ? [replaceIn({ start, end: start }, '-drive file=')]
        : [
            replaceIn({ start: word.span.start, end: word.span.start }, '-drive '),
            replaceIn({ start, end: start }, 'file='),
          ]
      : [replaceIn(syntax.flagSpan, '-drive'), replaceIn({ start, end: start }, 'file=')];
  const title = l10n.t('Use {0}', '-drive file=…,format=raw');
  return [fix(title, [...edits, replaceIn({ start: end, end }, options)], { preferred: true })];
}
