/** When an option was there, seen from one release. */
import * as l10n from '@vscode/l10n';
import { cephOption, cephOptionHistory, type OptionHistory, optionUncertainty } from '../../catalog/ceph-options.js';
import { labelBefore } from '../../catalog/ceph-timeline.js';
import { atLeast, type CephRelease } from '../../catalog/releases.js';

export interface Absence {
  readonly history: OptionHistory;
  /** When the option was there, as a sentence that begins with `name` as it is to be shown. */
  when(name: string): string;
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
  const knownAs =
    [history.renamedTo, history.renamedFrom, SUCCESSORS.get(name) ?? null].find(
      (other) => other !== null && cephOption(release, other) !== undefined,
    ) ?? null;
  const uncertain = optionUncertainty(release, name);
  const common = { history, knownAs, uncertain };
  if (comes !== undefined && !was) return { ...common, kind: 'not-yet', when: (shown) => arrival(shown, history) };
  if (comes !== undefined && went !== undefined) {
    return {
      ...common,
      kind: 'hole',
      when: (shown) => l10n.t('{0} is missing between librbd {1} and {2}.', shown, went.since, comes.since),
    };
  }
  const [lastSeen, goneIn] = [history.lastSeen, history.goneIn ?? went?.since ?? null];
  return {
    ...common,
    kind: 'gone',
    when: (shown) =>
      lastSeen === null || goneIn === null
        ? l10n.t('{0} is an option of other releases.', shown)
        : l10n.t('{0} was last seen in librbd {1} and is gone in {2}.', shown, plain(lastSeen), plain(goneIn)),
  };
}

/** Without the sign of a source that was read between two releases: `16.2.4+`. */
function plain(label: string): string {
  return label.replace('+', '');
}

/** The `.0` of a series, or one that has no such releases. */
const FIRST_OF_SERIES = /^\d+(?:\.\d+)?(?:\.0)?$/;

/** A new series brings options with its first release; one that came with a later release lies between two sources. */
function arrival(shown: string, { since, exactSince }: OptionHistory): string {
  const before = exactSince || FIRST_OF_SERIES.test(since) ? null : labelBefore(since);
  return before === null
    ? l10n.t('{0} exists from librbd {1} on.', shown, since)
    : l10n.t('{0} came after librbd {1}, and with {2} at the latest.', shown, plain(before), plain(since));
}

/** Vendors that take options of later releases into their builds write so: `14.2.11-208.el8cp`. */
const VENDOR_BUILD = /\.el\d+cp/;

/** True where the release that was written is not the one whose facts are used: it may know options that those lack. */
export function mayKnowMore(release: CephRelease): boolean {
  return release.match !== 'exact' || VENDOR_BUILD.test(release.written);
}
