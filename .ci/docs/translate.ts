/** Pages in another language: their texts are looked up by the English ones, so that a changed text is one without a translation. */

/** @returns the text in a language, with `{0}`, `{1}` … filled in */
export type Translate = (english: string, ...parts: readonly string[]) => string;

export interface Language {
  /** Folder of its pages below the English ones, with a slash at its end; empty: English. */
  readonly folder: string;
  /** As its speakers call it. */
  readonly name: string;
  readonly translate: Translate;
}

export const ENGLISH: Language = { folder: '', name: 'English', translate: fill };

export function simplifiedChinese(translate: Translate): Language {
  return { folder: 'zh-cn/', name: '简体中文', translate };
}

/** A text that is not among the translations stays in English; a test tells of it. */
export function translator(translations: ReadonlyMap<string, string>): Translate {
  return (english, ...parts) => fill(translations.get(english) ?? english, ...parts);
}

/** What `l10n/pages/LANGUAGE.json` holds: each English text with its translation. */
export function readTranslations(json: string): ReadonlyMap<string, string> {
  const content: unknown = JSON.parse(json);
  return new Map(Object.entries(Object(content)).map(([english, text]) => [english, String(text)]));
}

export function fill(text: string, ...parts: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (place, number) => parts[Number(number)] ?? place);
}

/** Leads from a page to the one of the same name in the other language. */
export function toLanguage(from: Language, to: Language, name: string): string {
  return `[${to.name}](${from.folder === '' ? to.folder : '../'}${name})`;
}

const LINK = /^\[[^\]]*\]\([^)]*\)$/;

/**
 * A page that is written by hand: headings, paragraphs, items of lists and rows of tables are translated each by itself,
 * code and links that stand alone are kept. A paragraph's lines count as one.
 */
export function translateMarkdown(markdown: string, translate: Translate): string {
  const blocks = markdown.trimEnd().split(/\n{2,}/);
  return `${blocks.map((block) => translateBlock(block, translate)).join('\n\n')}\n`;
}

function translateBlock(block: string, translate: Translate): string {
  if (/^ {4}/.test(block) || LINK.test(block)) return block;
  if (/^(?:[|#]|- |\d+\. )/.test(block)) {
    return block
      .split('\n')
      .map((line) => line.replace(/^(#+ |- |\d+\. )?(.*)$/, (_, sign = '', text) => `${sign}${row(text, translate)}`))
      .join('\n');
  }
  return translate(block.replaceAll('\n', ' '));
}

/** A line with words in it. */
function row(line: string, translate: Translate): string {
  return /^[|\s:-]*$/.test(line) ? line : translate(line);
}
