/** The language that the server speaks: that of the client where there is a translation, else English. */
import * as l10n from '@vscode/l10n';
import simplifiedChinese from '../../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };

/** By {@link languageOf}. What a bundle holds is read when somebody first asks for it. */
const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, () => Readonly<Record<string, string>>>> = {
  'zh-cn': () => simplifiedChinese,
};

export type Language = 'en' | 'zh-cn';

/** `locale` as a client sends it, or as an environment has it: `zh-cn`, `zh`, `zh-Hans-CN`, `zh_CN.UTF-8`. */
export function languageOf(locale: unknown): Language {
  if (typeof locale !== 'string') return 'en';
  const [language, ...parts] = locale
    .trim()
    .toLowerCase()
    .replace(/[.@].*$/s, '')
    .split(/[-_]/);
  const traditional = parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) && !parts.includes('hans');
  return language === 'zh' && !traditional ? 'zh-cn' : 'en';
}

/** Where the pages in this language lie below the English ones: a folder with a slash at its end, or nothing. */
export function pagesFolder(locale: unknown): string {
  const language = languageOf(locale);
  return language === 'en' ? '' : `${language}/`;
}

/**
 * To be called before anything is said: texts that were made stay as they are.
 * @returns what kept a translation from being read, for the log; null: nothing did
 */
export function speak(locale: unknown): string | null {
  const language = languageOf(locale);
  try {
    l10n.config({ contents: language === 'en' ? {} : { ...TRANSLATIONS[language]() } });
    return null;
  } catch (error) {
    l10n.config({ contents: {} });
    return `${language}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
