/** The outline: sections with their options, commands with their drives. */
import { type Span, shift } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';
import { outcomeHint } from './answer.js';
import { driveLabel } from './drive-label.js';
import { redact, shownValue } from './redact.js';

export interface SymbolView {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'option' | 'command' | 'drive';
  readonly span: Span;
  /** What is marked when it is chosen; lies in `span`. */
  readonly nameSpan: Span;
  readonly children: readonly SymbolView[];
}

/** Editors stand still over more. */
const MAX_SYMBOLS = 5_000;

export function symbolsOf(analysis: DocumentAnalysis): readonly SymbolView[] {
  if (analysis.kind === 'skipped') return [];
  return analysis.kind === 'conf' ? confSymbols(analysis) : commandSymbols(analysis);
}

function confSymbols({ tree, text }: Extract<DocumentAnalysis, { kind: 'conf' }>): readonly SymbolView[] {
  const top: SymbolView[] = [];
  let open: {
    symbol: Omit<SymbolView, 'children' | 'span'>;
    start: number;
    end: number;
    children: SymbolView[];
  } | null = null;
  const close = (): void => {
    if (open === null) return;
    top.push({ ...open.symbol, span: { start: open.start, end: open.end }, children: open.children });
    open = null;
  };
  let count = 0;
  for (const node of tree.nodes) {
    if (count >= MAX_SYMBOLS) break;
    if (node.kind === 'section') {
      close();
      count += 1;
      const symbol = { name: `[${node.name}]`, detail: '', kind: 'section' as const, nameSpan: node.nameSpan };
      open = { symbol, start: node.span.start, end: node.span.end, children: [] };
    } else if (node.kind === 'key') {
      count += 1;
      const span = { start: node.keySpan.start, end: Math.max(node.keySpan.end, node.valueSpan.end) };
      const name = text.slice(node.keySpan.start, node.keySpan.end).trim();
      const option: SymbolView = {
        name: name === '' ? '=' : name,
        detail: shownValue(node.key, node.value).slice(0, 80),
        kind: 'option',
        span,
        nameSpan: node.keySpan,
        children: [],
      };
      if (open === null) top.push(option);
      else {
        open.children.push(option);
        open.end = Math.max(open.end, span.end);
      }
    }
  }
  close();
  return top;
}

function commandSymbols({ commands, text }: Extract<DocumentAnalysis, { kind: 'command' }>): readonly SymbolView[] {
  const symbols: SymbolView[] = [];
  let count = 0;
  for (const { base, end, command, trace } of commands) {
    if (count >= MAX_SYMBOLS) break;
    count += 1 + trace.drives.length;
    const program = shift(command.program, base);
    const written = text.slice(program.start, program.end);
    symbols.push({
      name: written.slice(written.lastIndexOf('/') + 1) || 'QEMU arguments',
      detail: '',
      kind: 'command',
      span: { start: base, end },
      nameSpan: program,
      children: trace.drives.map((drive) => ({
        name: redact(driveLabel(drive)),
        detail: redact(outcomeHint({ trace: drive, text: command.text })),
        kind: 'drive' as const,
        span: shift(drive.syntax.span, base),
        nameSpan: shift(drive.syntax.span, base),
        children: [],
      })),
    });
  }
  return symbols;
}
