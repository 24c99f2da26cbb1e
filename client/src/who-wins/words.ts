/** The panel's words in the language of the editor. */
import { l10n } from 'vscode';
import type { ExportWords } from '../../../server/src/features/who-wins/export-words.js';
import type { PageWords } from './messages.js';

export function pageWords(): PageWords {
  return {
    title: l10n.t('Who wins: {0}'),
    inForce: l10n.t('In force: {0}'),
    loading: l10n.t('Looking through the releases…'),
    matrix: l10n.t('Outcome by release'),
    matrixHelp: l10n.t('QEMU down, librbd across. Arrow keys move from cell to cell, Enter explains one.'),
    cell: l10n.t('QEMU {0}, librbd {1}: {2}'),
    chosen: l10n.t('in force'),
    signs: l10n.t('Signs'),
    explanation: l10n.t('Explanation'),
    explained: l10n.t('Explained: {0}'),
    noDrive: l10n.t('This QEMU opens no RBD drive here.'),
    use: l10n.t('Use this pair'),
    isInForce: l10n.t('This pair is in force.'),
    exactPair: l10n.t('Release of {0}'),
    wholeTrace: l10n.t('The whole trace'),
    ladder: l10n.t('Ladder of sources'),
    ladderHelp: l10n.t('The weakest source first; the winner is marked.'),
    option: l10n.t('Option'),
    value: l10n.t('{0}. Value in force: {1}'),
    wins: l10n.t('wins'),
    exportSvg: l10n.t('Export as SVG'),
    exportMarkdown: l10n.t('Export as Markdown'),
  };
}

export function exportWords(): ExportWords {
  return {
    title: l10n.t('Who wins: {0}'),
    inForce: l10n.t('In force: {0}'),
    chosen: l10n.t('in force'),
    sources: l10n.t('Sources of {0} for {1}, the weakest first'),
    source: l10n.t('Source'),
    value: l10n.t('Value'),
    where: l10n.t('Where'),
    wins: l10n.t('wins'),
  };
}
