/** Looks through the workspace's folders in small steps between requests. */
import type { Workspace } from '../workspace/workspace.js';

const STEP_MS = 8;
const PAUSE_MS = 2;

export class Scanner {
  private timer: NodeJS.Timeout | null = null;
  private waiting: (() => void)[] = [];
  private done = false;

  constructor(
    private readonly workspace: Workspace,
    private readonly found: () => void,
  ) {}

  start(): void {
    this.done = false;
    if (this.timer === null) this.timer = setTimeout(() => this.step(), PAUSE_MS);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.finish();
  }

  /** Resolves when all drives of the workspace are known. */
  finished(): Promise<void> {
    if (this.done) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private step(): void {
    this.timer = null;
    if (!this.workspace.scanStep(STEP_MS)) {
      this.timer = setTimeout(() => this.step(), PAUSE_MS);
      return;
    }
    this.finish();
    this.found();
  }

  private finish(): void {
    this.done = true;
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
