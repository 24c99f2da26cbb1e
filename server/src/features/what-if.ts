/** What if: the outcome of a drive before and after a change that nobody has made yet. */
import * as l10n from '@vscode/l10n';
import { humanSize } from '../rules/support/sizes.js';
import type { Outcome } from '../simulate/model.js';
import { type AnsweredDrive, briefAnswer, headline } from './answer.js';
import { escapeMarkdown, type LinkTo, markdownCode, sentenceToMarkdown } from './answer-render.js';
import { humanSeconds, shortened } from './answer-words.js';
import { driveLabel } from './drive-label.js';
import { crashStory } from './explanation/crash-story.js';
import type { SeenDrive } from './fixes/drive-changes.js';
import { outcomeTitle, policyInShort, safetyName } from './outcome-words.js';
import { redact } from './redact.js';
import type { TriedChange } from './what-if-trial.js';

/** A drive as it is, and as the change would make it. */
export interface WhatIf extends TriedChange {
  readonly before: AnsweredDrive;
  /** Where the edits stand, as they are now: `cache=writeback`, with the place to go to. */
  readonly written: readonly { readonly before: string; readonly after: string; readonly place: string | null }[];
}

/** Drives that are named one by one. */
const MOST_OTHERS = 12;

export function whatIfDocument({ says, before, after, written, others }: WhatIf, links: LinkTo): string {
  const rows = differences(before.trace.outcome, after.trace.outcome);
  const both = before.trace.outcome !== null && after.trace.outcome !== null;
  const blocks = [
    `# ${l10n.t('What if {0}: {1}', markdownCode(redact(says)), escapeMarkdown(redact(driveLabel(before.trace))))}`,
    [
      `- **${escapeMarkdown(l10n.t('Now'))}**: ${sentenceToMarkdown(headline(before), links)}`,
      `- **${escapeMarkdown(l10n.t('Then'))}**: ${sentenceToMarkdown(headline(after), links)}`,
      ...written.map((edit) => `- **${escapeMarkdown(l10n.t('The edit'))}**: ${editText(edit)}`),
    ].join('\n'),
    !both ? '' : rows.length === 0 ? escapeMarkdown(l10n.t('Nothing of the outcome changes.')) : changesText(rows),
    ...crashThen(after, rows.length > 0),
    ...(rows.length === 0 && both ? [] : decision(after, links)),
    ...othersText(others),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function editText({ before, after, place }: WhatIf['written'][number]): string {
  const code = (text: string): string => markdownCode(redact(shortened(text)));
  const now = before === '' ? l10n.t('{0} is added', code(after)) : `${code(before)} → ${code(after)}`;
  return place === null ? now : `${now} (${place})`;
}

function crashThen({ trace: { outcome, error } }: AnsweredDrive, differs: boolean): readonly string[] {
  if (outcome === null || error !== null || !differs) return [];
  return [
    `## ${escapeMarkdown(l10n.t('What a crash costs then: {0}', safetyName(outcome.safety)))}`,
    crashStory(outcome)
      .map((step, at) => `${at + 1}. ${escapeMarkdown(step)}`)
      .join('\n'),
  ];
}

/** The headline stands above. */
function decision(after: AnsweredDrive, links: LinkTo): readonly string[] {
  const sentences = briefAnswer(after).parts.flatMap((part) => part.sentences);
  if (sentences.length === 0) return [];
  const lines = sentences.map((sentence) => `- ${sentenceToMarkdown(sentence, links)}`);
  return [`## ${escapeMarkdown(l10n.t('Who decides then'))}`, lines.join('\n')];
}

function othersText(others: readonly SeenDrive[]): readonly string[] {
  if (others.length === 0) return [];
  const lines = others.slice(0, MOST_OTHERS).map((drive) => {
    const label = escapeMarkdown(redact(driveLabel(drive.trace)));
    return `- ${label}: ${escapeMarkdown(redact(outcomeTitle(drive)))}`;
  });
  const left = others.length - lines.length;
  if (left > 0) lines.push(`- ${escapeMarkdown(l10n.t('and {0} more', left))}`);
  return [`## ${escapeMarkdown(l10n.t('Other drives that change with it'))}`, lines.join('\n')];
}

interface Row {
  readonly topic: string;
  readonly before: string;
  readonly after: string;
}

/** What differs, as a person would say it. */
export function differences(before: Outcome | null, after: Outcome | null): readonly Row[] {
  if (before === null || after === null) return [];
  // Where RBDCache goes off, how it wrote and read, and its limits, go with it.
  const ends = before.rbdCache === 'on' && after.rbdCache === 'off';
  const rows: readonly (readonly [topic: string, of: (outcome: Outcome) => string])[] = [
    [l10n.t('RBDCache'), ({ rbdCache }) => (rbdCache === 'on' ? l10n.t('on') : l10n.t('off'))],
    [l10n.t('A crash'), ({ safety }) => safetyName(safety)],
    ...(ends ? [] : cacheRows()),
    [l10n.t('Guest sees a write cache'), ({ guest }) => (guest.writeCache ? l10n.t('yes') : l10n.t('no'))],
  ];
  return rows
    .map(([topic, of]) => ({ topic, before: of(before), after: of(after) }))
    .filter((row) => row.before !== row.after);
}

function cacheRows(): readonly (readonly [topic: string, of: (outcome: Outcome) => string])[] {
  return [
    [l10n.t('Writes'), (outcome) => (outcome.rbdCache === 'on' ? policyInShort(outcome) : l10n.t('not cached'))],
    [l10n.t('Reads'), ({ servesReads }) => (servesReads ? l10n.t('cached') : l10n.t('not cached'))],
    [l10n.t('Dirty at most'), ({ dirtyLimit }) => size(dirtyLimit)],
    [l10n.t('Target dirty'), ({ targetDirty }) => size(targetDirty)],
    [l10n.t('Written back after'), ({ maxDirtyAge }) => (maxDirtyAge === null ? '–' : humanSeconds(maxDirtyAge))],
    [l10n.t('Size'), (outcome) => size(outcome.size)],
  ];
}

function size(bytes: number | null): string {
  return bytes === null ? '–' : humanSize(bytes);
}

function changesText(rows: readonly Row[]): string {
  const lines = rows.map(({ topic, before, after }) =>
    l10n.t('{0}: {1} → {2}', escapeMarkdown(topic), escapeMarkdown(before), `**${escapeMarkdown(after)}**`),
  );
  return [`## ${escapeMarkdown(l10n.t('What changes'))}`, '', ...lines.map((line) => `- ${line}`)].join('\n');
}
