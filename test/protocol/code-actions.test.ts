/** Code actions as an editor asks for them: at the caret, by their kinds, on save, and resolved when somebody chooses one. */
import { afterEach, expect, test } from 'vitest';
import type { CodeAction, CodeActionContext } from 'vscode-languageserver/node';
import { applyTextEdits, Editor } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const DRIVE = 'vm.qemu';
const SETTINGS = { qemuVersion: '7.2', librbdVersion: '16.2' };

let editor: Editor | undefined;

async function start(options: { readonly resolves?: boolean } = {}): Promise<Editor> {
  const made = await Editor.start({ settings: SETTINGS, resolvesActions: options.resolves === true });
  editor = made;
  return made;
}

afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

/** Asks as an editor does on save: for the whole document, with a kind, and with what it knows of findings. */
async function onSave(from: Editor, path: string, only: readonly string[]): Promise<CodeAction[]> {
  const lines = from.text(path).split('\n');
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const context: CodeActionContext = { diagnostics: [], only: [...only], triggerKind: 2 };
  return (
    (await from.ask<CodeAction[] | null>('codeAction', path, {
      range: { start: { line: 0, character: 0 }, end },
      context,
    })) ?? []
  );
}

function changed(from: Editor, path: string, action: CodeAction | undefined): string {
  return applyTextEdits(from.text(path), action?.edit?.changes?.[from.uri(path)] ?? []);
}

test('a fix says the outcome, also where it changes another document', async () => {
  const made = await start();
  await made.open(CONF, 'ceph-conf', '[global]\nrbd cache = true\n');
  await made.open(DRIVE, 'qemu-cmdline', 'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=none\n');
  const [here] = await made.codeActions(DRIVE, 'cache=no‸ne', ['quickfix']);
  expect(here?.title).toBe('Set cache=writeback: RBDCache on, write-through until first flush');
  expect(here?.diagnostics?.map(({ code }) => code)).toEqual(['cache-none-disables-rbdcache']);
  expect(changed(made, DRIVE, here)).toBe('kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writeback\n');
  const [there] = await made.codeActions(CONF, 'rbd ca‸che', ['quickfix']);
  expect(there?.title).toMatch(/^Set cache=writeback on p\/i in vm\.qemu: RBDCache on/);
  expect(changed(made, DRIVE, there)).toBe('kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writeback\n');
});

test.each<[only: string[], kinds: string[]]>([
  [['quickfix'], ['quickfix']],
  [['refactor'], ['refactor.rewrite.rbdcache.blockdev']],
  [['refactor.rewrite'], ['refactor.rewrite.rbdcache.blockdev']],
  [['refactor.rewrite.rbdcache.blockdev'], ['refactor.rewrite.rbdcache.blockdev']],
  [['refactor.rewrite.rbdcache.drive'], []],
  [['refactor.extract'], []],
  [['source.organizeImports'], []],
])('asked for %j, what is of that kind', async (only, kinds) => {
  const made = await start();
  await made.open(
    DRIVE,
    'qemu-cmdline',
    'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=unsafe,cache.direct=off\n',
  );
  const actions = await made.codeActions(DRIVE, '-dri‸ve', only);
  const drive = await made.codeActions(DRIVE, 'cache=un‸safe', only);
  expect([...new Set([...actions, ...drive].map(({ kind }) => kind))]).toEqual(kinds);
});

test.each([[['source.fixAll.rbdcache']], [['source.fixAll']], [['source']]])(
  '%j on save answers at once',
  async (only) => {
    const made = await start();
    await made.open(CONF, 'ceph-conf', '\uFEFF[global]\nrbd cache = true');
    const actions = await onSave(made, CONF, only);
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.rbdcache']);
    expect(changed(made, CONF, actions[0])).toBe('[global]\nrbd cache = true\n');
    await made.apply(CONF, actions[0]?.edit?.changes?.[made.uri(CONF)] ?? []);
    expect(await onSave(made, CONF, only)).toEqual([]);
  },
);

