import * as l10n from '@vscode/l10n';
import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext } from '../rule.js';
import { otherComplaints, speaksCeph } from '../support/broken-lines.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, librbd } from '../support/finding.js';
import { adviceFor, repairsFor } from '../support/repairs.js';
import { sentences } from '../support/wording.js';

export const confSyntax: ConfRule = {
  id: 'conf-syntax',
  severity: 'error',
  statement:
    'The parser cannot read this line: it is dropped without a word, and from 15.2 on the whole file is refused.',
  looksAt: 'conf',
  *check(context) {
    const complaints = otherComplaints(context.tree);
    if (complaints.length === 0 || !speaksCeph(context)) return;
    for (const problem of complaints) {
      yield confFinding(context, this, problem.span, sentences(consequence(context, problem), adviceFor(problem)), {
        severity: problem.loses === 'line' ? 'warning' : 'error',
        fixes: repairsFor(context, problem),
      });
    }
  },
};

function consequence(context: ConfRuleContext, problem: ConfProblem): string {
  if (problem.loses === 'line') {
    return l10n.t('{0} drops this line without a word and reads on ("{1}").', librbd(context), problem.message);
  }
  if (context.tree.problems[0] !== problem) return refusedFile(context, problem);
  return sentences(l10n.t('This line cannot be read ("{0}").', problem.message), refusedFile(context, problem));
}
