/** The VS Code side: starts the language server and shows what it says. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { detectVersions } from './detect-versions.js';
import { type Content, Documents } from './documents.js';
import { openExample } from './example.js';
import { copyExplanation, explanationContent, openExplanation } from './explain.js';
import { DOCUMENTS } from './languages.js';
import { placeOf } from './places.js';
import {
  compareReleasesRequest,
  type ExplainParams,
  explainRequest,
  ladderRequest,
  type Program,
  type ReleaseChoices,
  releaseEditRequest,
  releasesRequest,
  statusNotification,
  whoWinsCellRequest,
  whoWinsRequest,
} from './protocol.js';
import { showReferences } from './references.js';
import { selectReleases, usePair, useRelease } from './releases.js';
import { createServer } from './server.js';
import { StatusItem } from './status.js';
import { changeOf, type Subject, subjectOf, targetOf } from './subjects.js';
import { openUpgradeReport } from './upgrade.js';
import { WhatIf } from './what-if.js';
import { WhoWinsPanel } from './who-wins/panel.js';
import { exportFormat } from './who-wins/save.js';

const WALKTHROUGH = 'rbdcache.rbdcache#rbdcache.start';

/** What the extension's own tests look at. */
export interface Api {
  readonly client: LanguageClient;
  readonly status: StatusItem;
  readonly whoWins: WhoWinsPanel;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel('RBDCache', { log: true });
  const status = new StatusItem(DOCUMENTS);
  const client = createServer(context, log, {
    restarting: () => status.serverEnded(),
    givenUp: (why) => status.serverIsGone(why),
  });
  const explain = (params: ExplainParams) => client.sendRequest(explainRequest, params);
  const documents: Documents = new Documents((subject, token) => contentOf(subject, token));
  const whatIf = new WhatIf({
    client,
    documents,
    useRelease: (uri, program, version) => putRelease(client, uri, program, version),
  });
  const contentOf = async (subject: Subject, token: vscode.CancellationToken): Promise<Content> => {
    switch (subject.kind) {
      case 'explanation':
        return explanationContent(explain, subject.place);
      case 'whatIf':
        return whatIf.content(subject.place, subject.change);
      case 'upgrade': {
        const markdown = await client.sendRequest(compareReleasesRequest, subject.to, token);
        return { markdown: markdown ?? '', canBeApplied: false };
      }
    }
  };
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
  const version: unknown = context.extension.packageJSON.version;
  /** What a command was given, else the drive of the panel in front. */
  const named = (place: unknown) => placeOf(place) ?? whoWins.placeInFront;

  context.subscriptions.push(
    log,
    status,
    documents,
    whoWins,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) status.serverIsBack();
    }),
    client.onNotification(statusNotification, (news) => {
      status.take(news);
      documents.refresh(news.uri);
      whoWins.refresh();
    }),
    command('selectReleases', () => chooseReleases(client, status)),
    command('detectVersions', () =>
      detectVersions({ log, useRelease: (uri, program, found) => putRelease(client, uri, program, found) }),
    ),
    command('explainDrive', (place) => openExplanation(documents, named(place))),
    command('copyExplanation', (place) => copyExplanation(explain, named(place), String(version))),
    command('whatIf', (place, change) => whatIf.open(named(place), changeOf(change))),
    command('applyWhatIf', (place, change) => applyInFront(whatIf, place, change)),
    command('compareReleases', (to) => openUpgradeReport(documents, () => releaseChoices(client), targetOf(to))),
    command('showReferences', showReferences),
    command('showWhoWins', (place) => whoWins.show(placeOf(place))),
    command('exportWhoWins', (format, to) =>
      whoWins.export(exportFormat(format), to instanceof vscode.Uri ? to : undefined),
    ),
    command('openWalkthrough', () => vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH)),
    command('openExample', () => openExample(context.extensionUri)),
    command('restartServer', () => start(() => client.restart())),
    command('showLog', () => log.show()),
    { dispose: () => client.dispose() },
  );
  await start(() => client.start());
  return { client, status, whoWins };
}

/** What is named, else what the document in front shows. */
async function applyInFront(whatIf: WhatIf, place: unknown, change: unknown): Promise<boolean> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const inFront = document && subjectOf(document);
  const subject = inFront?.kind === 'whatIf' ? inFront : undefined;
  const [wherever, whatever] = [placeOf(place) ?? subject?.place, changeOf(change) ?? subject?.change];
  return wherever !== undefined && whatever !== undefined && whatIf.apply(wherever, whatever);
}

function releaseChoices(client: LanguageClient): Promise<ReleaseChoices> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  return client.sendRequest(releasesRequest, uri === undefined ? {} : { uri });
}

async function chooseReleases(client: LanguageClient, status: StatusItem): Promise<void> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const known = document && status.of(document);
  await selectReleases({
    choices: await releaseChoices(client),
    now: known === undefined ? '' : vscode.l10n.t('{0}, {1}', known.text, known.detail),
    document,
    editFor: releaseEditor(client, document?.toString()),
  });
}

async function putRelease(
  client: LanguageClient,
  document: vscode.Uri | undefined,
  program: Program,
  version: string,
): Promise<void> {
  await useRelease(program, version, { document, editFor: releaseEditor(client, document?.toString()) });
}

/** The edit of a text that says which release is in force for a document; undefined where the settings say it. */
function releaseEditor(client: LanguageClient, uri: string | undefined) {
  return async (program: Program, version: string | null): Promise<vscode.WorkspaceEdit | undefined> => {
    if (uri === undefined) return undefined;
    const edit = await client.sendRequest(releaseEditRequest, { uri, program, version });
    return edit === null ? undefined : client.protocol2CodeConverter.asWorkspaceEdit(edit);
  };
}
