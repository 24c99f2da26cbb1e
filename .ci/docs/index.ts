/** All that is written from tables: the rules' pages, lists in the documentation, parts of the extension's manifest, texts to translate. */
import { allOptionNotes } from '../../server/src/catalog/rbd-options.js';
import { REQUESTS } from '../../server/src/lsp/requests/index.js';
import { ALL_RULES } from '../../server/src/rules/all.js';
import { RULE_PAGES } from '../../server/src/rules/pages/index.js';
import { FEATURES, featuresTable } from './features.js';
import { messageBundle } from './messages.js';
import { methodsTable } from './methods-table.js';
import { rulePage } from './rule-page.js';
import { rulesTable } from './rules-table.js';
import { withSeveritySchema, withSeverityTexts } from './severity-schema.js';
import {
  ENGLISH,
  type Language,
  readTranslations,
  simplifiedChinese,
  toLanguage,
  translateMarkdown,
  translator,
} from './translate.js';

/** A file as the tables have it now. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** The checkout; paths count from its root, with slashes. */
export interface Checkout {
  read(path: string): string;
  /** Paths of the files in a folder and all below it. */
  files(folder: string): readonly string[];
}

/** Programs whose texts are shown in the editor. */
const PROGRAMS = ['client/src', 'server/src'];

export async function documents(checkout: Checkout): Promise<readonly Written[]> {
  const { read, files } = checkout;
  const sources = PROGRAMS.flatMap(files).filter((path) => path.endsWith('.ts'));
  const chinese = simplifiedChinese(translator(readTranslations(read('l10n/pages/zh-cn.json'))));
  return [
    ...pages(checkout, ENGLISH, chinese),
    ...pages(checkout, chinese, ENGLISH),
    inSection(read, 'README.md', 'rules', rulesTable(ALL_RULES)),
    inSection(read, 'docs/FEATURES.md', 'features', featuresTable(FEATURES)),
    inSection(read, 'docs/METHODS.md', 'methods', methodsTable(REQUESTS)),
    { path: 'package.json', text: withSeveritySchema(read('package.json'), ALL_RULES) },
    ...[ENGLISH, chinese].map((language): Written => {
      const path = language === ENGLISH ? 'package.nls.json' : 'package.nls.zh-cn.json';
      return { path, text: withSeverityTexts(read(path), ALL_RULES, language.translate) };
    }),
    {
      path: 'l10n/bundle.l10n.json',
      text: await messageBundle(
        sources.map((path) => ({ path, text: read(path) })),
        allOptionNotes(),
      ),
    },
  ];
}

/** The rules' pages in a language, and, but for English, those of `docs/concepts`, which are written by hand in English. */
export function pages({ read, files }: Checkout, language: Language, other: Language): readonly Written[] {
  const { folder, translate } = language;
  const rules = ALL_RULES.flatMap((rule): Written[] => {
    const page = RULE_PAGES[rule.id];
    if (page === undefined) return [];
    const name = `${rule.id}.md`;
    const text = rulePage(rule, page, translate, toLanguage(language, other, name));
    return [{ path: `docs/rules/${folder}${name}`, text }];
  });
  if (folder === '') return rules;
  const concepts = files('docs/concepts').flatMap((path): Written[] => {
    const name = /^docs\/concepts\/([\w-]+\.md)$/.exec(path)?.[1];
    if (name === undefined) return [];
    const english = read(path).replace(toLanguage(other, language, name), toLanguage(language, other, name));
    return [{ path: `docs/concepts/${folder}${name}`, text: translateMarkdown(english, translate) }];
  });
  return [...rules, ...concepts];
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
function inSection(read: (path: string) => string, path: string, name: string, content: string): Written {
  const text = read(path);
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${path} has no section ${open} … ${close}`);
  return { path, text: `${text.slice(0, from + open.length)}\n\n${content.trim()}\n\n${text.slice(to)}` };
}
