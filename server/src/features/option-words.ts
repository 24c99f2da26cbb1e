/** What there is to say about an option of Ceph in one release, as Markdown. */
import * as l10n from '@vscode/l10n';
import { cephOption, cephOptionHistory, type OptionHistory, type OptionType } from '../catalog/ceph-options.js';
import { optionNotes } from '../catalog/rbd-options.js';
import type { CephRelease } from '../catalog/releases.js';
import { humanSize } from '../rules/support/sizes.js';
import { escapeMarkdown, markdownCode } from './answer-render.js';
import { humanSeconds } from './answer-words.js';
import { shownValue } from './redact.js';

/** What kind of value an option takes, by its type in Ceph's sources. */
export function typeWord(type: OptionType): string {
  switch (type) {
    case 'bool':
      return l10n.t('true or false');
    case 'int':
    case 'longlong':
      return l10n.t('integer');
    case 'u32':
    case 'u64':
    case 'uint':
      return l10n.t('whole number');
    case 'size':
      return l10n.t('size');
    case 'float':
    case 'double':
      return l10n.t('number');
    case 'secs':
      return l10n.t('seconds');
    case 'millisecs':
      return l10n.t('milliseconds');
    case 'str':
      return l10n.t('text');
    case 'addr':
      return l10n.t('address');
    case 'addrvec':
      return l10n.t('addresses');
    case 'uuid':
      return 'UUID';
    case 'subsys':
      return l10n.t('log level / level kept in memory');
  }
}

/** Meaning, then type, default and range in this release, then its life. Empty for a name that no release knows. */
export function optionFacts(name: string, release: CephRelease): readonly string[] {
  const history = cephOptionHistory(name);
  if (history === undefined) return [];
  const option = cephOption(release, name);
  const paragraphs: string[] = [];
  const notes = optionNotes(name);
  if (history.meaning !== null) {
    // These sentences stand in tables; the texts to translate are made from them.
    const said = [history.meaning, ...(notes?.notes.slice(0, 2) ?? [])].map((sentence) => l10n.t(sentence));
    paragraphs.push(said.map(escapeMarkdown).join(' '));
  }
  if (option === undefined) {
    paragraphs.push(l10n.t('librbd {0} does not know {1}.', release.label, markdownCode(name)));
  } else {
    const unit = history.unit;
    const kind = typeWord(option.type);
    const facts = [kind];
    const counts = unit === null ? kind : l10n.t(unit);
    if (counts !== kind) facts.push(l10n.t('in {0}', escapeMarkdown(counts)));
    facts.push(l10n.t('default {0}', valueText(name, option.default, unit)));
    if (option.enum !== null)
      facts.push(l10n.t('one of {0}', option.enum.map((word) => markdownCode(word)).join(', ')));
    const range = rangeText(option.min, option.max);
    if (range !== null) facts.push(range);
    paragraphs.push(`${facts.join(' · ')} — librbd ${release.label}`);
  }
  const life = lifeText(name, history);
  if (life !== '') paragraphs.push(life);
  return paragraphs;
}

/** A value as `rados_conf_get` prints it, with human units where it has any. */
export function valueText(name: string, value: string, unit: string | null): string {
  if (value === '') return `*${l10n.t('empty')}*`;
  const shown = markdownCode(shownValue(name, value));
  const human = humanValue(value, unit);
  return human === null || human === value ? shown : `${shown} (${escapeMarkdown(human)})`;
}

/** `32 MiB`, `1 s`; null where the value has no unit or no number. */
export function humanValue(value: string, unit: string | null): string | null {
  if (unit === null || !/^-?\d+(\.\d+)?$/.test(value)) return null;
  const amount = Number(value);
  if (!Number.isFinite(amount)) return null;
  if (unit.startsWith('byte') && !unit.includes('per') && amount >= 1024) return humanSize(amount);
  if (unit.startsWith('second')) return humanSeconds(amount);
  return unit === 'milliseconds' ? humanSeconds(amount / 1000) : null;
}

function rangeText(min: number | null, max: number | null): string | null {
  if (min === null && max === null) return null;
  if (max === null) return l10n.t('at least {0}', min ?? '');
  return min === null ? l10n.t('at most {0}', max) : l10n.t('{0} to {1}', min, max);
}

const MAX_CHANGES = 4;

/** `Since 0.46. Default 33554432 until 0.86, true from 0.87 on. Gone in 20.2.` */
function lifeText(name: string, history: OptionHistory): string {
  const parts = [history.exactSince ? l10n.t('Since {0}', history.since) : l10n.t('Known since {0}', history.since)];
  const changes = history.changes.filter((change, at) => at > 0 && change.present);
  for (const change of changes.slice(-MAX_CHANGES)) {
    const before = history.changes[history.changes.indexOf(change) - 1];
    if (before?.present === false) parts.push(l10n.t('back in {0}', change.since));
    else if (before !== undefined && before.default !== change.default) {
      parts.push(l10n.t('default {0} from {1}', valueText(name, change.default, history.unit), change.since));
    } else if (before !== undefined && before.type !== change.type) {
      parts.push(l10n.t('{0} from {1}', typeWord(change.type), change.since));
    }
  }
  if (history.goneIn !== null) parts.push(l10n.t('gone in {0}', history.goneIn));
  if (history.renamedTo !== null) parts.push(l10n.t('now {0}', markdownCode(history.renamedTo)));
  if (history.renamedFrom !== null) parts.push(l10n.t('before: {0}', markdownCode(history.renamedFrom)));
  return parts.join(' · ');
}
