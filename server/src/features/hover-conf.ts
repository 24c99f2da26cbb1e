import * as l10n from '@vscode/l10n';
import { cephOption, cephOptionHistory } from '../catalog/ceph-options.js';
import type { CephRelease } from '../catalog/releases.js';
import { readValue } from '../simulate/librados/values.js';
import type { Candidate } from '../simulate/model.js';
import type { KeyNode, SectionNode } from '../syntax/ceph-conf/tree.js';
import { type Span, touches } from '../syntax/span.js';
import type { ConfDocumentAnalysis, PlacedDrive } from './analysis-model.js';
import { type AnsweredDrive, fullAnswer, headline, outcomeSentence, pairSentence, restartNote } from './answer.js';
import { outcomesByCacheMode } from './answer-modes.js';
import { answerToMarkdown, escapeMarkdown, type LinkTo, markdownCode, sentenceToMarkdown } from './answer-render.js';
import { nodeAt } from './conf-sections.js';
import { readersOf } from './drive-users.js';
import type { HoverContext, HoverView } from './hover.js';
import { driveLinks, type Linker } from './links.js';
import { linkedName, lossesText } from './losses.js';
import { optionFacts, valueText } from './option-words.js';
import { redact } from './redact.js';

/** Drives that are listed one by one. */
const MAX_DRIVES = 5;

export function confHover(
  analysis: ConfDocumentAnalysis,
  offset: number,
  context: HoverContext,
  full: boolean,
): HoverView | null {
  const node = nodeAt(analysis.tree, offset);
  if (node?.kind === 'section') return sectionHover(analysis, node, context, full);
  if (node?.kind !== 'key') return null;
  const span: Span = { start: node.keySpan.start, end: Math.max(node.keySpan.end, node.valueSpan.end) };
  if (!touches(span, offset)) return null;
  return { markdown: optionMarkdown(analysis, node, context, full), span };
}

function optionMarkdown(analysis: ConfDocumentAnalysis, node: KeyNode, context: HoverContext, full: boolean): string {
  const { releases } = analysis;
  const option = node.key.replaceAll(' ', '_');
  const { librbd } = releases.pair;
  const known = cephOption(librbd, option) !== undefined;
  const bears = bearsOnCache(option);
  const blocks: string[] = [];
  const modes = bears && analysis.drives.length === 0;
  const answers = modes ? byCacheMode(analysis, node.section, context) : byDrive(analysis, context.linker, bears);
  if (bears) blocks.push(...answers);
  blocks.push(`**${escapeMarkdown(option)}** ${readAs(analysis, node, option, known)}`);
  blocks.push(...losses(analysis, node, context.linker));
  blocks.push(...optionFacts(option, librbd));
  if (bears || analysis.drives.length > 0) blocks.push(escapeMarkdown(restartNote()));
  if (full) blocks.push(...fullAnswers(analysis, context.linker));
  else if (bears && analysis.drives.length > 0) {
    const more = context.linker.explanation(analysis.address, node.keySpan.start);
    if (more !== null) blocks.push(`[${l10n.t('Full explanation')}](${more})`);
  }
  return blocks.join('\n\n');
}

function bearsOnCache(option: string): boolean {
  return option.startsWith('rbd_');
}

/** The value as this release takes it, or why it does not. */
function readAs(analysis: ConfDocumentAnalysis, node: KeyNode, option: string, known: boolean): string {
  const { librbd } = analysis.releases.pair;
  const release = `librbd ${librbd.label}`;
  if (node.lost) return l10n.t('is lost with its line in {0}.', release);
  if (analysis.tree.rejected) return l10n.t('counts for nothing: {0} refuses the whole file.', release);
  const written = valueText(option, node.value, null);
  if (!known) return l10n.t('= {0}: no option of {1}.', written, release);
  const candidate = firstCandidate(analysis, node);
  const unit = cephOptionHistory(option)?.unit ?? null;
  const read = candidate === undefined ? readAlone(librbd, node, option) : candidate;
  if (read.value === null) {
    return read.refusal === null
      ? l10n.t('= {0} cannot be read by {1}.', written, release)
      : l10n.t('= {0} cannot be read by {1}: {2}.', written, release, escapeMarkdown(redact(read.refusal.message)));
  }
  const shown = valueText(option, read.value, unit);
  return node.value === read.value ? `= ${shown}` : l10n.t('= {0}, read as {1}', written, shown);
}

/** The value as librados reads it by itself, where no drive in view takes the line. */
function readAlone(librbd: CephRelease, node: KeyNode, option: string): Pick<Candidate, 'value' | 'refusal'> {
  const info = cephOption(librbd, option);
  const read = info === undefined ? undefined : readValue(librbd, info, node.value);
  if (read === undefined) return { value: node.value, refusal: null };
  return read.ok ? { value: read.printed, refusal: null } : { value: null, refusal: read };
}

/** What the line is to the first drive that reads it. */
function firstCandidate({ uses }: ConfDocumentAnalysis, node: KeyNode): Candidate | undefined {
  return uses.of(node)[0]?.candidate;
}

