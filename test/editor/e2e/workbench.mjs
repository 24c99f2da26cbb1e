/** VS Code's window as a user sees it. Its markup is no API: every selector that the end-to-end test needs stands here. */

const PATIENCE = { timeout: 240_000 };
/** How long one try may take where there are several. */
const STEP_MS = 3_000;
const LINES = '.editor-instance .view-lines';

/** @typedef {'error' | 'warning' | 'info' | 'hint'} Severity */

export class Workbench {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Waits until the workbench is drawn. */
  async ready() {
    await this.page.locator('.monaco-workbench .explorer-folders-view').waitFor(PATIENCE);
  }

  /**
   * Opens a file by its name, as Ctrl+P does.
   * @param {string} name
   */
  async open(name) {
    await this.#pick('Control+P', name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor(PATIENCE);
    await this.page.locator(LINES).first().waitFor(PATIENCE);
  }

  /**
   * Runs a command by its title, as F1 does.
   * @param {string} title
   */
  async run(title) {
    await this.#pick('F1', `>${title}`, title);
  }

  /**
   * Puts a colour theme in force.
   * @param {string} name
   * @param {string} look the class that the window has then
   */
  async useTheme(name, look) {
    await this.run('Preferences: Color Theme');
    await this.filter(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click(PATIENCE);
    await this.page.locator(`.monaco-workbench.${look}`).waitFor(PATIENCE);
  }

  /** The page of the panel that is in front. */
  whoWins() {
    const page = this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    return {
      /** The cell of the pair in force. */
      inForce: page.locator('button.cell[aria-current="true"]'),
      /** The cell that is explained. */
      selected: page.locator('td[aria-selected="true"] > button'),
      focused: page.locator('button.cell:focus'),
      headline: page.locator('.explanation .headline'),
      winner: page.locator('.rung.wins'),
      title: page.locator('h1'),
      policy: page.locator('meta[http-equiv="Content-Security-Policy"]'),
      /** What a strict policy for content would not let pass. */
      inline: page.locator('main [style], main style, main script, main [onclick]'),
      /** @param {string} name */
      button: (name) => page.getByRole('button', { name }),
      /** @param {string} option */
      ladderOf: (option) => page.getByLabel('Option').selectOption(option, PATIENCE),
    };
  }

  /** The page of the walkthrough that is in front. */
  walkthrough() {
    const page = this.page.locator('.gettingStartedContainer');
    return {
      /** The picture of the step that is open; it floats above the page. */
      picture: this.page.locator('.getting-started-media iframe.webview.ready'),
      /** @param {string} title */
      step: (title) => page.locator('.step-title', { hasText: title }).first(),
      /** @param {string} name */
      button: (name) => page.getByRole('button', { name }),
    };
  }

  /** Types, and waits for the list of what may come next. @param {string} text */
  async complete(text) {
    await this.page.keyboard.type(text);
    const list = this.page.locator('.suggest-widget.visible .monaco-list-row').first();
    await this.#retry(list, `nothing is offered for “${text}”`, () => this.page.keyboard.press('Control+Space'));
  }

  /** Waits for the lens that says so. @param {string} says */
  async lens(says) {
    await this.page.locator('.codelens-decoration', { hasText: says }).first().waitFor(PATIENCE);
  }

  /** Waits for the tab in front to be called so. @param {string} title */
  async tab(title) {
    await this.page.locator('.tab.active', { hasText: title }).waitFor(PATIENCE);
  }

  /** Waits for a visible line that says so; its blanks are no-break spaces. @param {RegExp} says */
  async line(says) {
    await this.page.locator('.view-line', { hasText: says }).first().waitFor(PATIENCE);
  }

  /** Waits for a notification. @param {string} says */
  async notification(says) {
    await this.page.locator('.notifications-toasts .notification-list-item', { hasText: says }).waitFor(PATIENCE);
  }

  /**
   * What F1 offers for a few letters.
   * @param {string} typed
   * @returns {Promise<string[]>}
   */
  async commands(typed) {
    await this.#pick('F1', `>${typed}`, null);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: typed }).first().waitFor(PATIENCE);
    const rows = await this.entries();
    await this.page.keyboard.press('Escape');
    return rows;
  }

  /**
   * Waits until an element says so.
   * @param {import('playwright-core').Locator} element
   * @param {RegExp} says
   */
  async says(element, says) {
    await element.first().waitFor(PATIENCE);
    await this.#until(
      async () => plain((await element.first().innerText()) ?? '').replaceAll('\n', ' '),
      (text) => says.test(text),
      `it never says ${says}`,
    );
  }

  /** Waits for a squiggle. @param {Severity} severity */
  async squiggle(severity) {
    await this.#squiggles(severity).waitFor({ ...PATIENCE, state: 'attached' });
  }

  /** Waits until no such squiggle is left. @param {Severity} severity */
  async noSquiggle(severity) {
    await this.#squiggles(severity).waitFor({ ...PATIENCE, state: 'detached' });
  }

  /** @returns {Promise<string>} the text of the visible lines, inlay hints included */
  async text() {
    return plain((await this.page.locator(LINES).first().textContent()) ?? '');
  }

