/** What an editor gone mad says to the server: any request, at any position, of any document, in any order. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editedDocument } from '../../server/src/lsp/documents.js';
import type { Mutator } from './mutate.js';
import type { Random } from './random.js';

/** One thing that the client says. `FOLDER` in it stands for the workspace folder's address. */
export interface Message {
  readonly kind: 'request' | 'notification';
  readonly method: string;
  readonly params: unknown;
  /** Taken back right after it was sent. */
  readonly cancelled?: boolean;
}

export const FOLDER = 'FOLDER';

const DOCUMENTS = [
  ['etc/ceph/ceph.conf', 'ceph-conf'],
  ['other.ceph.conf', 'ceph-conf'],
  ['vm.qemu', 'qemu-cmdline'],
  ['libvirt.qemu-args', 'qemu-cmdline'],
  ['start.sh', 'shellscript'],
  ['notes.txt', 'plaintext'],
] as const;
const STRANGE_URIS = [
  '',
  'x',
  'untitled:Untitled-1',
  'file:///%zz',
  'file:///',
  'git:/a?b#c',
  `${FOLDER}/never-opened.qemu`,
  '\ud800',
];
const LONGEST_TEXT = 1_500;
const VERSIONS = ['', '2.2', '7.2', '10.0', '0.87', '16.2.15', 'Reef', 'nonsense', '99', 7];

interface Position {
  readonly line: number;
  readonly character: number;
}

export class MessageMaker {
  private readonly open = new Map<string, TextDocument>();
  private version = 1;

  constructor(
    private readonly random: Random,
    private readonly mutator: Mutator,
  ) {}

  /** Well-formed messages, at least `requests` of them requests; at the end all documents of {@link opened} are open. */
  make(requests: number): Message[] {
    const messages: Message[] = DOCUMENTS.map(([path, language]) => this.openDocument(path, language));
    for (let count = 0; count < requests; ) {
      const message = this.random.chance(0.3) ? this.notification() : this.request();
      messages.push(message);
      if (message.kind === 'request') count += 1;
    }
    messages.push(this.folders([], [`${FOLDER}/sub`]));
    return messages;
  }

  /** Messages that no client should send: parameters of another shape, methods that there are not. */
  makeStrange(count: number): Message[] {
    const { random } = this;
    const wrong: readonly unknown[] = [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      { textDocument: null },
      { textDocument: { uri: 1 } },
      { textDocument: { uri: this.uri() } },
      { textDocument: { uri: this.uri() }, position: null, range: 'x', context: [] },
    ];
    const methods = [...POSITIONED, ...RANGED, ...WHOLE].map((method) => `textDocument/${method}`);
    const others = [
      'rbdcache/explain',
      'rbdcache/releases',
      'rbdcache/releaseEdit',
      'workspace/symbol',
      'no/such/method',
      'completionItem/resolve',
      '$/unknown',
    ];
    const notifications = [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'textDocument/didSave',
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
      'no/such/notification',
    ];
    return Array.from({ length: count }, (): Message => {
      const params = random.pick(wrong);
      return random.chance(0.2)
        ? { kind: 'notification', method: random.pick(notifications), params }
        : { kind: 'request', method: random.pick([...methods, ...others]), params };
    });
  }

