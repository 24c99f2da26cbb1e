/**
 * Everything that an editor can ask for, asked everywhere in documents that hold a secret in every place where one can
 * stand: no message of the server holds it. A method that is added to the table is asked too, or fails this test.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createProtocolConnection,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { isObject } from '../../server/src/cli/json.js';
import { REQUESTS } from '../../server/src/lsp/requests/index.js';
import { positionIn } from './editor.js';

/** One shaped like a cephx key, one that only its place gives away. */
const KEY = 'AQCaNaRyKqFhExAAq7pT0bCaNaRyWfYx3LmZQw==';
const WORD = 'c4n4rY-s3cr3t';

const CONF = [
  '# rbdcache: librbd=16.2',
  `# key = ${WORD}`,
  '[global]',
  'rbd cache = true',
  `key = ${KEY}`,
  'admin socket = /var/run/$name.asok',
  '[client.cinder]',
  `\tkey = "${WORD}"`,
  `rgw keystone admin password = ${WORD}`,
  `keey = ${KEY}`,
  'rbd-cache-size = 64M',
  'keyring = /etc/ceph/$cluster.$name.keyring',
  // Pasted where it does not belong.
  KEY,
  '',
].join('\n');

const drive = (name: string, more: string): string =>
  `  -drive file=rbd:volumes/${name},if=none,id=${name},cache=none${more} \\\n  -device virtio-blk-pci,drive=${name} \\\n`;

const SCRIPT = [
  '#!/bin/sh',
  '# rbdcache: qemu=7.2 librbd=16.2',
  `# the key=${WORD} is of the old cluster`,
  `CEPH_SECRET='${WORD}'`,
  `export CEPH_ARGS="--key=${KEY} --id cinder"`,
  `CEPH_ARGS='--key ${WORD}' qemu-system-x86_64 \\`,
  drive('a', `:key=${KEY}`).replace(',if=none', '').replace(`:key=${KEY}`, ''),
  drive(`b:id=cinder:key=${KEY}:mon_host=h`, '').replaceAll(/id=b\S*?,cache/g, 'id=b,cache'),
  drive(`c:key=${WORD}`, ',bogus=1').replaceAll(/id=c\S*?,cache/g, 'id=c,cache'),
  drive('d', `,file.key=${WORD},password=${WORD}`),
  `  -object secret,id=s1,data=${KEY},format=base64 \\`,
  `  -object secret,id=s2,data=${WORD} \\`,
  `  -object '{"qom-type":"secret","id":"s3","data":"${WORD}"}' \\`,
  '  -object secret,id=s4,file=secret.b64 \\',
  `  -blockdev '{"driver":"rbd","node-name":"n","pool":"p","image":"i","key":"${WORD}","key-secret":"s4"}' \\`,
  `  -blockdev driver=rbd,node-name=m,pool=p,image=i,password=${WORD}`,
  '',
].join('\n');

const COMMAND = [
  '# rbdcache: qemu=2.2 librbd=0.87',
  `qemu-system-x86_64 -drive file=rbd:volumes/v1:id=cinder:key=${KEY},if=none,id=drive-virtio-disk0,cache=writeback`,
  `qemu-system-x86_64 -drive 'json:{"driver":"rbd","pool":"p","image":"i","password":"${WORD}"}'`,
  // An escape, or a comma, too much.
  `qemu-system-x86_64 -drive file=rbd:volumes/v3:id=cinder\\:key=${KEY},if=none,id=drive-virtio-disk1,${KEY}`,
  `qemu-system-x86_64 -drive file=rbd:volumes/v2:key=${WORD}\\`,
  '',
].join('\n');

const DOCUMENTS = [
  { path: 'etc/ceph/ceph.conf', language: 'ceph-conf', text: CONF },
  { path: 'start.sh', language: 'shellscript', text: SCRIPT },
  { path: 'vm.qemu', language: 'qemu-cmdline', text: COMMAND },
] as const;

const FILES: Readonly<Record<string, string>> = {
  '.rbdcacherc': `[releases]\nvendor = key=${WORD}\n[files]\nkey = ${KEY}\n[environment]\nCEPH_ARGS = --key=${WORD}\n`,
  'other.sh': SCRIPT,
  'secret.b64': KEY,
  'ceph.client.cinder.keyring': `[client.cinder]\n\tkey = ${KEY}\n`,
};

const SETTINGS = {
  vendor: `key=${KEY}`,
  environment: { CEPH_ARGS: `--key ${KEY}` },
  cluster: { monitors: `client.cinder advanced key ${KEY}\nclient advanced rbd_cache true\n` },
};

type Document = (typeof DOCUMENTS)[number];

let server: ChildProcessWithoutNullStreams;
let connection: ProtocolConnection;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rbdcache-secrets-')));
/** All that the server said, requests and notifications included. */
const said: string[] = [];
const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;

