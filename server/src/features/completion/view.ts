/** What completion hands to the edge: one list for a caret, whose items all replace the same text. */
import type { Span } from '../../syntax/span.js';

export type CompletionKind =
  | 'option'
  | 'value'
  | 'section'
  | 'variable'
  | 'flag'
  /** A pool, an image, a client, a drive: something that has a name of its own. */
  | 'name'
  | 'file'
  | 'snippet';

/** What an item's documentation is about, so that it can be worded when the item is looked at. */
export interface Topic {
  readonly about: 'ceph' | 'drive' | 'name' | 'mode' | 'member' | 'device' | 'object' | 'flag' | 'snippet';
  readonly name: string;
}

export interface CompletionView {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Short, beside the label. */
  readonly detail: string;
  /** What stands in the text afterwards. */
  readonly newText: string;
  /** The same in the snippet syntax of editors, with places to fill in; null: there are none. */
  readonly snippet: string | null;
  /** What is compared with the text that is there, where that is not `newText`. */
  readonly filter: string;
  readonly topic: Topic | null;
  /** Lower comes first. */
  readonly rank: number;
  readonly deprecated: boolean;
  /** Characters that take the item and are typed behind it. */
  readonly commits: readonly string[];
  /** A value is to follow, so that the editor may ask again. */
  readonly goesOn: boolean;
}

export interface CompletionList {
  readonly items: readonly CompletionView[];
  /** True where more letters may bring other items. */
  readonly incomplete: boolean;
  /** What is replaced: up to the caret, or the whole word. Both on one line, both with the caret in them. */
  readonly insert: Span;
  readonly replace: Span;
}

/** Words around a list of items. */
export interface CompletionSpans {
  readonly insert: Span;
  readonly replace: Span;
}

const NOWHERE: Span = { start: 0, end: 0 };

export const NO_COMPLETIONS: CompletionList = { items: [], incomplete: false, insert: NOWHERE, replace: NOWHERE };

/** An item whose missing members are the plain ones. */
export function item(
  view: Pick<CompletionView, 'label' | 'kind'> & Partial<Omit<CompletionView, 'label' | 'kind'>>,
): CompletionView {
  const newText = view.newText ?? view.label;
  return {
    detail: '',
    snippet: null,
    filter: newText,
    topic: null,
    rank: 0,
    deprecated: false,
    commits: [],
    goesOn: false,
    ...view,
    newText,
  };
}

/** The text as it stands in a snippet of an editor. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

const SNIPPET_PART = /\\([\\$}])|\$\{(\d+):((?:\\[\\$}]|[^}\\])*)\}|\$(\d+)/g;

/** `${1:pool}/${2:image}` as a text: each place with what it suggests, `$1` as `${1:…}` does. */
export function plainSnippet(snippet: string): string {
  const suggested = new Map<string, string>();
  return snippet.replace(SNIPPET_PART, (_whole, escaped?: string, place?: string, text?: string, again?: string) => {
    if (escaped !== undefined) return escaped;
    if (place === undefined) return suggested.get(again ?? '') ?? '';
    const plain = (text ?? '').replace(/\\([\\$}])/g, '$1');
    suggested.set(place, plain);
    return plain;
  });
}
