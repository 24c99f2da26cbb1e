/** What can be done at a place of a document: quick fixes, comments that turn a finding off, refactorings, all safe fixes at once. */
import * as l10n from '@vscode/l10n';
import { Lines } from '../syntax/lines.js';
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding, PlacedFix } from './analysis-model.js';
import { findingsOf, type Trial, tryFix } from './fix-trial.js';
import { driveChanges } from './fixes/drive-changes.js';
import { allSafeEdits, countOfRule } from './fixes/fix-all.js';
import { suppressionComments } from './fixes/suppression-comments.js';
import { withOutcome, withPlace } from './fixes/titles.js';
import { redact } from './redact.js';

export interface CodeActionView {
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll.rbdcache' | `refactor.rewrite.rbdcache.${string}`;
  readonly preferred: boolean;
  readonly edits: readonly PlacedEdit[];
  /** The finding it is for; null for an action on the whole document, and for a refactoring. */
  readonly finding: PlacedFinding | null;
}

/** All safe fixes of one rule in one document; its edits are sought when somebody chooses it: {@link fixAllOfRule}. */
export interface FixAllOfRuleView {
  readonly title: string;
  readonly rule: string;
}

/** Findings that are looked at in one request: a selection of a whole file asks for no more. */
const MAX_FINDINGS = 20;
/** Characters that are looked through again in one request, each trial looking through its document. */
const MAX_TRIED = 12_000_000;

/** One after the other, so that a caller may stop between them: each fix is tried before it is told. */
export function* quickFixes(analysis: DocumentAnalysis, range: Span, trial: Trial): Generator<CodeActionView> {
  const inRange = findingsAt(analysis, range);
  for (const finding of inRange) {
    for (const fix of finding.fixes) {
      const action = quickFix(trial, finding, fix);
      if (action !== null) yield action;
    }
  }
  const lines = new Lines(analysis.text);
  const silenced = new Set<string>();
  for (const finding of inRange) {
    if (silenced.has(finding.rule)) continue;
    silenced.add(finding.rule);
    for (const { title, edit } of suppressionComments(analysis, finding, lines)) {
      yield { title, kind: 'quickfix', preferred: false, edits: [edit], finding };
    }
  }
}

/** For the rules found in the range that have more than one preferred safe fix in the document. */
export function fixAllOfRules(analysis: DocumentAnalysis, range: Span): readonly FixAllOfRuleView[] {
  const rules = new Set(
    findingsAt(analysis, range).flatMap(({ rule, fixes }) => (fixes.some(isSafeFirst) ? [rule] : [])),
  );
  return [...rules].flatMap((rule) => {
    const count = countOfRule(analysis, rule);
    if (count < 2) return [];
    return [{ rule, title: l10n.t('Fix all {0} findings of {1} in this file', count, rule) }];
  });
}

/** The edit of {@link fixAllOfRules}; null where nothing can be proven. */
export function fixAllOfRule(analysis: DocumentAnalysis, rule: string, trial: Trial): readonly PlacedEdit[] | null {
  return allSafeEdits(analysis, trial, rule)?.edits ?? null;
}

export interface FixAllView extends CodeActionView {
  /** How many findings of each rule it mends. */
  readonly rules: ReadonlyMap<string, number>;
}

/** One action that applies every fix marked safe, again and again until none is left; null where there is none. */
export function fixAll(analysis: DocumentAnalysis, trial: Trial): FixAllView | null {
  const safe = allSafeEdits(analysis, trial);
  if (safe === null) return null;
  const title = l10n.t('Apply all safe fixes');
  return { title, kind: 'source.fixAll.rbdcache', preferred: false, finding: null, ...safe };
}

function isSafeFirst({ safe, preferred }: PlacedFix): boolean {
  return safe && preferred;
}

function findingsAt(analysis: DocumentAnalysis, range: Span): readonly PlacedFinding[] {
  const most = Math.max(3, Math.min(MAX_FINDINGS, Math.floor(MAX_TRIED / (analysis.text.length + 1))));
  const found: PlacedFinding[] = [];
  for (const finding of findingsOf(analysis)) {
    const { start, end } = finding.span;
    if (start > range.end || end < range.start) continue;
    found.push(finding);
    if (found.length >= most) break;
  }
  return found;
}

/** Null where the fix does not do what it is for. */
function quickFix(trial: Trial, finding: PlacedFinding, { title, preferred, edits }: PlacedFix): CodeActionView | null {
  const tried = tryFix(trial, finding, edits);
  if (tried === null) return null;
  const placed = withPlace(title, edits, finding.address);
  const told = withOutcome(placed, driveChanges(trial, tried.after, tried.texts.keys()));
  return { title: redact(told), kind: 'quickfix', preferred, edits, finding };
}
