/**
 * Fixtures for rules that look at drives, as data: a command and the ceph.conf it reads, run through the workspace as a
 * person's files are. `⟦…⟧` marks what each finding covers, in the command and in the ceph.conf.
 */
import { expect, test } from 'vitest';
import type { DocumentAnalysis, PlacedFinding } from '../../../server/src/features/analysis-model.js';
import { applyEdits, type Trial, tryFix } from '../../../server/src/features/fix-trial.js';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import type { RuleInfo } from '../../../server/src/rules/rule.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS } from '../../../server/src/workspace/settings.js';
import { checkKinds, type Expected, readMarks } from './harness.js';

export interface CommandFixture {
  readonly about: string;
  /** `QEMU librbd`, as people write them; of each the same is expected. */
  readonly pairs: readonly string[];
  readonly vendor?: 'proxmox';
  /** A script for a shell, instead of a command line as `ps` shows it. */
  readonly script?: true;
  readonly text: string;
  /** The host's /etc/ceph/ceph.conf; null: it is not there; left out: nobody may look at the host's files. */
  readonly conf?: string | null;
  /** In the order of the marks, those of the command first. A fix's text is that of the document it edits. */
  readonly finds: readonly Expected[];
}

const CONF = 'file:///h/etc/ceph/ceph.conf';

function trialOf(workspace: Workspace): Trial {
  return {
    text: (address) => {
      const content = workspace.texts.read(address);
      return content.status === 'file' ? content.text : null;
    },
    analyse: (address) => workspace.analyse(address),
    edited: (texts) => workspace.edited(texts),
    tiedTo: (addresses) => workspace.tiedTo(addresses),
  };
}

interface Opened {
  readonly workspace: Workspace;
  /** Address and text, the command's first. */
  readonly documents: readonly (readonly [string, string])[];
}

/** The documents of a fixture, open in a workspace with the releases named on the command line. */
export function openDocuments(fixture: Omit<CommandFixture, 'about' | 'pairs' | 'finds'>, pair: string): Opened {
  const [qemu, librbd] = pair.split(' ');
  const failures: string[] = [];
  const workspace = new Workspace({
    files: new MemoryFileAccess({ 'file:///h/etc/passwd': '' }),
    log: (message) => failures.push(message),
    commandLine: { qemu, librbd, vendor: fixture.vendor },
  });
  if (fixture.conf !== undefined) workspace.setSettings(null, { ...DEFAULT_SETTINGS, root: '/h' });
  const command = `file:///h/vm.${fixture.script === true ? 'sh' : 'qemu-args'}`;
  workspace.setDocument(command, fixture.script === true ? 'shellscript' : 'qemu-args', fixture.text);
  if (fixture.conf != null) workspace.setDocument(CONF, 'ceph-conf', fixture.conf);
  const documents: [string, string][] = [[command, fixture.text]];
  if (fixture.conf != null) documents.push([CONF, fixture.conf]);
  for (const [address] of documents) workspace.analyse(address);
  expect(failures).toEqual([]);
  return { workspace, documents };
}

function findingsOf(analysis: DocumentAnalysis | null): readonly PlacedFinding[] {
  return analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
}

/** Runs a fixture; each fix must keep its promise: the finding is gone, and nothing as grave has come. */
export function checkCommandFixture(rule: RuleInfo, fixture: CommandFixture): void {
  const marked = [fixture.text, ...(fixture.conf == null ? [] : [fixture.conf])].map(readMarks);
  expect(marked.flatMap(({ spans }) => spans).length, 'marks and findings').toBe(fixture.finds.length);
  const [command, conf] = marked;
  const texts = { text: command?.text ?? '', ...(fixture.conf === undefined ? {} : { conf: conf?.text ?? null }) };
  for (const pair of fixture.pairs) {
    const opened = openDocuments({ ...fixture, ...texts }, pair);
    const { workspace, documents } = opened;
    const found = documents.flatMap(([address]) =>
      findingsOf(workspace.analyse(address)).filter((finding) => finding.rule === rule.id),
    );
    const textAt = (address: string) => documents.find(([other]) => other === address)?.[1] ?? '';
    const shown = found.map(({ severity, address, span }) => [severity, textAt(address).slice(span.start, span.end)]);
    const wanted = marked.flatMap(({ text, spans }) => spans.map((span) => text.slice(span.start, span.end)));
    expect(shown, pair).toEqual(fixture.finds.map(({ severity }, index) => [severity, wanted[index]]));
    const places = marked.flatMap(({ spans }) => spans);
    for (const [index, finding] of found.entries()) {
      expect(finding.span, 'place').toEqual(places[index]);
      checkFinding(opened, finding, fixture.finds[index] ?? { severity: finding.severity }, textAt);
    }
  }
}

function checkFinding(
  { workspace, documents }: Opened,
  finding: PlacedFinding,
  expected: Expected,
  textAt: (address: string) => string,
): void {
  expect(finding.message, 'the message names the release').toMatch(/librbd \d|QEMU \d/);
  for (const part of expected.says ?? []) expect(finding.message).toContain(part);
  if (expected.related !== undefined) {
    expect(finding.related.map(({ address, span }) => textAt(address).slice(span.start, span.end))).toEqual(
      expected.related,
    );
  }
  if (expected.tags !== undefined) expect(finding.tags).toEqual(expected.tags);
  checkKinds(finding.fixes, expected);
  const trial = trialOf(workspace);
  const results = finding.fixes.map(({ title, edits }): [string, string] => {
    const after = applyEdits(trial, edits);
    const changed = documents.flatMap(([address]) => after?.get(address) ?? []);
    return [title, changed.join('\n')];
  });
  expect(Object.fromEntries(results), 'fixes').toEqual(expected.fixes ?? {});
  for (const { title, edits } of finding.fixes) {
    expect(tryFix(trial, finding, edits), `${title} keeps its promise`).not.toBeNull();
  }
}

/** All fixtures of a rule, and that there is one of each kind. */
export function describeFixtures(rule: RuleInfo, fixtures: readonly CommandFixture[]): void {
  test.each(fixtures.map((fixture) => [fixture.about, fixture] as const))('%s', (_about, fixture) => {
    checkCommandFixture(rule, fixture);
  });
  test('has a fixture where it fires, and one where it must not', () => {
    expect(fixtures.some((fixture) => fixture.finds.length > 0)).toBe(true);
    expect(fixtures.some((fixture) => fixture.finds.length === 0)).toBe(true);
  });
}

/** What all rules say of a fixture's documents: `rule severity`. */
export function allFindings(fixture: Omit<CommandFixture, 'about' | 'pairs' | 'finds'>, pair: string): string[] {
  const { workspace, documents } = openDocuments(fixture, pair);
  expect(ALL_RULES.length).toBeGreaterThan(0);
  return documents.flatMap(([address]) =>
    findingsOf(workspace.analyse(address)).map(({ rule, severity }) => `${rule} ${severity}`),
  );
}
