/** What the rules say of the comments that turn findings off, once it is known what each of them turned off. */

import type { CommandDocumentAnalysis, ConfDocumentAnalysis, PlacedFinding } from '../features/analysis-model.js';
import type { CommentRuleContext, Rule } from '../rules/rule.js';
import type { Suppressions } from '../syntax/suppressions.js';
import { withoutSecrets } from './finding-text.js';
import { type HeardFindings, placeFinding } from './placing.js';
import type { SeverityChoice } from './settings.js';

export type HeardDocument =
  | Omit<CommandDocumentAnalysis, keyof HeardFindings>
  | Omit<ConfDocumentAnalysis, keyof HeardFindings>;

export interface CommentedDocument {
  readonly analysis: HeardDocument;
  /** All of the other rules, whether a comment turns them off or not. */
  readonly findings: readonly PlacedFinding[];
  readonly suppressions: Suppressions;
  readonly rules: readonly Rule[];
  readonly severity: (rule: string) => SeverityChoice | undefined;
  readonly report: (what: string, error: unknown) => void;
}

export function findingsOnComments(input: CommentedDocument): readonly PlacedFinding[] {
  const { analysis, rules, severity, report } = input;
  const context = contextOf(input);
  const found: PlacedFinding[] = [];
  for (const rule of rules) {
    if (rule.looksAt !== 'comments') continue;
    try {
      for (const finding of rule.check(context)) {
        const placed = placeFinding(withoutSecrets(finding), null, analysis.address, severity);
        if (placed !== null) found.push(placed);
      }
    } catch (error) {
      report(`rule ${rule.id}`, error);
    }
  }
  return found;
}

function contextOf({ analysis, findings, suppressions, rules, severity }: CommentedDocument): CommentRuleContext {
  const byRule = new Map<string, PlacedFinding[]>();
  for (const finding of findings) {
    const own = byRule.get(finding.rule);
    if (own === undefined) byRule.set(finding.rule, [finding]);
    else own.push(finding);
  }
  for (const own of byRule.values()) own.sort((a, b) => a.span.start - b.span.start);
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const inView = drivesInView(analysis);
  return {
    document: analysis.address,
    text: analysis.text,
    releases: analysis.releases.pair,
    comments: suppressions.comments,
    ruleIds: new Set(known.keys()),
    isHeard: (id) => {
      const rule = known.get(id);
      return rule !== undefined && severity(id) !== 'off' && (inView || rule.compares !== true);
    },
    silences: (comment, id) => suppressions.silences(comment, byRule.get(id) ?? []),
  };
}

/** True where the drives of a ceph.conf are known, or every file that a drive of a command asks for. */
function drivesInView(analysis: HeardDocument): boolean {
  if (analysis.kind === 'conf') return analysis.drives.length > 0;
  return analysis.commands.every(({ trace }) =>
    trace.drives.every(({ reads }) => reads.every((read) => read.taken !== null || !read.uncertain)),
  );
}
