/**
 * Many safe fixes as one edit of one document. Each round takes those that do not touch one another; the next round looks at
 * what is left then. What is put together is simulated: nothing graver comes, and no drive behaves otherwise, unless a rule
 * that speaks of text which does not count made it count.
 */
import { firstFrom } from '../../syntax/edit-between.js';
import type { Span } from '../../syntax/span.js';
import { editText, overlap } from '../../syntax/text-edits.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding, PlacedFix } from '../analysis-model.js';
import { addsNothing, type EditedDocuments, findingsOf, staysInSight, type Trial } from '../fix-trial.js';
import { ComposedEdits } from './composed-edits.js';
import { driveChanges } from './drive-changes.js';

const MAX_ROUNDS = 8;
/** Trials in a round; what does not go together with the rest is looked for by halves. */
const MAX_TRIALS = 24;
/** Ranks as in fix-trial: errors and warnings. */
const WARNING = 1;

/** Rules whose fixes make text count that did not, or not as it was meant: drives that read it may well change. */
export const ABOUT_WHAT_COUNTS: ReadonlySet<string> = new Set([
  'conf-bom',
  'conf-comment-in-quotes',
  'conf-dash-in-key',
  'conf-final-newline',
  'conf-indented-section',
  'conf-invalid-value',
  'conf-key-outside-section',
  'conf-section-case',
  'conf-syntax',
  'conf-unknown-option',
  'conf-value-cut',
]);

interface Candidate {
  readonly rule: string;
  readonly edits: readonly PlacedEdit[];
}

export interface SafeEdits {
  readonly edits: readonly PlacedEdit[];
  /** How many findings of each rule they mend. */
  readonly rules: ReadonlyMap<string, number>;
}

/** The edits of all safe fixes of the document; of one rule's preferred ones where `rule` is given. None: null. */
export function allSafeEdits(analysis: DocumentAnalysis, trial: Trial, rule: string | null = null): SafeEdits | null {
  const { address } = analysis;
  const composed = new ComposedEdits(analysis.text.length);
  const rules = new Map<string, number>();
  let now: DocumentAnalysis = analysis;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const accepted = provenTogether(candidatesIn(now, rule), now, new Set(rules.keys()), trial);
    if (accepted.length === 0) break;
    const edits = accepted.flatMap((one) => one.edits);
    composed.add(edits);
    for (const one of accepted) rules.set(one.rule, (rules.get(one.rule) ?? 0) + 1);
    const next = trial.edited(new Map([[address, editText(now.text, edits)]])).analyse(address);
    if (next === null || next.kind === 'skipped') break;
    now = next;
  }
  const edits = composed.edits().map((edit) => ({ address, ...edit }));
  return edits.length === 0 ? null : { edits, rules };
}

/** How many findings of a rule {@link allSafeEdits} would begin with. */
export function countOfRule(analysis: DocumentAnalysis, rule: string): number {
  return candidatesIn(analysis, rule).length;
}

/** The first safe fix of each finding; those are left out that touch one before. */
function candidatesIn(analysis: DocumentAnalysis, rule: string | null): readonly Candidate[] {
  const found: Candidate[] = [];
  const taken = new TakenSpans();
  for (const finding of findingsOf(analysis)) {
    if (rule !== null && finding.rule !== rule) continue;
    const fix = safeFix(finding, analysis.address, rule !== null);
    if (fix !== undefined && taken.take(fix.edits.map(({ span }) => span))) {
      found.push({ rule: finding.rule, edits: fix.edits });
    }
  }
  return found;
}

function safeFix({ fixes }: PlacedFinding, address: string, preferredOnly: boolean): PlacedFix | undefined {
  return fixes.find(
    ({ safe, preferred, edits }) =>
      safe && (preferred || !preferredOnly) && edits.every((edit) => edit.address === address) && !overlap(edits),
  );
}

/** Spans that do not touch one another: of two that meet at a place, which comes first is not for us to say. */
class TakenSpans {
  /** In the order of the text. */
  private readonly spans: Span[] = [];

  /** Takes all of them, or none where one touches what was taken before. */
  take(spans: readonly Span[]): boolean {
    if (spans.some((span) => this.touches(span))) return false;
    for (const span of spans) this.spans.splice(this.firstEndingAt(span.start), 0, span);
    return true;
  }

  private touches({ start, end }: Span): boolean {
    const next = this.spans[this.firstEndingAt(start)];
    return next !== undefined && next.start <= end;
  }

  private firstEndingAt(offset: number): number {
    return firstFrom(this.spans.length, (index) => this.spans[index]?.end ?? 0, offset);
  }
}

/** As many of the candidates as can be made together. */
function provenTogether(
  candidates: readonly Candidate[],
  now: DocumentAnalysis,
  earlier: ReadonlySet<string>,
  trial: Trial,
): readonly Candidate[] {
  let accepted: readonly Candidate[] = [];
  let trials = 0;
  const extend = (more: readonly Candidate[]): void => {
    if (more.length === 0 || trials >= MAX_TRIALS) return;
    trials += 1;
    const all = [...accepted, ...more];
    if (isProven(all, now, earlier, trial)) accepted = all;
    else if (more.length > 1) {
      const middle = more.length >> 1;
      extend(more.slice(0, middle));
      extend(more.slice(middle));
    }
  };
  // Apart, so that what must leave the drives alone is looked at without what need not.
  extend(candidates.filter(({ rule }) => !ABOUT_WHAT_COUNTS.has(rule)));
  extend(candidates.filter(({ rule }) => ABOUT_WHAT_COUNTS.has(rule)));
  return accepted;
}

function isProven(
  candidates: readonly Candidate[],
  now: DocumentAnalysis,
  earlier: ReadonlySet<string>,
  trial: Trial,
): boolean {
  const { address } = now;
  const text = editText(
    now.text,
    candidates.flatMap(({ edits }) => edits),
  );
  const after: EditedDocuments = trial.edited(new Map([[address, text]]));
  if (!staysInSight(trial.analyse(address), after.analyse(address))) return false;
  if (!addsNothing(trial, after, [address, ...trial.tiedTo([address])], WARNING)) return false;
  const mayChange = [...earlier, ...candidates.map(({ rule }) => rule)].some((rule) => ABOUT_WHAT_COUNTS.has(rule));
  return mayChange || driveChanges(trial, after, [address]).changed.length === 0;
}
