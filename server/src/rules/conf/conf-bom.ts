import * as l10n from '@vscode/l10n';
import type { ConfRule, ConfRuleContext } from '../rule.js';
import { refusedFile } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { abortsOnNonAscii } from '../support/non-ascii.js';
import { sentences } from '../support/wording.js';

const BYTE_ORDER_MARK = 0xfeff;

export const confBom: ConfRule = {
  id: 'conf-bom',
  severity: 'error',
  statement: 'A byte-order mark at the start spoils the first line, or the whole file.',
  looksAt: 'conf',
  *check(context) {
    if (context.tree.text.charCodeAt(0) !== BYTE_ORDER_MARK) return;
    const mark = { start: 0, end: 1 };
    const { sentence, harmless } = consequence(context);
    yield confFinding(
      context,
      this,
      mark,
      sentences(l10n.t('A byte-order mark starts this file.'), sentence, l10n.t('Save it without.')),
      {
        severity: harmless ? 'information' : 'error',
        fixes: [
          fix(l10n.t('Remove the byte-order mark'), [replaceInFile(context, mark, '')], {
            preferred: true,
            safe: harmless || context.tree.rejected,
          }),
        ],
      },
    );
  },
};

function consequence(context: ConfRuleContext): { sentence: string; harmless: boolean } {
  const { tree } = context;
  const release = librbd(context);
  const harm = (sentence: string) => ({ sentence, harmless: false });
  if (abortsOnNonAscii(context.releases.librbd)) {
    return harm(l10n.t('The parser of {0} as Debian builds it ends the whole QEMU process on it.', release));
  }
  if (tree.rejected) return harm(refusedFile(context, null));
  const first = firstLine(tree.text);
  // A lost `[global]` is no loss: it is where keys without a section go.
  if (first === '' || /^(?:[#;]|\[\s*global\s*\])/.test(first)) {
    return {
      sentence: l10n.t('{0} skips the first line because of it; from 15.2 on the whole file is refused.', release),
      harmless: true,
    };
  }
  return first.startsWith('[')
    ? harm(
        l10n.t(
          '{0} takes it for a part of the first line: the section header is lost, and the keys below it land in `[global]`.',
          release,
        ),
      )
    : harm(l10n.t('{0} takes it for a part of the first line, whose key is then unknown.', release));
}

/** Without the mark and the blanks around it. */
function firstLine(text: string): string {
  const end = text.search(/[\r\n]/);
  return text.slice(1, end < 0 ? text.length : end).trim();
}
