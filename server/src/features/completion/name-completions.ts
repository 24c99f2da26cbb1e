/** Inside an `rbd:` name. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { ReleasePair } from '../../simulate/model.js';
import { findCephNames, nearClient, shortFacts } from './ceph-names.js';
import { cephValues } from './ceph-values.js';
import { type EditedText, spansAround } from './edited-text.js';
import { type ValueItem, valueItems } from './items.js';
import { type NamePlace, namePlace } from './name-place.js';
import type { SeenNames } from './seen.js';
import { type CompletionList, type CompletionView, item } from './view.js';

export interface NameInput {
  readonly releases: ReleasePair;
  /** Paths of each ceph.conf that is known. */
  confPaths(): readonly string[];
  seen(): SeenNames;
}

/** Null where the caret is in no such name. */
export function nameCompletions(outer: EditedText, input: NameInput): CompletionList | null {
  const place = namePlace(outer, qemuBehaviour(input.releases.qemu).name);
  if (place === null) return null;
  const { edited } = place;
  const spans = spansAround(edited, 0, edited.text.length);
  if (place.part === 'key') {
    const { items, incomplete } = keys(place, input);
    return { items, incomplete, ...spans };
  }
  if (place.part === 'value') {
    // Addresses and paths go on where the caret is; a word of a list is taken as a whole.
    return { items: valueItems(edited, values(place.key, input), []), incomplete: false, ...spans };
  }
  const { items, left } = names(place, input.seen(), edited.text.slice(0, edited.caret));
  return { items, incomplete: left, ...spans };
}

// ---------------------------------------------------------------------------------------------------------------------
// Pool, image, snapshot

const MOST_NAMES = 100;

function names(
  { part, pool, edited, hasSlash }: NamePlace,
  seen: SeenNames,
  typed: string,
): { readonly items: readonly CompletionView[]; readonly left: boolean } {
  const known = part === 'pool' ? seen.pools() : part === 'image' ? seen.imagesOf(pool) : seen.snapshotsOf(pool);
  const wanted = typed.toLowerCase();
  const fitting = [...known].filter((name) => name.toLowerCase().includes(wanted)).sort();
  const items = fitting.slice(0, MOST_NAMES).flatMap((name) => {
    const written = edited.write(name);
    if (written === null) return [];
    // An image is to follow.
    const goesOn = part === 'pool' && !hasSlash;
    const newText = goesOn ? `${written}/` : written;
    const rank = name.toLowerCase().startsWith(wanted) ? 0 : 1;
    return [item({ label: name, kind: 'name', detail: l10n.t('in this workspace'), newText, rank, goesOn })];
  });
  return { items, left: fitting.length > MOST_NAMES };
}

// ---------------------------------------------------------------------------------------------------------------------
// Options

/** What QEMU takes for itself, and what librados needs before a ceph.conf can help. */
const FIRST = ['id', 'conf', 'mon_host', 'keyring'] as const;

function keys({ edited, otherKeys, hasEquals }: NamePlace, { releases }: NameInput) {
  const { id } = qemuBehaviour(releases.qemu).name;
  const typed = edited.text.slice(0, edited.caret);
  const given = new Set([...otherKeys].map((key) => key.replace(/[ -]/g, '_')));
  const own = FIRST.filter((name) => !given.has(name) && (name !== 'id' || id !== 'none'));
  const found = findCephNames(releases.librbd, typed, nearClient, new Set());
  const keyItem = (name: string, detail: string, rank: number, renamed: boolean, about: 'name' | 'ceph') => {
    const written = edited.write(name);
    if (written === null) return [];
    const newText = hasEquals ? written : `${written}=`;
    const topic = { about, name };
    return [
      item({ label: name, kind: 'option', detail, newText, topic, rank, deprecated: renamed, goesOn: !hasEquals }),
    ];
  };
  const items = [
    ...own.flatMap((name, rank) => keyItem(name, shortOwn(name), rank, false, 'name')),
    ...found.names.flatMap(({ name, rank, renamed }) => {
      if (given.has(name) || own.some((one) => one === name) || NOT_HERE.has(name)) return [];
      return keyItem(name, shortFacts(releases.librbd, name), FIRST.length + rank, renamed, 'ceph');
    }),
  ];
  return { items, incomplete: typed === '' || found.left > 0 };
}

function shortOwn(name: (typeof FIRST)[number]): string {
  switch (name) {
    case 'id':
      return l10n.t('the client’s id, admin by default');
    case 'conf':
      return l10n.t('the ceph.conf to read');
    case 'mon_host':
      return l10n.t('the monitors');
    case 'keyring':
      return l10n.t('the file with the key');
  }
}

/** Would be readable in the list of processes; and what means nothing to a client's connection. */
const NOT_HERE: ReadonlySet<string> = new Set(['key', 'no_config_file']);

function values(key: string, { releases, seen, confPaths }: NameInput): readonly ValueItem[] {
  const name = key.replace(/[ -]/g, '_');
  const own = (texts: Iterable<string>): readonly ValueItem[] =>
    [...new Set(texts)].map((text) => ({ text, kind: 'name', detail: l10n.t('in this workspace') }));
  switch (name) {
    case 'id':
      return [...own(seen().clients()), { text: 'admin', kind: 'name', detail: l10n.t('the default') }];
    case 'conf':
      return own([...seen().confs(), ...confPaths()]).map((one) => ({ ...one, kind: 'file' }));
    default:
      return [
        ...own(seen().valuesOf(name)),
        ...cephValues(releases.librbd, name).map(({ text, detail }): ValueItem => ({ text, detail, kind: 'value' })),
      ];
  }
}
