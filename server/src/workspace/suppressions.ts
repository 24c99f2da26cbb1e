/** What comments in a document turn off: `# rbdcache-disable-next-line ID…` and `# rbdcache-disable ID…`. */
import type { Suppression } from '../syntax/directives.js';
import type { Span } from '../syntax/span.js';

export class Suppressions {
  constructor(private readonly disabled: readonly Suppression[]) {}

  get none(): boolean {
    return this.disabled.length === 0;
  }

  /** A comment before a command or a joined line speaks of all of it (`units`), since no comment fits inside. */
  covers(rule: string, span: Span, units: readonly Span[]): boolean {
    return this.disabled.some(({ scope, rules, appliesTo }) => {
      if (!rules.includes(rule)) return false;
      if (scope === 'file' || startsIn(appliesTo, span.start)) return true;
      return units.some((unit) => startsIn(appliesTo, unit.start) && unit.start <= span.start && span.start < unit.end);
    });
  }
}

function startsIn(where: Span, offset: number): boolean {
  return where.start <= offset && offset <= where.end;
}
