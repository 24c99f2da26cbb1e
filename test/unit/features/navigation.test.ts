/** From a word to all of its places, and another name for it: `‸` is the caret, `⟦…⟧` marks the places. */
import { describe, expect, test } from 'vitest';
import { definitionsAt } from '../../../server/src/features/navigation/definition.js';
import { type Neighbourhood, namedAt } from '../../../server/src/features/navigation/named.js';
import { occurrencesOf } from '../../../server/src/features/navigation/occurrences.js';
import { rename } from '../../../server/src/features/navigation/rename.js';
import { editText } from '../../../server/src/syntax/text-edits.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { kindByName } from '../../../server/src/workspace/languages.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { CARET } from '../../caret.js';

type Texts = Readonly<Record<string, string>>;

/** Texts without their signs, the caret's place, and the marked places. */
function read(marked: Texts) {
  const texts: Record<string, string> = {};
  const places: string[] = [];
  let caret: { name: string; offset: number } | undefined;
  for (const [name, text] of Object.entries(marked)) {
    let plain = '';
    let start = 0;
    for (const sign of text) {
      if (sign === CARET) caret = { name, offset: plain.length };
      else if (sign === '⟦') start = plain.length;
      else if (sign === '⟧') places.push(`${name} ${start} ${plain.slice(start)}`);
      else plain += sign;
    }
    texts[name] = plain;
  }
  if (caret === undefined) throw new Error('no caret');
  return { texts, places: places.sort(), caret };
}

function open(texts: Texts) {
  const address = (name: string) => `file:///w/${name}`;
  const files = new MemoryFileAccess(
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [address(name), text])),
  );
  const workspace = new Workspace({ files, log: () => undefined, commandLine: { qemu: '8.2', librbd: '18.2' } });
  workspace.setFolders(['file:///w']);
  for (const [name, text] of Object.entries(texts)) {
    const kind = kindByName(address(name));
    if (kind !== null) workspace.setDocument(address(name), kind, text);
  }
  const around: Neighbourhood = {
    drives: workspace.drives(),
    tree: (one) => workspace.texts.conf(one)?.tree('C') ?? null,
  };
  return { workspace, around, analyse: (name: string) => workspace.analyse(address(name)) };
}

function shown(
  texts: Texts,
  places: readonly { readonly address: string; readonly span: { start: number; end: number } }[],
) {
  return places
    .map(({ address, span }) => {
      const name = address.replace('file:///w/', '');
      return `${name} ${span.start} ${texts[name]?.slice(span.start, span.end)}`;
    })
    .sort();
}

const CONF = 'etc/ceph/ceph.conf';

