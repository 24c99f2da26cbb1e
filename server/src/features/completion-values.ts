/** Names and values of Ceph's options, for ceph.conf and for drive strings alike. */
import { cephOption, cephOptionHistory, cephOptionNames } from '../catalog/ceph-options.js';
import { optionNotes } from '../catalog/rbd-options.js';
import type { CephRelease } from '../catalog/releases.js';
import type { Span } from '../syntax/span.js';
import { humanSize } from './answer-words.js';
import type { CompletionList, CompletionView } from './completion.js';
import { shownValue } from './redact.js';

const MAX_ITEMS = 200;

/** Options whose names hold what was typed; those that bear on a disk first, and alone while nothing is typed. */
export function optionNames(
  release: CephRelease,
  typed: string,
  span: Span,
  spell: (name: string) => string,
): CompletionList {
  const wanted = typed.trim().toLowerCase().replace(/[ -]+/g, '_');
  const items: CompletionView[] = [];
  let left = 0;
  for (const name of cephOptionNames(release)) {
    const bears = optionNotes(name) !== undefined;
    if (wanted === '' ? !bears : !name.includes(wanted)) continue;
    if (items.length >= MAX_ITEMS && !bears) {
      left += 1;
      continue;
    }
    const option = cephOption(release, name);
    items.push({
      label: spell(name),
      kind: 'option',
      detail: option === undefined ? '' : `${option.type}, default ${shownValue(name, option.default) || 'empty'}`,
      newText: spell(name),
      span,
      option: name,
      rank: (name.startsWith(wanted) ? 0 : 2) + (bears ? 0 : 1),
    });
  }
  return { items, incomplete: wanted === '' || left > 0 };
}

export function optionValues(release: CephRelease, name: string, span: Span): readonly CompletionView[] {
  const option = cephOption(release, name);
  if (option === undefined) return [];
  const isDefault = (value: string): boolean => value === option.default;
  const item = (value: string, detail: string, rank: number): CompletionView => ({
    label: value,
    kind: 'value',
    detail: [detail, isDefault(value) ? 'the default' : ''].filter((part) => part !== '').join(', '),
    newText: value,
    span,
    option: null,
    rank,
  });
  if (option.type === 'bool') return ['true', 'false'].map((value) => item(value, '', 0));
  if (option.enum !== null) return option.enum.map((value) => item(value, '', 0));
  const sizes = (cephOptionHistory(name)?.unit ?? '').startsWith('byte');
  const values = sizes && /^\d+$/.test(option.default) ? around(Number(option.default)) : [];
  return values.map((bytes, at) => item(String(bytes), humanSize(bytes), at));
}

/** The default and a few powers of two about it. */
function around(bytes: number): readonly number[] {
  return bytes === 0 ? [0] : [bytes, bytes * 2, bytes * 4, bytes / 2].filter(Number.isInteger);
}
