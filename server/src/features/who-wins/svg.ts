/** A matrix and a ladder as one picture: text stays text, light and dark follow the reader's choice. */
import { printable } from '../answer-render.js';
import { type ExportWords, filled } from './export-words.js';
import { isChosen } from './markdown.js';
import type { Cell, CellKind, Ladder, Matrix, Rung } from './view.js';

/** Colour of each kind on a light ground and on a dark one. */
const COLOURS: Readonly<Record<CellKind, readonly [string, string]>> = {
  off: ['#0b66c3', '#58a6ff'],
  safe: ['#1a7f37', '#4ac26b'],
  'flush-safe': ['#9a6700', '#e3b341'],
  unsafe: ['#cf222e', '#ff7b72'],
  refused: ['#6e40c9', '#bc8cff'],
  crashes: ['#bc4c00', '#ffa657'],
  depends: ['#57606a', '#adbac7'],
  other: ['#57606a', '#adbac7'],
};

const PAD = 16;
const LINE = 18;
const CELL_HEIGHT = 46;
const GAP = 4;
const MIN_COLUMN = 120;
const HEAD_HEIGHT = 44;

/** Widths are guessed from the number of characters, generously: no font is at hand here. */
function widthOf(text: string, size: number): number {
  let units = 0;
  for (const character of text) units += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.58;
  return Math.ceil(units * size);
}

export function toSvg(matrix: Matrix, ladder: Ladder<unknown> | null, words: ExportWords): string {
  const title = filled(words.title, matrix.drive);
  const inForce = filled(words.inForce, matrix.inForce);
  const drawing = new Drawing();
  drawing.text(PAD, PAD + 16, title, 'title');
  drawing.text(PAD, PAD + 36, inForce, 'small');
  const bottom = drawMatrix(drawing, matrix, words, PAD + 50);
  let y = bottom + 12;
  for (const { kind, sign, says } of matrix.legend) {
    drawing.text(PAD, y + 12, sign, `sign ${kind}`);
    drawing.text(PAD + 20, y + 12, says, 'small');
    y += LINE;
  }
  if (ladder !== null && ladder.rungs.length > 0) y = drawLadder(drawing, ladder, words, y + 20);
  return drawing.finish(title, inForce, y + PAD);
}

