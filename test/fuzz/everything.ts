/** All that the tool says of a document, by every view there is. */

import { cephRelease, qemuRelease, type Vendor } from '../../server/src/catalog/releases.js';
import type { DocumentAnalysis } from '../../server/src/features/analysis-model.js';
import { fixAll, quickFixes } from '../../server/src/features/code-actions.js';
import { lensDetail, lensesOf } from '../../server/src/features/code-lens.js';
import { completionsAt } from '../../server/src/features/completion.js';
import { diagnosticsOf } from '../../server/src/features/diagnostics.js';
import { namedFiles } from '../../server/src/features/document-links.js';
import { foldsOf } from '../../server/src/features/folding.js';
import { formatConf } from '../../server/src/features/formatting.js';
import { highlightsAt } from '../../server/src/features/highlights.js';
import { hoverAt } from '../../server/src/features/hover.js';
import { inlayHintDetail, inlayHints } from '../../server/src/features/inlay-hints.js';
import type { Linker } from '../../server/src/features/links.js';
import { definitionsAt } from '../../server/src/features/navigation/definition.js';
import { namedAt } from '../../server/src/features/navigation/named.js';
import { occurrencesOf } from '../../server/src/features/navigation/occurrences.js';
import { rename } from '../../server/src/features/navigation/rename.js';
import { refactorings } from '../../server/src/features/refactorings.js';
import { selectionRanges } from '../../server/src/features/selection-ranges.js';
import { semanticTokens } from '../../server/src/features/semantic-tokens.js';
import { type SymbolView, symbolsOf } from '../../server/src/features/symbols.js';
import { workspaceSymbols } from '../../server/src/features/workspace-symbols.js';
import { statusOf } from '../../server/src/lsp/status.js';
import type { ReleasePair } from '../../server/src/simulate/model.js';
import type { Span } from '../../server/src/syntax/span.js';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS } from '../../server/src/workspace/settings.js';
import { trialOf } from '../../server/src/workspace/trial.js';
import { holds, inside } from './checks.js';

export const FOLDER = 'file:///w';
export const CONF = 'file:///w/etc/ceph/ceph.conf';
export const SCRIPT = 'file:///w/start.sh';
export const COMMAND = 'file:///w/vm.qemu';
export const LANGUAGES: Readonly<Record<string, string>> = {
  [CONF]: 'ceph-conf',
  [SCRIPT]: 'shellscript',
  [COMMAND]: 'qemu-cmdline',
};

/** QEMU, librbd: each era of ceph.conf, each way in which QEMU opens an image, and the oldest and newest. */
export const PAIRS: readonly (readonly [qemu: string, librbd: string, vendor?: Vendor])[] = [
  ['0.14', '0.48'],
  ['1.1', '0.56'],
  ['1.6.0', '0.67.4'],
  ['2.2', '0.87'],
  ['2.4', '0.94.5'],
  ['2.8', '10.2'],
  ['2.11', '12.2.13'],
  ['4.2', '13.2'],
  ['5.1', '14.2.22', 'proxmox'],
  ['6.0', '15.2.4'],
  ['7.2', '16.2.15'],
  ['8.2', '17.2', 'proxmox'],
  ['10.0', '18.2.7'],
  ['11.1', '20.2'],
];

export function releasePair([qemu, librbd, vendor = 'upstream']: (typeof PAIRS)[number]): ReleasePair {
  const emulator = qemuRelease(qemu);
  const ceph = cephRelease(librbd);
  if (emulator === undefined || ceph === undefined) throw new Error(`no such pair: ${qemu}, ${librbd}`);
  return { qemu: emulator, librbd: ceph, vendor };
}

export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly files: MemoryFileAccess;
  /** What was said to the log; a rule that fails is said there. */
  readonly log: string[];
}

/** Opens the documents by their addresses. `pair` undefined: the newest releases, assumed. */
export function openWorkspace(
  documents: Readonly<Record<string, string>>,
  pair: (typeof PAIRS)[number] | undefined,
  files: MemoryFileAccess = new MemoryFileAccess(),
): OpenedWorkspace {
  const log: string[] = [];
  const workspace = new Workspace({ files, log: (message) => log.push(message) });
  workspace.setFolders([FOLDER]);
  if (pair !== undefined) {
    const [qemuVersion, librbdVersion, vendor = null] = pair;
    workspace.setSettings(null, { ...DEFAULT_SETTINGS, qemuVersion, librbdVersion, vendor });
  }
  while (!workspace.scanStep(1_000));
  for (const [address, text] of Object.entries(documents)) {
    workspace.setDocument(address, LANGUAGES[address] ?? 'plaintext', text);
  }
  return { workspace, files, log };
}

/** Throws where a rule or the simulation failed. */
export function checkLog(log: readonly string[]): void {
  const failed = log.filter((message) => / failed: /.test(message));
  holds(failed.length === 0, () => failed.join('\n'));
}