beforeAll(async () => {
  for (const [path, text] of [...Object.entries(FILES), ...DOCUMENTS.map(({ path, text }) => [path, text] as const)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  server = spawn(process.execPath, [join(import.meta.dirname, '../../dist/server.js'), '--stdio']);
  server.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const reader = new StreamMessageReader(server.stdout);
  connection = createProtocolConnection(
    {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      dispose: () => reader.dispose(),
      listen: (callback) =>
        reader.listen((message) => {
          said.push(JSON.stringify(message, withoutEdits));
          callback(message);
        }),
    },
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => SETTINGS));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'workspace' }],
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        symbol: { resolveSupport: { properties: ['location'] } },
      },
      textDocument: {
        publishDiagnostics: { relatedInformation: true },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        rename: { prepareSupport: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } } },
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
      },
    },
    initializationOptions: { explainCommand: 'rbdcache.explain' },
  });
  await connection.sendNotification('initialized', {});
  for (const { path, language, text } of DOCUMENTS) {
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uriOf(path), languageId: language, version: 1, text },
    });
  }
});

afterAll(async () => {
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await ended;
  connection.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Edits go nowhere but into the document that holds the secret. */
function withoutEdits(name: string, value: unknown): unknown {
  return name === 'newText' ? undefined : value;
}

/** Any eight characters of it in a row tell too much. */
function leaks(text: string): string[] {
  return [KEY, WORD].flatMap((secret) =>
    Array.from({ length: secret.length - 7 }, (_, start) => secret.slice(start, start + 8))
      .filter((part) => text.includes(part))
      .slice(0, 1)
      .map((part) => text.slice(Math.max(0, text.indexOf(part) - 200), text.indexOf(part) + 40)),
  );
}

/** The start of each word, and some places in the secrets. */
function positionsIn({ text }: Document): readonly Position[] {
  const words = [...text.matchAll(/[^\s=:,]+/g)].map((match) => match.index + 1);
  const secrets = [KEY, WORD].flatMap((secret) =>
    [...text.matchAll(new RegExp(secret, 'g'))].flatMap(({ index }) => [index, index + 5, index + secret.length]),
  );
  return [...new Set([0, ...words, ...secrets, text.length])].map((offset) => positionIn(text, offset));
}

type Params = Readonly<Record<string, unknown>>;
type Ask = (document: Document) => Iterable<Params>;

const identified = ({ path }: Document): Params => ({ textDocument: { uri: uriOf(path) } });
const whole = ({ text }: Document) => ({ start: { line: 0, character: 0 }, end: positionIn(text, text.length) });

const ofDocument: Ask = (document) => [identified(document)];
const atPlaces =
  (more: Params = {}): Ask =>
  (document) =>
    positionsIn(document).map((position) => ({ ...identified(document), position, ...more }));
const atOwnPlaces =
  (more: Params = {}): Ask =>
  (document) =>
    positionsIn(document).map((position) => ({ uri: uriOf(document.path), position, ...more }));
const ofRange =
  (more: Params = {}): Ask =>
  (document) => [{ ...identified(document), range: whole(document), ...more }];

const OPTIONS = { tabSize: 4, insertSpaces: true };
const NO_ASK: Ask = () => [];

/** What each method is asked. */
const ASKS: Readonly<Record<string, Ask>> = {
  'textDocument/hover': atPlaces(),
  'textDocument/completion': atPlaces({ context: { triggerKind: 1 } }),
  'textDocument/signatureHelp': atPlaces(),
  'textDocument/definition': atPlaces(),
  'textDocument/references': atPlaces({ context: { includeDeclaration: true } }),
  'textDocument/documentHighlight': atPlaces(),
  'textDocument/prepareRename': atPlaces(),
  'textDocument/rename': atPlaces({ newName: 'other' }),
  'textDocument/selectionRange': (document) => [{ ...identified(document), positions: positionsIn(document) }],
  'textDocument/linkedEditingRange': atPlaces(),
  'textDocument/diagnostic': ofDocument,
  'textDocument/codeAction': function* (document) {
    const context = { diagnostics: [] };
    for (const only of [undefined, ['quickfix'], ['refactor'], ['source.fixAll.rbdcache']]) {
      yield { ...identified(document), range: whole(document), context: { ...context, only } };
    }
    for (const position of positionsIn(document)) {
      yield { ...identified(document), range: { start: position, end: position }, context };
    }
  },
  'textDocument/inlayHint': ofRange(),
  'textDocument/codeLens': ofDocument,
  'textDocument/documentSymbol': ofDocument,
  'textDocument/foldingRange': ofDocument,
  'textDocument/documentLink': ofDocument,
  'textDocument/semanticTokens/full': ofDocument,
  'textDocument/semanticTokens/full/delta': (document) => [{ ...identified(document), previousResultId: '1' }],
  'textDocument/semanticTokens/range': ofRange(),
  'textDocument/formatting': (document) => [{ ...identified(document), options: OPTIONS }],
  'textDocument/rangeFormatting': ofRange({ options: OPTIONS }),
  'textDocument/onTypeFormatting': atPlaces({ ch: '\n', options: OPTIONS }),
  'workspace/symbol': () => ['', 'key', 'v', WORD.slice(0, 4), KEY.slice(0, 6)].map((query) => ({ query })),
  'rbdcache/explain': function* (document) {
    yield* atOwnPlaces()(document);
    yield* atOwnPlaces({ anonymised: true })(document);
  },
  'rbdcache/releases': ({ path }) => [{ uri: uriOf(path) }],
  'rbdcache/releaseEdit': ({ path }) => [{ uri: uriOf(path), program: 'qemu', version: '7.2' }],
  'rbdcache/whoWins': atOwnPlaces(),
  'rbdcache/whoWinsCell': atOwnPlaces({ qemu: '7.2', librbd: '16.2' }),
  'rbdcache/ladder': function* (document) {
    for (const option of ['key', 'rbd_cache', 'keyring', 'rgw_keystone_admin_password']) {
      yield* atOwnPlaces({ qemu: '7.2', librbd: '16.2', option })(document);
    }
  },
  'rbdcache/whatIfChoices': atOwnPlaces(),
  'rbdcache/whatIfOptions': function* (document) {
    for (const typed of ['', 'key', 'key = ', 'rbd_cache = ']) yield* atOwnPlaces({ typed })(document);
  },
  'rbdcache/whatIf': function* (document) {
    for (const change of [
      { kind: 'mode', mode: 'none' },
      { kind: 'release', program: 'librbd', version: '18.2' },
      { kind: 'option', option: 'rbd cache', value: 'false' },
      { kind: 'option', option: 'key', value: KEY },
    ]) {
      yield* atOwnPlaces({ change })(document);
    }
  },
  'rbdcache/compareReleases': () => [
    { qemu: '1.1', librbd: '0.48' },
    { qemu: '11.1', librbd: '20.2' },
  ],
  // What the server sends by itself, and what is asked of each item that came before.
  'textDocument/publishDiagnostics': NO_ASK,
  'codeAction/resolve': NO_ASK,
  'codeLens/resolve': NO_ASK,
  'completionItem/resolve': NO_ASK,
  'inlayHint/resolve': NO_ASK,
  'documentLink/resolve': NO_ASK,
  'workspaceSymbol/resolve': NO_ASK,
};

/** The method that tells more of an item of another. */
const RESOLVED_BY: Readonly<Record<string, string>> = {
  'textDocument/codeAction': 'codeAction/resolve',
  'textDocument/codeLens': 'codeLens/resolve',
  'textDocument/completion': 'completionItem/resolve',
  'textDocument/inlayHint': 'inlayHint/resolve',
  'textDocument/documentLink': 'documentLink/resolve',
  'workspace/symbol': 'workspaceSymbol/resolve',
};

const METHODS = REQUESTS.flatMap(({ methods }) => methods);
/** Items of one answer that are resolved. */
const MOST_ITEMS = 40;

function itemsOf(answer: unknown): readonly unknown[] {
  const items = isObject(answer) ? answer['items'] : answer;
  return Array.isArray(items) ? items : [];
}

/** The answer; a refusal is said, too. */
async function asked(method: string, params: unknown): Promise<unknown> {
  try {
    return await connection.sendRequest(method, params);
  } catch (error) {
    said.push(String(error));
    return 'refused';
  }
}

test.each(METHODS)('%s tells no secret', async (method) => {
  const ask = ASKS[method];
  if (ask === undefined) throw new Error(`this test knows no parameters for ${method}: add them to ASKS`);
  const resolve = RESOLVED_BY[method];
  const resolved = new Set<string>();
  const first = said.length;
  let answers = 0;
  for (const document of DOCUMENTS) {
    for (const params of ask(document)) {
      const answer = await asked(method, params);
      if (answer !== null) answers += 1;
      if (resolve === undefined || !METHODS.includes(resolve)) continue;
      for (const item of itemsOf(answer).slice(0, MOST_ITEMS)) {
        const key = JSON.stringify(item);
        if (resolved.has(key)) continue;
        resolved.add(key);
        await asked(resolve, item);
      }
    }
  }
  if (ask !== NO_ASK) expect(answers).toBeGreaterThan(0);
  expect(leaks(said.slice(first).join('\n'))).toEqual([]);
});

test('nor does what it says by itself: diagnostics, status, log', async () => {
  for (const { path, text } of DOCUMENTS) {
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(path), version: 2 },
      contentChanges: [{ text: `${text}\n` }],
    });
  }
  const tellsAll = (): boolean =>
    ['textDocument/publishDiagnostics', 'rbdcache/status', 'window/logMessage'].every((method) =>
      said.some((message) => message.includes(`"method":"${method}"`)),
    );
  while (!tellsAll()) await new Promise((resolve) => setTimeout(resolve, 50));
  await connection.sendRequest('textDocument/hover', {
    textDocument: { uri: uriOf('vm.qemu') },
    position: { line: 1, character: 60 },
  });
  expect(leaks(said.join('\n'))).toEqual([]);
});

test('nor a complaint about a request that makes no sense', async () => {
  // What resolves an item gives the item back.
  for (const method of METHODS.filter((name) => !name.endsWith('/resolve'))) {
    for (const params of [{ textDocument: { uri: `key=${KEY}` } }, { uri: WORD, position: `key=${WORD}` }]) {
      await asked(method, params);
    }
  }
  expect(leaks(said.join('\n'))).toEqual([]);
});
