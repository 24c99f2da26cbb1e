/** What is shown in a document's margin: its findings, up to a number that an editor can show. */
import * as l10n from '@vscode/l10n';
import type { Severity } from '../rules/rule.js';
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis, PlacedNote } from './analysis-model.js';

export const MAX_PROBLEMS = 1_000;
const MAX_RELATED = 20;
/** A document with more findings than this has its hints told without the places they refer to: they are half of it all. */
const MANY = 200;

export interface DiagnosticView {
  readonly span: Span;
  readonly severity: Severity;
  readonly message: string;
  /** The rule's id; null for a note of the extension itself. */
  readonly rule: string | null;
  readonly related: readonly PlacedNote[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}

export function diagnosticsOf(analysis: DocumentAnalysis): readonly DiagnosticView[] {
  if (analysis.kind === 'skipped') return analysis.reason === null ? [] : [note(analysis.reason)];
  const { findings } = analysis;
  const shown = findings.length <= MAX_PROBLEMS ? findings : gravest(findings);
  const withoutPlaces = (severity: Severity): boolean => shown.length > MANY && severity === 'hint';
  const views: DiagnosticView[] = shown.map((finding) => ({
    span: finding.span,
    severity: finding.severity,
    message: finding.message,
    rule: finding.rule,
    related: withoutPlaces(finding.severity) ? [] : finding.related.slice(0, MAX_RELATED),
    tags: finding.tags,
  }));
  for (const { span, message } of analysis.notices) views.push({ ...note(message), span, severity: 'warning' });
  const left = findings.length - shown.length;
  if (left > 0) views.push(note(l10n.t('{0} more problems in this file are not shown.', left)));
  return views;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** In the order of the text, the lesser ones left out first. */
function gravest<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  const kept = new Set([...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]).slice(0, MAX_PROBLEMS));
  return findings.filter((finding) => kept.has(finding));
}

function note(message: string): DiagnosticView {
  return { span: { start: 0, end: 0 }, severity: 'information', message, rule: null, related: [], tags: [] };
}