describe('references', () => {
  const cases: readonly (readonly [string, Texts])[] = [
    [
      'a client: its section, and the drives that connect as it, in files that hang together',
      {
        [CONF]: '[global]\nmon_host = a\n[client.⟦vm1⟧]\nrbd_cache = true\n[client.vm10]\n',
        'a.qemu-args': '-drive file=rbd:p/i:id=⟦v‸m1⟧,format=raw\n-drive file=rbd:p/j:id=vm10,format=raw\n',
        'b.sh': 'kvm -drive "file=rbd:p/k:id=⟦vm1⟧,format=raw"\n',
        'c.qemu-args': `-blockdev '{"driver":"rbd","pool":"p","image":"i","user":"⟦vm1⟧","node-name":"n"}'\n`,
      },
    ],
    [
      'from the section',
      {
        [CONF]: '[client.⟦v‸m1⟧]\nrbd_cache = true\n',
        'a.qemu-args': '-drive file=rbd:p/i:id=⟦vm1⟧,format=raw\n',
      },
    ],
    [
      'an option under any spelling, in the file and in drives that read it',
      {
        [CONF]: '[client]\n⟦rbd cache s‸ize⟧ = 1048576\n[client.vm1]\n⟦rbd_cache_size⟧ = 2097152\n',
        'a.qemu-args': '-drive file=rbd:p/i:⟦rbd_cache_size⟧=4194304:id=vm1,format=raw\n',
      },
    ],
    [
      'a drive and its device, in one command',
      {
        'a.qemu-args':
          'kvm -drive file=rbd:p/i,format=raw,if=none,id=⟦d‸0⟧ -device virtio-blk-pci,drive=⟦d0⟧,id=v0\nkvm -drive file=rbd:p/i,format=raw,if=none,id=d0\n',
      },
    ],
    [
      'nodes',
      {
        'a.qemu-args': `-blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"⟦low⟧"}' -blockdev '{"driver":"raw","file":"⟦l‸ow⟧","node-name":"top"}' -device virtio-blk-pci,drive=top\n`,
      },
    ],
    [
      'a file that drives name',
      {
        'x.ceph.conf': '[client]\n',
        'a.qemu-args':
          '-drive file=rbd:p/i:conf=⟦/etc/ceph/x.‸conf⟧,format=raw\n-drive file=rbd:p/j:conf=⟦/etc/ceph/x.conf⟧,format=raw\n',
      },
    ],
  ];
  test.each(cases)('%s', (_, marked) => {
    const { texts, places, caret } = read(marked);
    const { around, analyse } = open(texts);
    const analysis = analyse(caret.name);
    const named = analysis && namedAt(analysis, caret.offset);
    if (named === null) throw new Error('nothing there');
    expect(shown(texts, occurrencesOf(named, around))).toEqual(places);
  });

  test.each([
    ['a value', { [CONF]: '[client]\nrbd cache = tr‸ue\n' }],
    ['a comment', { [CONF]: '# rbd‸ cache\n' }],
    ['a section of all clients', { [CONF]: '[cli‸ent]\n' }],
    ['a variable', { 'a.sh': 'kvm -drive "file=rbd:p/i:id=$V‸M,format=raw"\n' }],
  ])('none: %s', (_, marked) => {
    const { texts, caret } = read(marked);
    const analysis = open(texts).analyse(caret.name);
    expect(analysis && namedAt(analysis, caret.offset)).toBeNull();
  });
});

describe('definition', () => {
  const cases: readonly (readonly [string, Texts])[] = [
    ['id= to its section', { [CONF]: '[client.⟦vm1⟧]\n', 'a.qemu-args': '-drive file=rbd:p/i:id=v‸m1,format=raw\n' }],
    [
      'id= without a section to the file',
      { [CONF]: '⟦⟧[client]\n', 'a.qemu-args': '-drive file=rbd:p/i:id=v‸m1,format=raw\n' },
    ],
    [
      'a section to its drives',
      {
        [CONF]: '[client.v‸m1]\n',
        'a.qemu-args': '-drive ⟦file=rbd:p/i:id=vm1,format=raw⟧\n-drive file=rbd:p/j,format=raw\n',
      },
    ],
    [
      'conf= to its file',
      { [CONF]: '⟦⟧[client]\n', 'a.qemu-args': '-drive file=rbd:p/i:conf=/etc/ce‸ph/ceph.conf,format=raw\n' },
    ],
    [
      'drive= to its drive',
      { 'a.qemu-args': '-drive file=rbd:p/i,format=raw,if=none,id=⟦d0⟧ -device virtio-blk-pci,drive=d‸0\n' },
    ],
    [
      'an option that loses to what beats it',
      { [CONF]: '[client]\nrbd c‸ache = true\n', 'a.qemu-args': '-drive file=rbd:p/i,format=raw,⟦cache=none⟧\n' },
    ],
    [
      'an option in a more general section to the more specific one',
      {
        [CONF]: '[global]\nrbd_cache_s‸ize = 1048576\n[client]\n⟦rbd_cache_size = 2097152⟧\n',
        'a.qemu-args': '-drive file=rbd:p/i,format=raw\n',
      },
    ],
    [
      'an option in a drive to what is in force',
      { 'a.qemu-args': '-drive file=rbd:p/i:rbd_c‸ache=true,format=raw,⟦cache=none⟧\n' },
    ],
    [
      'an option that counts to itself',
      { [CONF]: '[client]\n⟦rbd_cache_s‸ize = 1048576⟧\n', 'a.qemu-args': '-drive file=rbd:p/i,format=raw\n' },
    ],
  ];
  test.each(cases)('%s', (_, marked) => {
    const { texts, places, caret } = read(marked);
    const { around, analyse } = open(texts);
    const analysis = analyse(caret.name);
    if (analysis === null) throw new Error('no such document');
    expect(shown(texts, definitionsAt(analysis, caret.offset, around))).toEqual(places);
  });
});

