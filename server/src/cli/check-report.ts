/** What `check` found, in the shape that each format prints. No text in it holds a secret. */
import { redact } from '../features/redact.js';
import type { Severity } from '../rules/rule.js';
import type { PlacedFinding } from '../workspace/analysis-model.js';
import { sourceText } from '../workspace/releases-in-force.js';
import type { InputProblem } from './input-files.js';
import { Positions, type Range } from './placed.js';
import { displayPath, type Session } from './session.js';

export interface ReportedPlace {
  readonly path: string;
  readonly range: Range;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
  readonly tags: readonly string[];
  /** Titles of the quick fixes that an editor offers. */
  readonly fixes: readonly string[];
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

export interface CheckReport {
  readonly files: readonly ReportedFile[];
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly InputProblem[];
  readonly notes: readonly string[];
}

/** In the order of the inputs, and of the text within each. */
export function checkReport(session: Session): CheckReport {
  const { workspace, analyses, cwd } = session;
  const positions = new Positions(workspace);
  const findings: ReportedFinding[] = [];
  const problems = session.problems.map(({ path, message }) => ({ path: displayPath(path, cwd), message }));
  for (const analysis of analyses) {
    if (analysis.kind === 'skipped') {
      if (analysis.reason !== null)
        problems.push({ path: displayPath(analysis.address, cwd), message: analysis.reason });
      continue;
    }
    for (const finding of analysis.findings) {
      const reported = report(finding, positions, cwd);
      if (reported !== null) findings.push(reported);
    }
  }
  const files = analyses.flatMap(({ kind, address, releases }): ReportedFile[] => {
    if (kind === 'skipped') return [];
    const { pair, sources, assumed } = releases;
    return [
      {
        path: displayPath(address, cwd),
        qemu: pair.qemu.label,
        librbd: pair.librbd.label,
        vendor: pair.vendor,
        assumed,
        chosenBy:
          sources.qemu === sources.librbd
            ? sourceText(sources.qemu)
            : `QEMU ${sourceText(sources.qemu)}, librbd ${sourceText(sources.librbd)}`,
      },
    ];
  });
  return { files, findings: unique(findings), problems, notes: session.notes.map(redact) };
}

function report(finding: PlacedFinding, positions: Positions, cwd: string): ReportedFinding | null {
  const range = positions.range(finding.address, finding.span);
  if (range === null) return null;
  return {
    path: displayPath(finding.address, cwd),
    range,
    rule: finding.rule,
    severity: finding.severity,
    message: redact(finding.message),
    related: finding.related.flatMap((note) => {
      const place = positions.range(note.address, note.span);
      if (place === null) return [];
      return [{ path: displayPath(note.address, cwd), range: place, message: redact(note.message) }];
    }),
    tags: finding.tags,
    fixes: finding.fixes.map(({ title }) => redact(title)),
  };
}

/** A finding on a ceph.conf can come with the file and with a drive that reads it. */
function unique(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const known = new Map<string, ReportedFinding>();
  for (const finding of findings) {
    const { path, range, rule, message } = finding;
    const key = JSON.stringify([path, range, rule, message]);
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const ORDER: readonly string[] = SEVERITIES;

/** Says whether a finding is at or over one of the thresholds: a severity, or a rule's id. */
export function reaches(finding: ReportedFinding, thresholds: readonly string[]): boolean {
  return thresholds.some((threshold) => {
    const level = ORDER.indexOf(threshold);
    return level < 0 ? finding.rule === threshold : ORDER.indexOf(finding.severity) <= level;
  });
}
