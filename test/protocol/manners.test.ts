/** Manners of the server: what it announces, whom it tells unasked, what it gives up, and where it works without files. */

import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { Editor, rulesOf } from './editor.js';

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

const DRIVE = 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n';

test('a client that can do everything is told everything', async () => {
  editor = await Editor.start({
    initializationOptions: { explainCommand: 'x.explain', suggestCommand: 'x.suggest', whoWinsCommand: 'x.whoWins' },
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        symbol: { resolveSupport: { properties: ['location.range'] } },
        diagnostics: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
        codeLens: { refreshSupport: true },
        semanticTokens: { refreshSupport: true },
      },
      textDocument: {
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
        publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
        codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
        completion: {
          completionItem: {
            snippetSupport: true,
            documentationFormat: ['markdown'],
            insertReplaceSupport: true,
            labelDetailsSupport: true,
            resolveSupport: { properties: ['documentation', 'detail'] },
          },
        },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        inlayHint: { resolveSupport: { properties: ['tooltip', 'label.tooltip', 'label.location', 'label.command'] } },
        rename: { prepareSupport: true },
        semanticTokens: {
          requests: { full: { delta: true }, range: true },
          tokenTypes: [],
          tokenModifiers: [],
          formats: ['relative'],
        },
        signatureHelp: { signatureInformation: { documentationFormat: ['markdown'], activeParameterSupport: true } },
      },
    },
  });
  expect(editor.initialized.capabilities).toMatchInlineSnapshot(`
    {
      "codeActionProvider": {
        "codeActionKinds": [
          "quickfix",
          "source.fixAll.rbdcache",
          "refactor.rewrite.rbdcache",
        ],
        "resolveProvider": true,
      },
      "codeLensProvider": {
        "resolveProvider": true,
      },
      "completionProvider": {
        "resolveProvider": true,
        "triggerCharacters": [
          ",",
          ":",
          "=",
          ".",
          " ",
          "/",
          "@",
          "[",
          "$",
          """,
          "'",
          "{",
          "-",
        ],
      },
      "definitionProvider": true,
      "diagnosticProvider": {
        "identifier": "rbdcache",
        "interFileDependencies": true,
        "workspaceDiagnostics": false,
      },
      "documentFormattingProvider": true,
      "documentHighlightProvider": true,
      "documentLinkProvider": {
        "resolveProvider": true,
      },
      "documentOnTypeFormattingProvider": {
        "firstTriggerCharacter": "
    ",
      },
      "documentRangeFormattingProvider": true,
      "documentSymbolProvider": true,
      "foldingRangeProvider": true,
      "hoverProvider": true,
      "inlayHintProvider": {
        "resolveProvider": true,
      },
      "positionEncoding": "utf-16",
      "referencesProvider": true,
      "renameProvider": {
        "prepareProvider": true,
      },
      "selectionRangeProvider": true,
      "semanticTokensProvider": {
        "full": {
          "delta": true,
        },
        "legend": {
          "tokenModifiers": [
            "overridden",
          ],
          "tokenTypes": [
            "namespace",
            "property",
            "string",
            "variable",
            "enumMember",
            "number",
          ],
        },
        "range": true,
      },
      "signatureHelpProvider": {
        "retriggerCharacters": [
          ".",
        ],
        "triggerCharacters": [
          ",",
          ":",
          "=",
          "/",
          "@",
        ],
      },
      "textDocumentSync": {
        "change": 2,
        "openClose": true,
        "save": {
          "includeText": false,
        },
      },
      "workspace": {
        "workspaceFolders": {
          "changeNotifications": true,
          "supported": true,
        },
      },
      "workspaceSymbolProvider": true,
    }
  `);
});

