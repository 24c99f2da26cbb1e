import { describe, expect, test } from 'vitest';
import { type SymbolView, symbolsOf } from '../../../server/src/features/symbols.js';
import { MAX_WORKSPACE_SYMBOLS, workspaceSymbols } from '../../../server/src/features/workspace-symbols.js';
import { openWorkspace } from '../../fuzz/everything.js';
import { COMMAND, CONF, SCRIPT, seen, textsOf } from './seen.js';

const outline = (symbols: readonly SymbolView[], depth = 0): readonly string[] =>
  symbols.flatMap(({ name, detail, children }) => [
    `${'  '.repeat(depth)}${name}${detail === '' ? '' : ` | ${detail}`}`,
    ...outline(children, depth + 1),
  ]);

describe('the outline', () => {
  test.each<[about: string, documents: Readonly<Record<string, string>>, expected: readonly string[]]>([
    [
      'sections with their drives, options with their values',
      {
        [CONF]: 'early = 1\n[global]\nfsid = x\n[client.a]\nkey = CANARY\n[osd]\n',
        [COMMAND]: 'qemu-kvm -drive file=rbd:p/i:id=a,format=raw\n',
      },
      ['early | 1', '[global] | 1 drive', '  fsid | x', '[client.a] | 1 drive', '  key | •••', '[osd]'],
    ],
    [
      'commands by their guests, drives with their outcomes',
      {
        [SCRIPT]:
          'qemu-kvm -name guest=vm1,debug-threads=on -drive file=rbd:p/i,id=d0,if=none,format=raw,cache=none\n' +
          '/usr/bin/qemu-system-x86_64 -name vm2\nqemu-kvm -name "$VM" -m 1G\nqemu-kvm -drive file=rbd:p/$I,format=raw,cache=$C\n',
      },
      [
        'vm1 | qemu-kvm',
        '  d0 (p/i) | off',
        'vm2 | qemu-system-x86_64',
        '… | qemu-kvm',
        'qemu-kvm',
        '  p/… | depends on cache=$C',
      ],
    ],
    [
      'arguments alone',
      { [COMMAND]: '-drive file=rbd:p/i,format=raw,cache=none\n' },
      ['QEMU arguments', '  p/i | off'],
    ],
  ])('%s', (_about, documents, expected) => expect(outline(symbolsOf(seen(documents).analysis))).toEqual(expected));
});

describe('over the workspace', () => {
  const documents = {
    [COMMAND]:
      'qemu-kvm -drive file=rbd:volumes/v1:id=cinder,id=d0,if=none,format=raw,cache=none\nqemu-kvm -drive file=rbd:vms/root,format=raw\n',
    [CONF]: '[global]\n[client.cinder]\n',
  };
  const { workspace } = openWorkspace(documents, ['2.4', '0.94.5']);
  const found = (query: string) => workspaceSymbols(query, workspace.drives(), []);

  test.each<[query: string, names: readonly string[]]>([
    ['', ['d0 (volumes/v1)', 'vms/root', '[global]', '[client.cinder]']],
    ['v1', ['d0 (volumes/v1)']],
    ['D0', ['d0 (volumes/v1)']],
    ['client', ['[client.cinder]']],
    ['vms rt', ['vms/root']],
    ['xyz', []],
  ])('%j', (query, names) => expect(found(query).map(({ name }) => name)).toEqual(names));

  test('each with its place, a drive with its outcome', () => {
    const text = (address: string): string => Object.entries(documents).find(([key]) => key === address)?.[1] ?? '';
    expect(found('').map(({ address, span, detail }) => [...textsOf(text(address), [span]), detail])).toEqual([
      ['file=rbd:volumes/v1:id=cinder,id=d0,if=none,format=raw,cache=none', 'off'],
      ['file=rbd:vms/root,format=raw', expect.stringMatching(/^on, /)],
      ['global', ''],
      ['client.cinder', ''],
    ]);
  });

  test('no more than an editor can show', () => {
    const many = openWorkspace(
      { [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw\n'.repeat(700) },
      undefined,
    ).workspace;
    expect(workspaceSymbols('', many.drives(), [])).toHaveLength(MAX_WORKSPACE_SYMBOLS);
  });
});
