/** Documents with a caret, and what can be done there, as data. */

import type { DocumentAnalysis } from '../../../server/src/features/analysis-model.js';
import { type CodeActionView, fixAll, quickFixes } from '../../../server/src/features/code-actions.js';
import { applyEdits, type Trial } from '../../../server/src/features/fix-trial.js';
import { refactorings } from '../../../server/src/features/refactorings.js';
import type { Span } from '../../../server/src/syntax/span.js';
import { trialOf } from '../../../server/src/workspace/trial.js';
import { CARET } from '../../caret.js';
import { checkLog, type OpenedWorkspace, openWorkspace } from '../../fuzz/everything.js';

export { COMMAND, CONF, SCRIPT } from '../../fuzz/everything.js';

/** Texts by their addresses; one holds the caret. */
export type Documents = Readonly<Record<string, string>>;

export interface AtCaret extends OpenedWorkspace {
  readonly documents: Documents;
  readonly analysis: DocumentAnalysis;
  readonly caret: Span;
  readonly trial: Trial;
}

/** `pair`: `QEMU librbd`; null: nobody said. */
export function atCaret(documents: Documents, pair: string | null): AtCaret {
  const plain = Object.fromEntries(
    Object.entries(documents).map(([address, text]) => [address, text.replace(CARET, '')]),
  );
  const [qemu = '', librbd = ''] = pair?.split(' ') ?? [];
  const opened = openWorkspace(plain, pair === null ? undefined : [qemu, librbd]);
  const [address, marked] = Object.entries(documents).find(([, text]) => text.includes(CARET)) ?? [];
  const analysis = address === undefined ? null : opened.workspace.analyse(address);
  if (marked === undefined || analysis === null) throw new Error('no caret');
  checkLog(opened.log);
  const at = marked.indexOf(CARET);
  const trial = trialOf(opened.workspace);
  return { ...opened, documents: plain, analysis, caret: { start: at, end: at }, trial };
}

/** Quick fixes at the caret, but for comments that turn a finding off: title, and each changed text. */
export function fixesAt(documents: Documents, pair: string | null): Readonly<Record<string, readonly string[]>> {
  const { analysis, caret, trial } = atCaret(documents, pair);
  return texts(
    [...quickFixes(analysis, caret, trial)].filter(({ title }) => !title.startsWith('Turn ')),
    trial,
  );
}

/** Refactorings at the caret: title, and each changed text. */
export function refactoringsAt(documents: Documents, pair: string | null): Readonly<Record<string, readonly string[]>> {
  const { analysis, caret, trial } = atCaret(documents, pair);
  return texts([...refactorings(analysis, caret, trial)], trial);
}

/** The document with the caret after all safe fixes; null where there is none. */
export function allFixed(documents: Documents, pair: string | null): string | null {
  const { analysis, trial } = atCaret(documents, pair);
  const action = fixAll(analysis, trial);
  return action === null ? null : (applyEdits(trial, action.edits)?.get(analysis.address) ?? null);
}

function texts(actions: readonly CodeActionView[], trial: Trial): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    actions.map(({ title, edits }) => [title, [...(applyEdits(trial, edits)?.values() ?? [])]]),
  );
}
