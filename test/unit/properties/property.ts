/** Properties: what holds for every input of a kind. The seed and the number of inputs stand in the test's name. */
import fc from 'fast-check';
import { test } from 'vitest';
import { runSeed } from '../../fuzz/random.js';

export const SEED = runSeed();

/** A failing input is made small by fast-check, and printed with the path that repeats it. */
export function property<T>(name: string, inputs: number, from: fc.Arbitrary<T>, check: (input: T) => void): void {
  test(`${name} (${inputs} inputs, seed ${SEED})`, () => {
    fc.assert(fc.property(from, check), { seed: SEED, numRuns: inputs });
  });
}
