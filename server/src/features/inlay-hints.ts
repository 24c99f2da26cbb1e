/** The outcome in a few words: at the end of each drive, and at the end of each ceph.conf line that loses. */
import type { Candidate } from '../simulate/model.js';
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import type { ConfDocumentAnalysis, DocumentAnalysis, PlacedDrive } from '../workspace/analysis-model.js';
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
function losingDrives(node: KeyNode, { file, drives }: ConfDocumentAnalysis) {
  return drives.slice(0, MAX_HINTS).flatMap((drive) => {
    const loss = lossOf(node, drive, file.id);
    return loss === null ? [] : [{ drive, hint: loss.hint }];
  });
}

/** What this line offered to a drive; undefined where the drive does not read it. */
export function candidateOf(node: KeyNode, drive: PlacedDrive, file: string): Candidate | undefined {
  return offerOf(node, drive, file)?.candidate;
}

/** Who beats this line for a drive; null where the drive does not read it, or takes it. */
export function lossOf(node: KeyNode, drive: PlacedDrive, file: string) {
  const offer = offerOf(node, drive, file);
  if (offer === undefined || samePlace(offer.candidate, offer.trace.winner)) return null;
  const hint = overriddenHint(drive, offer.candidate);
  return hint === null ? null : { hint, winner: offer.trace.winner };
}

function offerOf(node: KeyNode, drive: PlacedDrive, file: string) {
  const path = drive.trace.reads.find((read) => read.taken?.file.id === file)?.taken?.path;
  const trace = drive.trace.config?.trace(node.key);
  const candidate = trace?.candidates.find(
    ({ place }) => place.kind === 'file' && place.path === path && place.keySpan.start === node.keySpan.start,
  );
  return trace === undefined || candidate === undefined ? undefined : { trace, candidate };
}

function samePlace({ place: a }: Candidate, { place: b }: Candidate): boolean {
  return a.kind === 'file' && b.kind === 'file' && a.path === b.path && a.keySpan.start === b.keySpan.start;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
