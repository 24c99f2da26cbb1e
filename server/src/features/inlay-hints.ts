/** The outcome in a few words: at the end of each drive, and at the end of each ceph.conf line that loses. */
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import type { ConfDocumentAnalysis, DocumentAnalysis } from '../workspace/analysis-model.js';
import { outcomeHint } from './answer.js';
import { overriddenHint } from './answer-sources.js';
import { commandsIn } from './places.js';
import { redact } from './redact.js';

export interface InlayHintView {
  readonly offset: number;
  readonly label: string;
  /** Behind the label, plain text; null where the label says it all. */
  readonly tooltip: string | null;
}

const MAX_HINTS = 500;

export function inlayHints(analysis: DocumentAnalysis, range: Span): readonly InlayHintView[] {
  if (analysis.kind === 'skipped') return [];
  const hints = analysis.kind === 'command' ? driveHints(analysis, range) : confHints(analysis, range);
  return hints.slice(0, MAX_HINTS);
}

function driveHints(analysis: Extract<DocumentAnalysis, { kind: 'command' }>, range: Span): InlayHintView[] {
  return commandsIn(analysis, range).flatMap(({ base, trace, command }) =>
    trace.drives.map((drive) => ({
      offset: base + drive.syntax.span.end,
      label: redact(outcomeHint({ trace: drive, text: command.text })),
      tooltip: drive.error === null ? (drive.outcome?.safetyReason ?? null) : redact(drive.error.message),
    })),
  );
}

function confHints(analysis: ConfDocumentAnalysis, range: Span): InlayHintView[] {
  const hints: InlayHintView[] = [];
  for (const node of analysis.tree.nodes) {
    if (node.span.end < range.start) continue;
    if (node.span.start > range.end || hints.length >= MAX_HINTS) break;
    if (node.kind !== 'key') continue;
    const lost = losingDrives(node, analysis);
    const [first] = lost;
    if (first === undefined) continue;
    const labels = new Set(lost.map(({ hint }) => hint));
    const end = node.comment?.start ?? node.valueSpan.end;
    hints.push({
      offset: trimmedEnd(analysis.text, node.valueSpan.start, end),
      label: labels.size === 1 ? `← ${redact(first.hint)}` : `← overridden for ${lost.length} drives`,
      tooltip: redact(
        lost
          .slice(0, 10)
          .map(({ drive, hint }) => `${drive.label}: ${hint}`)
          .join('\n'),
      ),
    });
  }
  return hints;
}

/** The drives that read this line and take another value. */
function losingDrives(node: KeyNode, { uses }: ConfDocumentAnalysis) {
  return uses.of(node).flatMap(({ drive, candidate, beatenBy }) => {
    const hint = beatenBy === null ? null : overriddenHint(drive, candidate);
    return hint === null ? [] : [{ drive, hint }];
  });
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
