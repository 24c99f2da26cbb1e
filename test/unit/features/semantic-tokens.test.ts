import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from '../../../server/src/features/semantic-legend.js';
import { semanticTokens } from '../../../server/src/features/semantic-tokens.js';
import { COMMAND, CONF, seen, textsOf, whole } from './seen.js';

const DRIVE = 'qemu-kvm -drive file=rbd:p/i:id=x,format=raw,cache=none\n';

describe('what has no effect is marked', () => {
  test.each<[about: string, address: string, text: string, other: string]>([
    ['a line that the drive beats', CONF, '[global]\n⟦rbd cache⟧ = ⟦true⟧\nrbd cache size = 1048576\n', DRIVE],
    [
      'a line that another one repeats',
      CONF,
      '[client]\n⟦rbd cache size⟧ = ⟦1048576⟧\nrbd_cache_size = 2097152\n',
      DRIVE,
    ],
    ['the same, while no drive is in view', CONF, '[osd]\n⟦debug osd⟧ = ⟦1⟧\ndebug osd = 2\n', ''],
    ['a line that a closer section beats', CONF, '[client]\n⟦log file⟧ = ⟦/a⟧\n[client.x]\nlog file = /b\n', DRIVE],
    ['a last line without its end', CONF, '[client]\nlog file = /a\n⟦rbd cache size⟧ = ⟦1048576⟧', DRIVE],
    [
      'an option that comes again',
      COMMAND,
      'qemu-kvm -drive file=rbd:p/i,format=raw,⟦cache⟧=⟦none⟧,cache=writeback\n',
      '',
    ],
    [
      'a part of the name that QEMU sets itself',
      COMMAND,
      'qemu-kvm -drive file=rbd:p/i:⟦rbd_cache⟧=⟦true⟧,format=raw,cache=none\n',
      '',
    ],
    ['nothing', COMMAND, DRIVE, '[global]\nrbd cache = true\n'],
  ])('%s', (_about, address, text, other) => {
    const found = seen({ [address]: text, [address === CONF ? COMMAND : CONF]: other });
    const overridden = semanticTokens(found.analysis, whole(found)).filter((token) => token.overridden);
    expect(overridden.map(({ span }) => span)).toEqual(found.marked);
  });
});

test('each word has its type', () => {
  const types = (address: string, text: string) => {
    const found = seen({ [address]: text });
    return semanticTokens(found.analysis, whole(found)).map(({ span, type }) => [...textsOf(found.text, [span]), type]);
  };
  expect(types(CONF, '[client.x]\nrbd cache = TRUE\nlog file = /x\nrbd cache size = 5\n')).toEqual([
    ['client.x', 'namespace'],
    ['rbd cache', 'property'],
    ['TRUE', 'enumMember'],
    ['log file', 'property'],
    ['/x', 'string'],
    ['rbd cache size', 'property'],
    ['5', 'number'],
  ]);
  expect(types(COMMAND, 'qemu-kvm -drive file=rbd:p/i@s:id=x,format=raw,cache=none\n')).toEqual([
    ['file', 'property'],
    ['p', 'namespace'],
    ['i', 'variable'],
    ['s', 'variable'],
    ['id', 'property'],
    ['format', 'property'],
    ['cache', 'property'],
    ['none', 'enumMember'],
  ]);
});

test('a range holds its own tokens only', () => {
  const found = seen({ [CONF]: `[client]\n${'rbd cache size = 1\n'.repeat(1_000)}` });
  expect(semanticTokens(found.analysis, { start: 9, end: 20 }).length).toBeLessThan(8);
});

test('each type is dimmed where it has no effect, in every language and theme', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
  const scopes = Object.fromEntries(
    SEMANTIC_TYPES.map((type) => [`${type}.overridden`, ['comment.overridden.rbdcache']]),
  );
  expect(manifest).toMatchObject({
    contributes: {
      semanticTokenModifiers: SEMANTIC_MODIFIERS.map((id) => ({ id })),
      semanticTokenScopes: ['ceph-conf', 'qemu-cmdline', 'shellscript'].map((language) => ({ language, scopes })),
      configurationDefaults: {
        '[ceph-conf]': { 'editor.semanticHighlighting.enabled': true },
        '[qemu-cmdline]': { 'editor.semanticHighlighting.enabled': true },
      },
    },
  });
});
