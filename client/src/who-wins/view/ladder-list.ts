/** The ladder of sources: one option, each source with what it offers, the winner lit. */
import { filled } from '../../../../server/src/features/who-wins/export-words.js';
import type { Offer, Rung, ShownLadder, TextPlace } from '../../../../server/src/features/who-wins/view.js';
import type { PageWords } from '../messages.js';
import { button, choice, element, fill, keepingFocus } from './dom.js';

export class LadderList {
  readonly section: HTMLElement;
  private readonly options: ReturnType<typeof choice>;
  private readonly summary = element('p', { class: 'aside' });
  private readonly rungs = element('ol', { class: 'ladder', 'aria-describedby': 'ladder-help' });

  constructor(
    private readonly words: PageWords,
    picked: (option: string) => void,
    private readonly open: (place: TextPlace) => void,
  ) {
    this.options = choice('option', words.option, picked);
    this.section = element(
      'section',
      { class: 'sources', 'aria-labelledby': 'ladder-title' },
      element('h2', { id: 'ladder-title' }, words.ladder),
      element('p', { class: 'aside', id: 'ladder-help' }, words.ladderHelp),
      element('div', { class: 'bar' }, this.options.labelled),
      this.summary,
      this.rungs,
    );
  }

  offer(options: readonly string[], selected: string): void {
    fill(this.options.list, options, selected);
  }

  show(ladder: ShownLadder | null): void {
    keepingFocus(this.section, () => {
      const { words } = this;
      if (ladder === null) {
        this.summary.textContent = words.noDrive;
        this.rungs.replaceChildren();
        return;
      }
      const { pair, value, says } = ladder;
      this.summary.textContent = says === '' ? filled(words.value, pair, value) : says;
      this.rungs.replaceChildren(...ladder.rungs.map((rung) => this.rung(rung)));
    });
  }

  private rung({ source, title, offers, says, unseen, wins }: Rung<TextPlace>): HTMLElement {
    const state = wins ? 'wins' : offers.length > 0 ? 'offers' : unseen ? 'unseen' : 'silent';
    return element(
      'li',
      { class: `rung ${state}`, ...(wins ? { 'aria-current': 'true' } : {}) },
      element('span', { class: 'source' }, title),
      offers.length === 0
        ? element('span', { class: 'aside' }, says)
        : element('ul', {}, ...offers.map((offer, at) => this.offered(offer, `${source} ${at}`))),
    );
  }

  private offered({ value, where, place, note, wins }: Offer<TextPlace>, key: string): HTMLElement {
    const origin =
      place === null
        ? element('span', { class: 'aside' }, where)
        : button(where, () => this.open(place), { class: 'link', 'data-key': key });
    return element(
      'li',
      { class: wins ? 'offer lit' : 'offer' },
      element('code', {}, value),
      ' ',
      wins ? element('span', { class: 'badge' }, `▶ ${this.words.wins}`) : null,
      ' ',
      origin,
      note === '' ? null : element('span', { class: 'aside' }, ` (${note})`),
    );
  }
}
