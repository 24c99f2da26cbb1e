/** A fix is offered only after it was tried: the finding is gone, and nothing as grave has come. */
import type { Severity } from '../rules/rule.js';
import { editText, overlap } from '../syntax/text-edits.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding } from './analysis-model.js';

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
  for (const edit of edits) {
    const own = byAddress.get(edit.address);
    if (own === undefined) byAddress.set(edit.address, [edit]);
    else own.push(edit);
  }
  const texts = new Map<string, string>();
  for (const [address, own] of byAddress) {
    const text = trial.text(address);
    if (text === null || overlap(own) || own.some(({ span }) => span.start < 0 || span.end > text.length)) return null;
    texts.set(address, editText(text, own));
  }
  return texts;
}

/** Documents as they would be. */
export type EditedDocuments = ReturnType<Trial['edited']>;

/** An edit that does what it is for. */
export interface Tried {
  /** Whole texts by their addresses. */
  readonly texts: ReadonlyMap<string, string>;
  readonly after: EditedDocuments;
}

/**
 * What the edits would make of the documents, where they take the finding away or leave less of it, and bring nothing as
 * grave, here and in tied documents; null where they do not.
 */
export function tryFix(trial: Trial, finding: PlacedFinding, edits: readonly PlacedEdit[]): Tried | null {
  const texts = applyEdits(trial, edits);
  if (texts === null || texts.size === 0) return null;
  const after = trial.edited(texts);
  if (![...texts.keys()].every((address) => staysInSight(trial.analyse(address), after.analyse(address)))) return null;
  const there = findingsOf(after.analyse(finding.address));
  const start = moved(finding.span.start, finding.address, edits, 'start');
  const end = moved(finding.span.end, finding.address, edits, 'end');
  const stays = there.some(
    (other) =>
      other.rule === finding.rule &&
      RANK[other.severity] <= RANK[finding.severity] &&
      touches(other, start, end) &&
      sameSide(other, finding),
  );
  const addresses = [finding.address, ...texts.keys()];
  const looked = [...addresses, ...trial.tiedTo(addresses)];
  // What the mended text has to be told besides, short of a warning, is no reason to leave it as it is.
  const rank = Math.min(RANK[finding.severity], RANK.warning);
  return !stays && addsNothing(trial, after, looked, rank, finding) ? { texts, after } : null;
}

/** False where a text is no longer read as what it was, or shows fewer drives: findings that go with them are not mended. */
export function staysInSight(before: DocumentAnalysis | null, after: DocumentAnalysis | null): boolean {
  if (before?.kind !== after?.kind) return false;
  return drivesIn(after) >= drivesIn(before);
}

function drivesIn(analysis: DocumentAnalysis | null): number {
  if (analysis?.kind !== 'command') return 0;
  return analysis.commands.reduce((sum, { trace }) => sum + trace.drives.length, 0);
}

/**
 * True where no rule has more findings of at least this rank than before, in these documents, and the rule of the finding
 * that is to go has one less in its document: none may come in its place.
 */
export function addsNothing(
  trial: Trial,
  after: EditedDocuments,
  addresses: readonly string[],
  rank: number,
  gone: PlacedFinding | null = null,
): boolean {
  for (const address of new Set(addresses)) {
    const before = countByRule(findingsOf(trial.analyse(address)), rank, gone);
    for (const [rule, count] of countByRule(findingsOf(after.analyse(address)), rank, gone)) {
      const less = gone !== null && rule === gone.rule && address === gone.address ? 1 : 0;
      if (count > (before.get(rule) ?? 0) - less) return false;
    }
  }
  return true;
}

export function findingsOf(analysis: DocumentAnalysis | null): readonly PlacedFinding[] {
  return analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
}

/** True for a finding at what is left of a place; where nothing is left, its neighbours are others. */
function touches({ span }: PlacedFinding, start: number, end: number): boolean {
  if (start === end && span.end > span.start) return span.start < start && span.end > end;
  return span.start <= end && span.end >= start;
}

/** Two findings of one rule may touch, as with a doubled key: the message tells them apart. */
function sameSide(other: PlacedFinding, finding: PlacedFinding): boolean {
  return other.span.end > other.span.start || finding.span.end === finding.span.start;
}

/** Findings of at least this rank; of the rule that is to have one less, those as grave as that one. */
function countByRule(
  findings: readonly PlacedFinding[],
  rank: number,
  gone: PlacedFinding | null,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    const least = rule === gone?.rule ? RANK[gone.severity] : rank;
    if (RANK[severity] <= least) counts.set(rule, (counts.get(rule) ?? 0) + 1);
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
