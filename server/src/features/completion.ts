/** What can be written at the caret. */
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';
import { confCompletions } from './completion-conf.js';
import { driveCompletions } from './completion-drive.js';

export interface CompletionView {
  readonly label: string;
  readonly kind: 'option' | 'value' | 'section' | 'variable';
  /** Short, beside the label. */
  readonly detail: string;
  readonly newText: string;
  /** What it replaces. */
  readonly span: Span;
  /** An option of Ceph whose facts are shown when the item is looked at; null: none. */
  readonly option: string | null;
  /** Lower comes first. */
  readonly rank: number;
}

export interface CompletionList {
  readonly items: readonly CompletionView[];
  /** True where more letters may bring other items. */
  readonly incomplete: boolean;
}

export const NO_COMPLETIONS: CompletionList = { items: [], incomplete: false };

export function completionsAt(analysis: DocumentAnalysis, offset: number): CompletionList {
  if (analysis.kind === 'skipped') return NO_COMPLETIONS;
  return analysis.kind === 'conf' ? confCompletions(analysis, offset) : driveCompletions(analysis, offset);
}
