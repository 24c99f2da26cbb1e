import * as l10n from '@vscode/l10n';
import type { ConfRule, ConfRuleContext, Fix, TextEdit } from '../rule.js';
import { complaintsOf, lineAround } from '../support/broken-lines.js';
import { oddSections } from '../support/conf-index.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isCephSection } from '../support/sections.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const confIndentedSection: ConfRule = {
  id: 'conf-indented-section',
  severity: 'error',
  statement: 'From 15.2 on a section header must start in the first column, and blanks inside its brackets count.',
  holds: { librbd: { since: '15.2' } },
  looksAt: 'conf',
  *check(context) {
    const { tree } = context;
    if (tree.era !== 'C') return;
    const found = complaintsOf(tree, 'indented-section').map((problem) => {
      return { problem, header: headerAt(context, problem.span.start) };
    });
    for (const [index, { problem, header }] of found.entries()) {
      const message = sentences(
        l10n.t('A section header must start in the first column.'),
        refusedFile(context, problem),
        l10n.t('Remove the blanks before it.'),
      );
      // Files are mostly indented as a whole; said once, so that their number costs no more than its length.
      const all = index === 0 && found.length > 1 ? [dedentAll(found.map((each) => each.header))] : [];
      yield confFinding(context, this, header.span, message, { fixes: [dedent(header), ...all] });
    }
    const indented = new Set(found.map(({ header }) => header.span.start));
    for (const node of oddSections(tree)) {
      if (node.name === node.name.trim() || indented.has(node.nameSpan.start - 1)) continue;
      if (!isCephSection(node.name.trim())) continue;
      const header = headerAt(context, node.nameSpan.start - 1);
      yield confFinding(
        context,
        this,
        header.span,
        l10n.t(
          'Blanks inside the brackets are part of the name: {0} never reads {1}, so all below it does nothing. Write {2}.',
          librbd(context),
          code(`[${node.name}]`),
          code(`[${node.name.trim()}]`),
        ),
        { fixes: [dedent(header)] },
      );
    }
  },
};

interface Header {
  /** Bracket to bracket. */
  readonly span: { readonly start: number; readonly end: number };
  readonly edits: readonly TextEdit[];
  /** True where the name has blanks at its ends, so that another section is meant afterwards. */
  readonly renamed: boolean;
}

function headerAt(context: ConfRuleContext, bracket: number): Header {
  const { text } = context.tree;
  const line = lineAround(text, bracket);
  const behind = text.slice(bracket + 1, line.end);
  const closing = behind.indexOf(']');
  const name = closing < 0 ? behind : behind.slice(0, closing);
  const end = bracket + 1 + name.length;
  const edits: TextEdit[] = [];
  const remove = (from: number, to: number): void => {
    if (from < to) edits.push(replaceInFile(context, { start: from, end: to }, ''));
  };
  remove(line.start, bracket);
  if (name.trim() !== '') {
    remove(bracket + 1, end - name.trimStart().length);
    remove(bracket + 1 + name.trimEnd().length, end);
  }
  return { span: { start: bracket, end: Math.min(end + 1, line.end) }, edits, renamed: name !== name.trim() };
}

function dedent({ edits, renamed }: Header): Fix {
  return fix(l10n.t('Remove the blanks'), edits, { preferred: true, safe: !renamed });
}

function dedentAll(headers: readonly Header[]): Fix {
  const edits = headers.flatMap((header) => header.edits);
  return fix(l10n.t('Remove the blanks of all {0} headers', headers.length), edits);
}
