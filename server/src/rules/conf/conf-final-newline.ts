import * as l10n from '@vscode/l10n';
import type { ConfRule, Fix } from '../rule.js';
import { complaintsOf, lineAround, speaksCeph, trimmed } from '../support/broken-lines.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { sentences } from '../support/wording.js';

export const confFinalNewline: ConfRule = {
  id: 'conf-final-newline',
  severity: 'error',
  statement: 'The last line has no line end: the line is lost, and from 15.2 on the whole file.',
  looksAt: 'conf',
  *check(context) {
    const { text, era } = context.tree;
    const problem = complaintsOf(context.tree, 'no-final-newline')[0];
    if (problem === undefined || !speaksCeph(context)) return;
    const line = lineAround(text, text.length);
    const content = trimmed(text, line);
    const onlyBlanks = content.start === content.end;
    const addition: Fix = onlyBlanks
      ? fix(l10n.t('Remove the blanks of the last line'), [replaceInFile(context, line, '')], MENDS)
      : fix(
          l10n.t('Add the missing line end'),
          [replaceInFile(context, ending(text), text.includes('\r\n') ? '\r\n' : '\n')],
          MENDS,
        );
    const consequence =
      era === 'C'
        ? refusedFile(context, problem)
        : l10n.t('{0} drops this line without a word, and from 15.2 on the whole file is refused.', librbd(context));
    yield confFinding(
      context,
      this,
      onlyBlanks ? line : content,
      sentences(l10n.t('The last line has no line end.'), consequence, l10n.t('End it with one.')),
      { severity: era === 'C' ? 'error' : 'warning', fixes: [addition] },
    );
  },
};

const MENDS = { preferred: true, safe: true };

/** What the line end takes the place of: a backslash at the very end would join it with nothing. */
function ending(text: string): { start: number; end: number } {
  return { start: text.endsWith('\\') ? text.length - 1 : text.length, end: text.length };
}
