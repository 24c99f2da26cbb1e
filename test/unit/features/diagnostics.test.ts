import { expect, test } from 'vitest';
import type { DocumentAnalysis, PlacedFinding } from '../../../server/src/features/analysis-model.js';
import { diagnosticsOf, MAX_PROBLEMS } from '../../../server/src/features/diagnostics.js';
import { releasesInForce } from '../../../server/src/workspace/releases-in-force.js';

const address = 'file:///w/vm.qemu';

function finding(at: number, severity: PlacedFinding['severity']): PlacedFinding {
  const span = { start: at, end: at + 1 };
  return { rule: 'a-rule', severity, message: `at ${at}`, address, span, related: [], tags: [], fixes: [] };
}

function analysis(findings: readonly PlacedFinding[]): DocumentAnalysis {
  const base = { address, text: '', releases: releasesInForce({}), notices: [], root: null, commands: [] };
  return { ...base, kind: 'command', language: 'qemu-cmdline', findings, suppressed: [] };
}

test('more problems than an editor can show are counted, and the gravest stay', () => {
  const hints = Array.from({ length: MAX_PROBLEMS + 500 }, (_, at) => finding(at, 'hint'));
  const views = diagnosticsOf(analysis([...hints, finding(9_999, 'error')]));
  expect(views).toHaveLength(MAX_PROBLEMS + 1);
  expect(views.at(-2)).toMatchObject({ severity: 'error', span: { start: 9_999 } });
  expect(views.at(-1)).toMatchObject({ rule: null, message: '501 more problems in this file are not shown.' });
});

test('what is wrong with a comment for the tool is said at its place', () => {
  const notices = [{ span: { start: 3, end: 5 }, message: 'no such release' }];
  expect(diagnosticsOf({ ...analysis([]), kind: 'skipped', reason: null } as DocumentAnalysis)).toEqual([]);
  const [view] = diagnosticsOf({ ...analysis([]), notices } as DocumentAnalysis);
  expect(view).toMatchObject({ severity: 'warning', span: { start: 3, end: 5 }, message: 'no such release' });
});
