/** Bad input: any position, any document, any order, and the server goes on. */
import { afterEach, expect, test } from 'vitest';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Editor, rulesOf } from './editor.js';

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

const POSITIONS = [
  { line: -1, character: -1 },
  { line: 0, character: -5 },
  { line: 0, character: 1e9 },
  { line: 1e9, character: 0 },
  { line: 0.5, character: 0.5 },
];
const TEXTS = [
  '',
  '\n',
  '[',
  '[global]\nrbd cache',
  '\uFEFF[global]\r\nkey\0 = \u{1F600}\\',
  'qemu-kvm -drive "file=rbd:',
  '-drive',
];

test('any position in any text is answered', async () => {
  editor = await Editor.start();
  for (const [at, text] of TEXTS.entries()) {
    for (const [language, name] of [
      ['ceph-conf', `${at}.ceph.conf`],
      ['qemu-cmdline', `${at}.qemu`],
      ['shellscript', `${at}.sh`],
    ] as const) {
      await editor.open(name, language, text);
      for (const position of POSITIONS) {
        const range = { start: position, end: position };
        await editor.ask('hover', name, { position });
        await editor.ask('completion', name, { position });
        await editor.ask('definition', name, { position });
        await editor.ask('inlayHint', name, { range });
        await editor.ask('codeAction', name, { range, context: { diagnostics: [] } });
        await editor.ask('semanticTokens/range', name, { range });
      }
      for (const whole of ['documentSymbol', 'foldingRange', 'documentLink', 'semanticTokens/full']) {
        await editor.ask(whole, name, {});
      }
    }
  }
  expect(editor.log.filter((line) => line.includes('Error'))).toEqual([]);
});

test('a document that was never opened, or is closed, is answered with nothing', async () => {
  editor = await Editor.start();
  const position = { line: 0, character: 0 };
  expect(await editor.ask('hover', 'never.qemu', { position })).toBeNull();
  await editor.open('a.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,cache=none');
  await editor.close('a.qemu');
  expect(await editor.ask('hover', 'a.qemu', { position })).toBeNull();
  expect(await editor.ask('completion', 'a.qemu', { position })).toBeNull();
});

test('a huge document is said, and skipped', async () => {
  editor = await Editor.start();
  await editor.open('huge.ceph.conf', 'ceph-conf', `[global]\n${'# filler\n'.repeat(700_000)}`);
  const diagnostics = await editor.diagnostics('huge.ceph.conf');
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.message).toContain('larger than 5 MiB');
});

test('clients that ask for diagnostics get them when they ask', async () => {
  editor = await Editor.start({ pullsDiagnostics: true, settings: { qemuVersion: '2.4', librbdVersion: '0.94' } });
  await editor.open('etc/ceph/ceph.conf', 'ceph-conf', '[global]\nrbd cache = true\n');
  await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n');
  expect(rulesOf(await editor.pull('etc/ceph/ceph.conf'))).toContain('cache-overridden-by-drive');
  const first: { resultId: string } = await editor.ask('diagnostic', 'vm.qemu', {});
  const again = await editor.ask('diagnostic', 'vm.qemu', { previousResultId: first.resultId });
  expect(again).toMatchObject({ kind: 'unchanged' });
});

test('a client that knows no settings may send them with its options', async () => {
  editor = await Editor.start({
    initializationOptions: { settings: { rbdcache: { qemuVersion: '2.2' } } },
    settings: null,
  });
  await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n');
  expect(await editor.hover('vm.qemu', 'cache=no‸ne')).toContain('QEMU 2.2');
});

test('.rbdcacherc above a file chooses releases and severities; a comment outranks it', async () => {
  editor = await Editor.start({
    settings: { qemuVersion: '7.2' },
    files: { '.rbdcacherc': '[releases]\nqemu = 2.4\nlibrbd = 0.94\n[severity]\ncache-overridden-by-drive = error\n' },
  });
  await editor.open('deep/etc/ceph/ceph.conf', 'ceph-conf', '[global]\nrbd cache = true\n');
  await editor.open('deep/vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n');
  expect(await editor.hover('deep/vm.qemu', 'cache=no‸ne')).toContain('QEMU 2.4, librbd 0.94');
  await editor.until(
    () =>
      editor?.published
        .get(editor.uri('deep/etc/ceph/ceph.conf'))
        ?.some(({ code, severity }) => code === 'cache-overridden-by-drive' && severity === 1) === true,
    'the severity of .rbdcacherc',
  );
  await editor.edit('deep/vm.qemu', 'qemu-kvm', '# rbdcache: qemu=2.2\nqemu-kvm');
  expect(await editor.hover('deep/vm.qemu', 'cache=no‸ne')).toContain('QEMU 2.2, librbd 0.94');
});

test('files outside of the workspace are not read, nor through a link', async () => {
  editor = await Editor.start({ settings: { root: '/' } });
  await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i:conf=/etc/passwd,format=raw,cache=none\n');
  expect(await editor.hover('vm.qemu', 'cache=no‸ne')).not.toContain('root:x');
  const links: unknown[] = await editor.ask('documentLink', 'vm.qemu', {});
  expect(links).toEqual([]);
});

test('a client that refuses to ask again, though it said it would, is served on', async () => {
  const refreshes = { refreshSupport: true };
  editor = await Editor.start({
    capabilities: {
      workspace: {
        configuration: true,
        diagnostics: refreshes,
        inlayHint: refreshes,
        codeLens: refreshes,
        semanticTokens: refreshes,
      },
      textDocument: { diagnostic: {} },
    },
  });
  let refused = 0;
  for (const what of ['diagnostic', 'inlayHint', 'codeLens', 'semanticTokens']) {
    editor.connection.onRequest(`workspace/${what}/refresh`, () => {
      refused += 1;
      return new ResponseError(ErrorCodes.InvalidRequest, 'not now');
    });
  }
  const CONF = 'etc/ceph/ceph.conf';
  await editor.open(CONF, 'ceph-conf', '[global]\nrbd cache = true\n');
  await editor.open('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n');
  await editor.until(() => refused === 4, 'the server to ask');
  await editor.edit(CONF, 'true', 'false');
  expect(await editor.hover('vm.qemu', 'cache=no‸ne')).toContain('RBDCache');
});

test('what the server can do', async () => {
  editor = await Editor.start();
  expect(editor.initialized).toMatchInlineSnapshot(`
    {
      "capabilities": {
        "codeActionProvider": {
          "codeActionKinds": [
            "quickfix",
            "source.fixAll.rbdcache",
            "refactor.rewrite.rbdcache",
          ],
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
        "renameProvider": true,
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
      },
      "serverInfo": {
        "name": "rbdcache",
      },
    }
  `);
});
