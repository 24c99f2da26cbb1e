/**
 * The rules' pages keep their word: the rule speaks of the example before, of nothing in the example after, and of neither
 * in releases that its row excludes; the fix that a person would take first mends the example.
 */
import { describe, expect, test } from 'vitest';
import {
  cephChoices,
  cephRelease,
  qemuChoices,
  qemuRelease,
  VENDORS,
  type Vendor,
  within,
} from '../../../server/src/catalog/releases.js';
import type { PlacedFinding } from '../../../server/src/features/analysis-model.js';
import { applyEdits, tryFix } from '../../../server/src/features/fix-trial.js';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import { RULE_PAGES } from '../../../server/src/rules/pages/index.js';
import type { ExampleFile, RulePage } from '../../../server/src/rules/pages/page.js';
import type { Holds, Rule } from '../../../server/src/rules/rule.js';
import { Workspace } from '../../../server/src/workspace/analysis.js';
import { kindByName } from '../../../server/src/workspace/languages.js';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS } from '../../../server/src/workspace/settings.js';
import { trialOf } from '../../../server/src/workspace/trial.js';

interface Pair {
  readonly qemu: string;
  readonly librbd: string;
  readonly vendor: Vendor;
}

const FOLDER = 'file:///h';

/** The documents among an example's files. */
function documentsOf(files: readonly ExampleFile[]): { address: string; kind: string; text: string }[] {
  return files.flatMap(({ name, text }) => {
    const address = `${FOLDER}/${name}`;
    const kind = kindByName(address);
    return kind === null ? [] : [{ address, kind, text }];
  });
}

/** The files in a folder; one that holds `etc/` stands for the root of the machine that QEMU runs on. */
function open(files: readonly ExampleFile[], { qemu, librbd, vendor }: Pair, rules: readonly Rule[]): Workspace {
  const workspace = new Workspace({
    files: new MemoryFileAccess(Object.fromEntries(files.map(({ name, text }) => [`${FOLDER}/${name}`, text]))),
    log: (message) => {
      throw new Error(message);
    },
    commandLine: { qemu, librbd, vendor },
    rules,
  });
  if (files.some(({ name }) => name.startsWith('etc/'))) {
    workspace.setSettings(null, { ...DEFAULT_SETTINGS, root: '/h' });
  }
  for (const { address, kind, text } of documentsOf(files)) workspace.setDocument(address, kind, text);
  return workspace;
}

function findings(files: readonly ExampleFile[], pair: Pair, rules: readonly Rule[]): readonly PlacedFinding[] {
  return findingsIn(open(files, pair, rules), files);
}

function findingsIn(workspace: Pick<Workspace, 'analyse'>, files: readonly ExampleFile[]): readonly PlacedFinding[] {
  const documents = documentsOf(files);
  for (const { address } of documents) workspace.analyse(address);
  return documents.flatMap(({ address }) => {
    const analysis = workspace.analyse(address);
    return analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
  });
}

function holdsIn(holds: Holds | undefined, { qemu, librbd, vendor }: Pair): boolean {
  const emulator = qemuRelease(qemu);
  const ceph = cephRelease(librbd);
  if (emulator === undefined || ceph === undefined) throw new Error(`no such releases: ${qemu}, ${librbd}`);
  return (
    within(emulator, holds?.qemu?.since ?? null, holds?.qemu?.until ?? null) &&
    within(ceph, holds?.librbd?.since ?? null, holds?.librbd?.until ?? null) &&
    (holds?.vendor === undefined || holds.vendor === vendor)
  );
}

const QEMUS = qemuChoices().map(({ version }) => version);
const LIBRBDS = [...cephChoices().map(({ version }) => version), '0.56.4', '12.2.2', '15.2.8', '16.2.4'];
const SOME_QEMUS = ['0.15', '1.1', '1.6', '2.2', '2.5', '2.11', '5.2', '9.2', '11.1'];
const SOME_LIBRBDS = ['0.48', '0.80', '0.94', '12.2', '14.2', '16.2', '20.2'];

