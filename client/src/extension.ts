/** The VS Code side: starts the language server and shows what it says. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { Explanations, placeOf } from './explain.js';
import {
  explainRequest,
  ladderRequest,
  type Program,
  releaseEditRequest,
  releasesRequest,
  statusNotification,
  whoWinsCellRequest,
  whoWinsRequest,
} from './protocol.js';
import { showReferences } from './references.js';
import { selectReleases, usePair } from './releases.js';
import { createServer, DOCUMENTS } from './server.js';
import { StatusItem } from './status.js';
import { WhoWinsPanel } from './who-wins/panel.js';
import { exportFormat } from './who-wins/save.js';

/** What the extension's own tests look at. */
export interface Api {
  readonly client: LanguageClient;
  readonly status: StatusItem;
  readonly whoWins: WhoWinsPanel;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel('RBDCache', { log: true });
  const status = new StatusItem(DOCUMENTS);
  const client = createServer(context, log, (why) => status.serverIsGone(why));
  const explanations = new Explanations((place) => client.sendRequest(explainRequest, place));
  const whoWins = new WhoWinsPanel({
    extension: context.extensionUri,
    server: {
      whoWins: (params, token) => client.sendRequest(whoWinsRequest, params, token),
      cell: (params) => client.sendRequest(whoWinsCellRequest, params),
      ladder: (params) => client.sendRequest(ladderRequest, params),
    },
    usePair: async (uri, pair) => {
      // The server edits only what is open.
      await vscode.workspace.openTextDocument(uri);
      await usePair(pair, { document: uri, editFor: releaseEditor(client, uri.toString()) });
    },
    report: (error) => log.error('Who wins', error),
  });

  const start = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      log.error('The server did not start', error);
      status.serverIsGone(vscode.l10n.t('The server did not start. See the log.'));
    }
  };
  const command = (name: string, action: (...parameters: readonly unknown[]) => unknown) =>
    vscode.commands.registerCommand(`rbdcache.${name}`, action);

  context.subscriptions.push(
    log,
    status,
    explanations,
    whoWins,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) status.serverIsBack();
    }),
    client.onNotification(statusNotification, (news) => {
      status.take(news);
      explanations.refresh(news.uri);
      whoWins.refresh();
    }),
    command('selectReleases', () => chooseReleases(client, status)),
    command('explainDrive', (place) => explanations.open(placeOf(place))),
    command('showReferences', showReferences),
    command('showWhoWins', (place) => whoWins.show(placeOf(place))),
    command('exportWhoWins', (format, to) =>
      whoWins.export(exportFormat(format), to instanceof vscode.Uri ? to : undefined),
    ),
    command('restartServer', () => start(() => client.restart())),
    command('showLog', () => log.show()),
    { dispose: () => client.dispose() },
  );
  await start(() => client.start());
  return { client, status, whoWins };
}

async function chooseReleases(client: LanguageClient, status: StatusItem): Promise<void> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const uri = document?.toString();
  const known = document && status.of(document);
  await selectReleases({
    choices: await client.sendRequest(releasesRequest, uri === undefined ? {} : { uri }),
    now: known === undefined ? '' : `${known.text}, ${known.detail}`,
    document,
    editFor: releaseEditor(client, uri),
  });
}

/** The edit of a text that says which release is in force for a document; undefined where the settings say it. */
function releaseEditor(client: LanguageClient, uri: string | undefined) {
  return async (program: Program, version: string | null): Promise<vscode.WorkspaceEdit | undefined> => {
    if (uri === undefined) return undefined;
    const edit = await client.sendRequest(releaseEditRequest, { uri, program, version });
    return edit === null ? undefined : client.protocol2CodeConverter.asWorkspaceEdit(edit);
  };
}
