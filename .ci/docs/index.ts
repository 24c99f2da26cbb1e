/** All that is written from tables: the rules' pages, lists in the documentation, and parts of the extension's manifest. */
import { REQUESTS } from '../../server/src/lsp/requests/index.js';
import { ALL_RULES } from '../../server/src/rules/all.js';
import { RULE_PAGES } from '../../server/src/rules/pages/index.js';
import { methodsTable } from './methods-table.js';
import { rulePage } from './rule-page.js';
import { rulesTable } from './rules-table.js';
import { withSeveritySchema } from './severity-schema.js';

/** A file as the tables have it now. `read` gives the text of a file by its path in the checkout. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

export function documents(read: (path: string) => string): readonly Written[] {
  return [
    ...ALL_RULES.flatMap((rule): Written[] => {
      const page = RULE_PAGES[rule.id];
      return page === undefined ? [] : [{ path: `docs/rules/${rule.id}.md`, text: rulePage(rule, page) }];
    }),
    inSection(read, 'README.md', 'rules', rulesTable(ALL_RULES)),
    inSection(read, 'docs/METHODS.md', 'methods', methodsTable(REQUESTS)),
    { path: 'package.json', text: withSeveritySchema(read('package.json'), ALL_RULES) },
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
