/** One ceph.conf with the drives that read it, as the rules look at it. */
import { parserEra } from '../catalog/librados-rules.js';
import type { ConfDocumentAnalysis, PlacedDrive } from '../features/analysis-model.js';
import type { ReleasesInForce } from '../features/releases.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Finding } from '../rules/rule.js';
import { withoutSecrets } from './finding-text.js';
import { representativePairs, sameFinding } from './other-pairs.js';

/** What a rule finds; while the releases are assumed, an error that other releases would not give is a warning. */
export function findingsInConf(
  rule: ConfRule,
  context: ConfRuleContext,
  assumed: boolean,
  report: (what: string, error: unknown) => void,
): readonly Finding[] {
  const run = (one: ConfRuleContext): readonly Finding[] => {
    try {
      return [...rule.check(one)].map(withoutSecrets);
    } catch (error) {
      report(`rule ${rule.id}`, error);
      return [];
    }
  };
  const findings = run(context);
  if (!assumed || !findings.some((finding) => finding.severity === 'error')) return findings;
  let certain = new Set(findings.filter((finding) => finding.severity === 'error'));
  for (const releases of representativePairs()) {
    if (certain.size === 0) break;
    const tree = context.file.tree(parserEra(releases.librbd));
    const others = run({ ...context, releases, tree, drives: [] });
    certain = new Set([...certain].filter((finding) => others.some((other) => sameFinding(other, finding))));
  }
  return findings.map((finding) =>
    finding.severity !== 'error' || certain.has(finding) ? finding : { ...finding, severity: 'warning' as const },
  );
}

export function driveOfFile({ trace, label, address, span, text }: PlacedDrive): DriveOfFile {
  return { trace, label, document: address, span, text };
}

/** The pair of the drives that read the file, the commonest where they differ; without a drive, the file's own. */
export function confReleases(own: ReleasesInForce, drives: readonly PlacedDrive[]): ReleasesInForce {
  const counts = new Map<ReleasesInForce, number>();
  for (const { releases } of drives) counts.set(releases, (counts.get(releases) ?? 0) + 1);
  let best = own;
  for (const [releases, count] of counts) if (count > (counts.get(best) ?? 0)) best = releases;
  return best;
}

/** True where the drives and the releases are those that a file was looked at with before. */
export function sameView(
  before: ConfDocumentAnalysis,
  drives: readonly PlacedDrive[],
  releases: ReleasesInForce,
): boolean {
  return (
    before.releases === releases &&
    before.drives.length === drives.length &&
    before.drives.every((drive, at) => {
      const now = drives[at];
      return now !== undefined && now.trace === drive.trace && now.address === drive.address && now.base === drive.base;
    })
  );
}