  /** The documents that are open after the messages, as a new client would open them. */
  opened(): Message[] {
    return [...this.open.values()].map(({ uri, languageId, version, getText }) => ({
      kind: 'notification',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId, version, text: getText() } },
    }));
  }

  private text(language: string): string {
    const kind = language === 'ceph-conf' ? 'conf' : 'command';
    const text = this.random.chance(0.6)
      ? this.mutator.source(this.random, kind)
      : this.mutator.input(this.random, kind);
    return text.slice(0, LONGEST_TEXT);
  }

  private openDocument(path: string, language: string): Message {
    this.version += 1;
    // A lone surrogate does not survive the way through UTF-8, so the two sides would hold different texts.
    const text = wellFormed(this.text(language));
    const uri = `${FOLDER}/${path}`;
    this.open.set(uri, mirror(uri, language, this.version, text));
    const textDocument = { uri, languageId: language, version: this.version, text };
    return { kind: 'notification', method: 'textDocument/didOpen', params: { textDocument } };
  }

  private uri(): string {
    const { random } = this;
    if (random.chance(0.08)) return random.pick(STRANGE_URIS);
    const [path] = random.pick(DOCUMENTS);
    return `${FOLDER}/${path}`;
  }

  private position(uri: string): Position {
    const { random } = this;
    const known = this.open.get(uri);
    if (known !== undefined && random.chance(0.8)) return known.positionAt(random.below(known.getText().length + 1));
    const number = (): number =>
      random.pick([-1, -1e9, 0, 1, 3, 1e6, 2_147_483_647, 2 ** 32, 0.5, -0.5, random.below(50)]);
    return { line: number(), character: number() };
  }

  private range(uri: string): { start: Position; end: Position } {
    const { random } = this;
    const known = this.open.get(uri);
    if (known !== undefined && random.chance(0.3)) {
      return { start: { line: 0, character: 0 }, end: known.positionAt(known.getText().length) };
    }
    return { start: this.position(uri), end: this.position(uri) };
  }

  private request(): Message {
    const { random } = this;
    const uri = this.uri();
    const textDocument = { uri };
    const ask = (method: string, params: unknown): Message => ({
      kind: 'request',
      method,
      params,
      ...(random.chance(0.05) ? { cancelled: true } : {}),
    });
    const kind = random.below(10);
    if (kind < 4) {
      const method = `textDocument/${random.pick(POSITIONED)}`;
      return ask(method, { textDocument, position: this.position(uri), context: { triggerKind: 1 } });
    }
    if (kind < 6) {
      const method = `textDocument/${random.pick(RANGED)}`;
      const only = random.pick([undefined, ['quickfix'], ['source.fixAll'], ['source', ''], []]);
      const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
      return ask(method, { textDocument, range: this.range(uri), context });
    }
    if (kind < 8) {
      const previousResultId = random.pick(['', '1', '7', 'x']);
      return ask(`textDocument/${random.pick(WHOLE)}`, { textDocument, previousResultId });
    }
    switch (random.below(4)) {
      case 0:
        return ask('rbdcache/explain', { uri, position: this.position(uri) });
      case 1:
        return ask('rbdcache/releases', { uri });
      case 2:
        return ask('rbdcache/releaseEdit', {
          uri,
          program: random.pick(['qemu', 'librbd', 'other']),
          version: random.pick(['2.2', '18.2', null, '\n[x]', '']),
        });
      default:
        return ask('completionItem/resolve', {
          label: 'x',
          data: random.pick([
            undefined,
            null,
            { address: uri, name: 'rbd_cache' },
            { address: uri, name: '__proto__' },
            1,
          ]),
        });
    }
  }

  private notification(): Message {
    const { random } = this;
    const notify = (method: string, params: unknown): Message => ({ kind: 'notification', method, params });
    const uri = this.uri();
    switch (random.below(12)) {
      case 0: {
        if (random.chance(0.7)) return this.change(uri);
        this.open.delete(uri);
        return notify('textDocument/didClose', { textDocument: { uri } });
      }
      case 1: {
        const closed = DOCUMENTS.filter(([path]) => !this.open.has(`${FOLDER}/${path}`));
        const [path, language] = random.pick(closed.length > 0 ? closed : DOCUMENTS);
        return this.openDocument(path, language);
      }
      case 2:
        return notify('textDocument/didSave', { textDocument: { uri } });
      case 3:
        return notify('workspace/didChangeWatchedFiles', {
          changes: [
            { uri, type: random.between(1, 3) },
            { uri: `${FOLDER}/.rbdcacherc`, type: 2 },
          ],
        });
      case 4:
        return notify('workspace/didChangeConfiguration', { settings: { rbdcache: this.settings() } });
      case 5:
        return this.folders([`${FOLDER}/sub`], random.chance(0.5) ? [`${FOLDER}/sub`] : []);
      default:
        return this.change(uri);
    }
  }

  private settings(): Readonly<Record<string, unknown>> {
    const { random } = this;
    return {
      qemuVersion: random.pick(VERSIONS),
      librbdVersion: random.pick(VERSIONS),
      vendor: random.pick(['', 'upstream', 'proxmox', 'x', 3]),
      root: random.pick(['', '.', '/', '../..', '\0', 'sub']),
      inlayHints: random.pick([true, { enabled: true }, { bytes: false, outcome: 3 }, 'x']),
      codeLens: random.pick([true, { enabled: false }, 'x']),
      severity: random.pick([{}, { 'conf-unknown-option': 'error' }, { x: 'off' }, [], 'x']),
    };
  }

  private folders(added: readonly string[], removed: readonly string[]): Message {
    const named = (uris: readonly string[]) => uris.map((uri) => ({ uri, name: 'sub' }));
    const event = { added: named(added), removed: named(removed) };
    return { kind: 'notification', method: 'workspace/didChangeWorkspaceFolders', params: { event } };
  }

  private change(uri: string): Message {
    const { random } = this;
    this.version += random.pick([1, 1, 1, 0, -3, 1_000]);
    const known = this.open.get(uri);
    const one = (): { range?: { start: Position; end: Position }; text: string } => {
      const text = random.pick(TYPED);
      if (random.chance(0.08)) return { text: wellFormed(this.text(known?.languageId ?? '')) };
      const start = this.position(uri);
      const end = random.chance(0.95)
        ? { line: start.line, character: start.character + random.below(4) }
        : this.position(uri);
      return { range: { start, end }, text };
    };
    const contentChanges = Array.from({ length: random.between(1, 3) }, one);
    if (known !== undefined) {
      editedDocument(known, contentChanges, this.version);
      if (known.getText().length > 4 * LONGEST_TEXT || wellFormed(known.getText()) !== known.getText()) {
        const text = wellFormed(this.text(known.languageId));
        contentChanges.push({ text });
        editedDocument(known, [{ text }], this.version);
      }
    }
    const params = { textDocument: { uri, version: this.version }, contentChanges };
    return { kind: 'notification', method: 'textDocument/didChange', params };
  }
}

/** As it comes out of UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function mirror(uri: string, language: string, version: number, text: string): TextDocument {
  const document = TextDocument.create(uri, language, version, text);
  // Methods are handed around.
  document.getText = document.getText.bind(document);
  return document;
}

const POSITIONED = ['hover', 'completion', 'definition', 'hover', 'documentHighlight'];
const RANGED = ['codeAction', 'inlayHint', 'semanticTokens/range'];
const WHOLE = ['documentSymbol', 'foldingRange', 'documentLink', 'semanticTokens/full', 'diagnostic', 'codeLens'];
const TYPED = [
  '',
  '',
  'a',
  ' ',
  '\n',
  '\r\n',
  ',',
  ':',
  '=',
  '"',
  "'",
  '\\',
  '[',
  ']',
  '{',
  '}',
  '#',
  '$',
  '\0',
  '\u{1f600}',
  'rbd cache = true\n',
  '[client]\n',
  'cache=none',
  ',cache=',
  '-drive ',
  'file=rbd:p/i',
  ':id=x',
  ':conf=/etc/ceph/ceph.conf',
  '# rbdcache: qemu=2.2\n',
  '# rbdcache-disable-next-line x\n',
];
