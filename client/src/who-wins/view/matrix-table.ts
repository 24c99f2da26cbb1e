/** The matrix as a table whose cells are reached with the arrow keys. */
import { filled } from '../../../../server/src/features/who-wins/export-words.js';
import type { Cell, Matrix, ReleaseRun } from '../../../../server/src/features/who-wins/view.js';
import type { PageWords, Pair } from '../messages.js';
import { element } from './dom.js';
import { type GridPlace, moved } from './grid-keys.js';

/** Where a pair stands in a matrix; null where it has no such releases. */
export function placeOfPair({ rows, columns }: Matrix, { qemu, librbd }: Pair): GridPlace | null {
  const row = rows.findIndex((one) => one.qemu.versions.includes(qemu));
  const column = columns.findIndex(({ versions }) => versions.includes(librbd));
  return row < 0 || column < 0 ? null : { row, column };
}

/** The pair that stands for a cell: the releases in force where they are in it, else the newest ones of it. */
export function pairAt({ rows, columns }: Matrix, { row, column }: GridPlace): Pair | null {
  const [qemu, librbd] = [rows[row]?.qemu, columns[column]].map((run) => run?.chosen ?? run?.versions.at(-1));
  return qemu === undefined || librbd === undefined ? null : { qemu, librbd };
}

export class MatrixTable {
  readonly region: HTMLElement;
  private buttons: HTMLButtonElement[][] = [];
  private matrix: Matrix | null = null;
  private reached: GridPlace = { row: 0, column: 0 };

  constructor(
    private readonly words: PageWords,
    private readonly picked: (pair: Pair) => void,
  ) {
    this.region = element('div', { class: 'scroll', role: 'region', 'aria-labelledby': 'matrix-title' });
    this.region.addEventListener('keydown', (event) => this.keyDown(event));
  }

  /** `selected`: the pair that is explained. The focus stays on the releases that it was on. */
  show(matrix: Matrix, selected: Pair): void {
    const hadFocus = this.region.contains(document.activeElement);
    const before = this.matrix === null ? null : pairAt(this.matrix, this.reached);
    const at = placeOfPair(matrix, selected) ?? { row: 0, column: 0 };
    this.matrix = matrix;
    this.reached = (hadFocus && before !== null ? placeOfPair(matrix, before) : null) ?? at;
    this.region.replaceChildren(this.table(matrix, at));
    if (hadFocus) this.button(this.reached)?.focus({ preventScroll: true });
    else this.button(at)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Marks another cell as the one that is explained. */
  select(pair: Pair): void {
    const at = this.matrix === null ? null : placeOfPair(this.matrix, pair);
    if (at === null) return;
    for (const [row, line] of this.buttons.entries()) {
      for (const [column, button] of line.entries()) {
        button.parentElement?.setAttribute('aria-selected', String(row === at.row && column === at.column));
      }
    }
    this.reach(at);
  }

  private table(matrix: Matrix, selected: GridPlace): HTMLTableElement {
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col', class: 'corner' }, 'QEMU ↓ librbd →'),
      ...matrix.columns.map((run) => runHeader(run, 'col', 'librbd', this.words)),
    );
    this.buttons = matrix.rows.map(({ qemu, cells }, row) =>
      cells.map((cell, column) => this.cellButton(cell, qemu, matrix.columns[column], { row, column })),
    );
    const rows = matrix.rows.map(({ qemu }, row) =>
      element(
        'tr',
        {},
        runHeader(qemu, 'row', 'QEMU', this.words),
        ...(this.buttons[row] ?? []).map((button, column) => {
          const isSelected = row === selected.row && column === selected.column;
          return element('td', { role: 'gridcell', 'aria-selected': String(isSelected) }, button);
        }),
      ),
    );
    return element(
      'table',
      { role: 'grid', 'aria-labelledby': 'matrix-title', 'aria-describedby': 'matrix-help' },
      element('thead', {}, head),
      element('tbody', {}, ...rows),
    );
  }

  private cellButton(
    { kind, sign, word, reason }: Cell,
    qemu: ReleaseRun,
    librbd: ReleaseRun | undefined,
    at: GridPlace,
  ): HTMLButtonElement {
    const { words } = this;
    const chosen = qemu.chosen !== null && librbd !== undefined && librbd.chosen !== null;
    const said = [word, reason, chosen ? words.chosen : ''].filter((text) => text !== '').join(', ');
    const reaches = at.row === this.reached.row && at.column === this.reached.column;
    const made = element(
      'button',
      {
        type: 'button',
        class: `cell ${kind}`,
        tabindex: reaches ? '0' : '-1',
        'aria-label': filled(words.cell, qemu.name, librbd?.name ?? '', said),
        ...(chosen ? { 'aria-current': 'true' } : {}),
      },
      element(
        'span',
        { class: 'outcome' },
        element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
        element('span', { class: 'word' }, word, chosen ? element('span', { class: 'badge' }, words.chosen) : null),
      ),
      reason === '' ? null : element('span', { class: 'reason' }, reason),
    );
    made.addEventListener('focus', () => this.reach(at));
    made.addEventListener('click', () => {
      const pair = this.matrix === null ? null : pairAt(this.matrix, at);
      if (pair !== null) this.picked(pair);
    });
    return made;
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.altKey || event.shiftKey || this.matrix === null) return;
    const size = { row: this.matrix.rows.length, column: this.matrix.columns.length };
    const to = moved(this.reached, event.key, event.ctrlKey || event.metaKey, size);
    if (to === null) return;
    event.preventDefault();
    this.button(to)?.focus();
  }

  private reach(to: GridPlace): void {
    this.button(this.reached)?.setAttribute('tabindex', '-1');
    this.reached = to;
    this.button(to)?.setAttribute('tabindex', '0');
  }

  private button({ row, column }: GridPlace): HTMLButtonElement | undefined {
    return this.buttons[row]?.[column];
  }
}

function runHeader({ name, codenames, years, chosen }: ReleaseRun, scope: string, program: string, words: PageWords) {
  const mark = chosen === null ? null : element('span', { class: 'badge' }, words.chosen);
  return element(
    'th',
    { scope, ...(chosen === null ? {} : { class: 'chosen' }) },
    element('span', { class: 'release' }, element('span', { class: 'program' }, `${program} `), name, mark),
    codenames === '' ? null : element('span', { class: 'aside' }, codenames),
    element('span', { class: 'aside' }, years),
  );
}
