/** What a person turns off or regrades: per folder, per file, per line; and comments that turn nothing off. */
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { parseSettings } from '../../../server/src/workspace/settings.js';
import { atCaret, COMMAND, CONF, type Documents, fixesAt, SCRIPT } from './actions.js';

const NEW = '7.2 16.2.15';
const PROBED = 'kvm -drive file=rbd:p/i,if=virtio,cache=none\n';

interface Case {
  readonly about: string;
  /** The first holds the caret. */
  readonly documents: Documents;
  readonly pair?: string;
  /** Places of `unused-disable`, in order, as they are written. */
  readonly finds: readonly string[];
  /** Titles of the fixes at the caret, and the text after each. */
  readonly fixes?: Readonly<Record<string, readonly string[]>>;
}

describe('a comment that turns nothing off', () => {
  test.each<[string, Case]>(
    [
      {
        about: 'alone on its line',
        documents: { [COMMAND]: `# rbdcache-disable-next-line cache-unsa‸fe\n${PROBED}` },
        finds: ['cache-unsafe'],
        fixes: { 'Remove the comment': [PROBED] },
      },
      {
        about: 'behind a command',
        documents: { [SCRIPT]: `${PROBED.trim()}  # rbdcache-disable cache-un‸safe -- once\necho\n` },
        finds: ['cache-unsafe'],
        fixes: { 'Remove the comment': [`${PROBED.trim()}\necho\n`] },
      },
      {
        about: 'one name of several',
        documents: { [COMMAND]: `# rbdcache-disable cache-unsa‸fe, drive-format-probed -- why\n${PROBED}` },
        finds: ['cache-unsafe'],
        fixes: {
          'Take `cache-unsafe` out of the comment': [`# rbdcache-disable drive-format-probed -- why\n${PROBED}`],
        },
      },
      {
        about: 'the last name of several',
        documents: { [COMMAND]: `# rbdcache-disable drive-format-probed cache-unsa‸fe -- why\n${PROBED}` },
        finds: ['cache-unsafe'],
        fixes: {
          'Take `cache-unsafe` out of the comment': [`# rbdcache-disable drive-format-probed -- why\n${PROBED}`],
        },
      },
      {
        about: 'all names of a comment at once',
        documents: { [COMMAND]: `; x\n# rbdcache-disable-next-line cache-un‸safe conf-bom\n${PROBED}` },
        finds: ['rbdcache-disable-next-line cache-unsafe conf-bom'],
        fixes: { 'Remove the comment': [`; x\n${PROBED}`] },
      },
      {
        about: 'a misspelt name',
        documents: { [COMMAND]: `# rbdcache-disable drive-format-prob‸d\n${PROBED}` },
        finds: ['drive-format-probd'],
        fixes: {
          'Write `drive-format-probed`': [`# rbdcache-disable drive-format-probed\n${PROBED}`],
          'Remove the comment': [PROBED],
        },
      },
      {
        about: 'a name that no rule has',
        documents: { [CONF]: '[global]\n; rbdcache-disable-next-line flux-capa‸citor\nfsid = x\n' },
        finds: ['flux-capacitor'],
        fixes: { 'Remove the comment': ['[global]\nfsid = x\n'] },
      },
      {
        about: 'before a line that is in order',
        documents: {
          [CONF]: '‸[global]\n# rbdcache-disable-next-line conf-unknown-option\nrbd cache = true\nrbd cach = true\n',
        },
        finds: ['conf-unknown-option'],
      },
      {
        about: 'none: what it turns off is there, in the line, the command, the file',
        documents: {
          [COMMAND]: `‸# rbdcache-disable-next-line drive-format-probed\nkvm \\\n  -drive file=rbd:p/i,if=virtio,cache=none\n# rbdcache-disable drive-format-probed\n${PROBED}`,
        },
        finds: [],
      },
      {
        about: 'none: nobody knows the drives that the rule asks for',
        documents: { [CONF]: '‸[global]\n# rbdcache-disable-next-line cache-overridden-by-drive\nrbd cache = true\n' },
        finds: [],
      },
      {
        about: 'the drives are known',
        documents: {
          [CONF]: '‸[global]\n# rbdcache-disable-next-line cache-overridden-by-drive\nmon host = 192.0.2.1:6789\n',
          [COMMAND]: PROBED,
        },
        finds: ['cache-overridden-by-drive'],
      },
      {
        about: 'none: a comment says so',
        documents: { [COMMAND]: `‸# rbdcache-disable unused-disable\n# rbdcache-disable cache-unsafe\n${PROBED}` },
        finds: [],
      },
      {
        about: 'none: a comment on the line before says so',
        documents: {
          [COMMAND]: `‸# rbdcache-disable-next-line unused-disable\n# rbdcache-disable cache-unsafe\n${PROBED}`,
        },
        finds: [],
      },
    ].map((one): [string, Case] => [one.about, one]),
  )('%s', (_about, { documents, pair = NEW, finds, fixes }) => {
    const { analysis } = atCaret(documents, pair);
    const found = analysis.kind === 'skipped' ? [] : analysis.findings.filter(({ rule }) => rule === 'unused-disable');
    expect(found.map(({ span }) => analysis.text.slice(span.start, span.end))).toEqual(finds);
    expect(found.every(({ severity, tags }) => severity === 'hint' && tags.join() === 'unnecessary')).toBe(true);
    if (fixes !== undefined) {
      const offered = fixesAt(documents, pair);
      expect(Object.fromEntries(Object.keys(fixes).map((title) => [title, offered[title]]))).toEqual(fixes);
    }
  });

  test('words without end are told of two hundred times', () => {
    const words = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(' ');
    const { analysis } = atCaret({ [COMMAND]: `# rbdcache-disable drive-format-probed ${words}\n‸${PROBED}` }, NEW);
    const found = analysis.kind === 'skipped' ? [] : analysis.findings.filter(({ rule }) => rule === 'unused-disable');
    expect(found).toHaveLength(200);
  });

  test('a rule that is off is not said to find nothing', () => {
    const made = new Workspace({ files: new MemoryFileAccess(), log: () => undefined });
    made.setSettings(null, parseSettings({ severity: { 'cache-unsafe': 'off' } }).settings);
    made.setDocument(COMMAND, 'qemu-cmdline', `# rbdcache-disable cache-unsafe\n${PROBED}`);
    expect(rulesOf(made, COMMAND)).not.toContain('unused-disable: hint');
  });
});

