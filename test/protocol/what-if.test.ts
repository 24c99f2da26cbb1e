/** What if, and the upgrade report, through the protocol: nothing is written, and the edit that is given is the one that was tried. */
import { afterEach, expect, test } from 'vitest';
import type { Change, OptionOffer, WhatIfChoices } from '../../server/src/features/what-if-view.js';
import type { NotOneDrive } from '../../server/src/features/who-wins/view.js';
import type { WhatIfAnswer } from '../../server/src/lsp/requests/what-if.js';
import { Editor } from './editor.js';

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

const COMMAND = 'qemu-kvm -drive file=rbd:p/a,format=raw,cache=writeback -drive file=rbd:p/b,format=raw,cache=none\n';
const CONF = '[client]\n\trbd cache = true\n';

async function open(settings = { qemuVersion: '2.2', librbdVersion: '0.87' }): Promise<Editor> {
  const one = await Editor.start({ settings });
  await one.open('etc/ceph/ceph.conf', 'ceph-conf', CONF);
  await one.open('vm.qemu', 'qemu-cmdline', COMMAND);
  return one;
}

const AT_A = { line: 0, character: COMMAND.indexOf('p/a') };

async function whatIf(change: Change, path = 'vm.qemu', position = AT_A): Promise<WhatIfAnswer | NotOneDrive> {
  const answer: WhatIfAnswer | NotOneDrive | null | undefined = await editor?.connection.sendRequest(
    'rbdcache/whatIf',
    {
      uri: editor.uri(path),
      position,
      change,
    },
  );
  if (answer == null) throw new Error('there is no answer');
  return answer;
}

test('the modes, the releases and whether options are taken, each with its outcome', async () => {
  editor = await open();
  const choices: WhatIfChoices = await editor.connection.sendRequest('rbdcache/whatIfChoices', {
    uri: editor.uri('vm.qemu'),
    position: AT_A,
  });
  if (choices.kind !== 'offers') throw new Error(choices.message);
  expect(choices.drive).toBe('p/a');
  expect(choices.now).toBe('RBDCache on · write-through until flush · flush-safe — QEMU 2.2, librbd 0.87');
  expect(choices.modes.map(({ label, outcome, inForce }) => `${label}${inForce ? '*' : ''}: ${outcome}`)).toEqual([
    'cache=writeback*: RBDCache on · write-through until flush · flush-safe',
    'cache=none: RBDCache on · write-through until flush · flush-safe',
    'cache=writethrough: RBDCache on · flushed after each write · safe',
    'cache=directsync: RBDCache on · flushed after each write · safe',
    'cache=unsafe: RBDCache on · write-through for good · safe',
  ]);
  expect(choices.qemu.filter(({ inForce }) => inForce).map(({ label }) => label)).toEqual(['2.2, 2014']);
  expect(choices.librbd.find(({ label }) => label.startsWith('16.2'))).toMatchObject({
    change: { kind: 'release', program: 'librbd', version: '16.2' },
    outcome: 'RBDCache on · write-through until flush · flush-safe',
  });
  expect(choices.takesOptions).toBe(true);
});

test('another mode: now, then, the edit; and after the edit it is so', async () => {
  editor = await open({ qemuVersion: '7.2', librbdVersion: '16.2' });
  const answer = await whatIf({ kind: 'mode', mode: 'none' });
  if (answer.kind !== 'tried') throw new Error(answer.message);
  expect(answer.says).toBe('cache=none');
  expect(answer.markdown.replaceAll(editor.uri(''), '')).toMatchInlineSnapshot(`
    "# What if \`cache=none\`: p/a

    - **Now**: RBDCache **on**, write-through until the guest's first flush, then write-around — QEMU 7.2, librbd 16.2
    - **Then**: RBDCache **off** — QEMU 7.2, librbd 16.2
    - **The edit**: \`writeback\` → \`none\` ([\`vm.qemu:1\`](/vm.qemu#L1))

    ## What changes

    - RBDCache: on → **off**
    - A crash: flush-safe → **safe**

    ## What a crash costs then: safe

    1. The guest writes: it is told that the write is done when the cluster has it.
    2. The guest flushes: there is nothing to wait for.
    3. The host dies: nothing is lost that the guest was told is done.

    ## Who decides then

    - [\`cache=none\`](/vm.qemu#L1); it beats [\`rbd cache = true\`](/etc/ceph/ceph.conf#L2) in \\[client\\], because it is set last
    "
  `);
  const changes = Object.values(answer.edit?.changes ?? {});
  expect(changes).toEqual([[{ range: expect.anything(), newText: 'none' }]]);
  await editor.edit('vm.qemu', 'p/a,format=raw,cache=writeback', 'p/a,format=raw,cache=none');
  expect(await editor.hover('vm.qemu', 'rbd:p‸/a')).toMatch(/^RBDCache \*\*off\*\*/);
});