const UNUSED = '[global]\n# rbdcache-disable-next-line conf-bom\nrbd cache = true\n# rbdcache-disable conf-syntax\n';
const ALL_OF_RULE = 'Fix all 2 findings of unused-disable in this file';

test('all findings of a rule: the edit comes when it is asked for', async () => {
  const made = await start({ resolves: true });
  expect(made.initialized.capabilities.codeActionProvider).toMatchObject({ resolveProvider: true });
  await made.open(CONF, 'ceph-conf', UNUSED);
  const actions = await made.codeActions(CONF, 'conf-b‸om', ['quickfix']);
  const all = actions.find(({ title }) => title === ALL_OF_RULE);
  expect([all?.edit, all?.diagnostics?.length]).toEqual([undefined, 2]);
  const resolved: CodeAction = await made.connection.sendRequest('codeAction/resolve', all);
  expect(changed(made, CONF, resolved)).toBe('[global]\nrbd cache = true\n');
  const other: CodeAction = await made.connection.sendRequest('codeAction/resolve', { title: 'x', data: 5 });
  expect(other).toEqual({ title: 'x', data: 5 });
});

test('all findings of a rule: at once for a client that never asks', async () => {
  const made = await start();
  expect(made.initialized.capabilities.codeActionProvider).not.toHaveProperty('resolveProvider');
  await made.open(CONF, 'ceph-conf', UNUSED);
  const actions = await made.codeActions(CONF, 'conf-b‸om', ['quickfix']);
  expect(
    changed(
      made,
      CONF,
      actions.find(({ title }) => title === ALL_OF_RULE),
    ),
  ).toBe('[global]\nrbd cache = true\n');
});

test('in a script of a thousand drives, what stands at the caret is answered', async () => {
  const made = await start({ resolves: true });
  const line = (at: number) => `kvm -drive file=rbd:p/i${at},if=virtio,format=raw,cache=none\n`;
  const text = `#!/bin/sh\n${Array.from({ length: 1_000 }, (_, at) => line(at)).join('')}`;
  await made.open('start.sh', 'shellscript', text);
  await made.open(CONF, 'ceph-conf', '[global]\nrbd cache = true\n');
  const titles = (await made.codeActions('start.sh', 'rbd:p/i5‸00,')).map(({ title }) => title);
  expect(titles).toContain('Convert to -blockdev and -device');
  const [fix] = await made.codeActions('start.sh', 'p/i700,if=virtio,format=raw,cache=n‸one', ['quickfix']);
  expect(fix?.title).toBe('Set cache=writeback: RBDCache on, write-through until first flush');
  expect(changed(made, 'start.sh', fix)).toBe(text.replace(line(700), line(700).replace('none', 'writeback')));
});

test('a rewriting of a whole file is sent when it is chosen', async () => {
  const made = await start({ resolves: true });
  const spelt = (joint: string) =>
    `[global]\n${Array.from({ length: 60 }, (_, at) => `debug${joint}rbd${at} = 1\n`).join('')}rbd${joint}cache = true\n`;
  await made.open(CONF, 'ceph-conf', spelt(' '));
  const [action] = await made.codeActions(CONF, 'rbd ca‸che', ['refactor.rewrite.rbdcache.spelling']);
  expect([action?.title, action?.edit]).toEqual([
    'Write all keys of this file with underscores (61 to change)',
    undefined,
  ]);
  const resolved: CodeAction = await made.connection.sendRequest('codeAction/resolve', action);
  expect(changed(made, CONF, resolved)).toBe(spelt('_'));
});

test('a fix and a refactoring that come to the same are told once', async () => {
  const made = await start();
  await made.open(CONF, 'ceph-conf', '[global]\nmon host = 192.0.2.1:6789\n[client.vm1]\nrbd cache size = 67108864\n');
  await made.open(DRIVE, 'qemu-cmdline', 'kvm -drive file=rbd:p/i:id=cinder,format=raw,if=virtio,cache=none\n');
  const edits = (await made.codeActions(CONF, '[client.v‸m1]')).map(({ edit }) => JSON.stringify(edit));
  expect(edits.length).toBeGreaterThan(2);
  expect(new Set(edits).size).toBe(edits.length);
});
