import { describe, expect, test } from 'vitest';
import { CACHE_RULES } from '../../../../server/src/rules/cache/index.js';
import { allFindings, describeFixtures } from '../command-harness.js';
import { CACHE_FIXTURES } from './fixtures.js';

for (const rule of CACHE_RULES) describe(rule.id, () => describeFixtures(rule, CACHE_FIXTURES[rule.id] ?? []));

test('each fixture belongs to a rule', () => {
  const ids = CACHE_RULES.map((rule) => rule.id);
  expect(Object.keys(CACHE_FIXTURES).filter((id) => !ids.includes(id))).toEqual([]);
});

/** Row 2 of what was observed in 2016: the file says `rbd cache = true`, the drive `cache=none`. */
describe('the file against cache=none', () => {
  const fixture = {
    text: 'kvm -drive file=rbd:volumes/v1,if=none,id=d1,format=raw,cache=none',
    conf: '[global]\nrbd cache = true\n',
  };
  test.each([
    ['2.2 0.80', ['cache-overrides-drive warning']],
    ['2.2 0.87', ['cache-overrides-drive warning']],
    ['2.4 0.87', ['cache-none-disables-rbdcache information', 'cache-overridden-by-drive information']],
    ['2.2 14.2', ['cache-none-disables-rbdcache information', 'cache-overridden-by-drive information']],
    ['10.0 18.2', ['cache-none-disables-rbdcache information', 'cache-overridden-by-drive information']],
  ])('%s', (pair, expected) => {
    const ofCache = allFindings(fixture, pair).filter((finding) => !finding.startsWith('until-flush'));
    expect(ofCache).toEqual(expected);
  });
});
