/** Each request: from positions to offsets, to a feature, and back. */
import {
  type CodeAction,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type DocumentSymbol,
  FoldingRangeKind,
  type InlayHint,
  type Location,
  MarkupKind,
  type Range,
  SymbolKind,
} from 'vscode-languageserver';
import { cephChoices, qemuChoices } from '../catalog/releases.js';
import { fixAll, quickFixes } from '../features/code-actions.js';
import { type CompletionView, completionsAt } from '../features/completion.js';
import type { Trial } from '../features/fix-trial.js';
import { foldsOf } from '../features/folding.js';
import { type HoverContext, hoverAt } from '../features/hover.js';
import { inlayHints } from '../features/inlay-hints.js';
import type { Linker } from '../features/links.js';
import { ModeOutcomes } from '../features/mode-outcomes.js';
import { optionFacts } from '../features/option-words.js';
import { definitionsAt, documentLinks, type TargetView } from '../features/references.js';
import { type SymbolView, symbolsOf } from '../features/symbols.js';
import type { Workspace } from '../workspace/analysis.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';
import { chosenSeries, releaseEdit } from '../workspace/choose-release.js';
import { FIX_ALL } from './capabilities.js';
import type { Client } from './client.js';
import { toCodeAction, toWorkspaceEdit } from './convert.js';
import type { DiagnosticsSender } from './diagnostics-sender.js';
import { type ClientDocument, type Documents, offsetOf, rangeOf, spanOf } from './documents.js';
import { guard } from './guard.js';
import { encodeTokens } from './semantic.js';

export interface RequestInput {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly diagnostics: DiagnosticsSender;
  readonly client: () => Client;
  readonly ready: () => Promise<void>;
  readonly scanned: () => Promise<void>;
  /** Called before each answer. */
  readonly refresh: () => void;
}

interface Analysed {
  readonly known: ClientDocument;
  readonly analysis: DocumentAnalysis;
}

