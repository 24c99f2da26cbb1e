/**
 * Seeded inputs, thrown at the parsers, `explain`, documents, and a session with the built server. `RBDCACHE_SEED` chooses
 * another seed; `npm run fuzz` runs more of them.
 */
import { expect, test } from 'vitest';
import { runSeed } from '../fuzz/random.js';
import { Fuzzer, reportText } from '../fuzz/run.mjs';

const INPUTS = 50_000;

test(`${INPUTS} inputs of seed ${runSeed()}: nothing is thrown, nothing hangs, nothing is lost`, async () => {
  const report = await new Fuzzer(runSeed()).run(INPUTS);
  console.log(reportText(report));
  expect(report.rows.reduce((sum, { inputs }) => sum + inputs, 0)).toBe(INPUTS);
  expect(report.rows.flatMap(({ failures }) => failures.map(({ name }) => `test/fuzz/regressions/${name}`))).toEqual(
    [],
  );
}, 600_000);
