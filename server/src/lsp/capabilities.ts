import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Client } from './client.js';
import { REQUESTS } from './requests/index.js';

/** What is announced: the documents as they are kept, and what each request says of itself. */
export function capabilities(client: Client): ServerCapabilities {
  const own: ServerCapabilities = {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return Object.assign(own, ...REQUESTS.map((request) => request.capabilities(client)));
}
