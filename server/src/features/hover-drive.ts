import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../simulate/model.js';
import { type Span, shift, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis } from './analysis-model.js';
import { type AnsweredDrive, fullAnswer, outcomeSentence, shortAnswer } from './answer.js';
import {
  answerToHover,
  answerToMarkdown,
  escapeMarkdown,
  type LinkTo,
  markdownCode,
  sentenceToMarkdown,
} from './answer-render.js';
import { describeCandidate } from './answer-sources.js';
import { driveLabel } from './drive-label.js';
import { cacheModeMeaning, driveOptionMeaning, nameOptionMeaning } from './drive-option-words.js';
import type { HoverContext, HoverView } from './hover.js';
import { driveLinks, type Linker } from './links.js';
import { optionFacts } from './option-words.js';
import { commandAt, driveAt } from './places.js';

/** A key or value under the caret. */
interface Part {
  readonly span: Span;
  readonly paragraphs: readonly string[];
}

export function driveHover(
  analysis: CommandDocumentAnalysis,
  offset: number,
  { linker }: HoverContext,
  full: boolean,
): HoverView | null {
  const command = commandAt(analysis, offset);
  if (command === undefined) return null;
  const own = offset - command.base;
  const trace = driveAt(command, own);
  if (trace === undefined) return null;
  const drive: AnsweredDrive = { trace, text: command.command.text, releases: analysis.releases };
  const links = driveLinks({ address: analysis.address, base: command.base }, linker);
  const answer = full ? answerToMarkdown(fullAnswer(drive), links) : answerToHover(shortAnswer(drive), links);
  const root = rootNote(analysis);
  const blocks = [root === null ? answer : `${answer}  \n${root}`];
  const part = partAt(trace, own);
  if (part !== null) {
    const said = candidateNote(drive, part.option, links);
    blocks.push('---', ...part.paragraphs, ...(said === null ? [] : [said]));
  }
  const more = full ? [] : leadingOn(linker, analysis.address, offset);
  if (more.length > 0) blocks[0] = `${blocks[0]}  \n${more.join(' · ')}`;
  return {
    markdown: [...imagesNote(command, trace, links), ...blocks].join('\n\n'),
    span: shift(part?.span ?? wholeSpan(trace, own), command.base),
  };
}

/** Where the argument opens several images, the outcome of each: what follows is that of the first. */
function imagesNote(
  { trace, command: { text } }: CommandAnalysis,
  first: DriveTrace,
  links: LinkTo,
): readonly string[] {
  const images = trace.drives.filter(({ syntax }) => syntax.span.start === first.syntax.span.start);
  if (images.length === 1) return [];
  const lines = images.map((image) => {
    const outcome = sentenceToMarkdown(outcomeSentence({ trace: image, text }), links);
    return `${outcome} — ${escapeMarkdown(driveLabel(image))}`;
  });
  return [lines.join('  \n'), '---'];
}

/** Links to all that there is to say, and to what else there could be. */
function leadingOn(linker: Linker, address: string, offset: number): readonly string[] {
  const links = [
    [l10n.t('Full explanation'), linker.explanation(address, offset)],
    [l10n.t('What if…'), linker.whatIf?.(address, offset) ?? null],
  ] as const;
  return links.flatMap(([text, link]) => (link === null ? [] : [`[${text}](${link})`]));
}

/** Answers rest on the guess, so it is shown. */
function rootNote({ root }: CommandDocumentAnalysis): string | null {
  if (root === null || !root.guessed) return null;
  return l10n.t(
    '*Host*: {0} is taken for its {1} (guessed; `rbdcache.root` names another).',
    markdownCode(root.shown),
    markdownCode(root.standsFor),
  );
}

function wholeSpan({ syntax }: DriveTrace, offset: number): Span {
  return touches(syntax.flagSpan, offset) ? syntax.flagSpan : syntax.span;
}

function partAt(trace: DriveTrace, offset: number): (Part & { readonly option: string | null }) | null {
  const { releases, syntax } = trace;
  const inName = syntax.name?.options.find(({ span }) => touches(span, offset));
  if (inName !== undefined) {
    const key = inName.key.replace(/[ -]/g, '_');
    const own = nameOptionMeaning(inName.key);
    const facts = optionFacts(key, releases.librbd);
    return {
      span: inName.span,
      option: facts.length === 0 ? null : key,
      paragraphs: [`**${escapeMarkdown(inName.key)}**`, ...(own === undefined ? facts : [own])],
    };
  }
  const option = syntax.options.find(({ span, keySpan, valueSpan }) =>
    syntax.name !== null && touches(syntax.name.span, offset)
      ? touches(keySpan, offset)
      : touches(span, offset) || touches(valueSpan, offset),
  );
  if (option === undefined || option.unknown) return null;
  const paragraphs = [`**${escapeMarkdown(option.key)}**`];
  const mode = option.key === 'cache' ? cacheModeMeaning(option.value) : undefined;
  const meaning =
    mode === undefined ? driveOptionMeaning(option.key) : l10n.t('{0}: {1}', markdownCode(option.value), mode);
  if (meaning === undefined) return null;
  paragraphs.push(meaning);
  if (!option.effective) paragraphs.push(l10n.t('Another one of the same name counts.'));
  return { span: option.span, option: null, paragraphs };
}

/** Which value of the option is in force for this drive, and who said it. */
function candidateNote(
  drive: AnsweredDrive,
  option: string | null,
  links: ReturnType<typeof driveLinks>,
): string | null {
  const found = option === null ? undefined : drive.trace.config?.trace(option);
  if (found === undefined) return null;
  return l10n.t('In force: {0}', sentenceToMarkdown(describeCandidate(drive, found.winner), links));
}
