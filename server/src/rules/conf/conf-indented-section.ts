import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext, Finding, TextEdit } from '../rule.js';
import { complaintsOf, lineAround } from '../support/broken-lines.js';
import { refusalConsequence } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isCephSection } from '../support/sections.js';
import { code } from '../support/shown.js';

export const confIndentedSection: ConfRule = {
  id: 'conf-indented-section',
  severity: 'error',
  statement: 'From 15.2 on a section header must start in the first column, and blanks inside its brackets count.',
  looksAt: 'conf',
  *check(context) {
    const { tree } = context;
    if (tree.era !== 'C') return;
    const indented = new Set<number>();
    for (const problem of complaintsOf(tree, 'indented-section')) {
      indented.add(problem.span.start);
      const consequence =
        indented.size === 1 && tree.problems[0] === problem
          ? `refuses the whole file because of it: ${refusalConsequence(context)}`
          : 'refuses such a file as a whole';
      yield badHeader(
        context,
        this,
        problem.span.start,
        `A section header must start in the first column: ${librbd(context)} ${consequence}. Remove the blanks before it.`,
      );
    }
    for (const node of tree.nodes) {
      if (node.kind !== 'section' || node.name === node.name.trim() || indented.has(node.nameSpan.start - 1)) continue;
      if (!isCephSection(node.name.trim())) continue;
      yield badHeader(
        context,
        this,
        node.nameSpan.start - 1,
        `Blanks inside the brackets are part of the name: ${librbd(context)} never reads ${code(`[${node.name}]`)}, so all below it does ` +
          `nothing. Write ${code(`[${node.name.trim()}]`)}.`,
      );
    }
  },
};

function badHeader(context: ConfRuleContext, rule: ConfRule, bracket: number, message: string): Finding {
  const { text } = context.tree;
  const line = lineAround(text, bracket);
  const closing = text.indexOf(']', bracket);
  const end = closing >= 0 && closing < line.end ? closing : line.end;
  const edits: TextEdit[] = [];
  const remove = (span: Span): void => {
    if (span.start < span.end) edits.push(replaceInFile(context, span, ''));
  };
  const name = text.slice(bracket + 1, end);
  remove({ start: line.start, end: bracket });
  if (name.trim() !== '') {
    remove({ start: bracket + 1, end: bracket + 1 + name.length - name.trimStart().length });
    remove({ start: end - (name.length - name.trimEnd().length), end });
  }
  return confFinding(context, rule, { start: bracket, end: Math.min(end + 1, line.end) }, message, {
    fixes: [fix('Remove the blanks', edits, { preferred: true, safe: name === name.trim() })],
  });
}
