/** Another name for a client or for a part of a command, at all its places. */
import * as l10n from '@vscode/l10n';
import type { DocumentAnalysis } from '../analysis-model.js';
import { namesIn } from '../command-names.js';
import { commandAt } from '../places.js';
import { redact } from '../redact.js';
import { type Named, type Neighbourhood, namedAt, type Occurrence } from './named.js';
import { isClient, occurrencesOf } from './occurrences.js';

export interface RenameEdit {
  readonly address: string;
  readonly span: Occurrence['span'];
  readonly newText: string;
}

/** Either what is to be done, or why it cannot be, as a sentence. */
export type RenameResult = { readonly edits: readonly RenameEdit[] } | { readonly refusal: string };

/** The name under the caret where it can be changed; a sentence where it cannot. */
export function renameable(
  analysis: DocumentAnalysis,
  offset: number,
  around: Neighbourhood,
): { readonly named: Named } | { readonly refusal: string } {
  const named = namedAt(analysis, offset);
  // Whoever renames is shown the name: one that holds a key, because of an escape too much, stays what it is.
  if (named === null || named.kind === 'file' || named.kind === 'option' || redact(named.name) !== named.name) {
    return {
      refusal: l10n.t('Only the id of a client, and the id of a drive, node, device or object can be renamed.'),
    };
  }
  const elsewhere = occurrencesOf(named, around).find(({ written }) => written !== named.name);
  if (elsewhere === undefined) return { named };
  const [name, written] = [redact(named.name), redact(elsewhere.written)];
  return { refusal: l10n.t('“{0}” is also written as “{1}”, with escapes or quotes inside.', name, written) };
}

export function rename(
  analysis: DocumentAnalysis,
  offset: number,
  newName: string,
  around: Neighbourhood,
): RenameResult {
  const found = renameable(analysis, offset, around);
  if ('refusal' in found) return found;
  const { named } = found;
  const wrong = named.kind === 'client' ? wrongClient(newName) : wrongId(newName);
  if (wrong !== null) return { refusal: wrong };
  const edits = occurrencesOf(named, around).map(({ address, span }) => ({ address, span, newText: newName }));
  const taken = named.kind === 'client' ? isClient(newName, named, around) : isGiven(newName, named, analysis);
  return newName !== named.name && taken ? { refusal: l10n.t('“{0}” is taken already.', newName) } : { edits };
}

/** What needs no escape in a drive string, in JSON, in a shell and in a section's name. */
function wrongClient(name: string): string | null {
  if (/^client\./.test(name)) {
    return l10n.t('Write the id alone: librados puts “client.” before it.');
  }
  if (/^[A-Za-z0-9._-]+$/.test(name)) return null;
  return l10n.t('An id of letters, digits, dots, dashes and underscores needs no escape anywhere.');
}

/** Source: id_wellformed of QEMU. */
function wrongId(name: string): string | null {
  if (/^[A-Za-z][A-Za-z0-9._-]*$/.test(name)) return null;
  return l10n.t('QEMU takes an id that begins with a letter, of letters, digits, dots, dashes and underscores.');
}

/** True where another part of the command, of the same kind, is called so. */
function isGiven(newName: string, { here }: Named, analysis: DocumentAnalysis): boolean {
  const command = analysis.kind === 'command' ? commandAt(analysis, here.span.start) : undefined;
  if (command === undefined) return false;
  const names = namesIn(command);
  const own = names.find(({ span }) => span.start + command.base === here.span.start);
  return names.some(({ space, name, gives }) => gives && space === own?.space && name === newName);
}
