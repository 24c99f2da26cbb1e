import { describe, expect, test } from 'vitest';
import { differences } from '../../../server/src/features/what-if.js';
import { offersFor, type TriedDrive, tryChange } from '../../../server/src/features/what-if-trial.js';
import type { Change } from '../../../server/src/features/what-if-view.js';
import { editText } from '../../../server/src/syntax/text-edits.js';
import { trialOf } from '../../../server/src/workspace/trial.js';
import { openWorkspace, PAIRS } from '../../fuzz/everything.js';
import { COMMAND, CONF } from './seen.js';

type Pair = (typeof PAIRS)[number];

interface Opened extends TriedDrive {
  readonly trial: ReturnType<typeof trialOf>;
}

/** The first drive of a command. */
function opened(documents: Readonly<Record<string, string>>, pair: Pair): Opened {
  const { workspace } = openWorkspace(documents, pair);
  const analysis = workspace.analyse(COMMAND);
  if (analysis?.kind !== 'command') throw new Error('there is no command');
  const [command] = analysis.commands;
  const [trace] = command?.trace.drives ?? [];
  if (command === undefined || trace === undefined) throw new Error('there is no drive');
  const { argument } = trace.syntax;
  return {
    place: { analysis, command, trace },
    drive: {
      trace,
      text: command.command.text,
      releases: analysis.releases,
      inReleases: (other) => command.inReleases(other, argument),
    },
    trial: trialOf(workspace),
  };
}

/** The texts after the edit that was tried, by address; or why it cannot be tried. */
function edited(documents: Readonly<Record<string, string>>, pair: Pair, change: Change) {
  const one = opened(documents, pair);
  const tried = tryChange(one, change, one.trial);
  if (typeof tried === 'string') return tried;
  const texts: Record<string, string> = {};
  for (const address of new Set(tried.edits?.map((edit) => edit.address))) {
    const own = tried.edits?.filter((edit) => edit.address === address) ?? [];
    texts[address] = editText(documents[address] ?? '', own);
  }
  return texts;
}

describe('the edit that is tried', () => {
  const mode = (name: string): Change => ({ kind: 'mode', mode: name });

  test.each<[string, string, Pair, string, string]>([
    [
      'a mode that is written',
      '-drive file=rbd:p/i,cache=none',
      ['7.2', '16.2'],
      'writeback',
      '-drive file=rbd:p/i,cache=writeback',
    ],
    ['a mode that is not', '-drive file=rbd:p/i', ['7.2', '16.2'], 'none', '-drive file=rbd:p/i,cache=none'],
    [
      'switches of a -drive',
      '-drive file=rbd:p/i,cache.direct=on',
      ['7.2', '16.2'],
      'writeback',
      '-drive file=rbd:p/i,cache.direct=off',
    ],
    [
      'a node',
      '-blockdev driver=rbd,node-name=n,pool=p,image=i,cache.direct=on',
      ['7.2', '16.2'],
      'writeback',
      '-blockdev driver=rbd,node-name=n,pool=p,image=i,cache.direct=off',
    ],
    [
      'a node in JSON',
      `-blockdev '{"driver":"rbd","node-name":"n","pool":"p","image":"i"}'`,
      ['7.2', '16.2'],
      'none',
      `-blockdev '{"driver":"rbd","node-name":"n","pool":"p","image":"i","cache":{"direct":true}}'`,
    ],
  ])('%s', (_, argument, pair, name, expected) => {
    expect(edited({ [COMMAND]: `qemu-kvm ${argument}\n` }, pair, mode(name))).toEqual({
      [COMMAND]: `qemu-kvm ${expected}\n`,
    });
  });

  test.each<[string, string, string]>([
    ['a guest’s side of a node is its device’s', '-blockdev driver=rbd,node-name=n,pool=p,image=i', 'writethrough'],
    ['a mode that a drive of three switches cannot spell by one', '-drive file=rbd:p/i,cache.direct=on', 'directsync'],
    ['no mode at all', '-drive file=rbd:p/i', 'often'],
  ])('none for %s', (_, argument, name) => {
    expect(edited({ [COMMAND]: `qemu-kvm ${argument}\n` }, ['7.2', '16.2'], mode(name))).toMatch(/has no place where/);
  });

  test('of an option: in the file that the drive reads, spelled as the file spells', () => {
    const documents = { [COMMAND]: 'qemu-kvm -drive file=rbd:p/i\n', [CONF]: '[client]\n    rbd_cache_size = 1\n' };
    const change = { kind: 'option', option: 'rbd cache', value: 'false' } as const;
    expect(edited(documents, ['7.2', '16.2'], change)).toEqual({
      [CONF]: '[client]\n    rbd_cache = false\n    rbd_cache_size = 1\n',
    });
  });

  test('of an option without a file: in the name of the drive; a value that would end there is not put in', () => {
    const documents = { [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw\n' };
    const change = (value: string) => ({ kind: 'option', option: 'rbd_cache', value }) as const;
    expect(edited(documents, ['7.2', '16.2'], change('false'))).toEqual({
      [COMMAND]: 'qemu-kvm -drive file=rbd:p/i:rbd_cache=false,format=raw\n',
    });
    expect(edited(documents, ['7.2', '16.2'], change('a,b'))).toMatch(
      /knows no option rbd_cache, or it cannot have this value/,
    );
  });

  test('another release has none', () => {
    const change = { kind: 'release', program: 'librbd', version: '14.2' } as const;
    expect(edited({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i\n' }, ['2.2', '0.87'], change)).toEqual({});
  });
});

describe('the offers', () => {
  test.each(PAIRS.map((pair) => [pair.join(' '), pair] as const))(
    '%s: each mode that is offered can be tried, and is what it says',
    (_, pair) => {
      const one = opened({ [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw\n', [CONF]: '[client]\n' }, pair);
      const { modes, qemu, librbd } = offersFor(one, one.trial);
      expect(modes.length).toBeGreaterThan(2);
      for (const { change, outcome } of modes) {
        const tried = tryChange(one, change, one.trial);
        if (typeof tried === 'string') throw new Error(tried);
        expect(outcome).not.toBe('');
        expect(tried.after.trace.cacheMode.name).toBe(change.kind === 'mode' ? change.mode : '');
      }
      for (const offers of [qemu, librbd]) expect(offers.filter(({ inForce }) => inForce)).toHaveLength(1);
    },
  );
});

describe('what differs', () => {
  const outcomeOf = (argument: string) =>
    opened({ [COMMAND]: `qemu-kvm ${argument}\n` }, ['7.2', '16.2']).drive.trace.outcome;

  test('where RBDCache goes off, its limits go without saying', () => {
    const rows = differences(
      outcomeOf('-drive file=rbd:p/i,cache=writeback'),
      outcomeOf('-drive file=rbd:p/i,cache=none'),
    );
    expect(rows.map(({ topic, before, after }) => `${topic}: ${before} → ${after}`)).toEqual([
      'RBDCache: on → off',
      'A crash: flush-safe → safe',
    ]);
  });
  test('nothing, for the same', () => {
    const same = outcomeOf('-drive file=rbd:p/i,cache=none');
    expect(differences(same, same)).toEqual([]);
    expect(differences(same, null)).toEqual([]);
  });
});