export function answerRequests(input: RequestInput): void {
  const { connection, workspace, documents, client } = input;
  const guarded = guard(connection, input.ready);
  const links = linker(documents, client);
  const modes = new ModeOutcomes();

  const analysed = async (uri: string): Promise<Analysed | null> => {
    const known = documents.get(uri);
    if (known === undefined) return null;
    input.refresh();
    const analysis = workspace.analyse(known.address);
    if (analysis === null) return null;
    if (analysis.kind !== 'conf') return { known, analysis };
    await input.scanned();
    const complete = workspace.analyse(known.address);
    return complete === null ? null : { known, analysis: complete };
  };
  /** The answer for a document that is open and ours, else null. */
  const forDocument =
    <P extends { readonly textDocument: { readonly uri: string } }, R>(
      answer: (found: Analysed, params: P) => R,
    ): ((params: P) => Promise<R | null>) =>
    async (params) => {
      const found = await analysed(params.textDocument.uri);
      return found === null ? null : answer(found, params);
    };
  const context = (address: string): HoverContext => ({
    linker: links,
    environment: workspace.environmentOf(address),
    modes,
  });

  connection.onHover(
    guarded(
      'hover',
      forDocument(({ known: { document, address }, analysis }, { position }) => {
        const hover = hoverAt(analysis, offsetOf(document, position), context(address));
        if (hover === null) return null;
        const range = rangeOf(document, hover.span);
        return { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range };
      }),
    ),
  );

  connection.onRequest(
    'rbdcache/explain',
    guarded('rbdcache/explain', async (params: unknown) => {
      const place = parsePlace(params);
      const found = place === null ? null : await analysed(place.uri);
      if (place === null || found === null) return null;
      const { document, address } = found.known;
      return hoverAt(found.analysis, offsetOf(document, place.position), context(address), true)?.markdown ?? null;
    }),
  );

  connection.onRequest(
    'rbdcache/releases',
    guarded('rbdcache/releases', async (params: unknown) => {
      const uri = stringIn(params, 'uri');
      const found = uri === null ? null : await analysed(uri);
      return { qemu: qemuChoices(), librbd: cephChoices(), inForce: found && chosenSeries(found.analysis.releases) };
    }),
  );

  connection.onRequest(
    'rbdcache/releaseEdit',
    guarded('rbdcache/releaseEdit', async (params: unknown) => {
      const [uri, program] = [stringIn(params, 'uri'), stringIn(params, 'program')];
      const found = uri === null ? null : await analysed(uri);
      if (found === null || (program !== 'qemu' && program !== 'librbd')) return null;
      const read = (address: string) => workspace.texts.read(address);
      const edit = releaseEdit(found.analysis, program, stringIn(params, 'version'), read);
      return edit === null ? null : (toWorkspaceEdit([edit], documents) ?? null);
    }),
  );

  if (connection.languages.diagnostics !== undefined) {
    connection.languages.diagnostics.on(async (params, token) => {
      const empty = { kind: 'full' as const, items: [] };
      const answer = guarded('diagnostic', async ({ textDocument: { uri }, previousResultId }: typeof params) => {
        await analysed(uri);
        return input.diagnostics.pull(uri, previousResultId);
      });
      return (await answer(params, token)) ?? empty;
    });
  }

  connection.onCodeAction(
    guarded(
      'codeAction',
      forDocument(({ known: { document }, analysis }, { range, context: { diagnostics, only } }) => {
        const trial = trialOf(workspace);
        const wants = (kind: string): boolean =>
          only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
        const all = only !== undefined && wants(FIX_ALL) ? fixAll(analysis, trial) : null;
        const views = [
          ...(wants('quickfix') ? quickFixes(analysis, spanOf(document, range), trial) : []),
          ...(all === null ? [] : [all]),
        ];
        return views.flatMap((view): CodeAction[] => {
          const action = toCodeAction(view, diagnostics, document, documents);
          return action === undefined ? [] : [action];
        });
      }),
    ),
  );

  connection.languages.inlayHint.on(
    guarded(
      'inlayHint',
      forDocument(({ known: { document, address }, analysis }, { range }) => {
        if (!workspace.settingsOf(address).inlayHints) return [];
        return inlayHints(analysis, spanOf(document, range)).map(
          ({ offset, label, tooltip }): InlayHint => ({
            position: document.positionAt(offset),
            label,
            paddingLeft: true,
            ...(tooltip === null ? {} : { tooltip }),
          }),
        );
      }),
    ),
  );

  connection.onDocumentSymbol(
    guarded(
      'documentSymbol',
      forDocument(({ known: { document, uri }, analysis }) => {
        const symbols = symbolsOf(analysis);
        const range = (view: SymbolView): Range => rangeOf(document, view.span);
        if (client().nestsSymbols) return symbols.map((view) => toSymbol(view, (span) => rangeOf(document, span)));
        return symbols.flatMap((view) =>
          [view, ...view.children].map((one) => ({
            name: one.name,
            kind: SYMBOL_KINDS[one.kind],
            location: { uri, range: range(one) },
          })),
        );
      }),
    ),
  );

  connection.onFoldingRanges(
    guarded(
      'foldingRange',
      forDocument(({ known: { document }, analysis }) =>
        foldsOf(analysis).flatMap(({ span, kind }) => {
          const { start, end } = rangeOf(document, span);
          if (end.line <= start.line) return [];
          return [
            {
              startLine: start.line,
              endLine: end.line,
              ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}),
            },
          ];
        }),
      ),
    ),
  );

  connection.onDocumentLinks(
    guarded(
      'documentLink',
      forDocument(({ known: { document }, analysis }) =>
        documentLinks(analysis).map(({ address, from }) => ({
          range: rangeOf(document, from),
          target: documents.uriOf(address),
        })),
      ),
    ),
  );

  connection.onDefinition(
    guarded(
      'definition',
      forDocument(({ known: { document }, analysis }, { position }): Location[] => {
        const targets = definitionsAt(analysis, offsetOf(document, position));
        return targets.flatMap((target) => toLocation(target, documents));
      }),
    ),
  );

  connection.onCompletion(
    guarded(
      'completion',
      forDocument(({ known: { document }, analysis }, { position }) => {
        const { items, incomplete } = completionsAt(analysis, offsetOf(document, position));
        return {
          isIncomplete: incomplete,
          items: items.map((view) => toCompletion(view, analysis, (span) => rangeOf(document, span))),
        };
      }),
    ),
  );

  connection.onCompletionResolve((item): CompletionItem => {
    const option = completionData(item.data);
    if (option === null) return item;
    const analysis = workspace.analyse(option.address);
    if (analysis === null) return item;
    const value = optionFacts(option.name, analysis.releases.pair.librbd).join('\n\n');
    return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
  });

  connection.languages.semanticTokens.on(
    async (params, token) =>
      (await guarded(
        'semanticTokens',
        forDocument(({ known: { document }, analysis }) =>
          encodeTokens(document, analysis, { start: 0, end: document.getText().length }),
        ),
      )(params, token)) ?? { data: [] },
  );
  connection.languages.semanticTokens.onRange(
    async (params, token) =>
      (await guarded(
        'semanticTokens/range',
        forDocument(({ known: { document }, analysis }, { range }: typeof params) =>
          encodeTokens(document, analysis, spanOf(document, range)),
        ),
      )(params, token)) ?? { data: [] },
  );
}

