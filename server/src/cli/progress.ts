/** One line on a terminal that says how far a long run has come. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const FIRST_AFTER_MS = 700;
const EVERY_MS = 100;
const CLEAR = '\r\u001B[K';

export class Progress {
  private shown = false;
  private next: number;

  /** `now` in milliseconds, from any start. Nothing is shown where `terminal` is none. */
  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number,
  ) {
    this.next = now() + FIRST_AFTER_MS;
  }

  show(what: string, done: number, all: number): void {
    if (this.terminal.isTTY !== true) return;
    const now = this.now();
    if (now < this.next) return;
    this.next = now + EVERY_MS;
    this.shown = true;
    this.terminal.write(`${CLEAR}${what}: ${done} of ${all} files`);
  }

  /** Before anything else is written to the terminal. */
  clear(): void {
    if (!this.shown) return;
    this.shown = false;
    this.terminal.write(CLEAR);
  }
}
