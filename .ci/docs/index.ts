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

export async function documents({ read, files }: Checkout): Promise<readonly Written[]> {
  const sources = PROGRAMS.flatMap(files).filter((path) => path.endsWith('.ts'));
  return [
    ...ALL_RULES.flatMap((rule): Written[] => {
      const page = RULE_PAGES[rule.id];
      return page === undefined ? [] : [{ path: `docs/rules/${rule.id}.md`, text: rulePage(rule, page) }];
    }),
    inSection(read, 'README.md', 'rules', rulesTable(ALL_RULES)),
    inSection(read, 'docs/FEATURES.md', 'features', featuresTable(FEATURES)),
    inSection(read, 'docs/METHODS.md', 'methods', methodsTable(REQUESTS)),
    { path: 'package.json', text: withSeveritySchema(read('package.json'), ALL_RULES) },
    { path: 'package.nls.json', text: withSeverityTexts(read('package.nls.json'), ALL_RULES) },
    {
      path: 'l10n/bundle.l10n.json',
      text: await messageBundle(
        sources.map((path) => ({ path, text: read(path) })),
        allOptionNotes(),
      ),
    },
  ];
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
function inSection(read: (path: string) => string, path: string, name: string, content: string): Written {
  const text = read(path);
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${path} has no section ${open} … ${close}`);
  return { path, text: `${text.slice(0, from + open.length)}\n\n${content.trim()}\n\n${text.slice(to)}` };
}
