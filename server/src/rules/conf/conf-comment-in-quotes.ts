import * as l10n from '@vscode/l10n';
import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, TextEdit } from '../rule.js';
import { complaintsOf, lineAround } from '../support/broken-lines.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const confCommentInQuotes: ConfRule = {
  id: 'conf-comment-in-quotes',
  severity: 'error',
  statement:
    'From 15.2 on `#` and `;` start a comment inside quotes too, which leaves the quotes open and voids the file.',
  holds: { librbd: { since: '15.2' } },
  looksAt: 'conf',
  *check(context) {
    for (const problem of complaintsOf(context.tree, 'comment-in-quotes')) {
      const { end, edits } = escapesFor(context, problem);
      const sign = context.tree.text[problem.span.end] ?? '#';
      yield confFinding(
        context,
        this,
        { start: problem.span.start, end },
        sentences(
          l10n.t(
            'For {0} the {1} starts a comment inside quotes too, so that the closing quote is missing.',
            librbd(context),
            code(sign),
          ),
          refusedFile(context, problem),
          l10n.t('Write {0}.', code(`\\${sign}`)),
        ),
        edits.length === 0 ? {} : { fixes: [fix(l10n.t('Escape the {0}', sign), edits, { preferred: true })] },
      );
    }
  },
};

/** Where the quoted text ends, and it with the backslashes it needs; none where no closing quote stands on the line. */
function escapesFor(context: ConfRuleContext, problem: ConfProblem): { end: number; edits: TextEdit[] } {
  const { text } = context.tree;
  const { start } = problem.span;
  const lineEnd = lineAround(text, start).end;
  const quoted = /^(["'])(?:\\.|(?!\1)[^\\])*\1/.exec(text.slice(start, lineEnd))?.[0];
  if (quoted === undefined) return { end: lineEnd, edits: [] };
  const end = start + quoted.length;
  const escaped = quoted.replace(/\\.|[#;]/g, (part) => (part.length === 1 ? `\\${part}` : part));
  return { end, edits: [replaceInFile(context, { start, end }, escaped)] };
}
