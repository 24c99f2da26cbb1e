/** Quick fixes, the comment that turns a finding off, and all safe fixes at once. */

import { Lines } from '../syntax/lines.js';
import type { Span } from '../syntax/span.js';
import { overlap } from '../syntax/text-edits.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding } from '../workspace/analysis-model.js';
import { addsNothing, applyEdits, findingsOf, keepsPromise, type Trial } from './fix-trial.js';

export interface CodeActionView {
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll.rbdcache';
  readonly preferred: boolean;
  readonly edits: readonly PlacedEdit[];
  /** The finding it is for; null for an action on the whole document. */
  readonly finding: PlacedFinding | null;
}

/** Findings that are looked at in one request: a selection of a whole file asks for no more. */
const MAX_FINDINGS = 20;
/** Ranks as in fix-trial: errors and warnings. */
const WARNING = 1;

export function quickFixes(analysis: DocumentAnalysis, range: Span, trial: Trial): readonly CodeActionView[] {
  const actions: CodeActionView[] = [];
  const inRange = findingsOf(analysis).filter(({ span }) => span.start <= range.end && span.end >= range.start);
  const lines = new Lines(analysis.text);
  for (const finding of inRange.slice(0, MAX_FINDINGS)) {
    for (const fix of finding.fixes) {
      if (!keepsPromise(trial, finding, fix.edits)) continue;
      const { title, preferred, edits } = fix;
      actions.push({ title, kind: 'quickfix', preferred, edits, finding });
    }
  }
  const silenced = new Set<string>();
  for (const finding of inRange.slice(0, MAX_FINDINGS)) {
    if (silenced.has(finding.rule)) continue;
    silenced.add(finding.rule);
    for (const action of suppressions(analysis, finding, lines)) {
      if (keepsPromise(trial, finding, action.edits)) actions.push(action);
    }
  }
  return actions;
}

/** One action that applies every fix marked safe; null where there is none. */
export function fixAll(analysis: DocumentAnalysis, trial: Trial): CodeActionView | null {
  const candidates: PlacedEdit[][] = [];
  for (const finding of findingsOf(analysis)) {
    const fix = finding.fixes.find((one) => one.safe && one.edits.every((edit) => edit.address === analysis.address));
    if (fix !== undefined && !overlap([...candidates.flat(), ...fix.edits])) candidates.push([...fix.edits]);
  }
  const edits = candidates.flat();
  if (edits.length === 0) return null;
  const texts = applyEdits(trial, edits);
  if (texts === null || !addsNothing(trial, trial.edited(texts), [analysis.address], WARNING)) return null;
  return { title: 'Apply all safe fixes', kind: 'source.fixAll.rbdcache', preferred: false, edits, finding: null };
}

function suppressions(analysis: DocumentAnalysis, finding: PlacedFinding, lines: Lines): readonly CodeActionView[] {
  const { address } = analysis;
  const action = (title: string, edit: Omit<PlacedEdit, 'address'>): CodeActionView => ({
    title,
    kind: 'quickfix',
    preferred: false,
    edits: [{ address, ...edit }],
    finding,
  });
  const { rule } = finding;
  return [
    action(
      `Turn ${rule} off for this ${analysis.kind === 'conf' ? 'line' : 'command'} by a comment`,
      aboveLine(analysis, finding, lines),
    ),
    action(`Turn ${rule} off in this file by a comment`, topOfFile(lines, rule)),
  ];
}

const NEXT_LINE = '# rbdcache-disable-next-line';

function aboveLine(analysis: DocumentAnalysis, finding: PlacedFinding, lines: Lines): Omit<PlacedEdit, 'address'> {
  const line = firstLine(analysis, finding.span.start, lines);
  const above = lines.textOf(line - 1);
  if (above.trimStart().startsWith(NEXT_LINE)) {
    const end = lines.startOf(line - 1) + above.trimEnd().length;
    return { span: { start: end, end }, newText: ` ${finding.rule}` };
  }
  const indent = analysis.kind === 'conf' ? '' : (/^[ \t]*/.exec(lines.textOf(line))?.[0] ?? '');
  const start = lines.startOf(line);
  return { span: { start, end: start }, newText: `${indent}${NEXT_LINE} ${finding.rule}\n` };
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

function topOfFile(lines: Lines, rule: string): Omit<PlacedEdit, 'address'> {
  const at = lines.textOf(0).startsWith('#!') ? lines.startOf(1) : 0;
  const onlyLine = at === 0 && lines.textOf(0).startsWith('#!');
  const start = onlyLine ? lines.text.length : at;
  return { span: { start, end: start }, newText: `${onlyLine ? '\n' : ''}# rbdcache-disable ${rule}\n` };
}
