/** `Explain This Disk`: all that is known of one drive, as a Markdown document. The answer comes first. */
import * as l10n from '@vscode/l10n';
import { CACHE_OPTIONS } from '../../simulate/librbd/settings.js';
import type { DriveTrace } from '../../simulate/model.js';
import { type AnswerPart, callText, headline, shortAnswer } from '../answer.js';
import { escapeMarkdown, type LinkTo, markdownCode, printable, sentenceToMarkdown } from '../answer-render.js';
import { describeCandidate } from '../answer-sources.js';
import { type AnswerPlace, code, fromText, type Sentence } from '../answer-words.js';
import { driveLabel } from '../drive-label.js';
import { safetyName } from '../outcome-words.js';
import { redact } from '../redact.js';
import { ladder } from '../who-wins/ladder.js';
import type { ComparedDrive } from '../who-wins/matrix.js';
import type { Offer } from '../who-wins/view.js';
import { assumptionsOf } from './checks.js';
import { crashStory } from './crash-story.js';
import { nextReleases, type ReleaseStep } from './next-releases.js';

export interface ExplainedDrive extends ComparedDrive {
  /** QEMU, as the command names it. */
  readonly program: string;
  /** A folder that is taken for the machine's root by a guess; null: nobody had to guess. */
  readonly guessedRoot: { readonly shown: string; readonly standsFor: string } | null;
}

/** Sections without content are left out. */
export function explanation(drive: ExplainedDrive, links: LinkTo): string {
  const blocks = [
    `# ${escapeMarkdown(redact(driveLabel(drive.trace)))}`,
    sentenceToMarkdown(headline(drive), links),
    answerList(drive, links),
    ...crash(drive.trace),
    ...section(l10n.t('Who says what'), ladders(drive, links)),
    ...section(l10n.t('What QEMU does'), opening(drive.trace)),
    ...section(l10n.t('What newer releases change'), [next(drive)]),
    ...section(l10n.t('What this assumes, and how to check it'), [checked(drive)]),
  ];
  return `${blocks
    .filter((block) => block !== '')
    .join('\n\n')
    .trimEnd()}\n`;
}

/** The same without links, and with the drive as its text has it: all that somebody else needs to see it again. */
export function forBugReport(drive: ExplainedDrive): string {
  const { trace, text } = drive;
  const { flagSpan, span } = trace.syntax;
  const argument = redact(text.slice(Math.min(flagSpan.start, span.start), span.end));
  const written = section(l10n.t('The drive as it is written'), [fenced(argument.split(/\r?\n/), 'sh')]);
  return `${explanation({ ...drive, guessedRoot: null }, () => null)}\n${written.join('\n\n')}\n`;
}

function section(title: string, blocks: readonly string[]): readonly string[] {
  const full = blocks.filter((block) => block !== '');
  return full.length === 0 ? [] : [`## ${escapeMarkdown(title)}`, ...full];
}

/** What the short answer says, without what the sections below tell in full. */
function answerList(drive: ExplainedDrive, links: LinkTo): string {
  const elsewhere = new Set([l10n.t('Crash'), l10n.t('Assumes')]);
  const parts = shortAnswer(drive).parts.filter(({ topic }) => !elsewhere.has(topic));
  return [...parts, ...guess(drive)].flatMap(({ topic, sentences }) => topicLines(topic, sentences, links)).join('\n');
}

/** What follows on the first sentence stands below it. */
function topicLines(topic: string, sentences: readonly Sentence[], links: LinkTo): readonly string[] {
  return sentences.map((sentence, at) => {
    const said = sentenceToMarkdown(sentence, links);
    return at === 0 ? `- **${escapeMarkdown(topic)}**: ${said}` : `  - ${said}`;
  });
}

function guess({ guessedRoot }: ExplainedDrive): readonly AnswerPart[] {
  if (guessedRoot === null) return [];
  const { shown, standsFor } = guessedRoot;
  const says = l10n.t(
    '`{0}` is taken for its `{1}`. That is a guess: `rbdcache.root` names another folder.',
    shown.replaceAll('`', "'"),
    standsFor,
  );
  return [{ topic: l10n.t('Host'), sentences: [fromText(says)] }];
}

