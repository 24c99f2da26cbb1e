/** Names of Ceph's options as a release knows them, for ceph.conf and for drive strings. The list is made once a release. */
import * as l10n from '@vscode/l10n';
import { cephOption, cephOptionNames } from '../../catalog/ceph-options.js';
import { optionNotes } from '../../catalog/rbd-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { typeWord } from '../option-words.js';
import { shownValue } from '../redact.js';

export interface CephName {
  readonly name: string;
  /** It bears on a client's disk. */
  readonly bears: boolean;
  /** This release knows it by a newer name, too. */
  readonly renamed: boolean;
}

/** How well a name fits what was typed; lower is better. */
export interface FoundName extends CephName {
  readonly rank: number;
}

export interface FoundNames {
  readonly names: readonly FoundName[];
  readonly left: number;
}

const MOST_NAMES = 150;

const namesOf = (() => {
  const known = new WeakMap<CephRelease, readonly CephName[]>();
  return (release: CephRelease): readonly CephName[] => {
    const made = known.get(release) ?? cephOptionNames(release).map((name) => nameOf(release, name));
    known.set(release, made);
    return made;
  };
})();

function nameOf(release: CephRelease, name: string): CephName {
  const notes = optionNotes(name);
  const newer = notes?.renamedTo ?? null;
  return { name, bears: notes !== undefined, renamed: newer !== null && cephOption(release, newer) !== undefined };
}

/** How near to a place a name is, lower is nearer; from {@link FAR} on it is offered only when it is typed. */
export type Nearness = (name: CephName) => number;
export const FAR = 3;

/** What bears on a client's disk; its cache first, since that is what one comes for. */
export const nearClient: Nearness = ({ name, bears }) => {
  if (!bears) return FAR;
  if (name.startsWith('rbd_cache')) return 0;
  return name.startsWith('rbd_') || USUAL.has(name) ? 1 : 2;
};

const USUAL: ReadonlySet<string> = new Set(['admin_socket', 'log_file', 'keyring', 'mon_host', 'debug_rbd']);

/**
 * Names that what was typed leads to: its beginning, the beginning of a word in it, any part of it, its letters in order.
 * `without`: names that come behind the others.
 */
export function findCephNames(
  release: CephRelease,
  typed: string,
  nearness: Nearness,
  without: ReadonlySet<string>,
): FoundNames {
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const found: FoundName[] = [];
  let left = 0;
  for (const one of namesOf(release)) {
    const near = nearness(one);
    if (wanted === '' && near >= FAR) {
      left++;
      continue;
    }
    const fit = wanted === '' ? 0 : fitOf(one.name, wanted);
    if (fit === null) continue;
    const rank = fit * 8 + near + (without.has(one.name) ? 4 : 0);
    found.push({ ...one, rank });
  }
  if (found.length <= MOST_NAMES) return { names: found, left };
  found.sort((a, b) => a.rank - b.rank);
  return { names: found.slice(0, MOST_NAMES), left: left + found.length - MOST_NAMES };
}

function fitOf(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return name.includes(`_${wanted}`) ? 1 : 2;
  return wanted.length >= 3 && hasLettersInOrder(name, wanted) ? 3 : null;
}

function hasLettersInOrder(name: string, wanted: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    if (letter === '_') continue;
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** `bool · default true`, as the release has it. */
export function shortFacts(release: CephRelease, name: string): string {
  const option = cephOption(release, name);
  if (option === undefined) return '';
  const shown = shownValue(name, option.default);
  return shown === ''
    ? l10n.t('{0}, empty by default', typeWord(option.type))
    : l10n.t('{0}, default {1}', typeWord(option.type), shown);
}
