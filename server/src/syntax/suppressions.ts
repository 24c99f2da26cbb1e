/** What comments in a document turn off: `# rbdcache-disable-next-line ID…` and `# rbdcache-disable ID…`. */
import type { Suppression } from './directives.js';
import { firstFrom } from './edit-between.js';
import type { Span } from './span.js';

/** What a comment turns off starts from `start` to `end`, both included. */
interface Reach {
  readonly start: number;
  readonly end: number;
}

/** The reaches of all comments that name one rule, by their starts. */
interface RuleReaches {
  readonly starts: readonly number[];
  /** Of this reach and those before it, the one that reaches furthest. */
  readonly furthest: readonly { readonly end: number; readonly comment: Suppression }[];
}

const NOWHERE: RuleReaches = { starts: [], furthest: [] };

export class Suppressions {
  private readonly reaches = new Map<Suppression, Reach>();
  private readonly byRule = new Map<string, RuleReaches>();
  private sorted: readonly Span[] | null = null;

  /**
   * `units`: the commands, or the joined lines of a ceph.conf. A comment before one speaks of all of it, since no comment
   * fits inside.
   */
  constructor(
    readonly comments: readonly Suppression[],
    private readonly units: () => readonly Span[],
  ) {}

  get none(): boolean {
    return this.comments.length === 0;
  }

  covers(rule: string, span: Span): boolean {
    return this.coveredBy(rule, span) !== undefined;
  }

  /** The comment that turns a finding off; of several, the one that reaches furthest. */
  coveredBy(rule: string, span: Span): Suppression | undefined {
    const { starts, furthest } = this.reachesOf(rule);
    const last = furthest[firstFrom(starts.length, (index) => starts[index] ?? 0, span.start + 1) - 1];
    return last !== undefined && span.start <= last.end ? last.comment : undefined;
  }

  /** True where one of the findings, which are in the order of the text, starts where the comment looks. */
  silences(comment: Suppression, findings: readonly { readonly span: Span }[]): boolean {
    const { start, end } = this.reachOf(comment);
    const first = findings[firstFrom(findings.length, (index) => findings[index]?.span.start ?? 0, start)];
    return first !== undefined && first.span.start <= end;
  }

  private reachesOf(rule: string): RuleReaches {
    const known = this.byRule.get(rule);
    if (known !== undefined) return known;
    const own = this.comments
      .filter(({ rules }) => rules.includes(rule))
      .map((comment) => ({ comment, ...this.reachOf(comment) }))
      .sort((a, b) => a.start - b.start);
    const furthest: (typeof own)[number][] = [];
    for (const reach of own) {
      const before = furthest.at(-1);
      furthest.push(before === undefined || reach.end > before.end ? reach : before);
    }
    const made: RuleReaches = own.length === 0 ? NOWHERE : { starts: own.map(({ start }) => start), furthest };
    this.byRule.set(rule, made);
    return made;
  }

  private reachOf(comment: Suppression): Reach {
    const known = this.reaches.get(comment);
    if (known !== undefined) return known;
    const made = comment.scope === 'file' ? EVERYWHERE : this.reachOfNextLine(comment.appliesTo);
    this.reaches.set(comment, made);
    return made;
  }

  private reachOfNextLine({ start, end }: Span): Reach {
    this.sorted ??= [...this.units()].sort((a, b) => a.start - b.start);
    const units = this.sorted;
    let furthest = end;
    for (let at = firstFrom(units.length, (index) => units[index]?.start ?? 0, start); at < units.length; at++) {
      const unit = units[at];
      if (unit === undefined || unit.start > end) break;
      furthest = Math.max(furthest, unit.end - 1);
    }
    return { start, end: furthest };
  }
}

const EVERYWHERE: Reach = { start: 0, end: Number.POSITIVE_INFINITY };
