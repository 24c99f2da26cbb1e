import type { ConfProblem } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { otherComplaints, speaksCeph } from '../support/broken-lines.js';
import { refusalConsequence } from '../support/drives.js';
import { confFinding, librbd } from '../support/finding.js';
import { adviceFor, repairsFor } from '../support/repairs.js';

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
      const fixes: Fix[] = repairsFor(context, problem);
      yield confFinding(context, this, problem.span, `${sentence(context, problem)}. ${adviceFor(problem)}`, {
        severity: problem.loses === 'line' ? 'warning' : 'error',
        fixes,
      });
    }
  },
};

function sentence(context: ConfRuleContext, problem: ConfProblem): string {
  const first = context.tree.problems[0];
  if (problem.loses === 'line') {
    return `${librbd(context)} drops this line without a word and reads on ("${problem.message}")`;
  }
  if (first === problem || first === undefined) {
    return `${librbd(context)} refuses the whole file here ("${problem.message}"): ${refusalConsequence(context)}`;
  }
  return `${librbd(context)} would refuse the file here too, once line ${first.line} is repaired`;
}
