/** What completion knows beside the document. */
import type { PlacedDrive } from '../analysis-model.js';

export interface CompletionContext {
  /** The character that was typed, where the editor asks because of it; null: a person asks, or a word is being typed. */
  readonly trigger: string | null;
  /** All drives of the workspace. */
  drives(): readonly PlacedDrive[];
  /** Paths, on the machine of the drives, of each ceph.conf that is open. */
  confPaths(): readonly string[];
}

export const NO_CONTEXT: CompletionContext = { trigger: null, drives: () => [], confPaths: () => [] };