test('a hover leads on to what the client has commands for, and to nothing else', async () => {
  const linksIn = async (initializationOptions: object): Promise<string[]> => {
    const one = await Editor.start({ initializationOptions });
    await one.open('vm.qemu', 'qemu-cmdline', DRIVE);
    const hover = await one.hover('vm.qemu', 'cache=no‸ne');
    await one.stop();
    return [...hover.matchAll(/\[([^\]`]+)\]\(command:([\w.]+)\?/g)].map(([, text, command]) => `${text}: ${command}`);
  };
  expect(await linksIn({})).toEqual([]);
  expect(await linksIn({ explainCommand: 'x.explain' })).toEqual(['Full explanation: x.explain']);
  expect(await linksIn({ explainCommand: 'x.explain', whatIfCommand: 'x.whatIf' })).toEqual([
    'Full explanation: x.explain',
    'What if…: x.whatIf',
  ]);
});

describe('diagnostics', () => {
  test('are pushed to a client that cannot ask, again after an edit, and taken back when the document is closed', async () => {
    editor = await Editor.start({ settings: { qemuVersion: '7.2', librbdVersion: '16.2' } });
    await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=often\n');
    expect(rulesOf(await editor.diagnostics('vm.qemu'))).toContain('drive-syntax');
    await editor.edit('vm.qemu', 'often', 'none');
    expect(rulesOf(await editor.diagnostics('vm.qemu'))).not.toContain('drive-syntax');
    await editor.edit('vm.qemu', 'none', 'often');
    await editor.diagnostics('vm.qemu');
    const uri = editor.uri('vm.qemu');
    await editor.close('vm.qemu');
    await editor.until(() => editor?.published.get(uri)?.length === 0, 'the diagnostics to be taken back');
  });

  test('are not pushed to a client that asks for them', async () => {
    editor = await Editor.start({ pullsDiagnostics: true });
    await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=often\n');
    expect(rulesOf(await editor.pull('vm.qemu'))).toContain('drive-syntax');
    await editor.until(() => editor?.statuses.length !== 0, 'the status');
    expect([...editor.published]).toEqual([]);
  });
});

describe('a request that nobody waits for any more', () => {
  test.each([
    ['rbdcache/whoWins', {}],
    ['rbdcache/compareReleases', { qemu: '7.2', librbd: '16.2' }],
  ])('%s is given up; the next one is answered', async (method, more) => {
    editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
    const many = Array.from({ length: 300 }, (_, at) => DRIVE.replace('p/i', `p/i${at}`)).join('');
    await editor.open('many.sh', 'shellscript', many);
    const asked = new CancellationTokenSource();
    const params = { uri: editor.uri('many.sh'), position: { line: 0, character: 30 }, ...more };
    const answer = editor.connection.sendRequest(method, params, asked.token);
    asked.cancel();
    // Either the protocol's own refusal, or nothing.
    await expect(answer.catch(() => null)).resolves.toBeNull();
    expect(await editor.connection.sendRequest(method, params)).not.toBeNull();
  });

  test('hovers, completions and actions, too: nobody is told an error', async () => {
    editor = await Editor.start();
    await editor.open('vm.qemu', 'qemu-cmdline', DRIVE);
    const { connection } = editor;
    const textDocument = { uri: editor.uri('vm.qemu') };
    const position = { line: 0, character: 30 };
    const range = { start: position, end: position };
    for (const [method, params] of [
      ['textDocument/hover', { textDocument, position }],
      ['textDocument/completion', { textDocument, position }],
      ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
      ['textDocument/semanticTokens/full', { textDocument }],
    ] as const) {
      const asked = new CancellationTokenSource();
      const answer = connection.sendRequest(method, params, asked.token);
      asked.cancel();
      await answer.catch(() => null);
    }
    expect(await editor.hover('vm.qemu', 'cache=no‸ne')).toContain('RBDCache');
    expect(editor.log.filter((line) => /error/i.test(line))).toEqual([]);
  });
});

test('folders of one workspace are judged each by its own settings', async () => {
  editor = await Editor.start({
    folders: {
      old: { qemuVersion: '2.2', librbdVersion: '0.87', severity: { 'cache-overrides-drive': 'error' } },
      new: { qemuVersion: '7.2', librbdVersion: '16.2' },
    },
    files: {
      'old/etc/ceph/ceph.conf': '[client]\nrbd cache = true\n',
      'new/etc/ceph/ceph.conf': '[client]\nrbd cache = true\n',
    },
  });
  for (const folder of ['old', 'new']) await editor.open(`${folder}/vm.qemu`, 'qemu-cmdline', DRIVE);
  expect(await editor.hover('old/vm.qemu', 'cache=no‸ne')).toMatch(/^RBDCache \*\*on\*\*.* — QEMU 2\.2, librbd 0\.87/);
  expect(await editor.hover('new/vm.qemu', 'cache=no‸ne')).toMatch(/^RBDCache \*\*off\*\*.* — QEMU 7\.2, librbd 16\.2/);
});

test('a workspace without a disk under it: open documents are answered, each by the others', async () => {
  editor = await Editor.start({ settings: { qemuVersion: '2.2', librbdVersion: '0.87' } });
  const { connection } = editor;
  const open = async (uri: string, languageId: string, text: string): Promise<void> =>
    connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  const folder = 'vscode-vfs://github/someone/configs';
  await connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: folder, name: 'configs' }], removed: [] },
  });
  await open(`${folder}/etc/ceph/ceph.conf`, 'ceph-conf', '[client]\nrbd cache = true\n');
  await open(`${folder}/vm.qemu`, 'qemu-cmdline', DRIVE);
  const textDocument = { uri: `${folder}/vm.qemu` };
  const position = { line: 0, character: DRIVE.indexOf('cache=') + 2 };
  const hover = await connection.sendRequest('textDocument/hover', { textDocument, position });
  expect(JSON.stringify(hover)).toMatch(/RBDCache \*\*on\*\*.*rbd cache = true/);
  const explained: string = await connection.sendRequest('rbdcache/explain', { uri: textDocument.uri, position });
  expect(explained).toMatch(/^# p\/i\n\nRBDCache \*\*on\*\*/);
  const upgrade: string = await connection.sendRequest('rbdcache/compareReleases', { qemu: '7.2', librbd: null });
  expect(upgrade).toContain('vm.qemu:1');
});
