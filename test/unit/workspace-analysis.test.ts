import { describe, expect, test } from 'vitest';
import type { DocumentAnalysis } from '../../server/src/features/analysis-model.js';
import { type CodeActionView, fixAll, quickFixes } from '../../server/src/features/code-actions.js';
import type { Trial } from '../../server/src/features/fix-trial.js';
import type {
  CommandRule,
  CommandRuleContext,
  ConfRule,
  Finding,
  Fix,
  Rule,
  Severity,
} from '../../server/src/rules/rule.js';
import { editText } from '../../server/src/syntax/text-edits.js';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';
import { parseSettings } from '../../server/src/workspace/settings.js';

const CONF = 'file:///w/etc/ceph/ceph.conf';
const VM = 'file:///w/vm.qemu';
const DRIVE = 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n';

interface Setup {
  readonly rules?: readonly Rule[];
  readonly settings?: unknown;
  readonly files?: Readonly<Record<string, string>>;
}

function workspace({ rules, settings, files }: Setup = {}): Workspace {
  const made = new Workspace({
    files: new MemoryFileAccess(files ?? {}),
    log: () => undefined,
    ...(rules === undefined ? {} : { rules }),
  });
  made.setFolders(['file:///w']);
  made.setSettings(null, parseSettings(settings).settings);
  while (!made.scanStep(10));
  return made;
}

function analysed(from: Pick<Workspace, 'analyse'>, address: string): Exclude<DocumentAnalysis, { kind: 'skipped' }> {
  const analysis = from.analyse(address);
  if (analysis === null || analysis.kind === 'skipped') throw new Error(`${address} is not looked into`);
  return analysis;
}

function commandOf(from: Pick<Workspace, 'analyse'>, address: string) {
  const analysis = analysed(from, address);
  if (analysis.kind !== 'command') throw new Error(`${address} holds no command`);
  return analysis;
}

const finding = (rule: string, at: Finding['at'], severity: Severity, fixes: readonly Fix[] = []): Finding => ({
  rule,
  severity,
  message: `${rule} speaks`,
  at,
  related: [],
  tags: [],
  fixes,
});

/** Speaks of each `cache=` in the text, as an error, where `holds`. */
function commandRule(id: string, holds: (context: CommandRuleContext) => boolean): CommandRule {
  return {
    id,
    severity: 'error',
    statement: id,
    looksAt: 'command',
    *check(context) {
      const start = context.command.text.indexOf('cache=');
      if (start >= 0 && holds(context)) {
        yield finding(id, { in: 'command', span: { start, end: start + 6 } }, 'error');
      }
    },
  };
}

/** Speaks of each line that starts with `word`. */
function confRule(id: string, word: string, severity: Severity, newText: string | null = null): ConfRule {
  return {
    id,
    severity,
    statement: id,
    looksAt: 'conf',
    *check({ file }) {
      for (const match of file.text.matchAll(new RegExp(`^${word}`, 'gm'))) {
        const at = { in: 'file' as const, file: file.id, span: { start: match.index, end: match.index + word.length } };
        const fix = { title: `fix ${word}`, edits: [{ at, newText: newText ?? '' }], preferred: true, safe: true };
        yield finding(id, at, severity, newText === null ? [] : [fix]);
      }
    },
  };
}

