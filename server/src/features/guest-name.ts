/** The name that a command gives its guest. */
import type { CommandTrace } from '../simulate/model.js';
import { UNKNOWN } from '../syntax/mapped-text.js';
import type { CommandAnalysis } from './analysis-model.js';

const FLAG = /^--?name$/;

/**
 * `vm1` of `-name guest=vm1,debug-threads=on` and of `-name vm1`; null where the command names none. Read once for each
 * text of a command: words are decoded for it.
 */
export const guestName = (() => {
  const known = new WeakMap<CommandTrace, string | null>();
  return (analysed: CommandAnalysis): string | null => {
    const before = known.get(analysed.trace);
    if (before !== undefined) return before;
    const name = analysed.command.text.includes('-name') ? readName(analysed) : null;
    known.set(analysed.trace, name);
    return name;
  };
})();

function readName({ command: { args } }: CommandAnalysis): string | null {
  const at = args.findIndex(({ text }) => FLAG.test(text));
  const parts = args[at + 1]?.text.split(',') ?? [];
  if (at < 0) return null;
  const name = parts.find((part) => part.startsWith('guest='))?.slice('guest='.length) ?? bareName(parts[0] ?? '');
  const shown = name.replaceAll(UNKNOWN, '…').trim();
  return shown === '' ? null : shown.slice(0, 200);
}

function bareName(first: string): string {
  return first.includes('=') ? '' : first;
}
