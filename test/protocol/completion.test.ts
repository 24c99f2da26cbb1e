/** Completion and signatures through the protocol, as clients of several abilities ask for them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  createProtocolConnection,
  type ProtocolConnection,
  type SignatureHelp,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { CARET } from '../caret.js';
import { applyTextEdits, positionIn } from './editor.js';

const SERVER = join(import.meta.dirname, '../../dist/server.js');

type TextDocument = NonNullable<ClientCapabilities['textDocument']>;

/** Knows nothing but the protocol's first version. */
const PLAIN: TextDocument = {};
/** As VS Code announces itself. */
const FULL: TextDocument = {
  completion: {
    contextSupport: true,
    completionItem: {
      snippetSupport: true,
      commitCharactersSupport: true,
      documentationFormat: ['markdown', 'plaintext'],
      deprecatedSupport: true,
      preselectSupport: true,
      tagSupport: { valueSet: [1] },
      insertReplaceSupport: true,
      resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
      insertTextModeSupport: { valueSet: [1, 2] },
      labelDetailsSupport: true,
    },
    completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
  },
  signatureHelp: {
    signatureInformation: {
      documentationFormat: ['markdown', 'plaintext'],
      parameterInformation: { labelOffsetSupport: true },
      activeParameterSupport: true,
    },
  },
};
/** As Neovim's built-in client and many others do. */
const MIDDLE: TextDocument = {
  completion: {
    completionItem: {
      snippetSupport: true,
      insertReplaceSupport: true,
      deprecatedSupport: true,
      documentationFormat: ['plaintext'],
    },
  },
  signatureHelp: { signatureInformation: { documentationFormat: ['plaintext'] } },
};

class Client {
  private version = 0;
  private text = '';
  private uri = '';

  private constructor(
    private readonly server: ChildProcess,
    private readonly connection: ProtocolConnection,
  ) {}

  static async start(textDocument: TextDocument, initializationOptions: object = {}): Promise<Client> {
    const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = server;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument },
      initializationOptions: { qemuVersion: '7.2', librbdVersion: '17.2', ...initializationOptions },
    });
    await connection.sendNotification('initialized', {});
    return new Client(server, connection);
  }

  /** Opens a text with the caret in it, and asks there. */
  async complete(name: string, languageId: string, marked: string, trigger?: string): Promise<CompletionList> {
    const position = await this.open(name, languageId, marked);
    const context = trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger };
    return this.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: this.uri },
      position,
      context,
    });
  }

  async signature(name: string, languageId: string, marked: string): Promise<SignatureHelp | null> {
    const position = await this.open(name, languageId, marked);
    return this.connection.sendRequest('textDocument/signatureHelp', { textDocument: { uri: this.uri }, position });
  }

  private async open(name: string, languageId: string, marked: string) {
    this.text = marked.replace(CARET, '');
    this.uri = `file:///workspace/${name}`;
    const textDocument = { uri: this.uri, languageId, version: ++this.version, text: this.text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return positionIn(this.text, marked.indexOf(CARET));
  }

  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.connection.sendRequest('completionItem/resolve', item);
  }

  /** The whole text after an item is taken. */
  accept({ itemDefaults }: CompletionList, item: CompletionItem, how: 'insert' | 'replace' = 'replace'): string {
    const range = itemDefaults?.editRange;
    const edit = item.textEdit;
    let taken: TextEdit;
    if (edit !== undefined) {
      taken = { newText: edit.newText, range: 'range' in edit ? edit.range : edit[how] };
    } else if (range !== undefined && item.textEditText !== undefined) {
      taken = { newText: item.textEditText, range: 'insert' in range ? range[how] : range };
    } else {
      throw new Error('the item has no edit');
    }
    return applyTextEdits(this.text, [taken]);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    const ended = new Promise<void>((resolve) => this.server.once('exit', () => resolve()));
    await this.connection.sendNotification('exit');
    await ended;
    this.connection.dispose();
  }
}

let client: Client | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

function named({ items }: CompletionList, label: string): CompletionItem {
  const found = items.find((item) => item.label === label);
  if (found === undefined) throw new Error(`offered: ${items.map((item) => item.label).join(', ')}`);
  return found;
}

const DRIVE = 'qemu-kvm -drive file=rbd:p/i,if=none,ca‸che=none\n';

