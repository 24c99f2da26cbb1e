/** Which rules can speak of a command at all in a pair of releases, as their rows say. */
import { within } from '../catalog/releases.js';
import type { CommandRule, Holds, ReleaseBounds, Rule } from '../rules/rule.js';
import type { ReleasePair } from '../simulate/model.js';

/** Found once for each pair: a script of a thousand commands asks for them a thousand times. */
export const commandRulesFor = (() => {
  const known = new WeakMap<readonly Rule[], WeakMap<ReleasePair, readonly CommandRule[]>>();
  return (rules: readonly Rule[], pair: ReleasePair): readonly CommandRule[] => {
    let byPair = known.get(rules);
    if (byPair === undefined) {
      byPair = new WeakMap();
      known.set(rules, byPair);
    }
    const before = byPair.get(pair);
    if (before !== undefined) return before;
    const made = rules.filter((rule): rule is CommandRule => rule.looksAt === 'command' && holdsIn(rule.holds, pair));
    byPair.set(pair, made);
    return made;
  };
})();

function holdsIn(holds: Holds | undefined, { qemu, librbd, vendor }: ReleasePair): boolean {
  const inside = (release: Parameters<typeof within>[0], bounds: ReleaseBounds | undefined): boolean =>
    within(release, bounds?.since ?? null, bounds?.until ?? null);
  return (
    inside(qemu, holds?.qemu) &&
    inside(librbd, holds?.librbd) &&
    (holds?.vendor === undefined || holds.vendor === vendor)
  );
}
