/**
 * Words between the text: the outcome at the end of each drive, what is in force where a value loses, and sizes in human
 * units. What is behind a hint (who decided, where to read more) is made when somebody looks at it.
 */
import * as l10n from '@vscode/l10n';
import { type CephOption, cephOption } from '../catalog/ceph-options.js';
import type { CephRelease } from '../catalog/releases.js';
import { roughSize } from '../rules/support/sizes.js';
import { readValue } from '../simulate/librados/values.js';
import type { Candidate, DriveTrace } from '../simulate/model.js';
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../syntax/span.js';
import type {
  CommandAnalysis,
  CommandDocumentAnalysis,
  ConfDocumentAnalysis,
  DocumentAnalysis,
  PlacedDrive,
} from './analysis-model.js';
import { briefAnswer, restartNote } from './answer.js';
import { answerToMarkdown, escapeMarkdown, markdownCode, sentenceToMarkdown } from './answer-render.js';
import { type DriveInText, describeCandidate, placeOf } from './answer-sources.js';
import { keyEnd, nodeAt, nodesIn } from './conf-sections.js';
import { holdsBytes, type InForceInstead, inForceInstead } from './effective-words.js';
import type { LineUse } from './line-uses.js';
import { driveLinks, type Linker } from './links.js';
import { losingCandidates } from './losing-candidates.js';
import { lossesText } from './losses.js';
import { outcomeHint } from './outcome-words.js';
import { byArgument, commandsIn, type PlaceInText, placed, saidOnce } from './places.js';
import { redact } from './redact.js';

/** Between what is said of several images. */
const RULER = '\n\n---\n\n';

/** `outcome`: of a drive. `effectiveValues`: where a value loses. `bytes`: sizes in human units. */
export const INLAY_HINT_KINDS = ['outcome', 'effectiveValues', 'bytes'] as const;
export type InlayHintKind = (typeof INLAY_HINT_KINDS)[number];

export interface InlayHintView {
  readonly kind: InlayHintKind;
  readonly offset: number;
  readonly label: string;
}

/** What is behind a hint. */
export interface InlayHintDetail {
  /** Markdown. */
  readonly tooltip: string;
  /** Where the drive or line stands that an explanation is to be of. */
  readonly explains: number;
  /** What is in force instead, where that stands in a text. */
  readonly target: PlaceInText | null;
}

const MAX_HINTS = 500;
/** Drives that a tooltip names. */
const MAX_DRIVES = 8;

export function inlayHints(
  analysis: DocumentAnalysis,
  range: Span,
  kinds: readonly InlayHintKind[] = INLAY_HINT_KINDS,
): readonly InlayHintView[] {
  if (analysis.kind === 'skipped' || kinds.length === 0) return [];
  const hints: InlayHintView[] = [];
  const found = analysis.kind === 'command' ? driveHints(analysis, range, kinds) : confHints(analysis, range, kinds);
  for (const hint of found) {
    if (hints.length >= MAX_HINTS) break;
    hints.push(hint);
  }
  return hints;
}

/** What is behind a hint of this kind at this place; null where the text has changed and there is none. */
export function inlayHintDetail(
  analysis: DocumentAnalysis,
  { kind, offset }: Pick<InlayHintView, 'kind' | 'offset'>,
  linker: Linker,
): InlayHintDetail | null {
  if (analysis.kind === 'skipped') return null;
  return analysis.kind === 'command'
    ? driveDetail(analysis, kind, offset, linker)
    : confDetail(analysis, kind, offset, linker);
}

// ---------------------------------------------------------------------------------------------------------------------
// Drives

function* driveHints(
  analysis: CommandDocumentAnalysis,
  range: Span,
  kinds: readonly InlayHintKind[],
): Generator<InlayHintView> {
  const { librbd } = analysis.releases.pair;
  for (const { base, trace, command } of commandsIn(analysis, range)) {
    for (const drives of byArgument(trace)) {
      const span = shift(drives[0].syntax.span, base);
      if (span.end < range.start || span.start > range.end) continue;
      const inText = drives.map((drive) => ({ trace: drive, text: command.text }));
      for (const drive of inText) {
        if (kinds.includes('bytes')) yield* bytesInName(drive.trace, base, librbd);
        if (kinds.includes('effectiveValues')) yield* lossesInName(drive, base);
      }
      if (kinds.includes('outcome')) {
        yield { kind: 'outcome', offset: span.end, label: redact(saidOnce(inText.map(outcomeHint))) };
      }
    }
  }
}

