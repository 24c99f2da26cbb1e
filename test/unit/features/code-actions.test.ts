import { describe, expect, test } from 'vitest';
import { fixAllOfRule, fixAllOfRules, quickFixes } from '../../../server/src/features/code-actions.js';
import { applyEdits } from '../../../server/src/features/fix-trial.js';
import { ComposedEdits } from '../../../server/src/features/fixes/composed-edits.js';
import { ABOUT_WHAT_COUNTS } from '../../../server/src/features/fixes/fix-all.js';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import { editText } from '../../../server/src/syntax/text-edits.js';
import { allFixed, atCaret, COMMAND, CONF, type Documents, fixesAt, SCRIPT } from './actions.js';

const NEW = '7.2 16.2.15';
const CACHED = '[global]\nrbd cache = true\n';

describe('a title ends with what the simulation says of the drives then', () => {
  test.each<[about: string, documents: Documents, pair: string, title: string, changed: string]>([
    [
      'one drive',
      { [CONF]: CACHED, [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=no‸ne\n' },
      NEW,
      'Set cache=writeback: RBDCache on, write-through until first flush',
      'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writeback\n',
    ],
    [
      'a drive that QEMU refuses',
      { [CONF]: '[global]\n', [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writebak‸\n' },
      NEW,
      'Write cache=writeback: RBDCache on, write-through until first flush',
      'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writeback\n',
    ],
    [
      'drives in another document, which is named',
      {
        [CONF]: CACHED.replace('rbd', 'rb‸d'),
        [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,cache=none -drive file=rbd:p/j,format=raw,cache=none\n',
      },
      NEW,
      'Set cache=writeback on 2 drives in vm.qemu: RBDCache on, write-through until first flush',
      'kvm -drive file=rbd:p/i,format=raw,cache=writeback -drive file=rbd:p/j,format=raw,cache=writeback\n',
    ],
    [
      'limits, where they are what changes',
      {
        [CONF]: '[global]\nrbd cache size = 16777216\n',
        [COMMAND]: 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=‸33554432,format=raw,if=virtio,cache=writeback\n',
      },
      '7.2 14.2.22',
      'Set rbd_cache_size to 45088768 (43 MiB) in ceph.conf: RBDCache on, write-through until first flush, 43 MiB cache',
      '[global]\nrbd cache size = 45088768\n',
    ],
  ])('%s', (_about, documents, pair, title, changed) => {
    expect(fixesAt(documents, pair)).toMatchObject({ [title]: [changed] });
  });

  test.each<[about: string, modes: readonly string[], title: string]>([
    [
      'as many as change, of those that read the file',
      ['none', 'writeback', 'writeback'],
      'Set it to true: RBDCache on, write-through until first flush (2 of 3 drives)',
    ],
    [
      'drives that go different ways',
      ['none', 'unsafe', 'writeback', 'writeback'],
      'Set it to true: 2 × RBDCache on, write-through until first flush; 1 × RBDCache on, write-through for good',
    ],
  ])('%s', (_about, modes, title) => {
    const drives = modes.map((mode, at) => `-drive file=rbd:p/i${at},format=raw,if=virtio,cache=${mode}`);
    const conf = '[global]\nrbd cache writethrough until flush = fa‸lse\n';
    expect(fixesAt({ [CONF]: conf, [COMMAND]: `kvm ${drives.join(' ')}\n` }, '7.2 14.2.22')).toMatchObject({
      [title]: ['[global]\nrbd cache writethrough until flush = true\n'],
    });
  });

  test('a fix that leaves the drives as they are says nothing of them', () => {
    const documents = { [CONF]: '[global]\n', [COMMAND]: 'kvm -drive file=rb‸d:p/i,if=virtio,cache=none\n' };
    const titles = Object.keys(fixesAt(documents, NEW));
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => /RBDCache/.test(title))).toEqual([]);
  });

  test('a fix on either side is offered, and the other document is named', () => {
    const documents = {
      [CONF]: CACHED,
      [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,if=virtio,cache=writethrough‸\n',
    };
    const fixes = fixesAt(documents, '1.1 0.56.7');
    const onDrive = Object.entries(fixes).filter(([, [text]]) => text?.startsWith('kvm'));
    const inConf = Object.entries(fixes).filter(([, [text]]) => text?.startsWith('[global]'));
    expect(onDrive.map(([title]) => title).join('\n')).toMatch(/^Set .*: RBDCache/);
    expect(inConf.map(([title]) => title).join('\n')).toMatch(/ceph\.conf.*: RBDCache off/);
  });
});

describe('all safe fixes at once', () => {
  test.each<[about: string, documents: Documents, pair: string, fixed: string | null]>([
    [
      'of a file that is refused for two reasons',
      { [CONF]: '‸\uFEFF[global]\nrbd cache = true', [COMMAND]: 'kvm -drive file=rbd:p/i,format=raw,if=virtio\n' },
      NEW,
      '[global]\nrbd cache = true\n',
    ],
    [
      'comments that turn nothing off, in several rounds',
      {
        [SCRIPT]:
          '#!/bin/sh\n# rbdcache-disable a b -- why\n  # rbdcache-disable-next-line c\nkvm -drive file=rbd:p/i,format=raw‸ # rbdcache-disable d\n',
      },
      NEW,
      '#!/bin/sh\nkvm -drive file=rbd:p/i,format=raw\n',
    ],
    ['of a file where nothing is wrong', { [CONF]: '[glo‸bal]\nmon host = 192.0.2.1:6789\n' }, NEW, null],
  ])('%s', (_about, documents, pair, fixed) => {
    expect(allFixed(documents, pair)).toBe(fixed);
    if (fixed === null) return;
    const again = Object.fromEntries(
      Object.entries(documents).map(([address, text]) => [address, text.includes('‸') ? `‸${fixed}` : text]),
    );
    expect(allFixed(again, pair), 'once more').toBeNull();
  });

  test('of one rule, where it has more than one', () => {
    const text = '# rbdcache-disable-next-line a\n[global]\n# rbdcache-disable b\nrbd cache = true\n';
    const { analysis, trial } = atCaret({ [CONF]: text.replace('line a', 'line ‸a') }, NEW);
    const at = text.indexOf('line a') + 5;
    const [action, more] = fixAllOfRules(analysis, { start: at, end: at });
    expect([action?.title, action?.rule, more]).toEqual([
      'Fix all 2 findings of unused-disable in this file',
      'unused-disable',
      undefined,
    ]);
    const edits = fixAllOfRule(analysis, 'unused-disable', trial) ?? [];
    expect(applyEdits(trial, edits)?.get(CONF)).toBe('[global]\nrbd cache = true\n');
    expect(fixAllOfRule(analysis, 'conf-syntax', trial)).toBeNull();
  });

  test('the rules whose fixes may change a drive are rules', () => {
    const ids = new Set(ALL_RULES.map(({ id }) => id));
    expect([...ABOUT_WHAT_COUNTS].filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe('rounds of edits as one', () => {
  type Edit = readonly [start: number, end: number, newText: string];
  test.each<[text: string, rounds: readonly (readonly Edit[])[], composed: readonly Edit[]]>([
    ['abcdef', [[[1, 2, 'X']]], [[1, 2, 'X']]],
    ['abcdef', [[[1, 2, 'XY']], [[2, 4, '']]], [[1, 3, 'X']]],
    ['abcdef', [[[0, 0, '1']], [[0, 1, '']]], []],
    [
      'abcdef',
      [
        [
          [6, 6, '!'],
          [0, 1, ''],
        ],
        [[5, 6, '?']],
      ],
      [
        [0, 1, ''],
        [6, 6, '?'],
      ],
    ],
    [
      'abcdef',
      [
        [
          [2, 2, 'x'],
          [2, 2, 'y'],
        ],
        [[3, 3, '-']],
      ],
      [[2, 2, 'x-y']],
    ],
  ])('%j %j', (text, rounds, composed) => {
    const edits = new ComposedEdits(text.length);
    let stepped = text;
    for (const round of rounds) {
      const spans = round.map(([start, end, newText]) => ({ span: { start, end }, newText }));
      stepped = editText(stepped, spans);
      edits.add(spans);
    }
    expect(edits.edits().map(({ span, newText }) => [span.start, span.end, newText])).toEqual(composed);
    expect(editText(text, edits.edits())).toBe(stepped);
  });
});

describe('comments that turn a finding off', () => {
  const turned = (documents: Documents, pair: string | null = NEW) => {
    const { analysis, caret, trial } = atCaret(documents, pair);
    const actions = [...quickFixes(analysis, caret, trial)].filter(({ title }) => title.startsWith('Turn '));
    return Object.fromEntries(
      actions.map(({ title, edits }) => [title, applyEdits(trial, edits)?.get(analysis.address)]),
    );
  };

  test.each<[about: string, documents: Documents, expected: Readonly<Record<string, string>>]>([
    [
      'a mark that stays first, so that no line is before it; line ends of another system',
      { [CONF]: '‸\uFEFF[global]\r\nrbd cache = true\r\n' },
      {
        'Turn conf-bom off in this file by a comment':
          '\uFEFF# rbdcache-disable conf-bom\r\n[global]\r\nrbd cache = true\r\n',
      },
    ],
    [
      'a command over several lines, with a comment before it that holds a reason',
      {
        [SCRIPT]:
          '#!/bin/sh\n  # rbdcache-disable-next-line x -- they know\n  kvm \\\n  -drive file=rb‸d:p/i,if=virtio,cache=none\n',
      },
      {
        'Turn drive-format-probed off for this command by a comment':
          '#!/bin/sh\n  # rbdcache-disable-next-line x drive-format-probed -- they know\n  kvm \\\n  -drive file=rbd:p/i,if=virtio,cache=none\n',
        'Turn drive-format-probed off in this file by a comment':
          '#!/bin/sh\n# rbdcache-disable drive-format-probed\n  # rbdcache-disable-next-line x -- they know\n  kvm \\\n  -drive file=rbd:p/i,if=virtio,cache=none\n',
      },
    ],
    [
      'none inside a text of several lines that is no comment there',
      { [SCRIPT]: 'x="\nkvm -drive file=rbd:p/i,if=virtio,cache=none‸\n' },
      {},
    ],
  ])('%s', (_about, documents, expected) => {
    expect(turned(documents)).toEqual(expected);
  });
});
