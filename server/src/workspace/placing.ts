/** From what a rule says to what is shown: absolute places, the user's severities, suppression, order. */

import type {
  PlacedEdit,
  PlacedFinding,
  PlacedFix,
  PlacedNote,
  SuppressedFinding,
} from '../features/analysis-model.js';
import type { Finding, Location, Severity } from '../rules/rule.js';
import { type Span, shift } from '../syntax/span.js';
import type { Suppressions } from '../syntax/suppressions.js';
import type { SeverityChoice } from './settings.js';

/** The command that a finding's spans count in. */
export interface Origin {
  readonly address: string;
  readonly base: number;
}

interface Place {
  readonly address: string;
  readonly span: Span;
}

/** Null for a finding that stands in another document, or that the user turned off. */
export function placeFinding(
  finding: Finding,
  origin: Origin | null,
  address: string,
  severityOf: (rule: string) => SeverityChoice | undefined,
): PlacedFinding | null {
  const at = place(finding.at, origin);
  if (at === null || at.address !== address) return null;
  const severity = severityOf(finding.rule) ?? finding.severity;
  return severity === 'off' ? null : new Placed(finding, origin, address, at.span, severity);
}

const NONE: readonly never[] = [];

/** A keystroke may place a thousand findings anew; what belongs to one is placed when somebody looks at it. */
class Placed implements PlacedFinding {
  readonly rule: string;
  readonly message: string;
  readonly tags: PlacedFinding['tags'];
  readonly #finding: Finding;
  readonly #origin: Origin | null;
  #related: readonly PlacedNote[] | undefined;
  #fixes: readonly PlacedFix[] | undefined;

  constructor(
    finding: Finding,
    origin: Origin | null,
    readonly address: string,
    readonly span: Span,
    readonly severity: Severity,
  ) {
    this.#finding = finding;
    this.#origin = origin;
    this.rule = finding.rule;
    this.message = finding.message;
    this.tags = finding.tags;
  }

  get related(): readonly PlacedNote[] {
    this.#related ??= placeRelated(this.#finding, this.#origin);
    return this.#related;
  }

  get fixes(): readonly PlacedFix[] {
    this.#fixes ??= placeFixes(this.#finding, this.#origin);
    return this.#fixes;
  }
}

/** All findings of a command that stand in its own document, in the order of the text. */
export function placeFindings(
  findings: readonly Finding[],
  origin: Origin,
  severityOf: (rule: string) => SeverityChoice | undefined,
): readonly PlacedFinding[] {
  const placed: PlacedFinding[] = [];
  for (const finding of findings) {
    const one = placeFinding(finding, origin, origin.address, severityOf);
    if (one !== null) placed.push(one);
  }
  return inOrder(placed) ? placed : placed.sort((a, b) => a.span.start - b.span.start);
}

function placeRelated({ related }: Finding, origin: Origin | null): readonly PlacedNote[] {
  const notes: PlacedNote[] = [];
  for (const { at, message } of related) {
    const where = place(at, origin);
    if (where !== null) notes.push({ ...where, message });
  }
  return notes;
}

/** A fix with an edit that has no place is none. */
function placeFixes({ fixes }: Finding, origin: Origin | null): readonly PlacedFix[] {
  const placed: PlacedFix[] = [];
  for (const { title, preferred, safe, edits } of fixes) {
    const own: PlacedEdit[] = [];
    for (const { at, newText } of edits) {
      const where = place(at, origin);
      if (where !== null) own.push({ ...where, newText });
    }
    if (own.length === edits.length) placed.push({ title, preferred, safe, edits: own });
  }
  return placed;
}

/** What is found in a document; both in the order of the text. */
export interface HeardFindings {
  readonly findings: readonly PlacedFinding[];
  /** Those that a comment turns off. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** Tells those that a comment turns off from those that are shown. */
export function heardFindings(all: readonly PlacedFinding[], suppressions: Suppressions): HeardFindings {
  const ordered = inOrder(all) ? all : [...all].sort(compare);
  if (suppressions.none) return { findings: ordered, suppressed: NONE };
  const findings: PlacedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of ordered) {
    const comment = suppressions.coveredBy(finding.rule, finding.span);
    if (comment === undefined) findings.push(finding);
    else suppressed.push({ finding, comment });
  }
  return { findings, suppressed };
}

/** The same statement of several commands is one statement. */
export function withoutRepeats(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const firsts = new Map<number, PlacedFinding>();
  const said = new Set<string>();
  return findings.filter((finding) => {
    // Most places have one finding, which need not be compared.
    const first = firsts.get(finding.span.start);
    if (first === undefined) {
      firsts.set(finding.span.start, finding);
      return true;
    }
    said.add(statement(first));
    const before = said.size;
    said.add(statement(finding));
    return said.size > before;
  });
}

function statement({ rule, span, message }: PlacedFinding): string {
  return `${rule} ${span.start} ${span.end} ${message}`;
}

function compare({ span: a }: PlacedFinding, { span: b }: PlacedFinding): number {
  return a.start - b.start || a.end - b.end;
}

function inOrder(findings: readonly PlacedFinding[]): boolean {
  for (let at = 1; at < findings.length; at++) {
    const before = findings[at - 1];
    const now = findings[at];
    if (before !== undefined && now !== undefined && compare(before, now) > 0) return false;
  }
  return true;
}

function place(location: Location, origin: Origin | null): Place | null {
  if (location.in === 'file') return { address: location.file, span: location.span };
  return origin === null ? null : { address: origin.address, span: shift(location.span, origin.base) };
}
