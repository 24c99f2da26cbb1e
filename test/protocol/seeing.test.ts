/** What there is to see without asking, through the protocol: hints, lenses, colours, folds, symbols, links. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeLens,
  DocumentLink,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { Editor, positionIn } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const VM = 'vm.qemu';
const SCRIPT = 'start.sh';
const CONF_TEXT = `# region cluster
[global]
rbd cache = true
rbd cache size = 67108864
# endregion
[client.cinder]
keyring = /etc/ceph/ceph.client.cinder.keyring
log file = /var/log/ceph/$name.log
admin socket = /var/log/ceph/$name.asok
`;
const VM_TEXT = `qemu-system-x86_64 -name vm1 \\
  -drive file=rbd:volumes/v1:id=cinder:conf=/etc/ceph/ceph.conf,if=none,id=d0,format=raw,cache=none \\
  -device virtio-blk,drive=d0
`;

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.start({
    settings: { qemuVersion: '2.4', librbdVersion: '0.94' },
    initializationOptions: {
      explainCommand: 'rbdcache.explainDrive',
      whoWinsCommand: 'rbdcache.showWhoWins',
      showReferencesCommand: 'rbdcache.showReferences',
    },
    files: { [CONF]: CONF_TEXT, 'etc/ceph/ceph.client.cinder.keyring': '', 'var/log/ceph/client.cinder.log': '' },
  });
  await editor.open(CONF, 'ceph-conf', CONF_TEXT);
  await editor.open(VM, 'qemu-cmdline', VM_TEXT);
  await editor.open(SCRIPT, 'shellscript', 'if true; then\n  echo\n  echo\nfi\n');
});

afterAll(() => editor.stop());

const resolve = <T>(method: string, item: T): Promise<T> => editor.connection.sendRequest(method, item);

describe('inlay hints', () => {
  const labels = (hints: readonly InlayHint[]) => hints.map(({ label, position }) => `${position.line} ${label}`);

  test('are told without what is behind them by a client that asks for that later', async () => {
    const late = await Editor.start({
      resolvesHints: ['tooltip', 'label.command', 'label.location'],
      initializationOptions: { explainCommand: 'x.explain' },
    });
    await late.open(VM, 'qemu-cmdline', VM_TEXT);
    await late.open(CONF, 'ceph-conf', CONF_TEXT);
    const [hint] = await late.inlayHints(VM);
    expect(hint?.tooltip).toBeUndefined();
    const whole: InlayHint = await late.connection.sendRequest('inlayHint/resolve', hint);
    expect(whole.tooltip).toMatchObject({ kind: 'markdown', value: expect.stringContaining('Decided by') });
    expect(whole.label).toEqual([
      {
        value: hint?.label,
        command: {
          title: '',
          command: 'x.explain',
          arguments: [{ uri: late.uri(VM), position: { line: 1, character: 9 } }],
        },
      },
    ]);
    const [losing] = await late.inlayHints(CONF);
    const led: InlayHint = await late.connection.sendRequest('inlayHint/resolve', losing);
    expect(led.label).toMatchObject([{ location: { uri: late.uri(VM), range: { start: { line: 1 } } } }]);
    await late.stop();
  });

  test('are told whole to any other client', async () => {
    const [hint] = await editor.inlayHints(VM);
    expect(hint?.tooltip).toMatchObject({ value: expect.stringContaining('command:rbdcache.explainDrive?') });
  });

  test.each<[about: string, inlayHints: unknown, expected: readonly string[]]>([
    ['all of them', {}, ['2 ← false, by cache=none', '3 = 64 MiB']],
    ['no losers', { effectiveValues: false }, ['3 = 64 MiB']],
    ['no sizes', { bytes: false }, ['2 ← false, by cache=none']],
    ['none at all', { enabled: false, bytes: true }, []],
    ['none, as it once was said', false, []],
  ])('%s', async (_about, inlayHints, expected) => {
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.94', inlayHints });
    await editor.untilAsync(async () => labels(await editor.inlayHints(CONF)).join() === expected.join(), 'the hints');
  });

  test('the outcome by its own switch', async () => {
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.94', inlayHints: { outcome: false } });
    await editor.untilAsync(async () => (await editor.inlayHints(VM)).length === 0, 'no hint');
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.94' });
    await editor.untilAsync(async () => labels(await editor.inlayHints(VM)).join() === '1 → off', 'the hint');
  });
});

describe('code lenses', () => {
  const lenses = (path: string): Promise<CodeLens[]> => editor.ask('codeLens', path, {});

  test('over a drive lead to the explanation and to who wins', async () => {
    const found = await lenses(VM);
    expect(found.map(({ command }) => command)).toEqual([undefined, undefined]);
    const place = { uri: editor.uri(VM), position: { line: 1, character: 2 } };
    expect(
      (await Promise.all(found.map((lens) => resolve('codeLens/resolve', lens)))).map(({ command }) => command),
    ).toEqual([
      { title: 'RBDCache off · safe', command: 'rbdcache.explainDrive', arguments: [place] },
      { title: 'Who wins in other releases', command: 'rbdcache.showWhoWins', arguments: [place] },
    ]);
  });

  test('over a section lead to its drives', async () => {
    const [lens] = await lenses(CONF);
    expect(lens?.range.start).toEqual({ line: 5, character: 1 });
    const start = positionIn(VM_TEXT, VM_TEXT.indexOf('file='));
    expect((await resolve('codeLens/resolve', lens))?.command).toEqual({
      title: 'used by 1 drive',
      command: 'rbdcache.showReferences',
      arguments: [
        {
          uri: editor.uri(CONF),
          position: { line: 5, character: 1 },
          locations: [
            { uri: editor.uri(VM), range: { start, end: positionIn(VM_TEXT, VM_TEXT.indexOf(' \\\n  -device')) } },
          ],
        },
      ],
    });
  });

  test('can be turned off; a client without the commands is told the words', async () => {
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.94', codeLens: { enabled: false } });
    await editor.untilAsync(async () => (await lenses(VM)).length === 0, 'no lens');
    await editor.configure({ qemuVersion: '2.4', librbdVersion: '0.94' });
    const plain = await Editor.start();
    await plain.open(VM, 'qemu-cmdline', VM_TEXT);
    const found: CodeLens[] = await plain.ask('codeLens', VM, {});
    expect(found).toHaveLength(1);
    const whole: CodeLens = await plain.connection.sendRequest('codeLens/resolve', found[0]);
    expect(whole.command).toEqual({ title: expect.stringMatching(/^RBDCache off/), command: '' });
    await plain.stop();
  });
});

test('tokens are told whole, then what changed in them, and in part', async () => {
  const path = 'tokens/ceph.conf';
  const lines = 'rbd cache size = 1\nlog file = /x\n'.repeat(50);
  await editor.open(path, 'ceph-conf', `[client]\n${lines}`);
  const full: SemanticTokens = await editor.ask('semanticTokens/full', path, {});
  const delta = (previousResultId: string | undefined): Promise<SemanticTokensDelta | SemanticTokens> =>
    editor.ask('semanticTokens/full/delta', path, { previousResultId });
  const same = await delta(full.resultId);
  expect(same).toEqual({ resultId: expect.any(String), edits: [] });
  await editor.edit(path, '[client]\n', '[client]\nkeyring = /k\n');
  const changed = await delta(same.resultId);
  if (!('edits' in changed)) throw new Error('all of them again');
  expect(changed.edits).toHaveLength(1);
  expect(changed.edits[0]?.data?.length).toBeLessThanOrEqual(15);
  const now: SemanticTokens = await editor.ask('semanticTokens/full', path, {});
  expect(applied(full.data, changed)).toEqual(now.data);
  expect(await delta('never')).toEqual({ resultId: expect.any(String), data: now.data });
  const part: SemanticTokens = await editor.ask('semanticTokens/range', path, {
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
  });
  expect(part.data.length).toBeLessThan(20);
  expect(now.data.slice(0, part.data.length)).toEqual(part.data);
  await editor.close(path);
});

function applied(data: readonly number[], { edits }: SemanticTokensDelta): number[] {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (all, { start, deleteCount, data: put = [] }) => [
        ...all.slice(0, start),
        ...put,
        ...all.slice(start + deleteCount),
      ],
      [...data],
    );
}

test('marked regions fold as such; a script without QEMU is left to the editor', async () => {
  expect(await editor.folds(CONF)).toEqual([
    { startLine: 0, endLine: 4, kind: 'region' },
    { startLine: 1, endLine: 3 },
    { startLine: 5, endLine: 8 },
  ]);
  expect(await editor.ask<FoldingRange[] | null>('foldingRange', SCRIPT, {})).toBeNull();
});

test('a selection grows from a value to the file', async () => {
  const positions = [editor.at(VM, 'cache=no‸ne'), editor.at(VM, 'vm‸1')];
  const [first, second]: SelectionRange[] = await editor.ask('selectionRange', VM, { positions });
  const widths = (range: SelectionRange | undefined): string[] =>
    range === undefined ? [] : [`${range.range.start.line}:${range.range.start.character}`, ...widths(range.parent)];
  const at = VM_TEXT.split('\n')[1]?.indexOf('cache=') ?? 0;
  expect(widths(first)).toEqual([`1:${at + 6}`, `1:${at}`, '1:9', '1:2', '0:0', '0:0']);
  expect(widths(second)).toEqual(['0:25', '0:19', '0:0', '0:0']);
});

test('a drive’s id and its device are highlighted together', async () => {
  const found = await editor.ask('documentHighlight', VM, { position: editor.at(VM, 'id=d‸0') });
  expect(found).toMatchObject([
    { range: { start: { line: 1 } }, kind: 3 },
    { range: { start: { line: 2, character: 27 } }, kind: 2 },
  ]);
  expect(await editor.ask('documentHighlight', VM, { position: editor.at(VM, 'qe‸mu') })).toBeNull();
});

test('drives and sections are found over the workspace', async () => {
  const found = async (query: string): Promise<string[]> => {
    const symbols: WorkspaceSymbol[] | null = await editor.connection.sendRequest('workspace/symbol', { query });
    return (symbols ?? []).map(({ name, containerName }) => `${name} ${containerName ?? ''}`.trim());
  };
  expect(await found('v1')).toEqual(['d0 (volumes/v1) off']);
  expect(await found('cinder]')).toEqual(['[client.cinder]']);
});

describe('links', () => {
  const links = (path: string): Promise<DocumentLink[]> => editor.ask('documentLink', path, {});

  test('to files that are there or can be made, told once they are looked at', async () => {
    const found = await links(CONF);
    expect(found.map(({ target, range }) => [range.start.line, target])).toEqual([
      [6, undefined],
      [7, undefined],
    ]);
    const whole = await Promise.all(found.map((link) => resolve('documentLink/resolve', link)));
    expect(whole.map(({ target, tooltip }) => [target, tooltip])).toEqual([
      [editor.uri('etc/ceph/ceph.client.cinder.keyring'), 'Open /etc/ceph/ceph.client.cinder.keyring, or make it'],
      [editor.uri('var/log/ceph/client.cinder.log'), 'Open /var/log/ceph/client.cinder.log'],
    ]);
  });

  test('from a drive to its ceph.conf', async () => {
    const [link] = await links(VM);
    expect(await resolve('documentLink/resolve', link)).toMatchObject({
      target: editor.uri(CONF),
      tooltip: 'Open /etc/ceph/ceph.conf',
    });
  });
});

test('what nobody can make sense of is given back', async () => {
  for (const method of ['inlayHint/resolve', 'codeLens/resolve', 'documentLink/resolve']) {
    for (const data of [
      undefined,
      null,
      5,
      {},
      { uri: 'file:///no', kind: 'outcome', offset: 1e9, address: 'x', path: 'y' },
    ]) {
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const item = { position: range.start, label: 'x', range, data };
      expect(await editor.connection.sendRequest(method, item)).toMatchObject({ range });
    }
  }
  expect(editor.log.filter((line) => line.includes('resolve: '))).toEqual([]);
});
