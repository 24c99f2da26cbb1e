import fc from 'fast-check';
import { afterAll, describe, expect } from 'vitest';
import type { DocumentAnalysis, PlacedEdit, PlacedFinding } from '../../../server/src/features/analysis-model.js';
import { fixAll, quickFixes } from '../../../server/src/features/code-actions.js';
import { applyEdits } from '../../../server/src/features/fix-trial.js';
import { changedOptions, drivesSeen, sameOutcome } from '../../../server/src/features/fixes/drive-changes.js';
import { ABOUT_WHAT_COUNTS } from '../../../server/src/features/fixes/fix-all.js';
import { refactorings } from '../../../server/src/features/refactorings.js';
import type { Severity } from '../../../server/src/rules/rule.js';
import { parseCephConf } from '../../../server/src/syntax/ceph-conf/parse.js';
import { type Span, shift } from '../../../server/src/syntax/span.js';
import { trialOf } from '../../../server/src/workspace/trial.js';
import { COMMAND, CONF, checkLog, type OpenedWorkspace, openWorkspace, PAIRS, SCRIPT } from '../../fuzz/everything.js';
import { property } from './property.js';
import { anyConf, COMMAND_SOURCES, CONF_SOURCES, commandText, confText, SOURCES } from './texts.js';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };
const DRIVES =
  'qemu-kvm -drive file=rbd:p/i,if=virtio,format=raw,cache=writeback -drive file=rbd:p/j:id=u,if=none,id=d,format=raw,cache=none\n';
const BESIDE = '[global]\nrbd cache = true\n[client]\nrbd_cache_max_dirty = 1048576\n';
const ADDRESSES = [CONF, COMMAND, SCRIPT];

const tried = new Map<string, number>();

function findings(analysis: DocumentAnalysis | null): readonly PlacedFinding[] {
  return analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
}

function counts(opened: OpenedWorkspace, from: Severity): Map<string, number> {
  const found = new Map<string, number>();
  for (const address of ADDRESSES) {
    for (const { rule, severity } of findings(opened.workspace.analyse(address))) {
      if (RANK[severity] <= RANK[from]) found.set(rule, (found.get(rule) ?? 0) + 1);
    }
  }
  return found;
}

/** One finding of the rule less, and no more errors or warnings; what is left to be told besides may be more than before. */
function checkCounts(before: OpenedWorkspace, after: OpenedWorkspace, { rule, severity }: PlacedFinding, what: string) {
  const least = severity === 'error' ? 'error' : 'warning';
  const had = counts(before, least);
  for (const [other, count] of counts(after, least)) {
    if (other !== rule) expect(count, `${other} after ${what}`).toBeLessThanOrEqual(had.get(other) ?? 0);
  }
  const own = (from: OpenedWorkspace) => counts(from, severity).get(rule) ?? 0;
  expect(own(after), `${rule} after ${what}`).toBeLessThan(own(before));
}

/** Applies each action that the editor would offer, and looks at what a fresh start says then. */
function checkActions(documents: Readonly<Record<string, string>>, pair: (typeof PAIRS)[number] | undefined): void {
  const opened = openWorkspace(documents, pair);
  const trial = trialOf(opened.workspace);
  for (const address of ADDRESSES) {
    const analysis = opened.workspace.analyse(address);
    if (analysis === null || analysis.kind === 'skipped') continue;
    for (const action of quickFixes(analysis, { start: 0, end: analysis.text.length }, trial)) {
      const { finding, edits, title } = action;
      if (finding === null) continue;
      const texts = applyEdits(trial, edits);
      if (texts === null) throw new Error(`${title}: its edits do not fit together`);
      tried.set(finding.rule, (tried.get(finding.rule) ?? 0) + 1);
      const after = openWorkspace({ ...documents, ...Object.fromEntries(texts) }, pair);
      const what = `${finding.rule}: ${title} in ${JSON.stringify(analysis.text)} gives ${JSON.stringify([...texts.values()])}`;
      checkCounts(opened, after, finding, what);
      for (const changed of texts.keys()) {
        const own = edits.filter((edit) => edit.address === changed);
        const kept = untouched(opened.workspace.analyse(changed), own);
        const now = said(after.workspace.analyse(changed), texts.get(changed) ?? '');
        expect(now, what).toEqual(expect.arrayContaining(kept));
      }
      checkLog(after.log);
    }
  }
  checkLog(opened.log);
}

interface Said {
  readonly span: Span;
  readonly text: string;
  /** An option behind the `rbd:` name. */
  readonly inName?: boolean;
}

