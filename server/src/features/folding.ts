/** What can be folded: sections, commands over several lines, runs of comments, and what `#region` marks. */
import { Lines } from '../syntax/lines.js';
import type { Span } from '../syntax/span.js';
import type { CommandDocumentAnalysis, ConfDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { keyEnd, sectionsOf } from './conf-sections.js';

export interface FoldView {
  /** From within the first line to within the last one. */
  readonly span: Span;
  /** `region`: what people marked. */
  readonly kind: 'block' | 'comment' | 'region';
}

const MAX_FOLDS = 5_000;

/** In the order of their starts, at most one for each line. */
export function foldsOf(analysis: DocumentAnalysis): readonly FoldView[] {
  if (analysis.kind === 'skipped') return [];
  const lines = new Lines(analysis.text);
  const found = analysis.kind === 'conf' ? confFolds(analysis, lines) : commandFolds(analysis, lines);
  const taken = new Set<number>();
  return found
    .filter(({ span }) => {
      const start = lines.lineOf(span.start);
      if (lines.lineOf(span.end) <= start || taken.has(start)) return false;
      taken.add(start);
      return true;
    })
    .sort((a, b) => a.span.start - b.span.start)
    .slice(0, MAX_FOLDS);
}

function confFolds({ tree, text }: ConfDocumentAnalysis, lines: Lines): readonly FoldView[] {
  const marks = new Marks('#;', lines);
  for (const node of tree.nodes) if (node.kind === 'comment') marks.look(lines.lineOf(node.textSpan.start));
  const regions = marks.finish();
  const joined = tree.nodes.flatMap((node): FoldView[] => {
    if (node.kind !== 'key' || !text.slice(node.valueSpan.start, node.valueSpan.end).includes('\n')) return [];
    return [{ span: { start: node.keySpan.start, end: keyEnd(node) }, kind: 'block' }];
  });
  const sections = sectionsOf(tree).map(({ header, span }) => ({ start: header.nameSpan.start, end: span.end }));
  return [...regions, ...besideRegions(sections, regions, lines), ...joined, ...marks.comments];
}

/**
 * Folds that cross are none to an editor. A region that ends behind the last option of the section in which it begins
 * makes that section's fold longer; one that ends behind the section makes it end before the region.
 */
function besideRegions(sections: readonly Span[], regions: readonly FoldView[], lines: Lines): readonly FoldView[] {
  let next = 0;
  return sections.map(({ start, end }, index) => {
    const limit = sections[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    let last = end;
    for (; (regions[next]?.span.start ?? limit) < limit; next++) {
      const region = regions[next]?.span;
      if (region === undefined || region.start < start || region.start > last) continue;
      if (region.end < limit) last = Math.max(last, region.end);
      else last = Math.max(start, lines.startOf(lines.lineOf(region.start)) - 1);
    }
    return { span: { start, end: last }, kind: 'block' };
  });
}

function commandFolds({ commands, language }: CommandDocumentAnalysis, lines: Lines): readonly FoldView[] {
  const marks = new Marks('#', lines);
  for (let line = 0; line < lines.count; line++) marks.look(line);
  const regions = marks.finish();
  const blocks = commands.map(({ base, end }): FoldView => ({ span: { start: base, end }, kind: 'block' }));
  // An editor that is told of folds makes none of its own: those of the script around the commands must be among them.
  const around = language === 'shellscript' && commands.length > 0 ? indented(lines) : [];
  return [...regions, ...blocks, ...marks.comments, ...around];
}

/** Looks at lines in order, for comments. */
class Marks {
  readonly comments: FoldView[] = [];
  private readonly regions: FoldView[] = [];
  private readonly open: number[] = [];
  private readonly comment: RegExp;
  private readonly mark: RegExp;
  private run: { readonly first: number; last: number } | null = null;

  /** `signs`: the characters that begin a comment. */
  constructor(
    signs: string,
    private readonly lines: Lines,
  ) {
    this.comment = new RegExp(`^\\s*[${signs}](?!!)`);
    this.mark = new RegExp(`^\\s*[${signs}]+[ \\t]*(region|endregion)\\b`);
  }

  look(line: number): void {
    const text = this.lines.textOf(line);
    if (!this.comment.test(text)) {
      this.endRun();
      return;
    }
    const mark = this.mark.exec(text)?.[1];
    if (mark === undefined) {
      if (this.run !== null && this.run.last + 1 === line) this.run.last = line;
      else {
        this.endRun();
        this.run = { first: line, last: line };
      }
      return;
    }
    this.endRun();
    if (mark === 'region') {
      this.open.push(line);
      return;
    }
    const first = this.open.pop();
    if (first !== undefined) this.regions.push({ span: this.spanOf(first, line), kind: 'region' });
  }

  /** What was marked, in order. A mark without its other half marks nothing. */
  finish(): readonly FoldView[] {
    this.endRun();
    return this.regions.sort((a, b) => a.span.start - b.span.start);
  }

  private endRun(): void {
    const { run } = this;
    this.run = null;
    if (run !== null && run.last > run.first) {
      this.comments.push({ span: this.spanOf(run.first, run.last), kind: 'comment' });
    }
  }

  private spanOf(first: number, last: number): Span {
    return { start: this.lines.startOf(first), end: this.lines.startOf(last) + this.lines.textOf(last).length };
  }
}

/** Columns of a tab. */
const TAB = 4;

/** Lines that stand further in than the one above them, as an editor folds a text that it knows nothing of. */
function indented(lines: Lines): readonly FoldView[] {
  const folds: FoldView[] = [];
  const below: { indent: number; line: number }[] = [{ indent: -1, line: lines.count }];
  for (let line = lines.count - 1; line >= 0; line--) {
    const text = lines.textOf(line);
    const indent = indentOf(text);
    if (indent === null) continue;
    let next = below.at(-1);
    const deeper = next !== undefined && next.indent > indent;
    while (next !== undefined && next.indent > indent) {
      below.pop();
      next = below.at(-1);
    }
    const last = (next?.line ?? lines.count) - 1;
    if (deeper && last > line) {
      const start = lines.startOf(line) + text.length;
      folds.push({ span: { start, end: Math.max(start, lines.startOf(last)) }, kind: 'block' });
    }
    if (next?.indent === indent) next.line = line;
    else below.push({ indent, line });
  }
  return folds;
}

/** Null for a blank line. */
function indentOf(text: string): number | null {
  let indent = 0;
  for (const character of text) {
    if (character === ' ') indent += 1;
    else if (character === '\t') indent += TAB - (indent % TAB);
    else return indent;
  }
  return null;
}