function* bytesInName({ syntax }: DriveTrace, base: number, librbd: CephRelease): Generator<InlayHintView> {
  for (const { key, value, valueSpan, unknown } of syntax.name?.options ?? []) {
    const label = unknown ? null : bytesLabel(librbd, key.replace(/[ -]/g, '_'), value);
    if (label !== null) yield { kind: 'bytes', offset: base + valueSpan.end, label };
  }
}

function* lossesInName(drive: DriveInText, base: number): Generator<InlayHintView> {
  for (const { candidate, valueSpan } of losingCandidates(drive.trace)) {
    const instead = inForceInstead(drive, candidate);
    if (instead === null) continue;
    yield { kind: 'effectiveValues', offset: base + valueSpan.end, label: effectiveLabel(instead) };
  }
}

function driveDetail(
  analysis: CommandDocumentAnalysis,
  kind: InlayHintKind,
  offset: number,
  linker: Linker,
): InlayHintDetail | null {
  for (const command of commandsIn(analysis, { start: offset, end: offset })) {
    const details = command.trace.drives.flatMap(
      (trace) => detailIn(analysis, command, trace, kind, offset - command.base, linker) ?? [],
    );
    const [first] = details;
    if (first !== undefined)
      return { ...first, tooltip: [...new Set(details.map(({ tooltip }) => tooltip))].join(RULER) };
  }
  return null;
}

function detailIn(
  analysis: CommandDocumentAnalysis,
  { base, command }: CommandAnalysis,
  trace: DriveTrace,
  kind: InlayHintKind,
  offset: number,
  linker: Linker,
): InlayHintDetail | null {
  const explains = base + trace.syntax.span.start;
  const drive = { trace, text: command.text, releases: analysis.releases };
  const links = driveLinks({ address: analysis.address, base }, linker);
  if (kind === 'outcome') {
    if (trace.syntax.span.end !== offset) return null;
    const tooltip = [answerToMarkdown(briefAnswer(drive), links), ...more(analysis.address, explains, linker)];
    return { tooltip: tooltip.join('\n\n'), explains, target: null };
  }
  if (kind === 'bytes') {
    const option = trace.syntax.name?.options.find(({ valueSpan }) => valueSpan.end === offset);
    return option === undefined ? null : { tooltip: bytesTooltip(option.value), explains, target: null };
  }
  const lost = losingCandidates(trace).find(({ valueSpan }) => valueSpan.end === offset);
  const winner = lost === undefined ? undefined : trace.config?.trace(lost.candidate.option)?.winner;
  if (winner === undefined) return null;
  const by = sentenceToMarkdown(describeCandidate(drive, winner), links);
  const target = targetOf({ ...drive, address: analysis.address, base }, winner);
  const tooltip = [l10n.t('In force: {0}', by), ...more(analysis.address, explains, linker)];
  return { tooltip: tooltip.join('\n\n'), explains, target };
}

// ---------------------------------------------------------------------------------------------------------------------
// ceph.conf

function* confHints(
  analysis: ConfDocumentAnalysis,
  range: Span,
  kinds: readonly InlayHintKind[],
): Generator<InlayHintView> {
  const { librbd } = analysis.releases.pair;
  for (const node of nodesIn(analysis.tree, range)) {
    if (node.kind !== 'key') continue;
    const offset = keyEnd(node);
    if (offset < range.start || offset > range.end) continue;
    if (kinds.includes('bytes') && !node.lost && !analysis.tree.rejected) {
      const label = bytesLabel(librbd, node.key, node.value);
      if (label !== null) yield { kind: 'bytes', offset, label };
    }
    if (kinds.includes('effectiveValues')) {
      const label = losingLabel(analysis, node);
      if (label !== null) yield { kind: 'effectiveValues', offset, label };
    }
  }
}