describe('rename', () => {
  const client: Texts = {
    [CONF]: '[client.vm1]\nrbd_cache = true\n',
    'a.qemu-args': '-drive file=rbd:p/i:id=v‸m1,format=raw\n',
    'b.sh': 'kvm -drive "file=rbd:p/k:id=vm1,format=raw"\n',
  };
  const part: Texts = {
    'a.qemu-args':
      '-drive file=rbd:p/i,format=raw,if=none,id=d0 -drive file=rbd:p/j,format=raw,if=none,id=d1 -device virtio-blk-pci,drive=d‸0\n',
  };
  function renamed(marked: Texts, newName: string): Texts | string {
    const { texts, caret } = read(marked);
    const { around, analyse } = open(texts);
    const analysis = analyse(caret.name);
    if (analysis === null) throw new Error('no such document');
    const result = rename(analysis, caret.offset, newName, around);
    if ('refusal' in result) return result.refusal;
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        editText(
          text,
          result.edits.filter(({ address }) => address === `file:///w/${name}`),
        ),
      ]),
    );
  }

  test('a client, across files', () => {
    expect(renamed(client, 'web')).toEqual({
      [CONF]: '[client.web]\nrbd_cache = true\n',
      'a.qemu-args': '-drive file=rbd:p/i:id=web,format=raw\n',
      'b.sh': 'kvm -drive "file=rbd:p/k:id=web,format=raw"\n',
    });
  });
  test('a device may be called like a drive', () => {
    const marked = { 'a.qemu-args': '-drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,drive=d0,id=v‸0\n' };
    expect(renamed(marked, 'd0')).toEqual({
      'a.qemu-args': '-drive file=rbd:p/i,if=none,id=d0 -device virtio-blk-pci,drive=d0,id=d0\n',
    });
  });
  test('a drive and its device', () => {
    expect(renamed(part, 'root')).toEqual({
      'a.qemu-args':
        '-drive file=rbd:p/i,format=raw,if=none,id=root -drive file=rbd:p/j,format=raw,if=none,id=d1 -device virtio-blk-pci,drive=root\n',
    });
  });
  test.each<readonly [string, Texts, string, RegExp]>([
    ['a name that is taken', part, 'd1', /taken already/],
    [
      'the name of another device',
      { 'a.qemu-args': '-device virtio-scsi-pci,id=s‸0 -device virtio-scsi-pci,id=s1 -device scsi-hd,bus=s0.0\n' },
      's1',
      /taken already/,
    ],
    [
      'a client that another section is for',
      { [CONF]: '[client.vm1]\n[client.web]\n', 'a.qemu-args': '-drive file=rbd:p/i:id=v‸m1,format=raw\n' },
      'web',
      /taken already/,
    ],
    [
      'a client that another drive connects as',
      { [CONF]: '[client.v‸m1]\n', 'a.qemu-args': '-drive file=rbd:p/i:id=web,format=raw\n' },
      'web',
      /taken already/,
    ],
    ['a name with a key in it', { 'a.qemu-args': '-drive file=rbd:p/i:id=v‸m\\:key=AAAA,format=raw\n' }, 'x', /Only/],
    ['no id of QEMU’s', part, '1d', /begins with a letter/],
    ['an id with its type', client, 'client.web', /Write the id alone/],
    ['an id that needs escapes', client, 'a:b', /needs no escape/],
    ['an option', { [CONF]: '[client]\nrbd c‸ache = true\n' }, 'x', /Only the id/],
    ['nothing', { [CONF]: '[client]\n‸\n' }, 'x', /Only the id/],
    [
      'a name that is written with escapes',
      { 'a.qemu-args': '-drive file=rbd:p/i:id=v‸m\\:1,format=raw\n' },
      'x',
      /also written as/,
    ],
  ])('refused: %s', (_, marked, newName, why) => expect(renamed(marked, newName)).toMatch(why));
});