/** Each series beside the example's, and a grid of the ways in which releases decide. */
function pairsAround({ qemu, librbd }: RulePage['example']): Pair[] {
  const upstream = 'upstream' as const;
  return [
    ...VENDORS.map((vendor) => ({ qemu, librbd, vendor })),
    ...QEMUS.map((other) => ({ qemu: other, librbd, vendor: upstream })),
    ...LIBRBDS.map((other) => ({ qemu, librbd: other, vendor: upstream })),
    ...SOME_QEMUS.flatMap((one) => SOME_LIBRBDS.map((other) => ({ qemu: one, librbd: other, vendor: upstream }))),
  ];
}

const shown = (found: readonly PlacedFinding[]): string[] =>
  found.map(({ rule, severity, message }) => `${rule} ${severity}: ${message}`);

const PAGES = ALL_RULES.flatMap((rule) => {
  const page = RULE_PAGES[rule.id];
  return page === undefined ? [] : [[rule.id, rule, page] as const];
});

/** Words that a page must not be made of: places of a machine, and what is left to be written. */
const FOREIGN = /facts\/|\/tmp\/|\/home\/|TODO|FIXME|XXX/;

describe.each(PAGES)('the page of %s', (id, rule, page) => {
  const { example } = page;
  const pair: Pair = { qemu: example.qemu, librbd: example.librbd, vendor: example.vendor ?? 'upstream' };

  test('says all that a page says', () => {
    for (const text of [page.what, page.why, page.fix]) expect(text.trim()).not.toBe('');
    expect(page.evidence.length).toBeGreaterThan(0);
    expect(JSON.stringify(page)).not.toMatch(FOREIGN);
    expect(documentsOf(example.before).length, 'files that are looked at').toBeGreaterThan(0);
    expect(example.after.map(({ name }) => name)).toEqual(
      expect.arrayContaining(example.before.map(({ name }) => name)),
    );
  });

  test('speaks of the example before, and of nothing in the one after', () => {
    expect(holdsIn(rule.holds, pair), 'the example is of releases in which the rule holds').toBe(true);
    const found = findings(example.before, pair, ALL_RULES).filter((finding) => finding.rule === id);
    expect(found.length).toBeGreaterThan(0);
    const after = findings(example.after, pair, ALL_RULES);
    const grave = after.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(shown(after.filter((finding) => finding.rule === id))).toEqual([]);
    expect(shown(grave), 'no example teaches what another rule warns of').toEqual([]);
  });

  test('is silent in releases that its row excludes', () => {
    const wrong = pairsAround(example)
      .filter((other) => !holdsIn(rule.holds, other))
      .flatMap((other) => shown(findings(example.before, other, [rule])).map((said) => [other, said]));
    expect(wrong).toEqual([]);
  });

  test('its preferred fix mends the example', () => {
    const workspace = open(example.before, pair, ALL_RULES);
    const found = findingsIn(workspace, example.before).filter((finding) => finding.rule === id);
    const trial = trialOf(workspace);
    for (const finding of found) {
      const preferred = finding.fixes.filter((fix) => fix.preferred);
      expect(preferred.length, 'one at most').toBeLessThanOrEqual(1);
      for (const { title, edits } of preferred) {
        expect(tryFix(trial, finding, edits), title).not.toBeNull();
        const texts = applyEdits(trial, edits);
        const mended = findingsIn(workspace.edited(texts ?? new Map()), example.before);
        const asGrave = (other: PlacedFinding): boolean =>
          other.rule === id && other.address === finding.address && other.severity === finding.severity;
        const left = mended.filter(asGrave);
        expect(shown(left).length, title).toBeLessThan(found.filter(asGrave).length);
      }
    }
  });
});

test('each rule has a page, and no page is without its rule', () => {
  expect(Object.keys(RULE_PAGES).sort()).toEqual(ALL_RULES.map(({ id }) => id).sort());
});
