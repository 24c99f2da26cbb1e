import { setImmediate } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-languageserver';

/** How long other requests wait at most. */
const SLICE_MS = 12;

/** Runs to the end, with pauses for whoever else waits; null where nobody wants the result any more. */
export async function inSlices<T>(steps: Generator<undefined, T>, token: CancellationToken): Promise<T | null> {
  for (let start = performance.now(); ; ) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - start < SLICE_MS) continue;
    await setImmediate();
    if (token.isCancellationRequested) return null;
    start = performance.now();
  }
}