describe('whatever a client can do, the text afterwards is the same', () => {
  test.each([
    ['nothing', PLAIN],
    ['some', MIDDLE],
    ['all', FULL],
  ])('it can do %s', async (_what, capabilities) => {
    client = await Client.start(capabilities);
    const keys = await client.complete('vm.qemu', 'qemu-cmdline', DRIVE);
    expect(client.accept(keys, named(keys, 'cache'))).toBe('qemu-kvm -drive file=rbd:p/i,if=none,cache=none\n');
    expect(client.accept(keys, named(keys, 'discard'))).toBe('qemu-kvm -drive file=rbd:p/i,if=none,discard=none\n');
    const conf = await client.complete('ceph.conf', 'ceph-conf', '[global]\nlog file = /l\nrbd_cache_ma‸\n');
    expect(client.accept(conf, named(conf, 'rbd_cache_max_dirty'))).toBe(
      '[global]\nlog file = /l\nrbd_cache_max_dirty = \n',
    );
    const name = await client.complete('vm.sh', 'shellscript', 'qemu-kvm -drive file=rbd:p/i:log_file=‸\n');
    expect(client.accept(name, named(name, '/var/log/ceph/$name.log'))).toBe(
      'qemu-kvm -drive file=rbd:p/i:log_file=/var/log/ceph/\\$name.log\n',
    );
  });
});

test('a client without snippets gets whole parts as plain text', async () => {
  client = await Client.start(PLAIN);
  const list = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -‸\n');
  const drive = named(list, 'safe drive: -blockdev rbd, cache.direct=off');
  expect(drive.insertTextFormat).toBeUndefined();
  expect(client.accept(list, drive)).toBe(
    'qemu-kvm -blockdev driver=rbd,node-name=disk0,pool=rbd,image=image,user=admin,discard=unmap,cache.direct=off,cache.no-flush=off -device virtio-blk-pci,drive=disk0\n',
  );
});

test('a client with snippets gets places to fill in', async () => {
  client = await Client.start(MIDDLE);
  const list = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -‸\n');
  const drive = named(list, 'safe drive: -blockdev rbd, cache.direct=off');
  expect(drive.insertTextFormat).toBe(2);
  expect(client.accept(list, drive)).toContain('pool=${2:rbd},image=${3:image}');
  const conf = await client.complete('ceph.conf', 'ceph-conf', '[client]\n‸\n');
  const observe = named(conf, 'log and admin socket');
  expect(client.accept(conf, observe)).toContain(
    'admin_socket = /var/run/ceph/\\$cluster-\\$type.\\$id.\\$pid.\\$cctid.asok',
  );
  expect((await client.resolve(observe)).documentation).toMatchObject({ kind: 'plaintext' });
});

test('insert leaves the rest of the word, replace takes it', async () => {
  client = await Client.start(FULL);
  const list = await client.complete('vm.qemu', 'qemu-cmdline', DRIVE);
  expect(list.itemDefaults?.editRange).toMatchObject({ insert: {}, replace: {} });
  const cache = named(list, 'cache');
  expect(client.accept(list, cache, 'insert')).toBe('qemu-kvm -drive file=rbd:p/i,if=none,cacheche=none\n');
  expect(client.accept(list, cache, 'replace')).toBe('qemu-kvm -drive file=rbd:p/i,if=none,cache=none\n');
});

test('facts come once an item is looked at', async () => {
  client = await Client.start(FULL);
  const conf = await client.complete('ceph.conf', 'ceph-conf', '[client]\nrbd_cache_si‸\n');
  const size = named(conf, 'rbd_cache_size');
  expect(size.documentation).toBeUndefined();
  expect(size.labelDetails?.description).toBe('size, default 33554432');
  const looked = await client.resolve(size);
  expect(looked.documentation).toMatchObject({
    kind: 'markdown',
    value: expect.stringMatching(/32 MiB.*librbd 17\.2/s),
  });
  const drive = await client.complete('vm.qemu', 'qemu-cmdline', DRIVE);
  expect((await client.resolve(named(drive, 'detect-zeroes'))).documentation).toMatchObject({
    value: expect.stringContaining('Since QEMU 2.1'),
  });
  const modes = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,cache=‸\n');
  const writeback = named(modes, 'writeback');
  expect(writeback.labelDetails?.description).toMatch(/^RBDCache on/);
  expect(writeback.commitCharacters).toEqual([',']);
  expect((await client.resolve(writeback)).documentation).toMatchObject({ value: expect.stringContaining('flush') });
});

