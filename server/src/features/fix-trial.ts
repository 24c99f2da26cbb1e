/** A fix is offered only after it was tried: the finding is gone, and nothing as grave has come. */
import type { Severity } from '../rules/rule.js';
import { editText, overlap } from '../syntax/text-edits.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding } from '../workspace/analysis-model.js';

/** The documents that a fix is tried on. */
export interface Trial {
  /** Null where there is no such text. */
  text(address: string): string | null;
  analyse(address: string): DocumentAnalysis | null;
  /** The same documents with these texts. */
  edited(texts: ReadonlyMap<string, string>): { analyse(address: string): DocumentAnalysis | null };
  /** Addresses whose findings may depend on these documents. */
  tiedTo(addresses: readonly string[]): readonly string[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** The texts after the edits; null where they cannot be applied as they are meant. */
export function applyEdits(trial: Trial, edits: readonly PlacedEdit[]): ReadonlyMap<string, string> | null {
  const byAddress = new Map<string, PlacedEdit[]>();
  for (const edit of edits) byAddress.set(edit.address, [...(byAddress.get(edit.address) ?? []), edit]);
  const texts = new Map<string, string>();
  for (const [address, own] of byAddress) {
    const text = trial.text(address);
    if (text === null || overlap(own) || own.some(({ span }) => span.start < 0 || span.end > text.length)) return null;
    texts.set(address, editText(text, own));
  }
  return texts;
}

/** True where the edits take the finding away or leave less of it, and bring nothing as grave, here and in tied documents. */
export function keepsPromise(trial: Trial, finding: PlacedFinding, edits: readonly PlacedEdit[]): boolean {
  const texts = applyEdits(trial, edits);
  if (texts === null || texts.size === 0) return false;
  const after = trial.edited(texts);
  if (![...texts.keys()].every((address) => staysInSight(trial.analyse(address), after.analyse(address)))) return false;
  const there = findingsOf(after.analyse(finding.address));
  const start = moved(finding.span.start, finding.address, edits, 'start');
  const end = moved(finding.span.end, finding.address, edits, 'end');
  const stays = there.some(
    (other) =>
      other.rule === finding.rule &&
      RANK[other.severity] <= RANK[finding.severity] &&
      other.span.start <= end &&
      other.span.end >= start &&
      sameSide(other, finding),
  );
  return !stays && addsNothing(trial, after, [finding.address, ...texts.keys()], RANK[finding.severity], finding);
}

/** False where a text is no longer read as what it was, or shows fewer drives: findings that go with them are not mended. */
function staysInSight(before: DocumentAnalysis | null, after: DocumentAnalysis | null): boolean {
  if (before?.kind !== after?.kind) return false;
  return drivesIn(after) >= drivesIn(before);
}

function drivesIn(analysis: DocumentAnalysis | null): number {
  if (analysis?.kind !== 'command') return 0;
  return analysis.commands.reduce((sum, { trace }) => sum + trace.drives.length, 0);
}

/**
 * True where no rule has more findings of at least this rank than before, in these documents and those tied to them, and
 * the rule of the finding that is to go has one less in its document: none may come in its place.
 */
export function addsNothing(
  trial: Trial,
  after: { analyse(address: string): DocumentAnalysis | null },
  addresses: readonly string[],
  rank: number,
  gone: PlacedFinding | null = null,
): boolean {
  const all = new Set([...addresses, ...trial.tiedTo(addresses)]);
  for (const address of all) {
    const before = countByRule(findingsOf(trial.analyse(address)), rank);
    for (const [rule, count] of countByRule(findingsOf(after.analyse(address)), rank)) {
      const less = gone !== null && rule === gone.rule && address === gone.address ? 1 : 0;
      if (count > (before.get(rule) ?? 0) - less) return false;
    }
  }
  return true;
}

export function findingsOf(analysis: DocumentAnalysis | null): readonly PlacedFinding[] {
  return analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
}

/** Two findings of one rule may touch, as with a doubled key: the message tells them apart. */
function sameSide(other: PlacedFinding, finding: PlacedFinding): boolean {
  return other.span.end > other.span.start || finding.span.end === finding.span.start;
}

function countByRule(findings: readonly PlacedFinding[], rank: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (RANK[severity] <= rank) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

/** Where an offset stands after the edits. */
function moved(offset: number, address: string, edits: readonly PlacedEdit[], side: 'start' | 'end'): number {
  let by = 0;
  for (const { address: where, span, newText } of edits) {
    if (where !== address) continue;
    const before = side === 'start' ? span.end <= offset && span.start < offset : span.start <= offset;
    if (before) by += newText.length - (Math.min(span.end, offset) - span.start);
  }
  return offset + by;
}