const LINKER: Linker = {
  place: (address, offset) => `${address}#${offset}`,
  explanation: (address, offset) => `command:explain?${address}#${offset}`,
};

export interface Wanted {
  /** Where hovers, completions and definitions are asked for. */
  readonly offsets: readonly number[];
  /** Tries each fix, which takes longest. */
  readonly fixes?: boolean;
}

/** Every view of a document as plain data; null where it is none of ours. */
export function everythingSaid({ workspace }: OpenedWorkspace, address: string, { offsets, fixes = false }: Wanted) {
  const analysis = workspace.analyse(address);
  if (analysis === null) return null;
  const whole: Span = { start: 0, end: analysis.text.length };
  const context = { linker: LINKER, environment: workspace.environmentOf(address) };
  const around = {
    drives: workspace.drives(),
    tree: (one: string) => workspace.texts.conf(one)?.tree('C') ?? null,
  };
  const hints = inlayHints(analysis, whole);
  const lenses = lensesOf(analysis);
  const said = {
    formatting: analysis.kind === 'conf' ? formatConf(analysis.file, whole) : [],
    diagnostics: diagnosticsOf(analysis),
    hints,
    behindHints: some(hints).map((hint) => inlayHintDetail(analysis, hint, LINKER)),
    lenses,
    behindLenses: some(lenses).map(({ kind, span }) => lensDetail(analysis, kind, span.start)?.title),
    symbols: symbolsOf(analysis),
    folds: foldsOf(analysis),
    files: namedFiles(analysis, context.environment.cwd),
    found: workspaceSymbols('', around.drives, analysis.kind === 'conf' ? [analysis] : []),
    tokens: semanticTokens(analysis, whole),
    status: statusOf(address, analysis, []),
    fixTitles: analysis.kind === 'skipped' ? [] : analysis.findings.map((one) => one.fixes.map(({ title }) => title)),
    places: offsets.map((offset) => ({
      hover: hoverAt(analysis, offset, context),
      explanation: hoverAt(analysis, offset, context, true),
      definitions: definitionsAt(analysis, offset, around),
      references: references(analysis, offset, around),
      selections: selectionRanges(analysis, offset),
      highlights: highlightsAt(analysis, offset),
      renamed: rename(analysis, offset, 'other', around),
      completions: completionsAt(analysis, offset),
    })),
    actions: fixes ? [...quickFixes(analysis, whole, trialOf(workspace))] : [],
    fixAll: fixes ? fixAll(analysis, trialOf(workspace)) : null,
    refactorings: fixes
      ? offsets.flatMap((start) => [...refactorings(analysis, { start, end: start }, trialOf(workspace))])
      : [],
  };
  checkPlaces(said, analysis);
  return said;
}

/** The first and the last of many. */
function some<T>(items: readonly T[]): readonly T[] {
  return items.length <= 20 ? items : [...items.slice(0, 10), ...items.slice(-10)];
}

function references(analysis: DocumentAnalysis, offset: number, around: Parameters<typeof occurrencesOf>[1]) {
  const named = namedAt(analysis, offset);
  return named === null ? [] : occurrencesOf(named, around);
}

/** Each place of a view lies in its text; the child of a symbol lies in it. */
function checkPlaces(said: NonNullable<ReturnType<typeof everythingSaid>>, { text }: DocumentAnalysis): void {
  const whole: Span = { start: 0, end: text.length };
  for (const { span, rule } of said.diagnostics) inside(span, whole, `diagnostic ${rule}`);
  for (const { offset } of said.hints) inside({ start: offset, end: offset }, whole, 'hint');
  for (const { span } of said.folds) inside(span, whole, 'fold');
  for (const { span } of said.formatting) inside(span, whole, 'formatting');
  for (const { span } of said.files) inside(span, whole, 'file');
  for (const { span } of said.lenses) inside(span, whole, 'lens');
  for (const detail of said.behindHints) holds(detail !== null, () => 'a hint with nothing behind it');
  for (const title of said.behindLenses) holds(title !== undefined, () => 'a lens that says nothing');
  for (const { selections, highlights } of said.places) {
    for (const { span } of highlights) inside(span, whole, 'highlight');
    selections.reduceRight((outer, span) => {
      inside(span, outer, 'selection');
      return span;
    }, whole);
  }
  for (const { hover } of said.places) if (hover !== null) inside(hover.span, whole, 'hover');
  for (const { completions } of said.places)
    for (const span of [completions.insert, completions.replace]) inside(span, whole, 'completion');
  let at = 0;
  for (const { span } of said.tokens) {
    inside(span, { start: at, end: text.length }, 'token');
    at = span.end;
  }
  const checkSymbol = ({ span, nameSpan, name, children }: SymbolView, outer: Span): void => {
    inside(span, outer, `symbol ${name}`);
    inside(nameSpan, span, `name of symbol ${name}`);
    holds(name !== '', () => 'a symbol without a name');
    for (const child of children) checkSymbol(child, span);
  };
  for (const symbol of said.symbols) checkSymbol(symbol, whole);
}
