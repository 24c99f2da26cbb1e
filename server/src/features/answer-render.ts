/** Answers as Markdown (hovers, reports) and as plain text (the command line). */
import type { Answer, AnswerPart } from './answer.js';
import type { AnswerPlace, Piece, Sentence } from './answer-words.js';

/** Control characters and those that reorder a line: never printed, whoever wrote them. */
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFC]/g;

/** U+FFFC stands for a part that cannot be known. */
const STAND_INS: Readonly<Record<string, string>> = { '\n': ' ', '\t': ' ', '\uFFFC': '…' };

export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => STAND_INS[character] ?? '�');
}

/** Words that Markdown is to show as they are. Hyphens and dots inside a line need no escape. */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>|~&]/g, (character) => ESCAPES[character] ?? `\\${character}`)
    .replace(/^(\s*)([#+-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' };

/** A code span that nothing in the text can end. */
export function markdownCode(text: string): string {
  const clean = printable(text);
  if (clean.trim() === '') return '`␣`';
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || clean.startsWith(' ') || clean.endsWith(' ') ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}

/** The address to open for a place; null where it cannot be opened. */
export type LinkTo = (place: AnswerPlace) => string | null;

export function sentenceToMarkdown(sentence: Sentence, linkTo: LinkTo): string {
  return sentence.map((piece) => pieceToMarkdown(piece, linkTo)).join('');
}

function pieceToMarkdown(piece: Piece, linkTo: LinkTo): string {
  switch (piece.kind) {
    case 'words':
      return escapeMarkdown(piece.text);
    case 'strong':
      return `**${escapeMarkdown(piece.text)}**`;
    case 'code': {
      const shown = markdownCode(piece.text);
      const address = piece.place === null ? null : linkTo(piece.place);
      return address === null ? shown : `[${shown}](${encodeLink(address)})`;
    }
  }
}

function encodeLink(address: string): string {
  return address.replace(/[()<>\s\\]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The headline, then a paragraph for each topic; topics of many sentences become lists. */
export function answerToMarkdown({ headline, parts }: Answer, linkTo: LinkTo): string {
  return [sentenceToMarkdown(headline, linkTo), ...parts.map((part) => partToMarkdown(part, linkTo))].join('\n\n');
}

/** For a hover, which shows some ten lines without scrolling: the headline, then a line for each sentence, no blanks. */
export function answerToHover({ headline, parts }: Answer, linkTo: LinkTo): string {
  const lines = parts.flatMap(({ topic, sentences }) =>
    sentences.map((sentence, at) => {
      const said = sentenceToMarkdown(sentence, linkTo);
      return at === 0 ? `*${escapeMarkdown(topic)}*: ${said}` : said;
    }),
  );
  // Two blanks at the end of a line break it.
  return [sentenceToMarkdown(headline, linkTo), ...(lines.length === 0 ? [] : [lines.join('  \n')])].join('\n\n');
}

function partToMarkdown({ topic, sentences }: AnswerPart, linkTo: LinkTo): string {
  const title = `*${escapeMarkdown(topic)}*`;
  const [only] = sentences;
  if (only !== undefined && sentences.length === 1) return `${title}: ${sentenceToMarkdown(only, linkTo)}`;
  return [title, ...sentences.map((sentence) => `- ${sentenceToMarkdown(sentence, linkTo)}`)].join('\n');
}

/** Where a place is, for people: `ceph.conf:5`; null to leave it out. */
export type NamePlace = (place: AnswerPlace) => string | null;

export function sentenceToText(sentence: Sentence, namePlace: NamePlace): string {
  return sentence
    .map((piece) => {
      const name = piece.kind === 'code' && piece.place !== null ? namePlace(piece.place) : null;
      const text = printable(piece.text);
      return name === null || name === text ? text : `${text} (${name})`;
    })
    .join('');
}

/** The headline, then indented lines with their topics in a column. */
export function answerToText({ headline, parts }: Answer, namePlace: NamePlace): string {
  const width = Math.max(12, ...parts.filter(({ topic }) => topic.length < 20).map(({ topic }) => topic.length));
  const lines = [sentenceToText(headline, namePlace)];
  for (const { topic, sentences } of parts) {
    for (const [at, sentence] of sentences.entries()) {
      lines.push(`  ${(at === 0 ? topic : '').padEnd(width)}  ${sentenceToText(sentence, namePlace)}`);
    }
  }
  return lines.join('\n');
}
