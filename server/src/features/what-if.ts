/** What if: the outcome of a drive before and after a change that nobody has made yet. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../simulate/model.js';
import { type AnsweredDrive, briefAnswer, headline } from './answer.js';
import { answerToMarkdown, escapeMarkdown, type LinkTo, markdownCode, sentenceToMarkdown } from './answer-render.js';
import { humanSeconds, humanSize } from './answer-words.js';
import { crashStory } from './explanation/crash-story.js';
import { policyInShort, safetyName } from './outcome-words.js';

/** A drive as it is, and as the change would make it. */
export interface WhatIf {
  /** The change in words: `cache=writeback`, `librbd 18.2`, `rbd cache = false in [client]`. */
  readonly change: string;
  readonly before: AnsweredDrive;
  readonly after: AnsweredDrive;
}

export function whatIfDocument({ change, before, after }: WhatIf, links: LinkTo): string {
  const blocks = [
    `# ${l10n.t('What if {0}', markdownCode(change))}`,
    `**${l10n.t('Now')}**: ${sentenceToMarkdown(headline(before), links)}`,
    `**${l10n.t('Then')}**: ${sentenceToMarkdown(headline(after), links)}`,
  ];
  const rows = differences(before.trace.outcome, after.trace.outcome);
  if (before.trace.outcome !== null && after.trace.outcome !== null) {
    blocks.push(rows.length === 0 ? l10n.t('Nothing of the outcome changes.') : table(rows));
  }
  const { outcome } = after.trace;
  if (outcome !== null && after.trace.error === null && rows.length > 0) {
    blocks.push(
      `## ${escapeMarkdown(l10n.t('What a crash costs then'))}`,
      crashStory(outcome)
        .map((step, at) => `${at + 1}. ${escapeMarkdown(step)}`)
        .join('\n'),
    );
  }
  blocks.push(`## ${escapeMarkdown(l10n.t('Who decides then'))}`, answerToMarkdown(briefAnswer(after), links));
  return `${blocks.join('\n\n')}\n`;
}

interface Row {
  readonly topic: string;
  readonly before: string;
  readonly after: string;
}

/** Rows that say nothing more where RBDCache is off: how it writes and reads, and its limits. */
const GO_WITH_THE_CACHE: ReadonlySet<number> = new Set([1, 3, 4, 5, 6, 7]);

/** What differs, as a person would say it. */
export function differences(before: Outcome | null, after: Outcome | null): readonly Row[] {
  if (before === null || after === null) return [];
  const rows = (outcome: Outcome): readonly (readonly [string, string])[] => [
    [l10n.t('RBDCache'), outcome.rbdCache === 'on' ? l10n.t('on') : l10n.t('off')],
    [l10n.t('Writes'), outcome.rbdCache === 'on' ? policyInShort(outcome) : l10n.t('not cached')],
    [l10n.t('A crash'), safetyName(outcome.safety)],
    [l10n.t('Reads'), outcome.servesReads ? l10n.t('cached') : l10n.t('not cached')],
    [l10n.t('Dirty at most'), size(outcome.dirtyLimit)],
    [l10n.t('Target dirty'), size(outcome.targetDirty)],
    [l10n.t('Written back after'), outcome.maxDirtyAge === null ? '–' : humanSeconds(outcome.maxDirtyAge)],
    [l10n.t('Size'), size(outcome.size)],
    [l10n.t('Guest sees a write cache'), outcome.guest.writeCache ? l10n.t('yes') : l10n.t('no')],
  ];
  const then = rows(after);
  const ends = before.rbdCache === 'on' && after.rbdCache === 'off';
  return rows(before).flatMap(([topic, value], at) => {
    const other = then[at]?.[1] ?? '';
    return other === value || (ends && GO_WITH_THE_CACHE.has(at)) ? [] : [{ topic, before: value, after: other }];
  });
}

function size(bytes: number | null): string {
  return bytes === null ? '–' : humanSize(bytes);
}

function table(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [
    line(['', l10n.t('Now'), l10n.t('Then')]),
    '| --- | --- | --- |',
    ...rows.map(
      ({ topic, before, after }) =>
        `| ${escapeMarkdown(topic)} | ${escapeMarkdown(before)} | **${escapeMarkdown(after)}** |`,
    ),
  ].join('\n');
}
