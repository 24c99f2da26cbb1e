/** `Explain This Disk`: all that is known of one drive, as a Markdown document. */
import * as l10n from '@vscode/l10n';
import { type Answer, briefAnswer, fullAnswer, headline } from '../answer.js';
import { escapeMarkdown, type LinkTo, markdownCode, sentenceToMarkdown } from '../answer-render.js';
import { driveLabel } from '../drive-label.js';
import { redact } from '../redact.js';
import type { ComparedDrive } from '../who-wins/matrix.js';
import { checks } from './checks.js';
import { crashStory } from './crash-story.js';
import { nextReleases } from './next-releases.js';

/** Sections without content are left out. */
export function explanation(drive: ComparedDrive, links: LinkTo): string {
  const { trace } = drive;
  const full = fullAnswer(drive);
  const brief = briefAnswer(drive);
  const topics = new Set(brief.parts.map(({ topic }) => topic));
  const rest = full.parts.filter(({ topic }) => !topics.has(topic));
  const { outcome, error } = trace;
  const blocks = [
    `# ${escapeMarkdown(redact(driveLabel(trace)))}`,
    sentenceToMarkdown(headline(drive), links),
    ...partBlocks(brief.parts, links),
    ...(outcome === null || error !== null
      ? []
      : section(l10n.t('What a crash costs'), [numbered(crashStory(outcome))])),
    ...section(l10n.t('Who says what'), partBlocks(rest, links)),
    ...section(l10n.t('What newer releases change'), [bulleted(nextReleases(drive))]),
    ...section(
      l10n.t('How to check what is assumed'),
      checks(trace).map(({ tells, command }) => `${escapeMarkdownButCode(tells)}:\n\n\`\`\`sh\n${command}\n\`\`\``),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section(title: string, blocks: readonly string[]): readonly string[] {
  const full = blocks.filter((block) => block !== '');
  return full.length === 0 ? [] : [`## ${escapeMarkdown(title)}`, ...full];
}

function partBlocks(parts: Answer['parts'], links: LinkTo): readonly string[] {
  return parts.map(({ topic, sentences }) => {
    const [only] = sentences;
    if (only !== undefined && sentences.length === 1) {
      return `**${escapeMarkdown(topic)}**: ${sentenceToMarkdown(only, links)}`;
    }
    const lines = sentences.map((sentence) => `- ${sentenceToMarkdown(sentence, links)}`);
    return [`**${escapeMarkdown(topic)}**`, '', ...lines].join('\n');
  });
}

function numbered(sentences: readonly string[]): string {
  return sentences.map((sentence, at) => `${at + 1}. ${escapeMarkdown(sentence)}`).join('\n');
}

function bulleted(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');
}

/** Words of ours with names in backquotes. */
function escapeMarkdownButCode(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 0 ? escapeMarkdown(part) : markdownCode(part)))
    .join('');
}
