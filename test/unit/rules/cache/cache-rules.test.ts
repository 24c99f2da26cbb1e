import { describe, expect, test } from 'vitest';
import { CACHE_RULES } from '../../../../server/src/rules/cache/index.js';
import { allFindings, describeFixtures } from '../command-harness.js';
import { COSTS } from './fixtures/costs.js';
import { DRIVE_KEYS } from './fixtures/drive-keys.js';
import { LIMITS } from './fixtures/limits.js';
import { NODES } from './fixtures/nodes.js';
import { WHO_WINS } from './fixtures/who-wins.js';

const FIXTURES = { ...WHO_WINS, ...DRIVE_KEYS, ...COSTS, ...NODES, ...LIMITS };

/** What these state cannot be mended by an edit. */
const WITHOUT_FIX: readonly string[] = ['until-flush-unknown', 'snapshot-on-enables-cache', 'writethrough-by-zero'];

for (const rule of CACHE_RULES) {
  describe(rule.id, () => {
    describeFixtures(rule, FIXTURES[rule.id] ?? []);

    test('has a fixture with each of its fixes, or none', () => {
      const titles = (FIXTURES[rule.id] ?? []).flatMap(({ finds }) =>
        finds.flatMap(({ fixes }) => Object.keys(fixes ?? {})),
      );
      expect(titles.length > 0).toBe(!WITHOUT_FIX.includes(rule.id));
    });
  });
}

test('each fixture belongs to a rule', () => {
  const ids = CACHE_RULES.map((rule) => rule.id);
  expect(Object.keys(FIXTURES).filter((id) => !ids.includes(id))).toEqual([]);
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
