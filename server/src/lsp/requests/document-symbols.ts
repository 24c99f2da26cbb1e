import { type DocumentSymbol, type Range, SymbolKind } from 'vscode-languageserver';
import { type SymbolView, symbolsOf } from '../../features/symbols.js';
import type { Request } from '../answering.js';
import { rangeOf } from '../documents.js';

const KINDS: Readonly<Record<SymbolView['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  option: SymbolKind.Property,
  command: SymbolKind.Function,
  drive: SymbolKind.Object,
};

export const documentSymbols: Request = {
  methods: ['textDocument/documentSymbol'],
  gives: 'the outline: sections and options, commands and drives',
  listen(answering) {
    const { connection, client } = answering;
    connection.onDocumentSymbol(
      answering.forDocument('documentSymbol', ({ known: { document, uri }, analysis }) => {
        const symbols = symbolsOf(analysis);
        const range = (span: SymbolView['span']): Range => rangeOf(document, span);
        if (client().nestsSymbols) return symbols.map((view) => toSymbol(view, range));
        return symbols.flatMap((view) =>
          [view, ...view.children].map((one) => ({
            name: one.name,
            kind: KINDS[one.kind],
            location: { uri, range: range(one.span) },
          })),
        );
      }),
    );
  },
};

function toSymbol(view: SymbolView, range: (span: SymbolView['span']) => Range): DocumentSymbol {
  return {
    name: view.name,
    detail: view.detail,
    kind: KINDS[view.kind],
    range: range(view.span),
    selectionRange: range(view.nameSpan),
    children: view.children.map((child) => toSymbol(child, range)),
  };
}
