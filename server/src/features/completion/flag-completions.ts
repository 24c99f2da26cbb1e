/** Where a flag may stand. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { ReleasePair } from '../../simulate/model.js';
import { flagMeaning } from '../drive-option-words.js';
import type { CommandPlace } from './command-place.js';
import { commandSnippets } from './command-snippets.js';
import { spansAround } from './edited-text.js';
import { type CompletionList, item, NO_COMPLETIONS } from './view.js';

/** The flags that speak of disks. */
const FLAGS = ['drive', 'blockdev', 'device', 'object', 'snapshot', 'cdrom', 'hda', 'hdb'] as const;

/** `behind`: the text of the document behind the caret. */
export function flagCompletions(
  { word, isNew }: CommandPlace,
  releases: ReleasePair,
  trigger: string | null,
  behind: string,
): CompletionList {
  const typed = word.text;
  // Somebody who goes on writing does not want to be asked at each blank.
  if (isNew && trigger !== null) return NO_COMPLETIONS;
  if (!isNew && !typed.startsWith('-')) return NO_COMPLETIONS;
  const dashes = typed.startsWith('--') ? '--' : '-';
  const blank = /^[ \t]/.test(behind) ? '' : ' ';
  const { blockdev } = qemuBehaviour(releases.qemu);
  const flags = FLAGS.filter((name) => name !== 'blockdev' || blockdev).map((name, rank) => {
    const takes = name !== 'snapshot';
    return item({
      label: `-${name}`,
      kind: 'flag',
      detail: flagMeaning(name) ?? '',
      newText: `${dashes}${name}${takes ? blank : ''}`,
      filter: `${dashes}${name}`,
      topic: { about: 'flag', name },
      rank,
      goesOn: takes,
    });
  });
  const snippets = typed.length <= 1 || !typed.startsWith('--') ? commandSnippets(releases) : [];
  return { items: [...flags, ...snippets], incomplete: false, ...spansAround(word, 0, typed.length) };
}
