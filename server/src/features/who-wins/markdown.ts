/** A matrix and a ladder as Markdown, for reports and tickets. */
import { escapeMarkdown } from '../answer-render.js';
import { type ExportWords, filled } from './export-words.js';
import type { Cell, Ladder, Matrix, ReleaseRun } from './view.js';

export function toMarkdown(matrix: Matrix, ladder: Ladder<unknown> | null, words: ExportWords): string {
  const blocks = [
    `# ${escapeMarkdown(filled(words.title, matrix.drive))}`,
    escapeMarkdown(filled(words.inForce, matrix.inForce)),
    table(
      ['QEMU ↓ librbd →', ...matrix.columns.map(runText)],
      matrix.rows.map(({ qemu, cells }) => [
        `**${runText(qemu)}**`,
        ...cells.map((cell, at) => cellText(cell, isChosen(qemu, matrix.columns[at]), words)),
      ]),
    ),
    matrix.legend.map(({ sign, says }) => `- ${sign} ${escapeMarkdown(says)}`).join('\n'),
  ];
  if (ladder !== null && ladder.rungs.length > 0) blocks.push(...ladderBlocks(ladder, words));
  return `${blocks.join('\n\n')}\n`;
}

function ladderBlocks(ladder: Ladder<unknown>, words: ExportWords): readonly string[] {
  const rows = ladder.rungs.flatMap(({ title, offers, says }) =>
    offers.length === 0
      ? [[escapeMarkdown(title), '', `*${escapeMarkdown(says)}*`]]
      : offers.map(({ value, where, note, wins }) => [
          escapeMarkdown(title),
          wins ? `**${escapeMarkdown(value)}** ← ${escapeMarkdown(words.wins)}` : escapeMarkdown(value),
          [where, note]
            .filter((text) => text !== '')
            .map(escapeMarkdown)
            .join('; '),
        ]),
  );
  return [
    `## ${escapeMarkdown(filled(words.sources, ladder.option, ladder.pair))}`,
    table([words.source, words.value, words.where].map(escapeMarkdown), rows),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function runText({ name, codenames }: ReleaseRun): string {
  return escapeMarkdown(codenames === '' ? name : `${name} ${codenames}`);
}

function cellText({ sign, word, reason }: Cell, chosen: boolean, words: ExportWords): string {
  const outcome = `${sign} ${escapeMarkdown(word)}`;
  const marked = chosen ? `**${outcome}** ← ${escapeMarkdown(words.chosen)}` : outcome;
  return reason === '' ? marked : `${marked}<br>${escapeMarkdown(reason)}`;
}

/** True for the cell that holds the pair in force. */
export function isChosen(qemu: ReleaseRun, librbd: ReleaseRun | undefined): boolean {
  return qemu.chosen !== null && librbd !== undefined && librbd.chosen !== null;
}