describe('which ceph.conf a drive reads', () => {
  test('the file of a guessed root, an open document before it', () => {
    const made = workspace({ files: { [CONF]: '[global]\nrbd cache = true\n' } });
    made.setDocument(VM, 'qemu-cmdline', DRIVE);
    expect(commandOf(made, VM).root).toMatchObject({ address: 'file:///w', guessed: true });
    expect(commandOf(made, VM).commands[0]?.trace.drives[0]?.reads[0]?.taken?.file.id).toBe(CONF);
    made.setDocument(CONF, 'ceph-conf', '[global]\nrbd cache = false\n');
    expect(commandOf(made, VM).commands[0]?.trace.drives[0]?.reads[0]?.taken?.file.text).toContain('false');
    made.closeDocument(CONF);
    expect(commandOf(made, VM).commands[0]?.trace.drives[0]?.reads[0]?.taken?.file.text).toContain('true');
  });

  test.each([
    ['a setting', { cephConf: '/etc/ceph/west.conf' }, DRIVE],
    ['the command’s own environment', {}, `CEPH_CONF=/etc/ceph/west.conf ${DRIVE}`],
  ])('$CEPH_CONF of %s', (_name, settings, text) => {
    const west = 'file:///w/etc/ceph/west.conf';
    const made = workspace({ settings, files: { [CONF]: '[global]\n', [west]: '[client]\n' } });
    made.setDocument('file:///w/vm.sh', 'shellscript', text);
    expect(commandOf(made, 'file:///w/vm.sh').commands[0]?.trace.drives[0]?.reads[0]?.taken?.file.id).toBe(west);
  });

  test('a root from .rbdcacherc is relative to that file', () => {
    const made = workspace({
      files: {
        'file:///w/a/.rbdcacherc': '[files]\nroot = ./host\n',
        'file:///w/a/host/etc/ceph/ceph.conf': '[global]\n',
      },
    });
    made.setDocument('file:///w/a/b/vm.qemu', 'qemu-cmdline', DRIVE);
    expect(commandOf(made, 'file:///w/a/b/vm.qemu').root).toMatchObject({
      address: 'file:///w/a/host',
      guessed: false,
    });
  });

  test('drives in files of the workspace are known to the ceph.conf', () => {
    const made = workspace({ files: { [VM]: DRIVE, 'file:///w/x/start.sh': `exec ${DRIVE}` } });
    made.setDocument(CONF, 'ceph-conf', '[global]\nrbd cache = true\n');
    const analysis = analysed(made, CONF);
    expect(analysis.kind === 'conf' ? analysis.drives.map(({ address }) => address).sort() : []).toEqual([
      VM,
      'file:///w/x/start.sh',
    ]);
  });
});

describe('what is kept from one version to the next', () => {
  test('only the command that changed is simulated again', () => {
    const made = workspace();
    made.setDocument(VM, 'qemu-cmdline', `${DRIVE}${DRIVE.replace('p/i', 'p/j')}`);
    const before = commandOf(made, VM).commands;
    made.setDocument(VM, 'qemu-cmdline', `# note\n${DRIVE}${DRIVE.replace('p/i', 'p/k')}`);
    const after = commandOf(made, VM).commands;
    expect(after[0]?.trace).toBe(before[0]?.trace);
    expect(after[1]?.trace).not.toBe(before[1]?.trace);
    expect(after[0]?.base).toBe((before[0]?.base ?? 0) + '# note\n'.length);
  });

  test('a ceph.conf that a drive does not read leaves it alone', () => {
    const made = workspace({ files: { [CONF]: '[global]\n' } });
    made.setDocument(VM, 'qemu-cmdline', DRIVE);
    const before = commandOf(made, VM).commands[0]?.trace;
    made.setDocument('file:///w/other.ceph.conf', 'ceph-conf', '[global]\n');
    expect(commandOf(made, VM).commands[0]?.trace).toBe(before);
    made.setDocument(CONF, 'ceph-conf', '[global]\n\n');
    expect(commandOf(made, VM).commands[0]?.trace).not.toBe(before);
  });

  test('an analysis of texts that did not change is the same object', () => {
    const made = workspace({ files: { [CONF]: '[global]\n' } });
    made.setDocument(VM, 'qemu-cmdline', DRIVE);
    expect(commandOf(made, VM).findings).toBe(commandOf(made, VM).findings);
    expect(analysed(made, CONF)).toBe(analysed(made, CONF));
  });
});

describe('severities', () => {
  const always = commandRule('always', () => true);
  const newOnly = commandRule('new-only', ({ releases }) => releases.qemu.version[0] !== 2);
  const severities = (made: Workspace, address: string) =>
    analysed(made, address).findings.map(({ rule, severity }) => `${rule}: ${severity}`);

  test.each([
    ['while the pair is assumed', {}, ['always: error', 'new-only: warning']],
    ['where the pair is named', { qemuVersion: '7.2', librbdVersion: '16.2' }, ['always: error', 'new-only: error']],
    ['as the user chose them', { severity: { always: 'off', 'new-only': 'error' } }, ['new-only: error']],
  ])('%s', (_name, settings, expected) => {
    const made = workspace({ rules: [always, newOnly], settings });
    made.setDocument(VM, 'qemu-cmdline', DRIVE);
    expect(severities(made, VM)).toEqual(expected);
  });

  test('a ceph.conf is judged by the pair of its drives, else by its own', () => {
    const made = workspace({ rules: [] });
    made.setDocument(CONF, 'ceph-conf', '# rbdcache: librbd=0.87\n[global]\n');
    expect(analysed(made, CONF).releases.pair.librbd.series).toBe('0.87');
    made.setDocument(VM, 'qemu-cmdline', `# rbdcache: qemu=2.4 librbd=14.2\n${DRIVE}`);
    expect(analysed(made, CONF).releases.pair.librbd.series).toBe('14.2');
  });
});

