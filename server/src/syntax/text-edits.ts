import type { Span } from './span.js';

/** The text after edits that do not overlap; one that does is left out, so that an edit never lands in another's text. */
export function editText(text: string, edits: readonly { readonly span: Span; readonly newText: string }[]): string {
  const ordered = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { span, newText } of ordered) {
    if (span.start < at || span.end > text.length) continue;
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

/** True where two of the edits touch the same characters. */
export function overlap(edits: readonly { readonly span: Span }[]): boolean {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return ordered.some((edit, index) => {
    const before = ordered[index - 1];
    return before !== undefined && edit.span.start < before.span.end;
  });
}
