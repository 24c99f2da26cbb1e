/**
 * `l10n/bundle.l10n.json`: every sentence that the editor shows, in English, as the sources hold it. Translations beside it
 * have the same keys.
 */
import { getL10nJson } from '@vscode/l10n-dev';
import type { OptionNotes } from '../../server/src/catalog/rbd-options.js';

/** A source text; `path` only tells its language. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * @param sources the programs' files
 * @param options their meanings and notes are shown, and stand in tables
 */
export async function messageBundle(sources: readonly Source[], options: Iterable<OptionNotes>): Promise<string> {
  const extracted = await getL10nJson(
    sources.map(({ path, text }) => ({ extension: extensionOf(path), contents: text })),
  );
  const keys = new Set(Object.keys(extracted));
  for (const { meaning, notes, unit } of options) {
    for (const text of [meaning, ...notes, ...(unit === null ? [] : [unit])]) keys.add(text);
  }
  const sorted = [...keys].sort((a, b) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted.map((key) => [key, key])), null, 2)}\n`;
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf('.'));
}
