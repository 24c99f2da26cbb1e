import { type CompletionItem, CompletionItemKind, MarkupKind, type Range } from 'vscode-languageserver';
import { type CompletionView, completionsAt } from '../../features/completion.js';
import { optionFacts } from '../../features/option-words.js';
import type { DocumentAnalysis } from '../../workspace/analysis-model.js';
import type { Request } from '../answering.js';
import { offsetOf, rangeOf } from '../documents.js';
import { stringIn } from '../params.js';

const KINDS: Readonly<Record<CompletionView['kind'], CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  section: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
};

export const completion: Request = {
  methods: ['textDocument/completion', 'completionItem/resolve'],
  gives: 'options, values, sections and variables of the chosen releases; an option’s facts once it is looked at',
  capabilities: () => ({
    completionProvider: { triggerCharacters: [',', ':', '=', '.', ' '], resolveProvider: true },
  }),
  listen(answering) {
    const { connection, workspace } = answering;
    connection.onCompletion(
      answering.forDocument('completion', ({ known: { document }, analysis }, { position }) => {
        const { items, incomplete } = completionsAt(analysis, offsetOf(document, position));
        const range = (span: CompletionView['span']) => rangeOf(document, span);
        return { isIncomplete: incomplete, items: items.map((view) => toCompletion(view, analysis, range)) };
      }),
    );
    connection.onCompletionResolve((item): CompletionItem => {
      const [address, name] = [stringIn(item.data, 'address'), stringIn(item.data, 'name')];
      const analysis = address === null ? null : workspace.analyse(address);
      if (name === null || analysis === null) return item;
      const value = optionFacts(name, analysis.releases.pair.librbd).join('\n\n');
      return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
    });
  },
};

function toCompletion(
  view: CompletionView,
  { address }: DocumentAnalysis,
  range: (span: CompletionView['span']) => Range,
): CompletionItem {
  return {
    label: view.label,
    kind: KINDS[view.kind],
    detail: view.detail,
    sortText: `${view.rank} ${view.label}`,
    filterText: view.newText,
    textEdit: { range: range(view.span), newText: view.newText },
    ...(view.option === null ? {} : { data: { address, name: view.option } }),
  };
}
