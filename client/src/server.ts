/** The language server as this window runs it: started beside the extension, brought back after a crash, never a pop-up. */
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { DOCUMENTS } from './languages.js';

/** Hovers link to them. */
const EXPLAIN_COMMAND = 'rbdcache.explainDrive';
const WHAT_IF_COMMAND = 'rbdcache.whatIf';
const MAX_RESTARTS = 4;
const RESTART_WINDOW_MS = 180_000;

/** Errors go to the log; the status item shows that something is wrong. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export interface ServerEvents {
  /** It ended by itself, and is started again. */
  readonly restarting: () => void;
  /** It ended so often that it is not started again. */
  readonly givenUp: (why: string) => void;
}

export function createServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  { restarting, givenUp }: ServerEvents,
): LanguageClient {
  const program = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const crashes: number[] = [];
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: {
      docsBase: `${vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules')}/`,
      suggestCommand: 'editor.action.triggerSuggest',
      explainCommand: EXPLAIN_COMMAND,
      whatIfCommand: WHAT_IF_COMMAND,
      whoWinsCommand: 'rbdcache.showWhoWins',
      showReferencesCommand: 'rbdcache.showReferences',
    },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: { enabledCommands: [EXPLAIN_COMMAND, WHAT_IF_COMMAND] } },
    initializationFailedHandler: (error) => {
      log.error('The server could not be initialized', error);
      return false;
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        crashes.push(Date.now());
        const recent = crashes.filter((time) => Date.now() - time < RESTART_WINDOW_MS).length;
        if (recent <= MAX_RESTARTS) {
          log.warn('The server ended unexpectedly, and is started again');
          restarting();
          return { action: CloseAction.Restart, handled: true };
        }
        crashes.length = 0;
        const minutes = RESTART_WINDOW_MS / 60_000;
        givenUp(vscode.l10n.t('The server ended {0} times within {1} minutes. See the log.', recent, minutes));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  return new QuietClient('rbdcache', 'RBDCache', { run: program, debug: program }, options);
}
