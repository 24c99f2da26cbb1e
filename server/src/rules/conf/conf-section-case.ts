import * as l10n from '@vscode/l10n';
import type { ConfRule } from '../rule.js';
import { oddSections, sectionsClash } from '../support/conf-index.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isCephSection, sectionType } from '../support/sections.js';
import { code } from '../support/shown.js';

export const confSectionCase: ConfRule = {
  id: 'conf-section-case',
  severity: 'warning',
  statement: 'A section name in the wrong case, such as `[Client]`, is read by no program of any release.',
  looksAt: 'conf',
  *check(context) {
    for (const node of oddSections(context.tree)) {
      const type = sectionType(node.name.trim());
      const lower = type.toLowerCase();
      if (type === lower || !isCephSection(lower)) continue;
      const written = context.tree.text.slice(node.nameSpan.start, node.nameSpan.end);
      const corrected = written.replace(type, lower);
      const fixes = sectionsClash(context.tree, node.name, corrected.trim())
        ? []
        : [
            fix(l10n.t('Write {0}', `[${corrected}]`), [replaceInFile(context, node.nameSpan, corrected)], {
              preferred: true,
            }),
          ];
      yield confFinding(
        context,
        this,
        node.nameSpan,
        l10n.t(
          '{0}, like every release, compares section names letter by letter: nothing under {1} is ever read. Write {2}.',
          librbd(context),
          code(`[${written}]`),
          code(`[${corrected}]`),
        ),
        { fixes },
      );
    }
  },
};
