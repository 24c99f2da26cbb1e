/** What is said of the selected cell, and the way to put its pair in force. */
import { filled } from '../../../../server/src/features/who-wins/export-words.js';
import type {
  Matrix,
  ShownCell,
  ShownPart,
  ShownPiece,
  TextPlace,
} from '../../../../server/src/features/who-wins/view.js';
import type { PageWords, Pair } from '../messages.js';
import { button, choice, element, fill, keepingFocus } from './dom.js';
import { placeOfPair } from './matrix-table.js';

export interface CellActions {
  readonly picked: (pair: Pair) => void;
  readonly use: (pair: Pair) => void;
  readonly open: (place: TextPlace) => void;
}

export class CellDetails {
  readonly section: HTMLElement;
  private readonly heading = element('h2', { id: 'explanation-title' });
  private readonly releases = element('div', { class: 'bar' });
  private readonly body = element('div');
  private readonly useButton: HTMLButtonElement;
  private readonly note: HTMLElement;
  private readonly qemu: ReturnType<typeof choice>;
  private readonly librbd: ReturnType<typeof choice>;
  private readonly trace = element('details');
  private readonly traceBody = element('div');
  private pair: Pair | null = null;

  constructor(
    private readonly words: PageWords,
    private readonly actions: CellActions,
  ) {
    const change = (part: Partial<Pair>) => {
      if (this.pair !== null) actions.picked({ ...this.pair, ...part });
    };
    this.qemu = choice('exact-qemu', filled(words.exactPair, 'QEMU'), (qemu) => change({ qemu }));
    this.librbd = choice('exact-librbd', filled(words.exactPair, 'librbd'), (librbd) => change({ librbd }));
    this.useButton = button(words.use, () => this.pair !== null && actions.use(this.pair), { class: 'primary' });
    this.note = element('span', { class: 'note' }, words.isInForce);
    this.releases.append(this.qemu.labelled, this.librbd.labelled, this.useButton, this.note);
    this.trace.append(element('summary', {}, words.wholeTrace), this.traceBody);
    this.section = element(
      'section',
      { class: 'explanation', 'aria-labelledby': 'explanation-title' },
      this.heading,
      this.releases,
      this.body,
      this.trace,
    );
    this.heading.textContent = words.explanation;
  }

  /** The releases of the cell, before its explanation has come. */
  announce(matrix: Matrix, pair: Pair): void {
    this.pair = pair;
    const at = placeOfPair(matrix, pair);
    const [row, column] = at === null ? [] : [matrix.rows[at.row]?.qemu, matrix.columns[at.column]];
    fill(this.qemu.list, row?.versions ?? [pair.qemu], pair.qemu);
    fill(this.librbd.list, column?.versions ?? [pair.librbd], pair.librbd);
    const isInForce = row?.chosen === pair.qemu && column?.chosen === pair.librbd;
    // A button that goes away under the focus would take it along.
    if (isInForce && document.activeElement === this.useButton) this.qemu.list.focus();
    this.useButton.hidden = isInForce;
    this.note.hidden = !isInForce;
  }

  show(cell: ShownCell | null): void {
    const { words } = this;
    keepingFocus(this.section, () => {
      if (cell === null) {
        this.body.replaceChildren(element('p', {}, words.noDrive));
        this.trace.hidden = true;
        return;
      }
      const headline = element('p', { class: 'headline' }, ...this.pieces(cell.headline, 'headline'));
      this.body.replaceChildren(headline, this.list(cell.parts, 'part'));
      this.traceBody.replaceChildren(this.list(cell.details, 'detail'));
      this.trace.hidden = cell.details.length === 0;
    });
  }

  private list(parts: readonly ShownPart[], key: string): HTMLElement {
    return element(
      'dl',
      {},
      ...parts.flatMap(({ topic, sentences }, part) => [
        element('dt', {}, topic),
        ...sentences.map((sentence, at) => element('dd', {}, ...this.pieces(sentence, `${key} ${part} ${at}`))),
      ]),
    );
  }

  private pieces(sentence: readonly ShownPiece[], key: string): Node[] {
    return sentence.map(({ kind, text, place }, at) => {
      if (kind === 'words') return document.createTextNode(text);
      if (kind === 'strong') return element('strong', {}, text);
      if (place === null) return element('code', {}, text);
      const link = button('', () => this.actions.open(place), { class: 'link', 'data-key': `${key} ${at}` });
      link.append(element('code', {}, text));
      return link;
    });
  }
}