/** For which drives the line does not count, and why. */
function losses({ uses }: ConfDocumentAnalysis, node: KeyNode, linker: Linker): readonly string[] {
  const lost = uses.of(node).filter(({ beatenBy }) => beatenBy !== null);
  return lost.length === 0 ? [] : [lossesText(lost, MAX_DRIVES, linker)];
}

/** The outcome of each drive in view; drives with the same one share a line. */
function byDrive({ drives }: ConfDocumentAnalysis, linker: Linker, bears: boolean): readonly string[] {
  if (!bears || drives.length === 0) return [];
  const groups = new Map<string, PlacedDrive[]>();
  for (const drive of drives) {
    const same = sameAnswer(drive);
    const group = groups.get(same);
    if (group === undefined) groups.set(same, [drive]);
    else group.push(drive);
  }
  const answersFirst = [...groups.values()].sort((a, b) => refused(a) - refused(b) || b.length - a.length);
  return answersFirst.slice(0, MAX_DRIVES).flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const text = headlineOf(first, driveLinks(first, linker));
    const shown = members.slice(0, MAX_DRIVES).map((drive) => linkedName(drive, linker));
    const left = members.length - shown.length;
    const names = shown.join(', ');
    return [`${text}  \n${left > 0 ? l10n.t('for {0} and {1} more', names, left) : l10n.t('for {0}', names)}`];
  });
}

/** 1 for drives without an answer: they come last. */
function refused([first]: readonly PlacedDrive[]): number {
  return first?.trace.outcome == null ? 1 : 0;
}

/** Drives with the same headline have the same key. */
function sameAnswer({ trace, releases }: PlacedDrive): string {
  const { outcome, error, unknown } = trace;
  const pair = `${releases.pair.qemu.written} ${releases.pair.librbd.written} ${releases.pair.vendor}`;
  if (outcome === null) return JSON.stringify([pair, error?.message, unknown]);
  const { rbdCache, writePolicy, untilFirstFlush, staysWritethrough, guest } = outcome;
  return `${pair} ${rbdCache} ${writePolicy} ${untilFirstFlush} ${staysWritethrough} ${guest.flushedBy} ${error?.message ?? ''}`;
}

function headlineOf(drive: AnsweredDrive, links: LinkTo): string {
  return sentenceToMarkdown(headline(drive), links);
}

/** No drive in view: what the file makes of each cache mode. */
function byCacheMode(analysis: ConfDocumentAnalysis, section: string, context: HoverContext): readonly string[] {
  const client = /^client\.(.+)$/.exec(section)?.[1] ?? 'admin';
  const rows = outcomesByCacheMode(analysis.file, analysis.releases, context, client);
  const [first] = rows;
  if (first === undefined) return [];
  const list = rows.map(({ mode, isDefault, drive }) => {
    const name = markdownCode(`cache=${mode}`);
    const outcome = sentenceToMarkdown(outcomeSentence(drive), () => null);
    return `- ${isDefault ? l10n.t('{0} (the default): {1}', name, outcome) : l10n.t('{0}: {1}', name, outcome)}`;
  });
  const pair = escapeMarkdown(pairSentence(first.drive));
  return [[l10n.t('No drive in view reads this file. By cache mode — {0}:', pair), ...list].join('\n')];
}

function fullAnswers({ drives }: ConfDocumentAnalysis, linker: Linker): readonly string[] {
  return drives
    .slice(0, MAX_DRIVES)
    .flatMap((drive) => [
      '---',
      `## ${escapeMarkdown(redact(drive.label))}`,
      answerToMarkdown(fullAnswer(drive), driveLinks(drive, linker)),
    ]);
}

function sectionHover(
  analysis: ConfDocumentAnalysis,
  node: SectionNode,
  context: HoverContext,
  full: boolean,
): HoverView {
  const { drives: readers, perhaps } = readersOf(analysis, node.name);
  const drives = readers.length === 0 ? [] : byDrive({ ...analysis, drives: readers }, context.linker, true);
  const blocks = [
    ...(analysis.drives.length === 0 ? byCacheMode(analysis, node.name, context) : drives),
    sectionMeaning(node.name),
  ];
  if (analysis.drives.length > 0 && readers.length === 0 && perhaps === 0) {
    blocks.push(l10n.t('None of the {0} known drives that read this file reads this section.', analysis.drives.length));
  }
  if (full) blocks.push(...fullAnswers({ ...analysis, drives: readers }, context.linker));
  return { markdown: blocks.join('\n\n'), span: node.nameSpan };
}

function sectionMeaning(name: string): string {
  const shown = `**[${escapeMarkdown(name)}]**`;
  if (name === 'global') {
    return l10n.t('{0} is read by every program of Ceph, after the more specific sections.', shown);
  }
  if (name === 'client') {
    return l10n.t('{0} is read by every client, QEMU’s librbd among them; it beats {1}.', shown, GLOBAL);
  }
  const id = /^client\.(.+)$/.exec(name)?.[1];
  if (id === undefined) return l10n.t('{0} is not read by clients: it means nothing for a QEMU disk.', shown);
  return l10n.t(
    '{0} is read by the client {1} (id={1} in a drive); it beats {2} and {3}.',
    shown,
    escapeMarkdown(id),
    CLIENT,
    GLOBAL,
  );
}

const GLOBAL = escapeMarkdown('[global]');
const CLIENT = escapeMarkdown('[client]');
