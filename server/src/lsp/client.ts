/** What the client can do and wants, read from its `initialize`. */
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import { isRecord } from '../syntax/record.js';
import { normaliseAddress } from '../workspace/address.js';
import {
  type CompletionSupport,
  completionSupport,
  type SignatureSupport,
  signatureSupport,
} from './completion-client.js';
import { pagesFolder } from './language.js';

export interface Client {
  readonly folders: readonly { readonly uri: string; readonly address: string }[];
  readonly pullsDiagnostics: boolean;
  /** Requests that have it ask again. */
  readonly refreshes: readonly string[];
  /** What of an inlay hint may be told only when it is looked at: `tooltip`, `label.command` … */
  readonly resolvesInInlayHints: readonly string[];
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  /** Shows more than a diagnostic's own text. */
  readonly showsRelated: boolean;
  readonly nestsSymbols: boolean;
  readonly preparesRename: boolean;
  /** Asks for the edit of an action when somebody chooses it. */
  readonly resolvesActions: boolean;
  readonly completion: CompletionSupport;
  readonly signatures: SignatureSupport;
  /** Address of the folder of the rules' pages in the client's language, with a slash at its end; null: none. */
  readonly docsBase: string | null;
  /** The client's command that opens the full explanation of a place; null: it has none. */
  readonly explainCommand: string | null;
  /** The client's command that tries a change on the drive at a place; null: it has none. */
  readonly whatIfCommand: string | null;
  /** The client's command that shows who wins in other releases, for a place; null: it has none. */
  readonly whoWinsCommand: string | null;
  /** The client's command that shows `{uri, position, locations}` as references; null: it has none. */
  readonly showReferencesCommand: string | null;
  /** Settings sent along with the options. */
  readonly settings: unknown;
}

export function readClient(params: InitializeParams): Client {
  const { textDocument, workspace } = params.capabilities;
  const options: unknown = params.initializationOptions;
  const docsBase = text(options, 'docsBase');
  const named = params.workspaceFolders?.map((folder) => folder.uri) ?? legacyRoot(params);
  return {
    folders: named.map((uri) => ({ uri, address: normaliseAddress(uri) })),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshes: refreshes(params.capabilities),
    resolvesInInlayHints: textDocument?.inlayHint?.resolveSupport?.properties ?? [],
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsRelated: textDocument?.publishDiagnostics?.relatedInformation !== false,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    nestsSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    resolvesActions: textDocument?.codeAction?.resolveSupport?.properties?.includes('edit') === true,
    completion: completionSupport(textDocument?.completion, text(options, 'suggestCommand')),
    signatures: signatureSupport(textDocument?.signatureHelp),
    docsBase: docsBase === null ? null : `${docsBase}${pagesFolder(params.locale)}`,
    explainCommand: text(options, 'explainCommand'),
    whatIfCommand: text(options, 'whatIfCommand'),
    whoWinsCommand: text(options, 'whoWinsCommand'),
    showReferencesCommand: text(options, 'showReferencesCommand'),
    settings: settingsIn(options),
  };
}

/** The `rbdcache` section, wherever a client puts it: `{settings: {rbdcache}}`, `{rbdcache}`, `{settings}` or bare. */
export function settingsIn(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  const inner = value['settings'];
  if (isRecord(inner)) return isRecord(inner['rbdcache']) ? inner['rbdcache'] : inner;
  return isRecord(value['rbdcache']) ? value['rbdcache'] : value;
}

function refreshes({ textDocument, workspace }: ClientCapabilities): readonly string[] {
  const able = {
    diagnostic: textDocument?.diagnostic && workspace?.diagnostics,
    inlayHint: workspace?.inlayHint,
    semanticTokens: workspace?.semanticTokens,
    codeLens: workspace?.codeLens,
  };
  return Object.entries(able).flatMap(([what, support]) =>
    support?.refreshSupport === true ? [`workspace/${what}/refresh`] : [],
  );
}

function legacyRoot(params: InitializeParams): readonly string[] {
  return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}

function text(options: unknown, name: string): string | null {
  const value = isRecord(options) ? options[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}