function losingLabel({ uses }: ConfDocumentAnalysis, node: KeyNode): string | null {
  const all = uses.of(node);
  const instead = all
    .filter(({ beatenBy }) => beatenBy !== null)
    .flatMap((use) => inForceInstead(use.drive, use.candidate) ?? []);
  const [first] = instead;
  if (first === undefined) return null;
  if (instead.length < all.length) return l10n.t('← overridden for {0} of {1} drives', instead.length, all.length);
  const label = effectiveLabel(first);
  if (instead.every((one) => effectiveLabel(one) === label)) return label;
  return instead.every(({ value }) => value === first.value)
    ? l10n.t('← {0}, for {1} drives', first.value, instead.length)
    : l10n.t('← overridden for {0} drives', instead.length);
}

function confDetail(
  analysis: ConfDocumentAnalysis,
  kind: InlayHintKind,
  offset: number,
  linker: Linker,
): InlayHintDetail | null {
  const node = [nodeAt(analysis.tree, offset - 1), nodeAt(analysis.tree, offset)].find(
    (one) => one?.kind === 'key' && keyEnd(one) === offset,
  );
  if (node?.kind !== 'key') return null;
  const explains = node.keySpan.start;
  if (kind === 'bytes') return { tooltip: bytesTooltip(node.value), explains, target: null };
  const lost = analysis.uses.of(node).filter(({ beatenBy }) => beatenBy !== null);
  if (lost.length === 0) return null;
  const tooltip = [
    lossesText(lost, MAX_DRIVES, linker),
    escapeMarkdown(restartNote()),
    ...more(analysis.address, explains, linker),
  ];
  return { tooltip: tooltip.join('\n\n'), explains, target: onlyTarget(lost) };
}

/** Where the winner stands; null where there are several. */
function onlyTarget(lost: readonly LineUse[]): InlayHintDetail['target'] {
  let only: InlayHintDetail['target'] = null;
  for (const { drive, beatenBy } of lost) {
    const target = beatenBy === null ? null : targetOf(drive, beatenBy);
    if (target === null) return null;
    if (only !== null && (only.address !== target.address || only.span.start !== target.span.start)) return null;
    only = target;
  }
  return only;
}

function targetOf(
  drive: Pick<PlacedDrive, 'trace' | 'text' | 'address' | 'base'>,
  winner: Candidate,
): InlayHintDetail['target'] {
  const place = placeOf(drive, winner);
  return place && placed(place.location, drive);
}

// ---------------------------------------------------------------------------------------------------------------------

function effectiveLabel({ value, by, refused }: InForceInstead): string {
  if (refused) return l10n.t('← {0}: this release cannot read the value', redact(value));
  return by === null ? l10n.t('← {0}', redact(value)) : l10n.t('← {0}, by {1}', redact(value), redact(by));
}

/** The size that this release reads there; null where the text says it as well, or it is none. */
function bytesLabel(release: CephRelease, option: string, written: string): string | null {
  if (!/^\s*\d/.test(written)) return null;
  const known = cephOption(release, option);
  if (known === undefined || !holdsBytes(option, known)) return null;
  const bytes = readBytes(release, known, written);
  if (bytes === null || bytes === sayableBytes(written)) return null;
  const size = roughSize(bytes);
  if (size !== null) return `= ${size}`;
  return /^\s*\d+\s*$/.test(written) ? null : l10n.t('= {0} bytes', bytes);
}

function readBytes(release: CephRelease, option: CephOption, written: string): number | null {
  const read = readValue(release, option, written);
  return read.ok && /^\d{1,20}$/.test(read.printed) ? Number(read.printed) : null;
}

const UNIT_POWERS = 'KMGTPE';

/** What `64M` says to a person; null for a bare number. */
function sayableBytes(written: string): number | null {
  const match = /^\s*(\d{1,15})\s*([KMGTPE])(?:i?B?)?\s*$/i.exec(written);
  if (match === null) return null;
  const [, amount = '', unit = ''] = match;
  return Number(amount) * 1024 ** (UNIT_POWERS.indexOf(unit.toUpperCase()) + 1);
}

function bytesTooltip(written: string): string {
  return l10n.t('The size of {0} as this release reads it.', markdownCode(redact(written)));
}

function more(address: string, offset: number, linker: Linker): readonly string[] {
  const link = linker.explanation(address, offset);
  return link === null ? [] : [`[${l10n.t('Full explanation')}](${link})`];
}
