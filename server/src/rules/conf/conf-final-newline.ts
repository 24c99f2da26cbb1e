import type { ConfRule, Fix } from '../rule.js';
import { complaintsOf, lineAround, speaksCeph, trimmed } from '../support/broken-lines.js';
import { refusalConsequence } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';

export const confFinalNewline: ConfRule = {
  id: 'conf-final-newline',
  severity: 'error',
  statement: 'The last line has no line end: the line is lost, and from 15.2 on the whole file.',
  looksAt: 'conf',
  *check(context) {
    const { text, era } = context.tree;
    if (complaintsOf(context.tree, 'no-final-newline').length === 0 || !speaksCeph(context)) return;
    const line = lineAround(text, text.length);
    const content = trimmed(text, line);
    const onlyBlanks = content.start === content.end;
    const consequence =
      era === 'C'
        ? `refuses the whole file: ${refusalConsequence(context)}`
        : 'ignores this line without a word; from 15.2 on the whole file is refused';
    const addition: Fix = onlyBlanks
      ? fix('Remove the blanks of the last line', [replaceInFile(context, line, '')], { preferred: true, safe: true })
      : fix('Add the missing line end', [replaceInFile(context, ending(text), text.includes('\r\n') ? '\r\n' : '\n')], {
          preferred: true,
          safe: true,
        });
    yield confFinding(
      context,
      this,
      onlyBlanks ? line : content,
      `The last line has no line end: ${librbd(context)} ${consequence}. End it with one.`,
      { severity: era === 'C' ? 'error' : 'warning', fixes: [addition] },
    );
  },
};

/** What the line end takes the place of: a backslash at the very end would join it with nothing. */
function ending(text: string): { start: number; end: number } {
  return { start: text.endsWith('\\') ? text.length - 1 : text.length, end: text.length };
}
