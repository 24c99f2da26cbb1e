/** Each feature through the protocol: what an editor shows for a small pair of files. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Editor, rulesOf } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const WEST = 'etc/ceph/west.conf';
const DRIVE = 'vm.qemu';
const SCRIPT = 'start.sh';

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.start({
    settings: { qemuVersion: '2.4', librbdVersion: '0.94' },
    initializationOptions: { docsBase: 'file:///docs/rules/', explainCommand: 'rbdcache.explainDrive' },
    files: { [WEST]: '[global]\nrbd cache size = 67108864\n' },
  });
  await editor.open(
    CONF,
    'ceph-conf',
    `# the cluster's file
# of compute1
[global]
fsid = a7f64266-0894-4f1e-a635-d0aeaca0e993
rbd cache = true
rbd cache size = 67108864
rbd cache size = 134217728
[client.cinder]
rbd cache max dirty = 1048576
key = AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==
`,
  );
  await editor.open(
    DRIVE,
    'qemu-cmdline',
    `qemu-system-x86_64 -drive file=rbd:volumes/v1:id=cinder,if=none,id=d0,format=raw,cache=none
qemu-system-x86_64 -drive file=rbd:volumes/v2:conf=/etc/ceph/west.conf,if=none,id=d1,format=raw,cache=writeback
`,
  );
  await editor.open(
    SCRIPT,
    'shellscript',
    `#!/bin/sh
exec qemu-system-x86_64 \\
  -drive file=rbd:vms/$NAME:id=cinder,format=raw,cache=$MODE \\
  -drive file=/var/lib/disk.img,format=raw,cache=none
`,
  );
});

afterAll(() => editor.stop());

describe('hover', () => {
  test.each([
    [DRIVE, 'cache=no‸ne', /^RBDCache \*\*off\*\*[^\n]*QEMU 2\.4, librbd 0\.94/],
    [DRIVE, '-dri‸ve file=rbd:volumes/v1', /^RBDCache \*\*off\*\*/],
    [DRIVE, 'conf=/etc/ceph/we‸st', /^RBDCache \*\*on\*\*/],
    [DRIVE, 'id=cin‸der', /client id/],
    [SCRIPT, 'cache=$MO‸DE', /^RBDCache \*\*depends\*\*.*\$MODE/],
    [CONF, 'rbd ca‸che =', /^RBDCache \*\*off\*\*/],
    [CONF, 'rbd ca‸che =', /does not count for/],
    [CONF, 'rbd cache max di‸rty', /1 MiB/],
    [CONF, '[client.cin‸der]', /id=cinder/],
  ])('%s at %s says %s', async (path, pattern, says) => {
    expect(await editor.hover(path, pattern)).toMatch(says);
  });

  test.each([
    [DRIVE, 'qemu-sys‸tem'],
    [SCRIPT, 'disk.i‸mg'],
    [SCRIPT, '#!/bin‸/sh'],
    [CONF, "# the cluster's fi‸le"],
  ])('%s at %s says nothing', async (path, pattern) => expect(await editor.hover(path, pattern)).toBe(''));

  test('links lead to the line that decided, and to the explanation', async () => {
    const hover = await editor.hover(DRIVE, 'cache=no‸ne');
    expect(hover).toContain(`(${editor.uri(CONF)}#L5)`);
    expect(hover).toContain('(command:rbdcache.explainDrive?');
  });

  test('a key is never shown', async () => {
    expect(await editor.hover(CONF, 'ke‸y = AQ')).not.toContain('AQBc4vtV');
    expect(JSON.stringify(await editor.symbols(CONF))).not.toContain('AQBc4vtV');
  });
});

describe('diagnostics', () => {
  test('carry rule, link, related places and tags', async () => {
    const overridden = (await editor.diagnostics(CONF)).find(({ code }) => code === 'cache-overridden-by-drive');
    expect(overridden).toMatchObject({
      source: 'rbdcache',
      severity: 3,
      tags: [1],
      range: { start: { line: 4 } },
      codeDescription: { href: 'file:///docs/rules/cache-overridden-by-drive.md' },
      data: { rule: 'cache-overridden-by-drive' },
    });
    expect(overridden?.relatedInformation?.[0]?.location.uri).toBe(editor.uri(DRIVE));
  });
});

