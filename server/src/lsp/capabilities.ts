/**
 * What is announced: the documents as they are kept, and what `requests/` answers. It stands apart from the requests, since it is
 * said before the rooms that answer them are read.
 */
import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from '../features/semantic-legend.js';
import { FIX_ALL, QUICK_FIX, REFACTOR } from './action-kinds.js';
import type { Client } from './client.js';

/** Behind each of these another kind of word begins. A blank is one inside the names of a ceph.conf, too. */
const COMPLETION_TRIGGERS = [',', ':', '=', '.', ' ', '/', '@', '[', '$', '"', "'", '{', '-'];
const SIGNATURE_TRIGGERS = [',', ':', '=', '/', '@'];

export function capabilities({ pullsDiagnostics, preparesRename, resolvesActions }: Client): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: COMPLETION_TRIGGERS, resolveProvider: true },
    signatureHelpProvider: { triggerCharacters: SIGNATURE_TRIGGERS, retriggerCharacters: ['.'] },
    ...(pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'rbdcache', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    codeActionProvider: {
      codeActionKinds: [QUICK_FIX, FIX_ALL, REFACTOR],
      ...(resolvesActions ? { resolveProvider: true } : {}),
    },
    inlayHintProvider: { resolveProvider: true },
    codeLensProvider: { resolveProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
    selectionRangeProvider: true,
    documentHighlightProvider: true,
    documentLinkProvider: { resolveProvider: true },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: preparesRename ? { prepareProvider: true } : true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...SEMANTIC_TYPES], tokenModifiers: [...SEMANTIC_MODIFIERS] },
      full: { delta: true },
      range: true,
    },
  };
}
