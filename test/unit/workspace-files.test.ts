import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Root } from '../../server/src/features/analysis-model.js';
import { editText, overlap } from '../../server/src/syntax/text-edits.js';
import {
  addressOfPath,
  baseName,
  displayName,
  joinAddress,
  liesIn,
  normaliseAddress,
  normalisePosix,
  parentAddress,
} from '../../server/src/workspace/address.js';
import { HostFiles } from '../../server/src/workspace/host-files.js';
import { documentKind } from '../../server/src/workspace/languages.js';
import { looksLikeCephConf } from '../../server/src/workspace/looks-like-ceph-conf.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';
import { NodeFileAccess } from '../../server/src/workspace/node-file-access.js';
import { configuredRoot, guessRoot } from '../../server/src/workspace/root.js';
import { Scan } from '../../server/src/workspace/scan.js';
import { parseSettings } from '../../server/src/workspace/settings.js';
import { DocumentTexts } from '../../server/src/workspace/texts.js';

describe('addresses', () => {
  test.each([
    ['file:///a/b%20c', 'file:///a/b%20c'],
    ['file:///a/b c', 'file:///a/b%20c'],
    ['file:///a/%62', 'file:///a/b'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
    ['not a uri', 'not a uri'],
  ])('%s is known as %s', (uri, address) => expect(normaliseAddress(uri)).toBe(address));

  test.each([
    ['file:///a/b/c', 'file:///a/b'],
    ['file:///a', 'file:///'],
    ['file:///', null],
    ['untitled:Untitled-1', null],
  ])('%s lies in %s', (address, parent) => expect(parentAddress(address)).toBe(parent));

  test.each([
    ['/etc/ceph/ceph.conf', '/etc/ceph/ceph.conf'],
    ['/etc//ceph/./x/../ceph.conf', '/etc/ceph/ceph.conf'],
    ['/../..', '/'],
  ])('the path %s is %s', (path, normal) => expect(normalisePosix(path)).toBe(normal));

  test('names keep what a URI escapes', () => {
    const address = joinAddress('file:///w', 'a b#c%.conf');
    expect(baseName(address)).toBe('a b#c%.conf');
    expect(displayName(address, ['file:///w'])).toBe('a b#c%.conf');
  });

  test('half a character in a path does no harm', () => {
    expect(addressOfPath('/a/\uDC00')).toBe(addressOfPath('/a/\uFFFD'));
    expect(joinAddress('file:///w', '\uD83D')).toBe(joinAddress('file:///w', '\uFFFD'));
    expect(addressOfPath('/\u{1F600}')).toBe('file:///%F0%9F%98%80');
  });

  test('a folder with a like name is another folder', () => {
    expect(liesIn('file:///w', 'file:///w/x')).toBe(true);
    expect(liesIn('file:///w', 'file:///wx')).toBe(false);
  });
});

describe('kinds of documents', () => {
  test.each([
    ['file:///w/ceph.conf', null, 'ceph-conf'],
    ['file:///w/west.ceph.conf', null, 'ceph-conf'],
    ['file:///w/etc/ceph/backup.conf', null, 'ceph-conf'],
    ['file:///w/nginx.conf', null, null],
    ['file:///w/nginx.conf', 'ceph-conf', 'ceph-conf'],
    ['file:///w/vm.qemu', null, 'qemu-cmdline'],
    ['file:///w/vm.sh', null, 'shellscript'],
    ['file:///w/start', 'sh', 'shellscript'],
    ['untitled:Untitled-1', 'qemu-cmdline', 'qemu-cmdline'],
    ['file:///w/notes.md', 'markdown', null],
  ])('%s (%s) is %s', (address, language, kind) => expect(documentKind(address, language)).toBe(kind));

  test.each([
    ['', true],
    ['# nothing yet\n', true],
    ['[global]\nfsid = 1\n', true],
    ['\uFEFF[global\nrbd cache = true\n', true],
    ['rbd cache = true\nlog file = x\n', true],
    ['RBD_FORMAT=2\nPOOL_NAME=one\n', false],
    ['{ "provider": { "name": "ceph" } }', false],
    ['<Plugin python>\n  Import "ceph"\n</Plugin>\n', false],
    ['UserParameter=ceph.health, /usr/local/bin/x\n', false],
    ['#!/bin/sh\nsudo apt install ceph\n', false],
    ['server {\n  listen 80;\n}\n', false],
  ])('%j is meant for Ceph: %s', (text, ours) => expect(looksLikeCephConf(text)).toBe(ours));
});

describe('settings', () => {
  test('versions written as numbers are taken', () => {
    const { settings, complaints } = parseSettings({ qemuVersion: 2.2, librbdVersion: ' Giant ' });
    expect(settings).toMatchObject({ qemuVersion: '2.2', librbdVersion: 'Giant' });
    expect(complaints).toEqual([]);
  });

  test.each([
    [{}, [true, true, true]],
    [{ outcome: false }, [false, true, true]],
    [{ effectiveValues: false, bytes: false }, [true, false, false]],
    [{ enabled: false, outcome: true }, [false, false, false]],
    [false, [false, false, false]],
    [undefined, [true, true, true]],
  ])('hints by kind: %j', (inlayHints, [outcome, effectiveValues, bytes]) => {
    expect(parseSettings({ inlayHints }).settings.inlayHints).toEqual({ outcome, effectiveValues, bytes });
  });

  test.each([
    [{ qemuVersion: [] }, 'rbdcache.qemuVersion must be a text'],
    [{ readHostFiles: 'yes' }, 'rbdcache.readHostFiles must be true or false'],
    [{ vendor: 'redhat' }, 'rbdcache.vendor must be one of upstream, proxmox'],
    [{ severity: 'off' }, 'rbdcache.severity must be an object'],
    [{ severity: { 'cache-unsafe': 'loud' } }, 'rbdcache.severity.cache-unsafe must be one of error'],
    [{ inlayHints: { enabled: 1 } }, 'rbdcache.inlayHints.enabled must be true or false'],
    [{ inlayHints: { bytes: 'no' } }, 'rbdcache.inlayHints.bytes must be true or false'],
    [{ codeLens: { enabled: 'no' } }, 'rbdcache.codeLens.enabled must be true or false'],
    [[], 'The settings are not an object'],
  ])('%j: %s', (raw, complaint) => {
    const { complaints } = parseSettings(raw);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(complaint);
  });
});

describe('files of the machine that QEMU runs on', () => {
  const files = {
    'file:///w/host1/etc/ceph/ceph.conf': '[global]\n',
    'file:///w/host1/vms/start.sh': '',
    'file:///w/other.sh': '',
    'file:///w/flat/ceph.conf': '[client]\n',
    'file:///w/flat/vms/start.sh': '',
    'file:///etc/ceph/ceph.conf': '[client]\n',
  };
  const texts = new DocumentTexts(new MemoryFileAccess(files));
  const folders = ['file:///w'];

  test.each([
    ['file:///w/host1/vms/start.sh', 'file:///w/host1'],
    ['file:///w/flat/vms/start.sh', 'file:///w/flat'],
    ['file:///w/other.sh', null],
    ['file:///elsewhere/x.sh', null],
  ])('the root guessed for %s is %s', (document, root) => {
    expect(guessRoot(document, folders, texts)?.address ?? null).toBe(root);
  });

  test('a workspace folder that holds etc/ceph stands in for documents elsewhere', () => {
    expect(guessRoot('untitled:Untitled-1', ['file:///w/host1'], texts)).toMatchObject({
      address: 'file:///w/host1',
      guessed: true,
    });
  });

  test('an open document makes a folder, too', () => {
    const open = new DocumentTexts(new MemoryFileAccess());
    open.set({ address: 'file:///w/h/etc/ceph/ceph.conf', language: 'ceph-conf', text: '' });
    expect(guessRoot('file:///w/h/x.sh', folders, open)?.address).toBe('file:///w/h');
  });

  const guessed: Root = { address: 'file:///w/host1', shown: 'host1', guessed: true, standsFor: '/' };
  const beside: Root = { address: 'file:///w/flat', shown: 'flat', guessed: true, standsFor: '/etc/ceph' };
  const named = configuredRoot('host1', 'file:///w');
  test.each([
    ['guessed root', guessed, false, '/etc/ceph/ceph.conf', 'file'],
    ['guessed root', guessed, false, '/etc/ceph/none.conf', 'missing'],
    ['guessed root', guessed, false, '/root/.ceph/ceph.conf', 'unknown'],
    ['a ceph.conf beside the drive', beside, false, '/etc/ceph/ceph.conf', 'file'],
    ['a ceph.conf beside the drive', beside, false, '/etc/ceph/none.conf', 'unknown'],
    ['a ceph.conf beside the drive', beside, false, '/root/.ceph/ceph.conf', 'unknown'],
    ['named root', named, false, '/root/.ceph/ceph.conf', 'missing'],
    ['named root', named, false, '/etc/ceph', 'directory'],
    ['no root', null, false, '/etc/ceph/ceph.conf', 'unknown'],
    ['no root, host files', null, true, '/etc/ceph/ceph.conf', 'file'],
    ['no root, host files', null, true, '/nowhere.conf', 'missing'],
  ] as const)('%s (%j, host files %s): %s is %s', (_name, root, readHostFiles, path, status) => {
    expect(new HostFiles(texts, { root, folders, readHostFiles }).lookUp(path).status).toBe(status);
  });
});

describe('reading this machine', () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'rbdcache-files-')));
  const inside = join(base, 'inside');
  const outside = join(base, 'outside');
  mkdirSync(inside);
  mkdirSync(outside);
  writeFileSync(join(inside, 'ceph.conf'), '\uFEFF[global]\n');
  writeFileSync(join(inside, 'latin.conf'), Buffer.from([0x5b, 0xe9, 0x5d]));
  writeFileSync(join(inside, 'ceph.client.admin.keyring'), 'key = x');
  writeFileSync(join(outside, 'secret.conf'), 'x');
  writeFileSync(join(base, '.rbdcacherc'), '[releases]\n');
  symlinkSync(join(outside, 'secret.conf'), join(inside, 'link.conf'));
  symlinkSync(join(inside, 'ceph.client.admin.keyring'), join(inside, 'harmless.conf'));
  symlinkSync('loop.conf', join(inside, 'loop.conf'));
  spawnSync('mkfifo', [join(inside, 'pipe.conf')]);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const read = (path: string, hostFiles = false, cap = 1_000) =>
    new NodeFileAccess({ folders: () => [inside], hostFiles: () => hostFiles }).read(addressOfPath(path), cap);

  test.each([
    ['inside/ceph.conf', false, 'file'],
    ['inside/none.conf', false, 'missing'],
    ['inside', false, 'directory'],
    ['inside/link.conf', false, 'refused'],
    ['inside/link.conf', true, 'file'],
    ['inside/loop.conf', false, 'unreadable'],
    ['inside/pipe.conf', false, 'unreadable'],
    ['inside/ceph.client.admin.keyring', false, 'refused'],
    ['inside/ceph.client.admin.keyring', true, 'refused'],
    ['inside/harmless.conf', true, 'refused'],
    ['outside/secret.conf', false, 'refused'],
    ['outside/secret.conf', true, 'file'],
    ['.rbdcacherc', false, 'file'],
  ] as const)('%s (host files allowed: %s) is %s', (path, hostFiles, status) => {
    expect(read(join(base, path), hostFiles).status).toBe(status);
  });

  test('a byte-order mark stays, no byte is lost, the cap holds', () => {
    expect(read(join(inside, 'ceph.conf'))).toEqual({ status: 'file', text: '\uFEFF[global]\n' });
    expect(read(join(inside, 'latin.conf'))).toEqual({ status: 'file', text: '[\uDCE9]' });
    expect(read(join(inside, 'ceph.conf'), false, 5).status).toBe('unreadable');
    expect(read('/dev/zero', true).status).toBe('unreadable');
  });
});

test('the scan finds command files, and leaves other folders alone', () => {
  const scan = new Scan(
    new MemoryFileAccess({
      'file:///w/a.qemu': '-drive x',
      'file:///w/deep/er/start.sh': 'exec qemu-system-x86_64',
      'file:///w/build.sh': 'make',
      'file:///w/node_modules/x/start.sh': 'qemu',
      'file:///w/.git/hooks/start.sh': 'qemu',
    }),
  );
  scan.setRoots(['file:///w']);
  while (!scan.done) scan.step(5);
  expect([...scan.commandFiles].sort()).toEqual(['file:///w/a.qemu', 'file:///w/deep/er/start.sh']);
});

test('edits are applied in the order of the text, and overlaps are seen', () => {
  const edit = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });
  expect(editText('abcdef', [edit(4, 6, 'X'), edit(0, 1, ''), edit(2, 2, '-')])).toBe('b-cdX');
  expect(overlap([edit(0, 2, ''), edit(1, 3, '')])).toBe(true);
  expect(overlap([edit(0, 2, ''), edit(2, 3, '')])).toBe(false);
});
