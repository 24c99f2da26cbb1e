/** Where a command's output goes: the report to standard output, piece by piece; all else to standard error. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { redact } from '../features/redact.js';
import { Progress } from './progress.js';
import type { ExitCode, Run } from './run.js';

type Stream = Writable & { readonly isTTY?: boolean };

export class Output {
  private readonly line: Progress;

  constructor(
    private readonly stdout: Stream,
    private readonly stderr: Stream,
    private readonly quiet: boolean,
  ) {
    this.line = new Progress(stderr, () => performance.now());
  }

  /** Writes no faster than it is read. */
  async print(run: Run): Promise<ExitCode> {
    for (;;) {
      const step = run.next();
      if (step.done === true) {
        this.line.clear();
        return step.value;
      }
      if (step.value === '') continue;
      if (this.stdout.isTTY === true) this.line.clear();
      if (!this.stdout.write(step.value)) await once(this.stdout, 'drain');
    }
  }

  progress(what: string, done: number, all: number): void {
    if (!this.quiet) this.line.show(what, done, all);
  }

  tell(text: string): void {
    this.line.clear();
    this.stderr.write(`${text}\n`);
  }
}

/** What the program says of an error that it did not expect. */
export function crashText(error: unknown): string {
  return `rbdcache failed: ${redact(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`;
}
