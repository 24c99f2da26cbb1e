import type { ConfRule } from '../rule.js';
import { refusalConsequence } from '../support/drives.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { abortsOnNonAscii } from '../support/non-ascii.js';

const BYTE_ORDER_MARK = 0xfeff;

export const confBom: ConfRule = {
  id: 'conf-bom',
  severity: 'error',
  statement: 'A byte-order mark at the start spoils the first line, or the whole file.',
  looksAt: 'conf',
  *check(context) {
    const { text } = context.tree;
    if (text.charCodeAt(0) !== BYTE_ORDER_MARK) return;
    const mark = { start: 0, end: 1 };
    const first = context.file.tree('B').nodes[0];
    const firstRest = first === undefined ? '' : text.slice(1, first.span.end).trim();
    const harmless = firstRest === '' || /^[#;]/.test(firstRest);
    const what = firstRest.startsWith('[')
      ? 'its section header is lost, and the keys below it land in `[global]`'
      : 'its key is unknown';
    let consequence: string;
    if (abortsOnNonAscii(context.releases.librbd))
      consequence = 'aborts the whole process on it, in the builds of Debian';
    else if (context.tree.rejected) consequence = `refuses the whole file: ${refusalConsequence(context)}`;
    else if (harmless) consequence = 'skips the first line because of it; from 15.2 on it voids the whole file';
    else consequence = `takes it for a part of the first line: ${what}`;
    yield confFinding(
      context,
      this,
      mark,
      `A byte-order mark starts this file. ${librbd(context)} ${consequence}. Save it without.`,
      {
        severity: harmless && context.tree.era !== 'C' ? 'information' : 'error',
        fixes: [fix('Remove the byte-order mark', [replaceInFile(context, mark, '')], { preferred: true, safe: true })],
      },
    );
  },
};