  /**
   * Puts the mouse on a piece of the text and waits for the hover to say something.
   * @param {string} piece
   * @param {RegExp} says
   * @returns {Promise<string>} what the hover says
   */
  async hover(piece, says) {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: says }).first();
    await this.#retry(hover, `no hover on “${piece}” says ${says}`, async () => {
      const box = await this.#boxOf(piece);
      // Lines are drawn anew when hints and lenses come.
      if (box === null) return;
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    });
    return plain(await hover.innerText());
  }

  /** Takes hovers and menus away. */
  async dismiss() {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(4, 4);
  }

  /** @returns {Promise<string>} the rows of the Problems panel */
  async problems() {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await panel.locator('.monaco-list-row').first().waitFor(PATIENCE);
    return plain(await panel.innerText());
  }

  /** Waits until no row of the Problems panel says so. @param {RegExp} says */
  async noProblem(says) {
    await this.#until(
      () => this.problems(),
      (problems) => !says.test(problems),
      `the Problems panel still says ${says}`,
    );
  }

  /**
   * Opens the menu of quick fixes at the first squiggle.
   * @param {Severity} severity
   * @param {RegExp} title of the fix to wait for
   */
  async openFixes(severity, title) {
    const box = await this.#squiggles(severity).boundingBox(PATIENCE);
    if (box === null) throw new Error(`no squiggle of an ${severity} is in view`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.keyboard.press('Control+.');
    await this.page.locator('.action-widget').first().getByText(title).first().waitFor(PATIENCE);
  }

  /** Takes a fix of the open menu. @param {RegExp} title */
  async takeFix(title) {
    const box = await this.page.locator('.action-widget').first().getByText(title).first().boundingBox(PATIENCE);
    if (box === null) throw new Error(`no fix ${title} in the menu`);
    // The menu takes no clicks before the mouse has moved within it.
    await this.page.mouse.move(box.x + 2, box.y + 2);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** @returns {Promise<string>} what the language status item says to a screen reader */
  async status() {
    const item = this.page.locator('#status\\.languageStatus a').first();
    await item.waitFor(PATIENCE);
    return plain((await item.getAttribute('aria-label')) ?? '');
  }

  /** Waits until the language status item says so. @param {RegExp} says */
  async statusBecomes(says) {
    await this.#until(
      () => this.status(),
      (status) => says.test(status),
      `the status item never says ${says}`,
    );
  }

  /** Waits until the visible lines, inlay hints included, say so. @param {RegExp} says */
  async waitForText(says) {
    await this.#until(
      () => this.text(),
      (text) => says.test(text),
      `the editor never shows ${says}`,
    );
  }

  /** Follows the language status item's link to the list of releases. */
  async openReleases() {
    const link = this.page.locator('.monaco-hover .hover-language-status a', { hasText: 'Select releases' }).first();
    const list = this.page.locator('.quick-input-widget input[type="text"]').first();
    await this.#retry(list, 'the list of releases does not open', async () => {
      await this.page.locator('#status\\.languageStatus').hover();
      await link.click({ timeout: STEP_MS });
    });
  }

  /**
   * Picks an entry of the open list by the beginning of its text.
   * @param {string} title a part of the list's title
   * @param {string} entry
   */
  async pick(title, entry) {
    await this.page.locator('.quick-input-title', { hasText: title }).waitFor(PATIENCE);
    await this.filter(entry);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click(PATIENCE);
  }

  /** @returns {Promise<string[]>} the entries of the open list that are in view */
  async entries() {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor(PATIENCE);
    return (await rows.allInnerTexts()).map((text) => plain(text).replaceAll('\n', ' '));
  }

  /** @returns {Promise<string[]>} the notifications in view */
  async notifications() {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Narrows the open list. @param {string} text */
  async filter(text) {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.waitFor(PATIENCE);
    await input.fill(text);
  }

  /**
   * Opens a list, narrows it, and takes a row; whatever takes the focus meanwhile closes the list, which is then opened again.
   * @param {string} key
   * @param {string} text
   * @param {string | null} label of the row; null: the list is looked at only
   */
  async #pick(key, text, label) {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    const end = Date.now() + PATIENCE.timeout;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: STEP_MS });
        await input.fill(text, { timeout: STEP_MS });
        if (label !== null) await rows.filter({ hasText: label }).first().click({ timeout: STEP_MS });
        return;
      } catch (error) {
        ignoreTimeout(error);
        if (Date.now() > end) throw error;
      }
    }
  }

  /**
   * The window may redraw under the mouse: does something again until it shows.
   * @param {import('playwright-core').Locator} wanted
   * @param {string} complaint
   * @param {() => Promise<void>} action
   */
  async #retry(wanted, complaint, action) {
    const end = Date.now() + PATIENCE.timeout;
    while (!(await wanted.isVisible())) {
      if (Date.now() > end) throw new Error(complaint);
      await this.dismiss();
      await action().catch(ignoreTimeout);
      await wanted.waitFor({ timeout: STEP_MS }).catch(ignoreTimeout);
    }
  }

  /**
   * @template T
   * @param {() => Promise<T>} ask
   * @param {(answer: T) => boolean} passes
   * @param {string} complaint
   */
  async #until(ask, passes, complaint) {
    const end = Date.now() + PATIENCE.timeout;
    for (;;) {
      const answer = await ask();
      if (passes(answer)) return;
      if (Date.now() > end) throw new Error(`${complaint}; it says: ${answer}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** @param {Severity} severity */
  #squiggles(severity) {
    return this.page.locator(`.squiggly-${severity}`).first();
  }

  /** @param {string} piece text within one token of a visible line */
  async #boxOf(piece) {
    return this.page.locator(`${LINES} .view-line span span`, { hasText: piece }).first().boundingBox(PATIENCE);
  }
}

/** The editor draws blanks as no-break spaces. @param {string} text */
function plain(text) {
  return text.replaceAll('\u00a0', ' ');
}

/** @param {unknown} error */
function ignoreTimeout(error) {
  if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
}
