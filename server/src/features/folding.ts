/** What can be folded: sections, runs of comments, commands over several lines. */
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';

export interface FoldView {
  /** From within the first line to within the last one. */
  readonly span: Span;
  readonly kind: 'region' | 'comment';
}

const MAX_FOLDS = 5_000;

export function foldsOf(analysis: DocumentAnalysis): readonly FoldView[] {
  if (analysis.kind === 'skipped') return [];
  if (analysis.kind === 'command') {
    return analysis.commands
      .slice(0, MAX_FOLDS)
      .map(({ base, end }) => ({ span: { start: base, end }, kind: 'region' as const }));
  }
  const folds: FoldView[] = [];
  let section: Span | null = null;
  let comments: Span | null = null;
  for (const node of analysis.tree.nodes) {
    if (node.kind === 'comment') {
      const start: number = comments === null ? node.textSpan.start : comments.start;
      comments = { start, end: node.textSpan.end };
      continue;
    }
    if (comments !== null) folds.push({ span: comments, kind: 'comment' });
    comments = null;
    if (node.kind === 'section') {
      if (section !== null) folds.push({ span: section, kind: 'region' });
      section = { start: node.nameSpan.start, end: node.nameSpan.end };
    } else if (node.kind === 'key' && section !== null) {
      section = { start: section.start, end: Math.max(node.keySpan.end, node.valueSpan.end) };
    }
  }
  if (comments !== null) folds.push({ span: comments, kind: 'comment' });
  if (section !== null) folds.push({ span: section, kind: 'region' });
  return folds.slice(0, MAX_FOLDS);
}
