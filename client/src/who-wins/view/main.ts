/** The page of the panel: draws what the extension sends, and tells it what the reader asks for. */
import { filled } from '../../../../server/src/features/who-wins/export-words.js';
import type { Matrix, TextPlace } from '../../../../server/src/features/who-wins/view.js';
import { type HostMessage, type PageMessage, type PageWords, type Pair, remembered, type Target } from '../messages.js';
import { CellDetails } from './cell-details.js';
import { button, element } from './dom.js';
import { LadderList } from './ladder-list.js';
import { MatrixTable, pairAt, placeOfPair } from './matrix-table.js';

interface Host {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

class Page {
  private readonly title = element('h1');
  private readonly inForce = element('p', { class: 'aside' });
  private readonly message = element('p', { role: 'status' });
  private readonly status = element('p', { role: 'status', class: 'for-ears' });
  private readonly content = element('div', { class: 'columns' });
  private readonly legend = element('ul', { class: 'legend' });
  private readonly exports = element('div', { class: 'bar exports' });
  private readonly table: MatrixTable;
  private readonly details: CellDetails;
  private readonly ladder: LadderList;
  private matrix: Matrix | null = null;
  private target: Target | null = null;
  private pair: Pair | null;
  private option: string;
  private drawn = '';

  constructor(
    private readonly words: PageWords,
    root: HTMLElement,
  ) {
    const before = remembered(host.getState());
    this.pair = before?.pair ?? null;
    this.option = before?.option ?? '';
    const open = (place: TextPlace) => host.postMessage({ type: 'open', place });
    const pick = (pair: Pair) => this.pick(pair);
    this.table = new MatrixTable(words, pick);
    this.details = new CellDetails(words, {
      picked: pick,
      use: (chosen) => host.postMessage({ type: 'use', pair: chosen }),
      open,
    });
    this.ladder = new LadderList(words, (option) => this.ask(option), open);
    this.exports.append(
      button(words.exportSvg, () => host.postMessage({ type: 'export', format: 'svg' })),
      button(words.exportMarkdown, () => host.postMessage({ type: 'export', format: 'markdown' })),
    );
    this.content.append(
      element(
        'section',
        { class: 'matrix', 'aria-labelledby': 'matrix-title' },
        element('h2', { id: 'matrix-title' }, words.matrix),
        element('p', { class: 'aside', id: 'matrix-help' }, words.matrixHelp),
        this.table.region,
        element('h3', { class: 'for-ears' }, words.signs),
        this.legend,
      ),
      this.details.section,
      this.ladder.section,
    );
    this.content.hidden = true;
    this.exports.hidden = true;
    this.message.textContent = words.loading;
    const head = element('header', {}, element('div', {}, this.title, this.inForce), this.exports);
    root.replaceChildren(head, this.message, this.status, this.content);
    this.title.textContent = 'RBDCache';
  }

  take(message: Exclude<HostMessage, { type: 'words' }>): void {
    switch (message.type) {
      case 'matrix':
        this.show(message.target, message.matrix);
        break;
      case 'nothing':
        this.content.hidden = true;
        this.exports.hidden = true;
        this.message.hidden = false;
        this.message.textContent = message.message;
        this.drawn = '';
        break;
      case 'explained':
        this.explained(message);
        break;
    }
  }

  private show(target: Target, matrix: Matrix): void {
    const { words } = this;
    const sameDrive = this.target === null || this.target.drive === target.drive;
    const followsForce = this.pair === null || !sameDrive || this.isInForce(this.pair);
    this.target = target;
    const kept = followsForce || this.pair === null || placeOfPair(matrix, this.pair) === null ? null : this.pair;
    this.matrix = matrix;
    this.pair = kept ?? pairInForce(matrix);
    if (!matrix.options.includes(this.option)) this.option = matrix.options[0] ?? '';
    this.title.textContent = filled(words.title, matrix.drive);
    this.inForce.textContent = filled(words.inForce, matrix.inForce);
    this.message.hidden = true;
    this.content.hidden = false;
    this.exports.hidden = false;
    const text = JSON.stringify(matrix);
    if (text !== this.drawn && this.pair !== null) {
      this.table.show(matrix, this.pair);
      this.drawLegend(matrix);
      this.ladder.offer(matrix.options, this.option);
      this.drawn = text;
    }
    this.ask(this.option);
  }

  private isInForce(pair: Pair): boolean {
    const now = this.matrix === null ? null : pairInForce(this.matrix);
    return now !== null && now.qemu === pair.qemu && now.librbd === pair.librbd;
  }

  private drawLegend({ legend }: Matrix): void {
    this.legend.replaceChildren(
      ...legend.map(({ kind, sign, says }) =>
        element('li', { class: kind }, element('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ` ${says}`),
      ),
    );
  }

  private pick(pair: Pair): void {
    this.pair = pair;
    this.table.select(pair);
    this.ask(this.option);
  }

  /** Asks for what there is to say of the selected pair, and of an option there. */
  private ask(option: string): void {
    this.option = option;
    const { matrix, pair, target } = this;
    if (matrix === null || pair === null || target === null) return;
    host.setState({ target, pair, option });
    this.details.announce(matrix, pair);
    host.postMessage({ type: 'explain', pair, option });
  }

  private explained({ pair, cell, ladder }: Extract<HostMessage, { type: 'explained' }>): void {
    if (this.matrix === null || pair.qemu !== this.pair?.qemu || pair.librbd !== this.pair.librbd) return;
    this.details.show(cell);
    if (ladder === null || ladder.option === this.option) this.ladder.show(ladder);
    const headline = cell?.headline.map(({ text }) => text).join('') ?? this.words.noDrive;
    const said = filled(this.words.explained, headline);
    if (this.status.textContent !== said) this.status.textContent = said;
    const { rows, columns } = this.matrix;
    host.postMessage({ type: 'drawn', rows: rows.length, columns: columns.length, ladder: ladder?.option ?? '' });
  }
}

function pairInForce(matrix: Matrix): Pair | null {
  const row = matrix.rows.findIndex(({ qemu }) => qemu.chosen !== null);
  const column = matrix.columns.findIndex(({ chosen }) => chosen !== null);
  return pairAt(matrix, { row, column });
}

/** Messages come from the extension that made this page, and from nobody else. */
function isHostMessage(value: unknown): value is HostMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return ['words', 'matrix', 'nothing', 'explained'].some((type) => type === value.type);
}

let page: Page | null = null;
const root = document.getElementById('page');
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isHostMessage(data) || root === null) return;
  if (data.type === 'words') page = new Page(data.words, root);
  else page?.take(data);
});
host.postMessage({ type: 'ready' });
