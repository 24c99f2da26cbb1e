import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from '../features/semantic-tokens.js';
import type { Client } from './client.js';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.rbdcache`;

export function capabilities(client: Client): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [',', ':', '=', '.', ' '], resolveProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    inlayHintProvider: { resolveProvider: false },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    documentLinkProvider: { resolveProvider: false },
    definitionProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...SEMANTIC_TYPES], tokenModifiers: [...SEMANTIC_MODIFIERS] },
      full: true,
      range: true,
    },
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: { identifier: 'rbdcache', interFileDependencies: true, workspaceDiagnostics: false },
        }
      : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