function drawMatrix(drawing: Drawing, { columns, rows }: Matrix, words: ExportWords, top: number): number {
  const head = Math.max(90, ...rows.map(({ qemu }) => widthOf(`QEMU ${qemu.name}`, 13) + 12));
  const widths = columns.map((column, at) =>
    Math.max(
      MIN_COLUMN,
      widthOf(`librbd ${column.name}`, 13) + 16,
      widthOf(column.codenames, 11) + 16,
      ...rows.flatMap(({ cells }) => {
        const cell = cells[at];
        return cell === undefined
          ? []
          : [widthOf(outcomeText(cell, words.chosen), 13) + 40, widthOf(cell.reason, 11) + 20];
      }),
    ),
  );
  let x = PAD + head;
  for (const [at, column] of columns.entries()) {
    drawing.text(x + 8, top + 16, `librbd ${column.name}`, 'head');
    drawing.text(x + 8, top + 32, column.codenames, 'small');
    x += (widths[at] ?? 0) + GAP;
  }
  let y = top + HEAD_HEIGHT;
  for (const { qemu, cells } of rows) {
    drawing.text(PAD, y + 20, `QEMU ${qemu.name}`, 'head');
    drawing.text(PAD, y + 36, qemu.years, 'small');
    x = PAD + head;
    for (const [at, cell] of cells.entries()) {
      const width = widths[at] ?? 0;
      drawCell(drawing, cell, { x, y, width }, isChosen(qemu, columns[at]) ? words.chosen : null);
      x += width + GAP;
    }
    y += CELL_HEIGHT + GAP;
  }
  return y;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawCell(drawing: Drawing, cell: Cell, { x, y, width }: Box, mark: string | null): void {
  drawing.box({ x, y, width }, CELL_HEIGHT, mark === null ? `cell ${cell.kind}` : `cell chosen ${cell.kind}`);
  drawing.text(x + 8, y + 20, cell.sign, `sign ${cell.kind}`);
  drawing.text(x + 26, y + 20, outcomeText(cell, mark), mark === null ? 'word' : 'word strong');
  drawing.text(x + 8, y + 37, cell.reason, 'small');
}

function outcomeText({ word }: Cell, mark: string | null): string {
  return mark === null ? word : `${word} ← ${mark}`;
}

function drawLadder(drawing: Drawing, ladder: Ladder<unknown>, words: ExportWords, top: number): number {
  drawing.text(PAD, top + 14, filled(words.sources, ladder.option, ladder.pair), 'head');
  const titles = Math.max(...ladder.rungs.map(({ title }) => widthOf(title, 13))) + 24;
  let y = top + 26;
  for (const rung of ladder.rungs) {
    for (const { text, wins } of rungLines(rung, words)) {
      drawing.box({ x: PAD, y, width: titles + widthOf(text, 13) + 16 }, 22, wins ? 'rung lit' : 'rung');
      drawing.text(PAD + 8, y + 15, rung.title, wins ? 'word strong' : 'word');
      drawing.text(PAD + titles, y + 15, text, wins ? 'word strong' : 'word');
      y += 26;
    }
  }
  return y;
}

function rungLines({ offers, says }: Rung<unknown>, words: ExportWords) {
  if (offers.length === 0) return [{ text: says, wins: false }];
  return offers.map(({ value, where, note, wins }) => ({
    text: [`${wins ? '▶ ' : ''}${value}`, where, note, wins ? words.wins : '']
      .filter((part) => part !== '')
      .join(' · '),
    wins,
  }));
}

class Drawing {
  private readonly parts: string[] = [];
  private right = 0;

  text(x: number, y: number, text: string, style: string): void {
    if (text === '') return;
    this.right = Math.max(this.right, x + widthOf(text, style === 'title' ? 16 : 13));
    this.parts.push(`<text x="${x}" y="${y}" class="${style}">${escapeXml(text)}</text>`);
  }

  box({ x, y, width }: Box, height: number, style: string): void {
    this.right = Math.max(this.right, x + width);
    this.parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" class="${style}"/>`);
  }

  finish(title: string, description: string, height: number): string {
    const width = this.right + PAD;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
      `<title id="title">${escapeXml(title)}</title>`,
      `<desc id="description">${escapeXml(description)}</desc>`,
      `<style>${STYLE}</style>`,
      `<rect width="${width}" height="${height}" class="ground"/>`,
      ...this.parts,
      '</svg>',
      '',
    ].join('\n');
  }
}

const rules = (shade: 0 | 1): string =>
  Object.entries(COLOURS)
    .map(
      ([kind, colours]) =>
        `.sign.${kind}{fill:${colours[shade]}}.cell.${kind}{fill:${colours[shade]};stroke:${colours[shade]}}`,
    )
    .join('');

const STYLE = [
  'text{font:13px system-ui,"Segoe UI",sans-serif;fill:#1f2328}.title{font-size:16px;font-weight:600}',
  '.head,.strong{font-weight:600}.small{font-size:11px;fill:#57606a}.sign{font-weight:700}.ground{fill:#fff}',
  '.cell{fill-opacity:.14;stroke-opacity:.5}.cell.chosen{stroke-width:3;stroke-opacity:1}',
  '.rung{fill:none;stroke:#d0d7de}.rung.lit{stroke:#1a7f37;stroke-width:2}',
  rules(0),
  '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9da7b1}.ground{fill:#0d1117}.rung{stroke:#30363d}',
  `.rung.lit{stroke:#4ac26b}${rules(1)}}`,
].join('');

function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
