/** The outline: sections with their options, commands with their drives. */
import * as l10n from '@vscode/l10n';
import { type Span, shift } from '../syntax/span.js';
import type {
  CommandAnalysis,
  CommandDocumentAnalysis,
  ConfDocumentAnalysis,
  DocumentAnalysis,
} from './analysis-model.js';
import { keyEnd, sectionsOf } from './conf-sections.js';
import { driveLabel } from './drive-label.js';
import { readersOf } from './drive-users.js';
import { guestName } from './guest-name.js';
import { outcomeInShort } from './outcome-words.js';
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

function confSymbols(analysis: ConfDocumentAnalysis): readonly SymbolView[] {
  const { tree, text } = analysis;
  const top: SymbolView[] = [];
  const sections = sectionsOf(tree);
  let next = 0;
  let options = top;
  let count = 0;
  for (const node of tree.nodes) {
    if (count >= MAX_SYMBOLS) break;
    if (node.kind === 'section') {
      const section = sections[next];
      next += 1;
      count += 1;
      if (section === undefined) break;
      options = [];
      top.push({
        name: redact(`[${node.name}]`),
        detail: readersInShort(analysis, node.name),
        kind: 'section',
        span: section.span,
        nameSpan: node.nameSpan,
        children: options,
      });
    } else if (node.kind === 'key') {
      count += 1;
      const name = text.slice(node.keySpan.start, node.keySpan.end).trim();
      options.push({
        name: name === '' ? '=' : redact(name),
        detail: shownValue(node.key, node.value).slice(0, 80),
        kind: 'option',
        span: { start: node.keySpan.start, end: keyEnd(node) },
        nameSpan: node.keySpan,
        children: [],
      });
    }
  }
  return top;
}

function readersInShort(analysis: ConfDocumentAnalysis, section: string): string {
  const { length } = section === 'global' || section.startsWith('client') ? readersOf(analysis, section).drives : [];
  if (length === 0) return '';
  return length === 1 ? l10n.t('1 drive') : l10n.t('{0} drives', length);
}

function commandSymbols({ commands, text }: CommandDocumentAnalysis): readonly SymbolView[] {
  const symbols: SymbolView[] = [];
  let count = 0;
  for (const command of commands) {
    if (count >= MAX_SYMBOLS) break;
    count += 1 + command.trace.drives.length;
    symbols.push(commandSymbol(command, text));
  }
  return symbols;
}

/** Called by the guest's name, where the command says it: a script of many commands has many of the same program. */
function commandSymbol(analysed: CommandAnalysis, text: string): SymbolView {
  const { base, end, command, trace } = analysed;
  const program = shift(command.program, base);
  const written = text.slice(program.start, program.end);
  const file = written.slice(written.lastIndexOf('/') + 1) || l10n.t('QEMU arguments');
  const guest = guestName(analysed);
  return {
    name: guest === null ? file : redact(guest),
    detail: guest === null ? '' : file,
    kind: 'command',
    span: { start: base, end },
    nameSpan: program,
    children: trace.drives.map((drive) => ({
      name: redact(driveLabel(drive)),
      detail: redact(outcomeInShort({ trace: drive, text: command.text })),
      kind: 'drive' as const,
      span: shift(drive.syntax.span, base),
      nameSpan: shift(drive.syntax.span, base),
      children: [],
    })),
  };
}