/** Places as addresses with a line, which editors open from a hover. */
function linker(documents: Documents, client: () => Client): Linker {
  return {
    place: (address, offset) => {
      const there = address.startsWith('file:') ? documents.positions(address) : undefined;
      return there === undefined ? null : `${documents.uriOf(address)}#L${there.positionAt(offset).line + 1}`;
    },
    explanation: (address, offset) => {
      const command = client().explainCommand;
      const there = documents.positions(address);
      if (command === null || there === undefined) return null;
      const place = [{ uri: documents.uriOf(address), position: there.positionAt(offset) }];
      return `command:${command}?${encodeURIComponent(JSON.stringify(place)).replace(/[()']/g, percent)}`;
    },
  };
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

function trialOf(workspace: Workspace): Trial {
  return {
    text: (address) => {
      const content = workspace.texts.read(address);
      return content.status === 'file' ? content.text : null;
    },
    analyse: (address) => workspace.analyse(address),
    edited: (texts) => workspace.edited(texts),
    tiedTo: (addresses) => workspace.tiedTo(addresses),
  };
}

const SYMBOL_KINDS: Readonly<Record<SymbolView['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  option: SymbolKind.Property,
  command: SymbolKind.Function,
  drive: SymbolKind.Object,
};

function toSymbol(view: SymbolView, range: (span: SymbolView['span']) => Range): DocumentSymbol {
  return {
    name: view.name,
    detail: view.detail,
    kind: SYMBOL_KINDS[view.kind],
    range: range(view.span),
    selectionRange: range(view.nameSpan),
    children: view.children.map((child) => toSymbol(child, range)),
  };
}

function toLocation({ address, span }: TargetView, documents: Documents): Location[] {
  const there = documents.positions(address);
  return there === undefined ? [] : [{ uri: documents.uriOf(address), range: rangeOf(there, span) }];
}

const COMPLETION_KINDS: Readonly<Record<CompletionView['kind'], CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  section: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
};

function toCompletion(
  view: CompletionView,
  analysis: DocumentAnalysis,
  range: (span: CompletionView['span']) => Range,
): CompletionItem {
  return {
    label: view.label,
    kind: COMPLETION_KINDS[view.kind],
    detail: view.detail,
    sortText: `${view.rank} ${view.label}`,
    filterText: view.newText,
    textEdit: { range: range(view.span), newText: view.newText },
    ...(view.option === null ? {} : { data: { address: analysis.address, name: view.option } }),
  };
}

function completionData(data: unknown): { readonly address: string; readonly name: string } | null {
  if (typeof data !== 'object' || data === null || !('address' in data) || !('name' in data)) return null;
  const { address, name } = data;
  return typeof address === 'string' && typeof name === 'string' ? { address, name } : null;
}

function parsePlace(params: unknown) {
  if (typeof params !== 'object' || params === null || !('uri' in params) || !('position' in params)) return null;
  const { uri, position } = params;
  if (typeof uri !== 'string' || typeof position !== 'object' || position === null) return null;
  if (!('line' in position) || !('character' in position)) return null;
  const { line, character } = position;
  return typeof line === 'number' && typeof character === 'number' ? { uri, position: { line, character } } : null;
}

function stringIn(params: unknown, name: string): string | null {
  if (typeof params !== 'object' || params === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(params, name)?.value;
  return typeof value === 'string' ? value : null;
}
