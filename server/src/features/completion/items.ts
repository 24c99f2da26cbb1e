/** Items that several places offer, and the few words beside them. */
import * as l10n from '@vscode/l10n';
import type { CommandPlace } from './command-place.js';
import type { EditedText } from './edited-text.js';
import { Trial } from './trial.js';
import { type CompletionView, item, type Topic } from './view.js';

export interface ValueItem {
  readonly text: string;
  readonly detail: string;
  readonly kind: CompletionView['kind'];
  readonly topic?: Topic | null;
  readonly deprecated?: boolean;
}

/** Values as they are written at the caret, in their order; those that cannot be written there are left out. */
export function valueItems(
  edited: EditedText,
  values: readonly ValueItem[],
  commits: readonly string[],
): readonly CompletionView[] {
  return values.flatMap(({ text, detail, kind, topic = null, deprecated = false }, rank) => {
    const newText = edited.write(text);
    return newText === null ? [] : [item({ label: text, kind, detail, newText, topic, rank, deprecated, commits })];
  });
}

/** More values than these are names of drivers, which nothing refuses. */
const MOST_TRIALS = 16;

/** Null where there is no command to try anything in. */
export function trialAt({ command, argument }: CommandPlace): Trial | null {
  return command === null ? null : new Trial(command, argument);
}

/** Values that QEMU does not refuse here. `argument`: the argument with a value; of null: without what is being written. */
export function takenByQemu(
  trial: Trial | null,
  values: readonly ValueItem[],
  argument: (value: string | null) => string | null,
): readonly ValueItem[] {
  if (trial === null || values.length > MOST_TRIALS) return values;
  const candidates = values.map(({ text }) => argument(text) ?? '');
  const accepted = trial.accepted(candidates, argument(null));
  return values.filter((_, at) => accepted[at]);
}

/** Words of a fixed set. */
export function wordValues(words: readonly string[], byDefault: string | null): readonly ValueItem[] {
  return words.map((text) => ({ text, kind: 'value', detail: text === byDefault ? l10n.t('the default') : '' }));
}

/** What the command or the workspace calls something. */
export function nameValues(names: Iterable<string>): readonly ValueItem[] {
  return [...new Set(names)].map((text) => ({ text, kind: 'name', detail: '' }));
}

const FEW = 4;

/** `on or off, default off`: the kind of value an option takes. */
export function typeDetail(
  type: 'text' | 'string' | 'bool' | 'number' | 'enum' | 'object' | 'list' | 'node' | 'members',
  values: readonly string[],
  byDefault: string | null,
): string {
  const kind = kindOf(type, values);
  return byDefault === null ? kind : l10n.t('{0}, default {1}', kind, byDefault);
}

function kindOf(type: Parameters<typeof typeDetail>[0], values: readonly string[]): string {
  switch (type) {
    case 'bool':
      return l10n.t('on or off');
    case 'number':
      return l10n.t('number');
    case 'enum':
      return values.length > FEW ? l10n.t('one of {0} words', values.length) : values.join(' | ');
    case 'object':
    case 'members':
      return l10n.t('members');
    case 'list':
      return l10n.t('list');
    case 'node':
      return l10n.t('block node');
    default:
      return l10n.t('text');
  }
}