test('what a client sends back in an item’s data is not believed', async () => {
  client = await Client.start(FULL);
  await client.complete('vm.qemu', 'qemu-cmdline', DRIVE);
  for (const data of [
    undefined,
    null,
    5,
    [],
    { address: 'file:///etc/passwd', about: 'drive', name: 'cache' },
    { address: 'x', about: 7 },
  ]) {
    expect((await client.resolve({ label: 'x', data })).documentation).toBeUndefined();
  }
  const address = 'file:///workspace/vm.qemu';
  for (const name of ['constructor', '__proto__', 'toString', '']) {
    for (const about of ['drive', 'ceph', 'name', 'mode', 'member', 'device', 'object', 'flag', 'snippet', 'other']) {
      expect((await client.resolve({ label: 'x', data: { address, about, name } })).documentation).toBeUndefined();
    }
  }
});

describe('what is deprecated', () => {
  test.each([
    ['is tagged', FULL, { tags: [1] }],
    ['is flagged for a client without tags', MIDDLE, { deprecated: true }],
  ])('%s', async (_how, capabilities, expected) => {
    client = await Client.start(capabilities, { qemuVersion: '2.11', librbdVersion: '12.2' });
    const list = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i,‸\n');
    expect(named(list, 'serial')).toMatchObject(expected);
    expect(named(list, 'cache')).not.toMatchObject(expected);
  });
});

test('a client that has such a command is asked to go on with the value', async () => {
  client = await Client.start(FULL, { suggestCommand: 'editor.action.triggerSuggest' });
  const list = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive ‸\n');
  expect(named(list, 'file').command?.command).toBe('editor.action.triggerSuggest');
  await client.stop();
  client = await Client.start(FULL);
  const plain = await client.complete('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive ‸\n');
  expect(named(plain, 'file').command).toBeUndefined();
});

test('a blank that ends an argument brings nothing up; one that a person asks at does', async () => {
  client = await Client.start(FULL);
  const text = 'qemu-kvm -m 1024 ‸\n';
  expect((await client.complete('vm.qemu', 'qemu-cmdline', text, ' ')).items).toEqual([]);
  expect((await client.complete('vm.qemu', 'qemu-cmdline', text)).items.length).toBeGreaterThan(0);
  expect((await client.complete('ceph.conf', 'ceph-conf', '# this is the ‸\n[global]\n', ' ')).items).toEqual([]);
});

test('likely things first', async () => {
  client = await Client.start(FULL);
  const sorted = async (name: string, language: string, text: string) => {
    const { items } = (await client?.complete(name, language, text)) ?? { items: [] };
    return [...items]
      .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .map(({ label }) => label);
  };
  expect((await sorted('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive ‸\n')).slice(0, 5)).toEqual([
    'file',
    'if',
    'id',
    'format',
    'cache',
  ]);
  expect((await sorted('vm.qemu', 'qemu-cmdline', 'qemu-kvm -blockdev driver=rbd,‸\n')).slice(0, 3)).toEqual([
    'node-name',
    'pool',
    'image',
  ]);
  expect((await sorted('ceph.conf', 'ceph-conf', '[client]\nrbd cache ‸\n'))[0]).toMatch(/^rbd cache/);
});

describe('signature help', () => {
  test('with places in the label', async () => {
    client = await Client.start(FULL);
    const help = await client.signature('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i‸\n');
    expect(help?.signatures[0]).toMatchObject({
      label: 'rbd:POOL/[NAMESPACE/]IMAGE[@SNAPSHOT][:KEY=VALUE…]',
      activeParameter: 1,
    });
    expect(help?.signatures[0]?.parameters?.[1]).toMatchObject({ label: [9, 26], documentation: { kind: 'markdown' } });
  });

  test('with texts in the label', async () => {
    client = await Client.start(PLAIN);
    const help = await client.signature('vm.qemu', 'qemu-cmdline', 'qemu-kvm -drive file=rbd:p/i‸\n');
    expect(help?.activeParameter).toBe(1);
    expect(help?.signatures[0]?.parameters?.[1]?.label).toBe('[NAMESPACE/]IMAGE');
  });

  test('none outside of a drive', async () => {
    client = await Client.start(FULL);
    expect(await client.signature('vm.qemu', 'qemu-cmdline', 'qemu-kvm -m 10‸\n')).toBeNull();
  });
});