describe('comments that turn findings off', () => {
  test.each([
    ['[global]\n# rbdcache-disable-next-line a-rule\nfoo = 1\nfoo = 2\n', ['foo = 2']],
    ['[global]\n# rbdcache-disable a-rule\nfoo = 1\nfoo = 2\n', []],
    ['[global]\n; rbdcache-disable-next-line other\nfoo = 1\n', ['foo = 1']],
  ])('%j', (text, lines) => {
    const made = workspace({ rules: [confRule('a-rule', 'foo', 'warning')] });
    made.setDocument(CONF, 'ceph-conf', text);
    expect(analysed(made, CONF).findings.map(({ span }) => text.slice(span.start, span.start + 7))).toEqual(lines);
  });

  test('before a command over several lines, all of it', () => {
    const made = workspace({ rules: [commandRule('a-rule', () => true)] });
    made.setDocument(
      VM,
      'qemu-cmdline',
      `# rbdcache-disable-next-line a-rule\n${DRIVE.replace(' -drive', ' \\\n -drive')}${DRIVE}`,
    );
    expect(analysed(made, VM).findings).toHaveLength(1);
  });
});

describe('fixes are tried before they are offered', () => {
  const trialOf = (made: Workspace): Trial => ({
    text: (address) => {
      const content = made.texts.read(address);
      return content.status === 'file' ? content.text : null;
    },
    analyse: (address) => made.analyse(address),
    edited: (texts) => made.edited(texts),
    tiedTo: (addresses) => made.tiedTo(addresses),
  });
  const applied = (text: string, action: CodeActionView | null | undefined): string =>
    action === null || action === undefined ? '' : editText(text, action.edits);
  const TEXT = '[global]\nfoo = 1\nfoo = 2\n';

  const offered = (rules: readonly Rule[]): string[] => {
    const made = workspace({ rules });
    made.setDocument(CONF, 'ceph-conf', TEXT);
    const at = TEXT.indexOf('foo');
    const actions = [...quickFixes(analysed(made, CONF), { start: at, end: at }, trialOf(made))];
    return actions.filter(({ title }) => title.startsWith('fix')).map((action) => applied(TEXT, action));
  };

  test('one that takes the finding away is', () => {
    expect(offered([confRule('a', 'foo', 'warning', 'bar')])).toEqual(['[global]\nbar = 1\nfoo = 2\n']);
  });

  test('one that leaves the finding is not', () => {
    expect(offered([confRule('a', 'foo', 'warning', 'foo')])).toEqual([]);
  });

  test.each([
    ['error', []],
    ['warning', []],
    ['information', ['[global]\nbar = 1\nfoo = 2\n']],
  ] as const)('one that brings a finding of severity %s in place of a warning', (severity, expected) => {
    expect(offered([confRule('a', 'foo', 'warning', 'bar'), confRule('b', 'bar', severity)])).toEqual(expected);
  });

  test('all safe fixes at once', () => {
    const made = workspace({ rules: [confRule('a', 'foo', 'warning', 'bar')] });
    made.setDocument(CONF, 'ceph-conf', TEXT);
    expect(applied(TEXT, fixAll(analysed(made, CONF), trialOf(made)))).toBe('[global]\nbar = 1\nbar = 2\n');
  });

  test('a trial leaves the workspace as it was', () => {
    const made = workspace({ files: { [CONF]: '[global]\n' } });
    made.setDocument(VM, 'qemu-cmdline', DRIVE);
    const before = commandOf(made, VM);
    commandOf(made.edited(new Map([[CONF, '[global]\nrbd cache = true\n']])), VM);
    expect(commandOf(made, VM).commands[0]?.trace).toBe(before.commands[0]?.trace);
  });
});

test('a rule that throws is said, and the others go on', () => {
  const said: string[] = [];
  const broken = commandRule('broken', () => {
    throw new Error('out of order');
  });
  const made = new Workspace({
    files: new MemoryFileAccess(),
    log: (message) => said.push(message),
    rules: [broken, commandRule('fine', () => true)],
  });
  made.setDocument(VM, 'qemu-cmdline', DRIVE);
  expect(analysed(made, VM).findings.map(({ rule }) => rule)).toEqual(['fine']);
  expect(said.join()).toContain('rule broken failed');
});
