/** Documents with marks, and what a view says of them. */

import type { DocumentAnalysis } from '../../../server/src/features/analysis-model.js';
import type { Linker } from '../../../server/src/features/links.js';
import type { Span } from '../../../server/src/syntax/span.js';
import { CARET } from '../../caret.js';
import { COMMAND, CONF, openWorkspace, type PAIRS, SCRIPT } from '../../fuzz/everything.js';
import { readMarks } from '../rules/harness.js';

export { COMMAND, CONF, SCRIPT };

export interface Seen {
  readonly analysis: DocumentAnalysis;
  readonly text: string;
  /** What `⟦…⟧` marked, in order. */
  readonly marked: readonly Span[];
  /** 0 where no caret stands. */
  readonly caret: number;
}

/** Opens the documents, and looks at the first of them. */
export function seen(
  documents: Readonly<Record<string, string>>,
  pair: (typeof PAIRS)[number] = ['2.4', '0.94.5'],
): Seen {
  const [first = ''] = Object.keys(documents);
  const plain = Object.fromEntries(
    Object.entries(documents).map(([address, text]) => [address, readMarks(text.replace(CARET, '')).text]),
  );
  const { workspace } = openWorkspace(plain, pair);
  const analysis = workspace.analyse(first);
  if (analysis === null) throw new Error(`${first} is not looked into`);
  const written = documents[first] ?? '';
  const before = written.slice(0, Math.max(0, written.indexOf(CARET)));
  return {
    analysis,
    text: analysis.text,
    marked: readMarks(written.replace(CARET, '')).spans,
    caret: before.replace(/[⟦⟧]/g, '').length,
  };
}

export function whole({ text }: Pick<Seen, 'text'>): Span {
  return { start: 0, end: text.length };
}

/** The text with `«…»` put in at each place. */
export function withInserts(
  text: string,
  inserts: readonly { readonly offset: number; readonly label: string }[],
): string {
  let out = '';
  let at = 0;
  for (const { offset, label } of [...inserts].sort((a, b) => a.offset - b.offset)) {
    out += `${text.slice(at, offset)}«${label}»`;
    at = offset;
  }
  return out + text.slice(at);
}

export function textsOf(text: string, spans: readonly Span[]): readonly string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}

export const LINKER: Linker = {
  place: (address, offset) => `${address}#${offset}`,
  explanation: (_address, offset) => `command:explain?${offset}`,
};
