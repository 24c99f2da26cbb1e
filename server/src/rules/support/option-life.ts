/** When an option was there, seen from one release. */
import { cephOption, cephOptionHistory, type OptionHistory, optionUncertainty } from '../../catalog/ceph-options.js';
import { atLeast, type CephRelease } from '../../catalog/releases.js';

export interface Absence {
  readonly history: OptionHistory;
  /** `exists from librbd 15.2.0 on`: a predicate without its subject. */
  readonly when: string;
  readonly kind: 'not-yet' | 'gone' | 'hole';
  /** The same option under the name that this release knows. */
  readonly knownAs: string | null;
  /** Where the release's own source was not read, so that it may differ. */
  readonly uncertain: { readonly after: string; readonly until: string } | null;
}

/** Options that took over from another without being the same thing. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([['auth_supported', 'auth_client_required']]);

/** Null for a name that this release knows, or that no release knows. */
export function absenceOf(release: CephRelease, name: string): Absence | null {
  if (cephOption(release, name) !== undefined) return null;
  const history = cephOptionHistory(name);
  if (history === undefined) return null;
  const before = history.changes.filter((change) => atLeast(release, change.since));
  const after = history.changes.filter((change) => !atLeast(release, change.since));
  const was = before.some((change) => change.present);
  const comes = after.find((change) => change.present);
  const went = before.findLast((change) => !change.present);
  const knownAs = [history.renamedTo, history.renamedFrom, SUCCESSORS.get(name) ?? null].find(
    (other) => other !== null && cephOption(release, other) !== undefined,
  );
  const first = comes === undefined || was ? null : history.since;
  let kind: Absence['kind'] = 'gone';
  let when = `was last seen in ${history.lastSeen ?? 'an older release'} and is gone in ${history.goneIn ?? went?.since ?? 'this one'}`;
  if (first !== null) {
    kind = 'not-yet';
    when = `exists from librbd ${first} on`;
  } else if (comes !== undefined) {
    kind = 'hole';
    when = `is missing between librbd ${went?.since ?? 'older releases'} and ${comes.since}`;
  }
  return { history, when, kind, knownAs: knownAs ?? null, uncertain: optionUncertainty(release, name) };
}
