/** From what a rule says to what is shown: absolute places, the user's severities, suppression, order. */
import type { Finding, Fix, Location } from '../rules/rule.js';
import { type Span, shift } from '../syntax/span.js';
import type { PlacedFinding, PlacedFix } from './analysis-model.js';
import type { SeverityChoice } from './settings.js';
import type { Suppressions } from './suppressions.js';

/** The command that a finding's spans count in. */
export interface Origin {
  readonly address: string;
  readonly base: number;
}

interface Place {
  readonly address: string;
  readonly span: Span;
}

export class FindingPlacer {
  private readonly placed: PlacedFinding[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly address: string,
    private readonly suppressions: Suppressions,
    private readonly severity: (rule: string) => SeverityChoice | undefined,
  ) {}

  /** Takes a finding that stands in this document; others are for the document that they stand in. */
  add(finding: Finding, origin: Origin | null): void {
    const at = place(finding.at, origin);
    if (at === null || at.address !== this.address) return;
    const severity = this.severity(finding.rule) ?? finding.severity;
    if (severity === 'off') return;
    const key = `${finding.rule} ${at.span.start} ${at.span.end} ${finding.message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.placed.push({
      rule: finding.rule,
      severity,
      message: finding.message,
      address: at.address,
      span: at.span,
      tags: finding.tags,
      related: finding.related.flatMap(({ at: where, message }) => {
        const placedAt = place(where, origin);
        return placedAt === null ? [] : [{ ...placedAt, message }];
      }),
      fixes: finding.fixes.flatMap((fix) => placeFix(fix, origin)),
    });
  }

  /** In the order of the text, without those that a comment turns off. `units`: what one comment speaks of at once. */
  findings(units: readonly Span[]): readonly PlacedFinding[] {
    const shown = this.suppressions.none
      ? this.placed
      : this.placed.filter((finding) => !this.suppressions.covers(finding.rule, finding.span, units));
    return shown.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }
}

function placeFix(fix: Fix, origin: Origin | null): PlacedFix[] {
  const edits: PlacedFix['edits'][number][] = [];
  for (const { at, newText } of fix.edits) {
    const where = place(at, origin);
    if (where === null) return [];
    edits.push({ ...where, newText });
  }
  return [{ title: fix.title, preferred: fix.preferred, safe: fix.safe, edits }];
}

function place(location: Location, origin: Origin | null): Place | null {
  if (location.in === 'file') return { address: location.file, span: location.span };
  return origin === null ? null : { address: origin.address, span: shift(location.span, origin.base) };
}