test('a value in ceph.conf tells of the other drives that change with it', async () => {
  editor = await open();
  const answer = await whatIf({ kind: 'option', option: 'rbd cache', value: 'false' });
  if (answer.kind !== 'tried') throw new Error(answer.message);
  expect(answer.says).toBe('rbd cache = false');
  expect(answer.markdown).toMatch(/## Other drives that change with it\n\n- p\/b: RBDCache off · safe\n$/);
  expect(Object.keys(answer.edit?.changes ?? {})).toEqual([editor.uri('etc/ceph/ceph.conf')]);
});

test('another release has no edit', async () => {
  editor = await open();
  const answer = await whatIf({ kind: 'release', program: 'qemu', version: '2.4' });
  expect(answer).toMatchObject({ kind: 'tried', says: 'QEMU 2.4', edit: null });
});

test.each<[string, Change, RegExp]>([
  ['a mode that this QEMU has not', { kind: 'mode', mode: 'often' }, /no place where cache=often/],
  ['a release that nobody knows', { kind: 'release', program: 'qemu', version: 'x' }, /No such release/],
  [
    'an option that this librbd has not',
    { kind: 'option', option: 'rbd cash', value: '1' },
    /librbd 0\.87 knows no option/,
  ],
  ['a key', { kind: 'option', option: 'key', value: 'AQ' }, /A key is nothing/],
])('%s cannot be tried, and that is said', async (_, change, says) => {
  editor = await open();
  expect(await whatIf(change)).toEqual({ kind: 'none', message: expect.stringMatching(says) });
});

test('what is no change is answered with nothing', async () => {
  editor = await open();
  for (const change of [undefined, null, 5, {}, { kind: 'mode' }, { kind: 'release', program: 'ceph', version: '1' }]) {
    const params = { uri: editor.uri('vm.qemu'), position: AT_A, change };
    expect(await editor.connection.sendRequest('rbdcache/whatIf', params)).toBeNull();
  }
});

test('options as they are typed: names that bear on the disk, then values with the present one marked', async () => {
  editor = await open();
  const ask = (typed: string): Promise<OptionOffer[]> | undefined =>
    editor?.connection.sendRequest('rbdcache/whatIfOptions', { uri: editor.uri('vm.qemu'), position: AT_A, typed });
  expect((await ask(''))?.[0]).toEqual({
    text: 'rbd_cache = ',
    detail: 'now true · true or false, default true',
    complete: false,
  });
  expect((await ask('rbd cache max dirty'))?.map(({ text }) => text).slice(0, 2)).toEqual([
    'rbd_cache_max_dirty = ',
    'rbd_cache_max_dirty_age = ',
  ]);
  expect(await ask('rbd cache = ')).toEqual([
    { text: 'rbd_cache = true', detail: 'in force now · the default', complete: true },
    { text: 'rbd_cache = false', detail: '', complete: true },
  ]);
  expect((await ask('rbd_cache_size = 12345'))?.[0]).toEqual({
    text: 'rbd_cache_size = 12345',
    detail: '',
    complete: true,
  });
  expect((await ask('rbd cache = fa'))?.map(({ text, detail }) => `${text}: ${detail}`)).toEqual([
    'rbd_cache = false: ',
    'rbd_cache = fa: librbd 0.87 cannot read it',
  ]);
  expect(await ask('key = x')).toEqual([]);
});

test('of a ceph.conf that several drives read, one is to be chosen first', async () => {
  editor = await open();
  const params = { uri: editor.uri('etc/ceph/ceph.conf'), position: { line: 1, character: 3 } };
  expect(await editor.connection.sendRequest('rbdcache/whatIfChoices', params)).toMatchObject({
    kind: 'choose',
    drives: [{ label: 'p/a' }, { label: 'p/b' }],
  });
});

test('the upgrade report: each drive that changes, the gravest first, over files that no editor has open', async () => {
  editor = await Editor.start({
    settings: { qemuVersion: '2.2', librbdVersion: '0.87' },
    files: {
      'etc/ceph/ceph.conf': '[client]\nrbd cache = true\n',
      'a.qemu': 'qemu-kvm -drive file=rbd:p/a,format=raw,cache=none\n',
      'b.sh':
        '#!/bin/sh\nqemu-kvm -drive file=rbd:p/b,format=raw,serial=7 -drive file=rbd:p/c,format=raw,cache=writeback\n',
    },
  });
  const report: string = await editor.connection.sendRequest('rbdcache/compareReleases', {
    qemu: '7.2',
    librbd: '14.2',
  });
  expect(report.replaceAll(editor.uri(''), '')).toMatchInlineSnapshot(`
    "# What changes with QEMU 7.2, librbd 14.2

    2 of 3 drives change; as before: 1. Files with drives: 2.

    Compared with QEMU 2.2, librbd 0.87.

    ## No longer opens: 1

    ### p/b

    - [\`b.sh:2\`](/b.sh#L2)
    - **Now**: RBDCache **on**, write-through until the guest's first flush · flush-safe
    - **Then**: QEMU 7.2 **refuses this drive** after opening the image: \`Block format 'raw' does not support the option 'serial'\`

    ## Changes otherwise: 1

    ### p/a

    - [\`a.qemu:1\`](/a.qemu#L1)
    - **Now**: RBDCache **on**, write-through until the guest's first flush · flush-safe
    - **Then**: RBDCache **off** · safe
    - rbd\\_cache was decided by rbd cache = true (etc/ceph/ceph.conf:2) in \\[client\\], and is decided by cache=none (a.qemu:1).
    "
  `);
  expect(await editor.connection.sendRequest('rbdcache/compareReleases', { qemu: '7.2', librbd: 'x' })).toBeNull();
});

test('an upgrade report that nobody waits for is given up', async () => {
  const drives = Array.from({ length: 400 }, (_, at) => `qemu-kvm -drive file=rbd:p/i${at},format=raw,cache=none\n`);
  editor = await open();
  await editor.open('many.sh', 'shellscript', drives.join(''));
  const { CancellationTokenSource } = await import('vscode-languageserver/node');
  const asked = new CancellationTokenSource();
  const answer = editor.connection.sendRequest(
    'rbdcache/compareReleases',
    { qemu: '7.2', librbd: '16.2' },
    asked.token,
  );
  asked.cancel();
  await expect(answer.catch(() => null)).resolves.toBeNull();
  expect(await editor.hover('vm.qemu', 'rbd:p‸/a')).toContain('RBDCache');
});
