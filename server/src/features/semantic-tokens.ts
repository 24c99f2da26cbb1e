/** What a word is, and whether it counts: lines and options that lose are marked `overridden`. */
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../syntax/span.js';
import type { ConfDocumentAnalysis, DocumentAnalysis } from '../workspace/analysis-model.js';
import { commandsIn } from './places.js';

export const SEMANTIC_TYPES = ['namespace', 'property', 'string', 'variable', 'enumMember'] as const;
export const SEMANTIC_MODIFIERS = ['overridden'] as const;

export interface TokenView {
  readonly span: Span;
  readonly type: (typeof SEMANTIC_TYPES)[number];
  readonly overridden: boolean;
}

/** In the order of the text, without overlaps. */
export function semanticTokens(analysis: DocumentAnalysis, range: Span): readonly TokenView[] {
  if (analysis.kind === 'skipped') return [];
  const tokens = analysis.kind === 'conf' ? confTokens(analysis, range) : commandTokens(analysis, range);
  const ordered = tokens.filter(({ span }) => span.end > span.start).sort((a, b) => a.span.start - b.span.start);
  let end = 0;
  return ordered.filter(({ span }) => {
    const free = span.start >= end;
    if (free) end = span.end;
    return free;
  });
}

function confTokens(analysis: ConfDocumentAnalysis, range: Span): TokenView[] {
  const tokens: TokenView[] = [];
  for (const node of analysis.tree.nodes) {
    if (node.span.end < range.start) continue;
    if (node.span.start > range.end) break;
    if (node.kind === 'section') tokens.push({ span: node.nameSpan, type: 'namespace', overridden: false });
    if (node.kind !== 'key') continue;
    const overridden = node.lost || analysis.tree.rejected || loses(analysis, node);
    tokens.push({ span: node.keySpan, type: 'property', overridden });
    const type = /^(true|false)$/i.test(node.value) ? 'enumMember' : 'string';
    tokens.push({ span: node.valueSpan, type, overridden });
  }
  return tokens;
}

/** True where some drive reads the line and none takes its value. */
function loses({ uses }: ConfDocumentAnalysis, node: KeyNode): boolean {
  const all = uses.of(node);
  return all.length > 0 && all.every(({ beatenBy }) => beatenBy !== null);
}

function commandTokens(analysis: Extract<DocumentAnalysis, { kind: 'command' }>, range: Span): TokenView[] {
  const tokens: TokenView[] = [];
  for (const { base, trace } of commandsIn(analysis, range)) {
    const add = (span: Span | null, type: TokenView['type'], overridden = false): void => {
      if (span !== null) tokens.push({ span: shift(span, base), type, overridden });
    };
    for (const { syntax } of trace.drives) {
      for (const option of syntax.options) {
        add(option.keySpan, 'property', !option.effective);
        if (option.key === 'cache') add(option.valueSpan, 'enumMember', !option.effective);
      }
      add(syntax.name?.poolSpan ?? null, 'namespace');
      add(syntax.name?.namespaceSpan ?? null, 'namespace');
      add(syntax.name?.imageSpan ?? null, 'variable');
      add(syntax.name?.snapshotSpan ?? null, 'variable');
      for (const option of syntax.name?.options ?? []) add(option.keySpan, 'property');
    }
  }
  return tokens;
}
