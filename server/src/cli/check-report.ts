/** What `check` found in one file, in the shape that each format prints. No text in it holds a secret. */

import type { DocumentAnalysis, PlacedFinding, PlacedFix } from '../features/analysis-model.js';
import { redact } from '../features/redact.js';
import { sourceText } from '../features/releases.js';
import type { Severity } from '../rules/rule.js';
import { fingerprintsIn } from './fingerprints.js';
import type { InputProblem } from './input-files.js';
import { displayPath } from './paths.js';
import type { Positions, Range } from './placed.js';

export interface ReportedPlace {
  readonly path: string;
  readonly range: Range;
}

export interface ReportedEdit extends ReportedPlace {
  readonly newText: string;
}

/** A quick fix that an editor offers. */
export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  /** Null where an edit would tell a secret. */
  readonly edits: readonly ReportedEdit[] | null;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
  readonly tags: readonly string[];
  readonly fixes: readonly ReportedFix[];
  /** Stays the same when the finding moves to other lines. */
  readonly fingerprint: string;
}

/** A comment in the text that turns a finding off. */
export interface ReportedSuppression extends ReportedPlace {
  /** As its writer put it; empty where nothing is said. */
  readonly reason: string;
}

export interface SuppressedFinding extends ReportedFinding {
  readonly suppression: ReportedSuppression;
}

export interface ReportedFile {
  readonly path: string;
  readonly qemu: string;
  readonly librbd: string;
  readonly vendor: string;
  /** True where nobody chose one of the releases. */
  readonly assumed: boolean;
  readonly chosenBy: string;
}

export interface FileReport {
  readonly file: ReportedFile;
  /** In the order of the text. */
  readonly findings: readonly ReportedFinding[];
  /** Those that comments turn off, in the order of the text; nothing fails for them. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** What is known once all files were looked into. */
export interface Totals {
  readonly problems: readonly InputProblem[];
  /** How many of the problems are of inputs that were not looked into. */
  readonly missed: number;
  readonly notes: readonly string[];
  readonly exitCode: number;
}

/** Prints reports one after the other, so that none need be kept. */
export interface Printer {
  begin(): string;
  file(report: FileReport): string;
  end(totals: Totals): string;
}

/** Null for a document that is not looked into and of which nothing need be said; a problem where something must. */
export function reportFile(
  analysis: DocumentAnalysis,
  positions: Positions,
  cwd: string,
): FileReport | InputProblem | null {
  const { address, releases } = analysis;
  const path = displayPath(address, cwd);
  if (analysis.kind === 'skipped') return analysis.reason === null ? null : { path, message: analysis.reason };
  const { pair, sources, assumed } = releases;
  const fingerprints = fingerprintsIn(analysis);
  const report = (finding: PlacedFinding): readonly ReportedFinding[] => {
    const range = positions.range(address, finding.span);
    const fingerprint = fingerprints.get(finding);
    if (range === null || fingerprint === undefined) return [];
    return [reportFinding(finding, { path, range }, fingerprint, positions, cwd)];
  };
  return {
    file: {
      path,
      qemu: pair.qemu.label,
      librbd: pair.librbd.label,
      vendor: pair.vendor,
      assumed,
      chosenBy:
        sources.qemu === sources.librbd
          ? sourceText(sources.qemu)
          : `QEMU ${sourceText(sources.qemu)}, librbd ${sourceText(sources.librbd)}`,
    },
    findings: unique(analysis.findings.flatMap(report)),
    suppressed: unique(
      analysis.suppressed.flatMap(({ finding, comment }) => {
        const range = positions.range(address, comment.comment);
        if (range === null) return [];
        const suppression = { path, range, reason: redact(comment.reason) };
        return report(finding).map((reported) => ({ ...reported, suppression }));
      }),
    ),
  };
}

function reportFinding(
  finding: PlacedFinding,
  place: ReportedPlace,
  fingerprint: string,
  positions: Positions,
  cwd: string,
): ReportedFinding {
  return {
    ...place,
    rule: finding.rule,
    severity: finding.severity,
    message: redact(finding.message),
    related: finding.related.flatMap((note) => {
      const there = positions.range(note.address, note.span);
      if (there === null) return [];
      return [{ path: displayPath(note.address, cwd), range: there, message: redact(note.message) }];
    }),
    tags: finding.tags,
    fixes: finding.fixes.map((fix) => ({
      title: redact(fix.title),
      safe: fix.safe,
      edits: reportEdits(fix, positions, cwd),
    })),
    fingerprint,
  };
}

function reportEdits({ edits }: PlacedFix, positions: Positions, cwd: string): readonly ReportedEdit[] | null {
  const reported: ReportedEdit[] = [];
  for (const { address, span, newText } of edits) {
    const range = positions.range(address, span);
    if (range === null || redact(newText) !== newText) return null;
    const secrets = positions.secrets(address);
    if (secrets.some((secret) => newText.includes(secret))) return null;
    reported.push({ path: displayPath(address, cwd), range, newText });
  }
  return reported;
}

/** A finding on a ceph.conf can come with the file and with a drive that reads it. */
function unique<Reported extends ReportedFinding>(findings: readonly Reported[]): readonly Reported[] {
  const known = new Map<string, Reported>();
  for (const finding of findings) {
    const { range, rule, message } = finding;
    const key = JSON.stringify([range, rule, message]);
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const ORDER: readonly string[] = SEVERITIES;

/** What `--fail-on` takes beside a severity and a rule's id: nothing fails. */
export const NEVER = 'none';

/** Says whether a finding is at or over one of the thresholds: a severity, or a rule's id. */
export function reaches(finding: ReportedFinding, thresholds: readonly string[]): boolean {
  return thresholds.some((threshold) => {
    const level = ORDER.indexOf(threshold);
    return level < 0 ? finding.rule === threshold : ORDER.indexOf(finding.severity) <= level;
  });
}
