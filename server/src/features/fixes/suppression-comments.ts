/**
 * The comments that turn a finding off: for its line or command, or for the whole file. Each is put in on trial: it must be
 * read as such, reach the finding, and leave all else that is read of the document as it is. Nothing has to be simulated for that.
 */
import * as l10n from '@vscode/l10n';
import { confFile } from '../../syntax/ceph-conf/conf-file.js';
import type { ConfTree } from '../../syntax/ceph-conf/tree.js';
import { findQemuCommands } from '../../syntax/commands.js';
import { directivesIn } from '../../syntax/directives.js';
import type { Lines } from '../../syntax/lines.js';
import type { Span } from '../../syntax/span.js';
import { Suppressions } from '../../syntax/suppressions.js';
import { editText } from '../../syntax/text-edits.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding } from '../analysis-model.js';

export interface SuppressionComment {
  readonly title: string;
  readonly edit: PlacedEdit;
}

export function suppressionComments(
  analysis: DocumentAnalysis,
  finding: PlacedFinding,
  lines: Lines,
): readonly SuppressionComment[] {
  const { address } = analysis;
  const { rule } = finding;
  const comments: readonly SuppressionComment[] = [
    {
      title:
        analysis.kind === 'conf'
          ? l10n.t('Turn {0} off for this line by a comment', rule)
          : l10n.t('Turn {0} off for this command by a comment', rule),
      edit: { address, ...aboveLine(analysis, finding, lines) },
    },
    { title: l10n.t('Turn {0} off in this file by a comment', rule), edit: { address, ...topOfFile(lines, rule) } },
  ];
  return comments.filter(({ edit }) => reaches(analysis, finding, edit));
}

function reaches(analysis: DocumentAnalysis, { rule, span }: PlacedFinding, edit: PlacedEdit): boolean {
  const text = editText(analysis.text, [edit]);
  const units = unitsAfter(analysis, text);
  if (units === null) return false;
  const start = span.start + (edit.span.start <= span.start ? edit.newText.length : 0);
  return new Suppressions(directivesIn(text).suppressions, () => units).covers(rule, { start, end: start });
}

/** The commands, or the joined lines, of the edited text; null where it says something else than before. */
function unitsAfter(analysis: DocumentAnalysis, text: string): readonly Span[] | null {
  if (analysis.kind === 'command') {
    const commands = findQemuCommands(text, analysis.language);
    const same =
      commands.length === analysis.commands.length &&
      commands.every((command, at) => command.text === analysis.commands[at]?.command.text);
    return same ? commands.map((command) => ({ start: command.span.start, end: command.span.end + 1 })) : null;
  }
  if (analysis.kind !== 'conf') return null;
  const { tree, file } = analysis;
  const after = confFile(file.id, text, file).tree(tree.era);
  const same =
    after.rejected === tree.rejected &&
    after.problems.length === tree.problems.length &&
    statements(after).join('\n') === statements(tree).join('\n');
  return same ? after.nodes.map((node) => node.span) : null;
}

function statements(tree: ConfTree): readonly string[] {
  return tree.nodes.flatMap((node) => {
    if (node.kind === 'key') return [`${node.section} ${node.key}=${node.value}${node.lost ? ' lost' : ''}`];
    return node.kind === 'section' ? [`[${node.name}]`] : [];
  });
}

type PlainEdit = Omit<PlacedEdit, 'address'>;

const NEXT_LINE = '# rbdcache-disable-next-line';

function aboveLine(analysis: DocumentAnalysis, finding: PlacedFinding, lines: Lines): PlainEdit {
  const line = firstLine(analysis, finding.span.start, lines);
  const above = lines.textOf(line - 1);
  if (above.trimStart().startsWith(NEXT_LINE)) {
    const reason = above.search(/\s--(?:\s|$)/);
    const end = lines.startOf(line - 1) + (reason < 0 ? above : above.slice(0, reason)).trimEnd().length;
    return { span: { start: end, end }, newText: ` ${finding.rule}` };
  }
  const indent = analysis.kind === 'conf' ? '' : (/^[ \t]*/.exec(lines.textOf(line))?.[0] ?? '');
  const start = Math.max(lines.startOf(line), afterMark(lines.text));
  return { span: { start, end: start }, newText: `${indent}${NEXT_LINE} ${finding.rule}${lineEnd(lines)}` };
}

/** The line where the command or the joined line begins that the offset lies in. */
function firstLine(analysis: DocumentAnalysis, offset: number, lines: Lines): number {
  let start = offset;
  if (analysis.kind === 'command') {
    start = analysis.commands.find((command) => command.base <= offset && offset <= command.end)?.base ?? offset;
  } else if (analysis.kind === 'conf') {
    start = analysis.tree.nodes.find(({ span }) => span.start <= offset && offset < span.end)?.span.start ?? offset;
  }
  let line = lines.lineOf(start);
  while (line > 0 && lines.textOf(line - 1).endsWith('\\')) line -= 1;
  return line;
}

function topOfFile(lines: Lines, rule: string): PlainEdit {
  const comment = `# rbdcache-disable ${rule}`;
  const { text } = lines;
  if (!lines.textOf(0).startsWith('#!')) {
    const start = afterMark(text);
    return { span: { start, end: start }, newText: `${comment}${lineEnd(lines)}` };
  }
  if (lines.count === 1) {
    return { span: { start: text.length, end: text.length }, newText: `\n${comment}\n` };
  }
  const start = lines.startOf(1);
  return { span: { start, end: start }, newText: `${comment}${lineEnd(lines)}` };
}

/** Behind a byte-order mark, which stays first. */
function afterMark(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

function lineEnd(lines: Lines): string {
  return lines.text.charAt(lines.startOf(1) - 2) === '\r' ? '\r\n' : '\n';
}
