/** What there is to say about an option of Ceph in one release, as Markdown. */
import { cephOption, cephOptionHistory, type OptionHistory } from '../catalog/ceph-options.js';
import { optionNotes } from '../catalog/rbd-options.js';
import type { CephRelease } from '../catalog/releases.js';
import { escapeMarkdown, markdownCode } from './answer-render.js';
import { humanSeconds, humanSize } from './answer-words.js';
import { shownValue } from './redact.js';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  bool: 'true or false',
  int: 'integer',
  longlong: 'integer',
  u32: 'whole number',
  u64: 'whole number',
  uint: 'whole number',
  size: 'size',
  float: 'number',
  double: 'number',
  secs: 'seconds',
  millisecs: 'milliseconds',
  str: 'text',
  addr: 'address',
  addrvec: 'addresses',
  uuid: 'UUID',
  subsys: 'log level / level kept in memory',
};

/** Meaning, then type, default and range in this release, then its life. Empty for a name that no release knows. */
export function optionFacts(name: string, release: CephRelease): readonly string[] {
  const history = cephOptionHistory(name);
  if (history === undefined) return [];
  const option = cephOption(release, name);
  const paragraphs: string[] = [];
  const notes = optionNotes(name);
  if (history.meaning !== null) {
    paragraphs.push([history.meaning, ...(notes?.notes.slice(0, 2) ?? [])].map(escapeMarkdown).join(' '));
  }
  if (option === undefined) {
    paragraphs.push(`librbd ${release.label} does not know ${markdownCode(name)}.`);
  } else {
    const unit = history.unit;
    const facts = [TYPE_WORDS[option.type] ?? option.type];
    if (unit !== null && unit !== TYPE_WORDS[option.type]) facts.push(`in ${escapeMarkdown(unit)}`);
    facts.push(`default ${valueText(name, option.default, unit)}`);
    if (option.enum !== null) facts.push(`one of ${option.enum.map((word) => markdownCode(word)).join(', ')}`);
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
  if (value === '') return '*empty*';
  const shown = markdownCode(shownValue(name, value));
  const human = humanValue(value, unit);
  return human === null || human === value ? shown : `${shown} (${escapeMarkdown(human)})`;
}

function humanValue(value: string, unit: string | null): string | null {
  if (unit === null || !/^-?\d+(\.\d+)?$/.test(value)) return null;
  const amount = Number(value);
  if (!Number.isFinite(amount)) return null;
  if (unit.startsWith('byte') && !unit.includes('per') && amount >= 1024) return humanSize(amount);
  if (unit.startsWith('second')) return humanSeconds(amount);
  return unit === 'milliseconds' ? humanSeconds(amount / 1000) : null;
}

function rangeText(min: number | null, max: number | null): string | null {
  if (min === null && max === null) return null;
  if (max === null) return `at least ${min}`;
  return min === null ? `at most ${max}` : `${min} to ${max}`;
}

const MAX_CHANGES = 4;

/** `Since 0.46. Default 33554432 until 0.86, true from 0.87 on. Gone in 20.2.` */
function lifeText(name: string, history: OptionHistory): string {
  const parts = [`${history.exactSince ? 'Since' : 'Known since'} ${history.since}`];
  const changes = history.changes.filter((change, at) => at > 0 && change.present);
  for (const change of changes.slice(-MAX_CHANGES)) {
    const before = history.changes[history.changes.indexOf(change) - 1];
    if (before?.present === false) parts.push(`back in ${change.since}`);
    else if (before !== undefined && before.default !== change.default) {
      parts.push(`default ${valueText(name, change.default, history.unit)} from ${change.since}`);
    } else if (before !== undefined && before.type !== change.type) {
      parts.push(`${TYPE_WORDS[change.type] ?? change.type} from ${change.since}`);
    }
  }
  if (history.goneIn !== null) parts.push(`gone in ${history.goneIn}`);
  if (history.renamedTo !== null) parts.push(`now ${markdownCode(history.renamedTo)}`);
  if (history.renamedFrom !== null) parts.push(`before: ${markdownCode(history.renamedFrom)}`);
  return parts.join(' · ');
}