function crash({ outcome, error }: DriveTrace): readonly string[] {
  if (outcome === null || error !== null) return [];
  const title = l10n.t('What a crash costs: {0}', safetyName(outcome.safety));
  return section(title, [
    crashStory(outcome)
      .map((step, at) => `${at + 1}. ${escapeMarkdown(step)}`)
      .join('\n'),
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------

/** A ladder for `rbd_cache` and for each option of the cache that somebody speaks of; then what else is set. */
function ladders(drive: ExplainedDrive, links: LinkTo): readonly string[] {
  const { config } = drive.trace;
  if (config === null) return [];
  const spoken = new Set(config.mentioned());
  const ofCache = (option: string): boolean =>
    option.startsWith('rbd_cache') || CACHE_OPTIONS.some((name) => name === option);
  const shown = ['rbd_cache', ...[...spoken].filter((option) => option !== 'rbd_cache' && ofCache(option))];
  const others = [...spoken].filter((option) => !ofCache(option)).flatMap((option) => otherLine(drive, option, links));
  return [
    escapeMarkdown(l10n.t('The weakest source first.')),
    ...shown.flatMap((option) => ladderOf(drive, option, links)),
    ...(others.length === 0 ? [] : [`### ${escapeMarkdown(l10n.t('Other options that are set'))}`, others.join('\n')]),
  ];
}

function ladderOf(drive: ExplainedDrive, option: string, links: LinkTo): readonly string[] {
  const { rungs } = ladder(drive, option);
  // What says nothing is of interest where it decides whether the cache is on at all.
  const all = option === 'rbd_cache';
  const steps = rungs.flatMap(({ title, offers, says }) => {
    if (offers.length === 0) return all ? [escapeMarkdown(l10n.t('{0}: {1}', title, says))] : [];
    return offers.map((offer) => offerText(title, offer, links));
  });
  if (steps.length === 0) return [];
  return [`### ${markdownCode(option)}`, steps.map((step, at) => `${at + 1}. ${step}`).join('\n')];
}

function offerText(title: string, { value, where, place, note, wins }: Offer<AnswerPlace>, links: LinkTo): string {
  const said = l10n.t('{0}: {1}', escapeMarkdown(title), markdownCode(value));
  const more = [
    wins ? escapeMarkdown(l10n.t('in force')) : '',
    whereText(where, place, links),
    escapeMarkdown(note),
  ].filter((text) => text !== '');
  return [wins ? `**${said}**` : said, ...more].join(l10n.t(', '));
}

function otherLine(drive: ExplainedDrive, option: string, links: LinkTo): readonly string[] {
  const winner = drive.trace.config?.trace(option)?.winner;
  return winner === undefined ? [] : [`- ${sentenceToMarkdown(describeCandidate(drive, winner), links)}`];
}

/** What stands in no text is named in words. */
function whereText(where: string, place: AnswerPlace | null, links: LinkTo): string {
  return place === null ? escapeMarkdown(where) : sentenceToMarkdown([code(where, place)], links);
}

// ---------------------------------------------------------------------------------------------------------------------

/** The calls in their order, what QEMU prints on the way, and where it looked for a ceph.conf. */
function opening({ calls, notices, reads }: DriveTrace): readonly string[] {
  const looked = reads.flatMap(({ searched }) => searched);
  return [
    calls.length === 0 ? '' : fenced(calls.map(callText), ''),
    looked.length < 2 ? '' : searchText(looked),
    notices.map(({ message }) => `- ${sentenceToMarkdown(printed(message), () => null)}`).join('\n'),
  ];
}

function printed(message: string): Sentence {
  return [code(redact(message))];
}

function searchText(looked: DriveTrace['reads'][number]['searched']): string {
  const paths = looked.map(
    ({ path, status }) => `${markdownCode(redact(path))} (${escapeMarkdown(statusText(status))})`,
  );
  return `${escapeMarkdown(l10n.t('It looks for a ceph.conf, in this order:'))} ${paths.join(', ')}`;
}

function statusText(status: DriveTrace['reads'][number]['searched'][number]['status']): string {
  switch (status) {
    case 'file':
      return l10n.t('there');
    case 'missing':
      return l10n.t('not there');
    case 'unreadable':
      return l10n.t('cannot be read');
    case 'directory':
      return l10n.t('a folder');
    case 'unknown':
      return l10n.t('not looked at');
  }
}

function next(drive: ExplainedDrive): string {
  return nextReleases(drive)
    .flatMap(({ steps, none }) => (steps.length === 0 ? [escapeMarkdown(none)] : steps.map(stepText)))
    .map((text) => `- ${text}`)
    .join('\n');
}

function stepText({ release, changes, why }: ReleaseStep): string {
  const sentences = [changes.join(l10n.t(', ')), ...why].filter((text) => text !== '').map(redact);
  const [first = '', ...rest] = sentences.map((text) => (/[.。]$/.test(text) ? text : l10n.t('{0}.', text)));
  // A reason may begin with the release itself.
  const begins = first.startsWith(`${release} `);
  const start = `**${escapeMarkdown(release)}**${begins ? '' : ': '}${escapeMarkdown(begins ? first.slice(release.length) : first)}`;
  return rest.map(escapeMarkdown).reduce((before, text) => l10n.t('{0} {1}', before, text), start);
}

function checked(drive: ExplainedDrive): string {
  return assumptionsOf(drive.trace, drive.program)
    .map(({ says, commands }) => {
      const sentence = `- ${sentenceToMarkdown(fromText(says), () => null)}`;
      return commands.length === 0 ? sentence : `${sentence}\n\n${indented(fenced(commands.map(redact), 'sh'))}\n`;
    })
    .join('\n');
}

/** A block that no line in it can end. */
function fenced(lines: readonly string[], language: string): string {
  const clean = lines.map(printable);
  const longest = Math.max(2, ...clean.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...clean, fence].join('\n');
}

function indented(block: string): string {
  return block.replace(/^/gm, '  ');
}
