/** Fixtures for rules, as data: a text with the expected places marked `⟦…⟧`, the releases, and what must be found. */
import { expect } from 'vitest';
import { parserEra } from '../../../server/src/catalog/librados-rules.js';
import { cephRelease, qemuRelease } from '../../../server/src/catalog/releases.js';
import type { ConfRule, ConfRuleContext, Finding, Fix, Severity } from '../../../server/src/rules/rule.js';
import type { ReleasePair } from '../../../server/src/simulate/model.js';
import { confFile } from '../../../server/src/syntax/ceph-conf/conf-file.js';
import type { Span } from '../../../server/src/syntax/span.js';

export const FILE = 'file:///etc/ceph/ceph.conf';

export interface Expected {
  readonly severity: Severity;
  /** Each must be part of the message. */
  readonly says?: readonly string[];
  /** Texts of the related places, in order. */
  readonly related?: readonly string[];
  readonly tags?: Finding['tags'];
  /** Title of each fix, in order, and the whole text after it. */
  readonly fixes?: Readonly<Record<string, string>>;
  /** Title of the fix that is preferred; null: none is. */
  readonly preferred?: string | null;
  /** Titles of the fixes that "fix all" may take. */
  readonly safe?: readonly string[];
}

export interface ConfFixture {
  readonly about: string;
  /** Releases of which the same is expected. */
  readonly librbd: readonly string[];
  readonly qemu?: string;
  /** Names that the user's settings allow. */
  readonly allowed?: readonly string[];
  /** `⟦…⟧` marks what each finding covers, in order. */
  readonly text: string;
  /** One for each mark; none: the rule must stay silent. */
  readonly finds: readonly Expected[];
}

export function releasePair(librbd: string, qemu = '7.2'): ReleasePair {
  const ceph = cephRelease(librbd);
  const emulator = qemuRelease(qemu);
  if (ceph === undefined || emulator === undefined) throw new Error(`no such pair: QEMU ${qemu}, librbd ${librbd}`);
  return { qemu: emulator, librbd: ceph, vendor: 'upstream' };
}

/** Takes the marks out of a text. */
export function readMarks(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  let text = '';
  let open: number | null = null;
  for (const character of marked) {
    if (character === '⟦') {
      if (open !== null) throw new Error('marks do not nest');
      open = text.length;
    } else if (character === '⟧') {
      if (open === null) throw new Error('a mark ends that never began');
      spans.push({ start: open, end: text.length });
      open = null;
    } else {
      text += character;
    }
  }
  if (open !== null) throw new Error('a mark does not end');
  return { text, spans };
}

export function confContext(
  text: string,
  librbd: string,
  how: Pick<ConfFixture, 'qemu' | 'allowed'> = {},
): ConfRuleContext {
  const releases = releasePair(librbd, how.qemu);
  const file = confFile(FILE, text);
  return {
    file,
    tree: file.tree(parserEra(releases.librbd)),
    releases,
    drives: [],
    allowedOptions: how.allowed ?? [],
  };
}

/** The text of the ceph.conf after a fix; edits to other documents are left out. */
export function applyFix(text: string, fix: Fix, file = FILE): string {
  const edits = fix.edits
    .filter((edit) => edit.at.in === 'file' && edit.at.file === file)
    .toSorted((a, b) => b.at.span.start - a.at.span.start);
  return edits.reduce(
    (result, edit) => result.slice(0, edit.at.span.start) + edit.newText + result.slice(edit.at.span.end),
    text,
  );
}

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

/** Findings of a rule that are as severe as `severity`. */
function countAsSevere(findings: readonly Finding[], severity: Severity): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (RANK[finding.severity] >= RANK[severity]) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  }
  return counts;
}

/** Runs a fixture; each fix must remove its finding, and bring none that is as severe from any of `all`. */
export function checkConfFixture(rule: ConfRule, fixture: ConfFixture, all: readonly ConfRule[]): void {
  const { text, spans } = readMarks(fixture.text);
  expect(spans.length, 'marks and findings').toBe(fixture.finds.length);
  for (const librbd of fixture.librbd) {
    const everything = (edited: string): Finding[] => {
      const context = confContext(edited, librbd, fixture);
      return all.flatMap((each) => [...each.check(context)]);
    };
    const before = everything(text);
    const found = before
      .filter((finding) => finding.rule === rule.id)
      .toSorted((a, b) => a.at.span.start - b.at.span.start);
    expect(
      found.map((finding) => [finding.severity, text.slice(finding.at.span.start, finding.at.span.end)]),
      `librbd ${librbd}`,
    ).toEqual(fixture.finds.map((each, i) => [each.severity, text.slice(spans[i]?.start, spans[i]?.end)]));
    found.forEach((finding, i) => {
      const expected = fixture.finds[i];
      if (expected === undefined) return;
      expect(finding.at.span, 'place').toEqual(spans[i]);
      checkWords(finding, expected, text);
      for (const each of finding.fixes) {
        const result = applyFix(text, each);
        if (result !== text) checkPromise(finding, each, before, everything(result));
      }
    });
  }
}

function checkWords(finding: Finding, expected: Expected, text: string): void {
  expect(finding.message, 'the message names the release').toMatch(/(?:librbd|QEMU|Ceph) \d/);
  for (const part of expected.says ?? []) expect(finding.message).toContain(part);
  if (expected.related !== undefined) {
    expect(finding.related.map(({ at }) => text.slice(at.span.start, at.span.end))).toEqual(expected.related);
  }
  if (expected.tags !== undefined) expect(finding.tags).toEqual(expected.tags);
  checkKinds(finding.fixes, expected);
  const results = Object.fromEntries(finding.fixes.map((each) => [each.title, applyFix(text, each)]));
  expect(results, 'fixes').toEqual(expected.fixes ?? {});
}

/** Which of the fixes is preferred, and which are safe, where the fixture says so. */
export function checkKinds(
  fixes: readonly { readonly title: string; readonly preferred: boolean; readonly safe: boolean }[],
  expected: Expected,
): void {
  const titles = (of: typeof fixes): readonly string[] => of.map(({ title }) => title);
  if (expected.preferred !== undefined) {
    const wanted = expected.preferred === null ? [] : [expected.preferred];
    expect(titles(fixes.filter(({ preferred }) => preferred)), 'preferred').toEqual(wanted);
  }
  if (expected.safe !== undefined) expect(titles(fixes.filter(({ safe }) => safe)), 'safe').toEqual(expected.safe);
}

function checkPromise(finding: Finding, done: Fix, before: readonly Finding[], after: readonly Finding[]): void {
  const had = countAsSevere(before, finding.severity);
  for (const [id, count] of countAsSevere(after, finding.severity)) {
    const most = (had.get(id) ?? 0) - (id === finding.rule ? 1 : 0);
    expect(count, `${done.title}: ${id}`).toBeLessThanOrEqual(most);
  }
}
