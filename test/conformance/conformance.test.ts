/**
 * Every recording of the real programs, replayed. The tables are printed in each run.
 * `node test/conformance/show.mjs` lists disagreements while one works on them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createCaseRunner, runCase } from '../../server/src/cli/cases.js';
import { Agreement, describeDisagreement } from './agreement.js';
import { loadRecordings, type Recording, SOURCES } from './recordings.js';
import { SET_ASIDE } from './set-aside.js';

const DATA = fileURLToPath(new URL('data', import.meta.url));
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SHOWN = 10;

const all: readonly Recording[] = SOURCES.flatMap((source) => loadRecordings(DATA, source));
const recordings = all.filter(({ id }) => !SET_ASIDE.has(id));

/** Fails with the first disagreements in readable form. */
function expectFullAgreement({ disagreements }: Agreement): void {
  const shown = disagreements.slice(0, SHOWN).map(describeDisagreement);
  const more = disagreements.length - shown.length;
  if (more > 0) shown.push(`and ${more} more: node test/conformance/show.mjs`);
  expect(shown.join('\n\n')).toBe('');
}

describe('recordings of QEMU over librados', () => {
  test('each one agrees', () => {
    const runner = createCaseRunner();
    const agreement = new Agreement();
    for (const recording of recordings) agreement.add(recording, (given) => runner.run(given));
    console.log(agreement.report());
    for (const [id, reason] of SET_ASIDE) console.log(`set aside: ${id}: ${reason}`);
    expectFullAgreement(agreement);
  });

  test('each one that is set aside is there, and disagrees', () => {
    const aside = all.filter(({ id }) => SET_ASIDE.has(id));
    expect(aside.map(({ id }) => id)).toEqual([...SET_ASIDE.keys()]);
    const agreement = new Agreement();
    for (const recording of aside) agreement.add(recording, runCase);
    expect(agreement.disagreements.length).toBe(aside.length);
  });

  test('the built command line gives the same', () => {
    expect(existsSync(CLI), 'dist/cli.js is built by npm test, or by node .ci/build.mjs').toBe(true);
    const sample = recordings.filter((_, at) => at % 40 === 0);
    const input = sample.map((recording) => `${JSON.stringify(recording.given)}\n`).join('');
    const output = execFileSync(process.execPath, [CLI, 'explain', '--cases', '-'], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const results: unknown[] = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.length).toBe(sample.length);
    const agreement = new Agreement();
    for (const [at, recording] of sample.entries()) agreement.add(recording, () => results[at]);
    expectFullAgreement(agreement);
  });
});
