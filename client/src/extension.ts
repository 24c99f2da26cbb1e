/** The VS Code side: starts the language server and shows what it says. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { Explanations, placeOf } from './explain.js';
import { explainRequest, releaseEditRequest, releasesRequest, statusNotification } from './protocol.js';
import { selectReleases } from './releases.js';
import { createServer, DOCUMENTS } from './server.js';
import { StatusItem } from './status.js';

/** What the extension's own tests look at. */
export interface Api {
  readonly client: LanguageClient;
  readonly status: StatusItem;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel('RBDCache', { log: true });
  const status = new StatusItem(DOCUMENTS);
  const client = createServer(context, log, (why) => status.serverIsGone(why));
  const explanations = new Explanations((place) => client.sendRequest(explainRequest, place));

  const start = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      log.error('The server did not start', error);
      status.serverIsGone('The server did not start. See the log.');
    }
  };
  const command = (name: string, action: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`rbdcache.${name}`, action);

  context.subscriptions.push(
    log,
    status,
    explanations,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) status.serverIsBack();
    }),
    client.onNotification(statusNotification, (news) => {
      status.take(news);
      explanations.refresh(news.uri);
    }),
    command('selectReleases', () => chooseReleases(client, status)),
    command('explainDrive', (place) => explanations.open(placeOf(place))),
    command('restartServer', () => start(() => client.restart())),
    command('showLog', () => log.show()),
    { dispose: () => client.dispose() },
  );
  await start(() => client.start());
  return { client, status };
}

async function chooseReleases(client: LanguageClient, status: StatusItem): Promise<void> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const uri = document?.toString();
  const known = document && status.of(document);
  await selectReleases({
    choices: await client.sendRequest(releasesRequest, uri === undefined ? {} : { uri }),
    now: known === undefined ? '' : `${known.text}, ${known.detail}`,
    document,
    editFor: async (program, version) => {
      if (uri === undefined) return undefined;
      const edit = await client.sendRequest(releaseEditRequest, { uri, program, version });
      return edit === null ? undefined : client.protocol2CodeConverter.asWorkspaceEdit(edit);
    },
  });
}
