/** What a word is, and whether it counts: lines and options that lose are marked `overridden`. */
import { repeatedKeys } from '../rules/support/conf-index.js';
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../syntax/span.js';
import type { CommandDocumentAnalysis, ConfDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { nodesIn } from './conf-sections.js';
import { losingCandidates } from './losing-candidates.js';
import { commandsIn } from './places.js';
import type { SEMANTIC_TYPES } from './semantic-legend.js';

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
  const repeated = new Set(repeatedKeys(analysis.tree));
  for (const node of nodesIn(analysis.tree, range)) {
    if (node.kind === 'section') tokens.push({ span: node.nameSpan, type: 'namespace', overridden: false });
    if (node.kind !== 'key') continue;
    // That a file is refused as a whole is told as a finding: its colours would flicker with each line that is being typed.
    const overridden = (node.lost && !analysis.tree.rejected) || repeated.has(node) || loses(analysis, node);
    tokens.push({ span: node.keySpan, type: 'property', overridden });
    tokens.push({ span: node.valueSpan, type: valueType(node.value), overridden });
  }
  return tokens;
}

/** True where some drive reads the line and none takes its value. */
function loses({ uses }: ConfDocumentAnalysis, node: KeyNode): boolean {
  const all = uses.of(node);
  return all.length > 0 && all.every(({ beatenBy }) => beatenBy !== null);
}

function valueType(value: string): TokenView['type'] {
  if (/^(true|false)$/i.test(value)) return 'enumMember';
  return /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? 'number' : 'string';
}

function commandTokens(analysis: CommandDocumentAnalysis, range: Span): TokenView[] {
  const tokens: TokenView[] = [];
  for (const { base, trace } of commandsIn(analysis, range)) {
    const add = (span: Span | null, type: TokenView['type'], overridden = false): void => {
      if (span !== null) tokens.push({ span: shift(span, base), type, overridden });
    };
    for (const drive of trace.drives) {
      const { syntax } = drive;
      if (base + syntax.span.end < range.start || base + syntax.span.start > range.end) continue;
      for (const option of syntax.options) {
        add(option.keySpan, 'property', !option.effective);
        if (option.key === 'cache') add(option.valueSpan, 'enumMember', !option.effective);
        else if (!option.effective) add(option.valueSpan, 'string', true);
      }
      const { name } = syntax;
      if (name === null) continue;
      add(name.poolSpan, 'namespace');
      add(name.namespaceSpan, 'namespace');
      add(name.imageSpan, 'variable');
      add(name.snapshotSpan, 'variable');
      const lost = new Set(losingCandidates(drive).map(({ valueSpan }) => valueSpan.start));
      for (const option of name.options) {
        const overridden = lost.has(option.valueSpan.start);
        add(option.keySpan, 'property', overridden);
        if (overridden) add(option.valueSpan, valueType(option.value), true);
      }
    }
  }
  return tokens;
}