/** What a text says: sections and keys with their values; words of commands and options of drives. */
function statements(analysis: DocumentAnalysis | null, text: string): readonly Said[] {
  if (analysis?.kind === 'command') {
    const options = analysis.commands.flatMap(({ base, trace }) =>
      trace.drives.flatMap(({ syntax }) =>
        [...syntax.options, ...(syntax.name?.options ?? [])].map(({ key, value, span }, index) => ({
          span: shift(span, base),
          text: `${key}=${value}`,
          inName: index >= syntax.options.length,
        })),
      ),
    );
    const words = analysis.commands.flatMap(({ base, command }) =>
      command.words.map(({ span, value }) => ({ span: shift(span, base), text: value.text })),
    );
    return [...options, ...words];
  }
  // What is left may no longer look like a ceph.conf; it is still read as one.
  const era = analysis?.kind === 'conf' ? analysis.tree.era : 'C';
  return parseCephConf(text, era).nodes.flatMap((node): Said[] => {
    if (node.kind === 'key') return [{ span: node.span, text: `${node.key}=${node.value}` }];
    return node.kind === 'section' ? [{ span: node.span, text: `[${node.name}]` }] : [];
  });
}

function said(analysis: DocumentAnalysis | null, text: string): string[] {
  return statements(analysis, text).map((one) => one.text);
}

function untouched(analysis: DocumentAnalysis | null, edits: readonly PlacedEdit[]): string[] {
  if (analysis === null || analysis.kind === 'skipped') return [];
  // A backslash put into a name changes on purpose how the name is cut.
  const cuts = edits.some(({ newText }) => newText.includes('\\'));
  const apart = ({ start, end }: Span): boolean => edits.every(({ span }) => span.end < start || span.start > end);
  return statements(analysis, analysis.text)
    .filter(({ span, inName }) => apart(span) && !(cuts && inName === true))
    .map(({ text }) => text);
}

const assumedOrChosen = fc.option(fc.constantFrom(...PAIRS), { freq: 8, nil: undefined });

describe('each quick fix takes its finding away, adds no error and no warning, and leaves the rest as it is', () => {
  property(
    `on what the rules are tried on and the samples, ${SOURCES.length} texts`,
    250,
    fc.tuple(fc.constantFrom(...SOURCES), assumedOrChosen, fc.boolean()),
    ([{ kind, text }, pair, asScript]) => {
      if (kind === 'conf') checkActions({ [CONF]: text, [COMMAND]: DRIVES }, pair);
      else checkActions({ [CONF]: BESIDE, [asScript ? SCRIPT : COMMAND]: text }, pair);
    },
  );

  property('on generated ceph.conf texts', 150, fc.tuple(anyConf, assumedOrChosen), ([text, pair]) => {
    checkActions({ [CONF]: text, [COMMAND]: DRIVES }, pair);
  });

  property(
    'on generated drives',
    150,
    fc.tuple(commandText, confText, assumedOrChosen, fc.boolean()),
    ([text, conf, pair, asScript]) => checkActions({ [CONF]: conf, [asScript ? SCRIPT : COMMAND]: text }, pair),
  );
});

/** Applies all safe fixes of each document: nothing is left of them, nothing graver has come, and drives stay as they are. */
function checkFixAll(documents: Readonly<Record<string, string>>, pair: (typeof PAIRS)[number] | undefined): void {
  const opened = openWorkspace(documents, pair);
  const trial = trialOf(opened.workspace);
  for (const address of ADDRESSES) {
    const analysis = opened.workspace.analyse(address);
    const action = analysis === null ? null : fixAll(analysis, trial);
    if (analysis === null || action === null) continue;
    const texts = applyEdits(trial, action.edits);
    if (texts === null) throw new Error('the edits do not fit together');
    const after = openWorkspace({ ...documents, ...Object.fromEntries(texts) }, pair);
    const what = `${JSON.stringify(analysis.text)} gives ${JSON.stringify(texts.get(address))}`;
    const again = after.workspace.analyse(address);
    expect(again === null ? null : fixAll(again, trialOf(after.workspace)), `once more: ${what}`).toBeNull();
    const before = counts(opened, 'warning');
    for (const [rule, count] of counts(after, 'warning')) {
      expect(count, `${rule} after ${what}`).toBeLessThanOrEqual(before.get(rule) ?? 0);
    }
    for (const rule of action.rules.keys()) tried.set(`all of ${rule}`, (tried.get(`all of ${rule}`) ?? 0) + 1);
    if ([...action.rules.keys()].some((rule) => ABOUT_WHAT_COUNTS.has(rule))) continue;
    const drives = [opened, after].map(({ workspace }) => drivesSeen(workspace.analyse(address)));
    const [old = [], now = []] = drives;
    expect(now.length, what).toBe(old.length);
    for (const [at, { trace }] of old.entries()) {
      const other = now[at]?.trace;
      expect(other !== undefined && sameOutcome(trace, other), what).toBe(true);
    }
  }
}