describe('code actions', () => {
  test('a fix is applied, and its finding is gone', async () => {
    const path = 'twice/ceph.conf';
    await editor.open(path, 'ceph-conf', '[global]\nrbd cache size = 1048576\nrbd_cache_size = 67108864\n');
    expect(rulesOf(await editor.diagnostics(path))).toContain('conf-duplicate-option');
    const actions = await editor.codeActions(path, 'rbd cache si‸ze');
    const fix = actions.find(({ isPreferred }) => isPreferred === true);
    expect(fix?.diagnostics?.[0]?.code).toBe('conf-duplicate-option');
    await editor.apply(path, fix?.edit?.changes?.[editor.uri(path)] ?? []);
    expect(editor.text(path)).toBe('[global]\nrbd_cache_size = 67108864\n');
    expect(rulesOf(await editor.diagnostics(path))).not.toContain('conf-duplicate-option');
    await editor.close(path);
  });

  test('a finding can be turned off by a comment, for a line and for a file', async () => {
    const path = 'off/ceph.conf';
    const text = '[global]\nrbd cache size = 1048576\nrbd_cache_size = 67108864\n';
    await editor.open(path, 'ceph-conf', text);
    const actions = await editor.codeActions(path, 'rbd cache si‸ze');
    const comments = actions.filter(({ title }) => title.includes('by a comment'));
    const results = comments.map(({ edit }) => edit?.changes?.[editor.uri(path)]?.[0]?.newText);
    expect(results).toEqual([
      '# rbdcache-disable-next-line conf-duplicate-option\n',
      '# rbdcache-disable conf-duplicate-option\n',
    ]);
    await editor.apply(path, comments[0]?.edit?.changes?.[editor.uri(path)] ?? []);
    expect(rulesOf(await editor.diagnostics(path))).not.toContain('conf-duplicate-option');
    await editor.close(path);
  });

  test('a command over several lines is silenced by a comment before it', async () => {
    const path = 'long.qemu';
    await editor.open(path, 'qemu-cmdline', 'qemu-kvm \\\n -drive file=rbd:p/i,cache=none,format=raw\n');
    const [action] = (await editor.codeActions(path, 'cache=no‸ne')).filter(({ title }) => title.includes('command'));
    await editor.apply(path, action?.edit?.changes?.[editor.uri(path)] ?? []);
    expect(editor.text(path)).toMatch(/^# rbdcache-disable-next-line [\w-]+\nqemu-kvm/);
    await editor.close(path);
  });
});

test('inlay hints stand at the end of each drive and of each line that loses', async () => {
  expect((await editor.inlayHints(DRIVE)).map(({ label, position }) => [position.line, label])).toEqual([
    [0, '→ off'],
    [1, expect.stringMatching(/^→ on, /)],
  ]);
  expect((await editor.inlayHints(CONF)).map(({ label, position }) => [position.line, label])).toEqual([
    [4, '← overridden for 2 drives'],
    [5, '= 64 MiB'],
    [5, '← 128 MiB, by line 7'],
    [6, '= 128 MiB'],
    [8, '= 1 MiB'],
  ]);
});

test('the outline holds sections with options, and commands with drives', async () => {
  const names = (symbols: Awaited<ReturnType<typeof editor.symbols>>) =>
    symbols.map(({ name, children }) => [name, (children ?? []).map((child) => child.name)]);
  expect(names(await editor.symbols(CONF))).toEqual([
    ['[global]', ['fsid', 'rbd cache', 'rbd cache size', 'rbd cache size']],
    ['[client.cinder]', ['rbd cache max dirty', 'key']],
  ]);
  expect(names(await editor.symbols(DRIVE))).toEqual([
    ['qemu-system-x86_64', ['d0 (volumes/v1)']],
    ['qemu-system-x86_64', ['d1 (volumes/v2)']],
  ]);
});

test('sections, comments and long commands fold', async () => {
  expect(await editor.folds(CONF)).toEqual(
    expect.arrayContaining([
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 2, endLine: 6 },
      { startLine: 7, endLine: 9 },
    ]),
  );
  expect(await editor.folds(SCRIPT)).toEqual([{ startLine: 1, endLine: 3 }]);
});

test('conf= leads to its file, id= to its section, a section to its drives', async () => {
  expect((await editor.definition(DRIVE, 'conf=/etc/ceph/we‸st'))[0]?.uri).toBe(editor.uri(WEST));
  expect((await editor.definition(DRIVE, 'id=cin‸der'))[0]).toMatchObject({
    uri: editor.uri(CONF),
    range: { start: { line: 7 } },
  });
  expect((await editor.definition(CONF, '[client.cin‸der]')).map(({ uri }) => uri)).toContain(editor.uri(DRIVE));
});

describe('completion', () => {
  test.each([
    [CONF, 'rbd cache max‸ dirty', 'rbd cache max dirty'],
    [CONF, 'rbd cache = ‸true', 'false'],
    [CONF, '[client.‸cinder]', '[client.cinder]'],
    [DRIVE, 'cache=‸none', 'writeback'],
    [DRIVE, 'if=none,i‸d=d0', 'discard'],
    [DRIVE, 'volumes/v1:i‸d=cinder', 'id'],
    [DRIVE, 'volumes/v2:con‸f=', 'conf'],
  ])('%s at %s offers %s', async (path, pattern, label) => {
    expect(await editor.completions(path, pattern)).toContain(label);
  });
});

test('a file called ceph.conf that is something else is left alone', async () => {
  await editor.open('other/ceph.conf', 'ceph-conf', '<Plugin python>\n  Import "ceph"\n</Plugin>\n');
  expect(await editor.diagnostics('other/ceph.conf')).toEqual([]);
  expect(await editor.hover('other/ceph.conf', 'Imp‸ort')).toBe('');
  await editor.close('other/ceph.conf');
});

test('what a client may ask for beyond the protocol', async () => {
  const releases = await editor.connection.sendRequest('rbdcache/releases', {});
  expect(releases).toMatchObject({
    qemu: expect.arrayContaining([{ version: '2.2', name: null, year: '2014' }]),
    librbd: expect.arrayContaining([{ version: '0.87', name: 'Giant', year: '2014' }]),
  });
  const place = { uri: editor.uri(DRIVE), position: editor.at(DRIVE, 'cache=no‸ne') };
  expect(await editor.connection.sendRequest('rbdcache/explain', place)).toContain('rados_conf_set(rbd_cache, false)');
  expect(await editor.connection.sendRequest('rbdcache/explain', { uri: 5 })).toBeNull();
});