function rulesOf(made: Workspace, address: string): string[] {
  const analysis = made.analyse(address);
  return analysis === null || analysis.kind === 'skipped'
    ? []
    : analysis.findings.map(({ rule, severity }) => `${rule}: ${severity}`);
}

describe('severities', () => {
  const [A, B] = ['file:///w/a', 'file:///w/b'];
  const rc = (rule: string, severity: string) => `[severity]\n${rule} = ${severity}\n`;

  const opened = (files: Readonly<Record<string, string>>): Workspace => {
    const made = new Workspace({ files: new MemoryFileAccess(files), log: () => undefined });
    made.setFolders([A, B]);
    made.setSettings(null, parseSettings({ qemuVersion: '7.2', librbdVersion: '16.2' }).settings);
    return made;
  };
  const inFolder = (made: Workspace, folder: string, severity: Readonly<Record<string, string>>): void => {
    made.setSettings(folder, parseSettings({ qemuVersion: '7.2', librbdVersion: '16.2', severity }).settings);
  };
  const of = (made: Workspace, address: string): string | undefined => {
    made.setDocument(address, 'qemu-cmdline', PROBED);
    return rulesOf(made, address).find((one) => one.startsWith('drive-format-probed'));
  };

  test('each folder of a window has its own', () => {
    const made = opened({});
    inFolder(made, A, { 'drive-format-probed': 'error' });
    inFolder(made, B, { 'drive-format-probed': 'off' });
    expect(of(made, `${A}/vm.qemu`)).toBe('drive-format-probed: error');
    expect(of(made, `${B}/vm.qemu`)).toBeUndefined();
    expect(of(made, 'file:///elsewhere/vm.qemu')).toBe('drive-format-probed: warning');
  });

  test('.rbdcacherc outranks a folder’s, and the nearest one the others', () => {
    const made = opened({
      [`${A}/.rbdcacherc`]: rc('drive-format-probed', 'hint'),
      [`${A}/deep/.rbdcacherc`]: rc('drive-format-probed', 'off'),
      [`${A}/deep/deeper/.rbdcacherc`]: rc('cache-unsafe', 'off'),
    });
    inFolder(made, A, { 'drive-format-probed': 'error' });
    inFolder(made, B, { 'drive-format-probed': 'error' });
    expect(of(made, `${A}/vm.qemu`)).toBe('drive-format-probed: hint');
    expect(of(made, `${A}/deep/vm.qemu`)).toBeUndefined();
    expect(of(made, `${A}/deep/deeper/vm.qemu`)).toBeUndefined();
    expect(of(made, `${B}/vm.qemu`)).toBe('drive-format-probed: error');
  });

  test('the comment on comments obeys them, too', () => {
    const text = `# rbdcache-disable cache-unsafe\n${PROBED}`;
    const made = opened({ [`${B}/.rbdcacherc`]: rc('unused-disable', 'off') });
    inFolder(made, A, { 'unused-disable': 'warning' });
    for (const folder of [A, B]) made.setDocument(`${folder}/vm.qemu`, 'qemu-cmdline', text);
    expect(rulesOf(made, `${A}/vm.qemu`)).toContain('unused-disable: warning');
    expect(rulesOf(made, `${B}/vm.qemu`).join()).not.toContain('unused-disable');
  });

  test.each(ALL_RULES.map(({ id }) => id))('%s can be turned off in .rbdcacherc without a complaint', (id) => {
    const made = opened({ [`${A}/.rbdcacherc`]: rc(id, 'off') });
    expect(made.rcProblems(`${A}/vm.qemu`)).toEqual([]);
  });
});