describe('all safe fixes at once leave nothing to do, and the drives as they are', () => {
  property(
    `on what the rules are tried on and the samples, ${SOURCES.length} texts`,
    250,
    fc.tuple(fc.constantFrom(...SOURCES), assumedOrChosen, fc.boolean()),
    ([{ kind, text }, pair, asScript]) => {
      if (kind === 'conf') checkFixAll({ [CONF]: text, [COMMAND]: DRIVES }, pair);
      else checkFixAll({ [CONF]: BESIDE, [asScript ? SCRIPT : COMMAND]: text }, pair);
    },
  );

  property('on generated ceph.conf texts', 150, fc.tuple(anyConf, assumedOrChosen), ([text, pair]) => {
    checkFixAll({ [CONF]: text, [COMMAND]: DRIVES }, pair);
  });
});

/** A title that says no difference: what follows a colon, `without`, or what goes to another file, is one. */
const SAYS_NO_DIFFERENCE = /^Convert to [^:]*$/;

/** Applies each conversion that would be offered: an option, the outcome and the guest's side are what they were. */
function checkConversions(documents: Readonly<Record<string, string>>, pair: (typeof PAIRS)[number] | undefined): void {
  const opened = openWorkspace(documents, pair);
  const trial = trialOf(opened.workspace);
  for (const address of [COMMAND, SCRIPT]) {
    const analysis = opened.workspace.analyse(address);
    if (analysis?.kind !== 'command') continue;
    for (const { base, trace } of analysis.commands) {
      for (const { syntax } of trace.drives) {
        const start = base + syntax.flagSpan.start;
        for (const { title, kind, edits } of refactorings(analysis, { start, end: start }, trial)) {
          const texts = applyEdits(trial, edits);
          if (texts === null) throw new Error(`${title}: its edits do not fit together`);
          const after = openWorkspace({ ...documents, ...Object.fromEntries(texts) }, pair);
          tried.set(kind, (tried.get(kind) ?? 0) + 1);
          checkLog(after.log);
          if (!SAYS_NO_DIFFERENCE.test(title) || title.includes('without')) continue;
          const what = `${title} in ${JSON.stringify(analysis.text)} gives ${JSON.stringify([...texts.values()])}`;
          const old = drivesSeen(analysis);
          const now = drivesSeen(after.workspace.analyse(address));
          expect(now.length, what).toBe(old.length);
          for (const [at, drive] of old.entries()) {
            const other = now[at]?.trace ?? drive.trace;
            expect([sameOutcome(drive.trace, other), changedOptions(drive.trace, other)], what).toEqual([true, []]);
          }
        }
      }
    }
  }
}

/** Writes the keys of a ceph.conf in another spelling: no option of a drive that reads it changes. */
function checkSpellings(documents: Readonly<Record<string, string>>, pair: (typeof PAIRS)[number] | undefined): void {
  const opened = openWorkspace(documents, pair);
  const trial = trialOf(opened.workspace);
  const analysis = opened.workspace.analyse(CONF);
  if (analysis?.kind !== 'conf') return;
  const start = analysis.tree.nodes.find(({ kind }) => kind === 'key')?.span.start;
  if (start === undefined) return;
  for (const { kind, edits } of refactorings(analysis, { start, end: start + 1 }, trial)) {
    const text = applyEdits(trial, edits)?.get(CONF);
    if (kind !== 'refactor.rewrite.rbdcache.spelling' || text === undefined) continue;
    tried.set(kind, (tried.get(kind) ?? 0) + 1);
    const after = openWorkspace({ ...documents, [CONF]: text }, pair).workspace.analyse(CONF);
    const now = drivesSeen(after);
    expect(now.length).toBe(analysis.drives.length);
    for (const [at, { trace }] of analysis.drives.entries()) {
      const other = now[at]?.trace ?? trace;
      const what = `${JSON.stringify(analysis.text)} gives ${JSON.stringify(text)}`;
      expect([sameOutcome(trace, other), changedOptions(trace, other)], what).toEqual([true, []]);
    }
  }
}

describe('a drive written in another way resolves to what it did', () => {
  property(
    'on generated drives and nodes',
    200,
    fc.tuple(commandText, confText, assumedOrChosen, fc.boolean()),
    ([text, conf, pair, asScript]) => checkConversions({ [CONF]: conf, [asScript ? SCRIPT : COMMAND]: text }, pair),
  );

  property(
    'and so do those that read a ceph.conf in one spelling',
    300,
    fc.tuple(anyConf, assumedOrChosen),
    ([text, pair]) => checkSpellings({ [CONF]: text, [COMMAND]: DRIVES }, pair),
  );
});

afterAll(() => {
  const rows = [...tried].sort(([a], [b]) => a.localeCompare(b)).map(([rule, count]) => `${rule} ${count}`);
  console.log(`quick fixes applied, ${CONF_SOURCES.length + COMMAND_SOURCES.length} sources: ${rows.join(', ')}`);
});
