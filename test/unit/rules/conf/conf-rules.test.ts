import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../../../server/src/rules/all.js';
import { CONF_RULES } from '../../../../server/src/rules/conf/index.js';
import { type CommandFixture, checkCommandFixture } from '../command-harness.js';
import { type ConfFixture, checkConfFixture, confContext } from '../harness.js';
import { DRIVES } from './fixtures/drives.js';
import { FIXES } from './fixtures/fixes.js';
import { NAMES } from './fixtures/names.js';
import { SECTIONS } from './fixtures/sections.js';
import { SYNTAX } from './fixtures/syntax.js';
import { TEXTS } from './fixtures/texts.js';
import { VALUES } from './fixtures/values.js';

const ALONE: Readonly<Record<string, readonly ConfFixture[]>> = {
  ...SYNTAX,
  ...SECTIONS,
  ...NAMES,
  ...VALUES,
  ...TEXTS,
};

function fixturesOf(id: string): readonly (ConfFixture | CommandFixture)[] {
  return [...(ALONE[id] ?? []), ...(DRIVES[id] ?? [])];
}

for (const rule of CONF_RULES) {
  describe(rule.id, () => {
    const fixtures = fixturesOf(rule.id);
    test.each(fixtures.map((fixture) => [fixture.about, fixture] as const))('%s', (_about, fixture) => {
      if ('pairs' in fixture) checkCommandFixture(rule, fixture);
      else checkConfFixture(rule, fixture, CONF_RULES);
    });

    test('has a fixture where it fires, one where it must not, and one for each of its fixes', () => {
      expect(fixtures.some((fixture) => fixture.finds.length > 0)).toBe(true);
      expect(fixtures.some((fixture) => fixture.finds.length === 0)).toBe(true);
      const titles = fixtures.flatMap(({ finds }) => finds.flatMap(({ fixes }) => Object.keys(fixes ?? {})));
      const kinds = FIXES[rule.id] ?? [];
      expect(titles.filter((title) => !kinds.some((kind) => kind.test(title)))).toEqual([]);
      expect(kinds.filter((kind) => !titles.some((title) => kind.test(title)))).toEqual([]);
    });
  });
}

test('each fixture, and each kind of fix, belongs to a rule', () => {
  const ids = CONF_RULES.map((rule) => rule.id);
  const named = [ALONE, DRIVES, FIXES].flatMap((table) => Object.keys(table));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  expect(Object.keys(FIXES).sort()).toEqual(ids.toSorted());
});

describe('the table of rules', () => {
  const pages = new URL('../../../../docs/rules/', import.meta.url);

  test('ids are unique', () => {
    const ids = ALL_RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('no page is left over', () => {
    const ids = new Set(ALL_RULES.map((rule) => `${rule.id}.md`));
    expect(readdirSync(pages).filter((name) => name.startsWith('conf-') && !ids.has(name))).toEqual([]);
  });
});

describe('calm', () => {
  const CALM: Readonly<Record<string, string>> = {
    'an empty file': '',
    'a plain file of a cluster':
      '[global]\nfsid = 5b9c1f0e-0f7a-4c2b-9a53-0c5f7e3a2b11\nmon initial members = a, b\nmon host = 192.0.2.1, 192.0.2.2\nauth cluster required = cephx\nauth client required = cephx\nosd pool default size = 3\n\n[mon.a]\n\thost = a\n\tmon addr = 192.0.2.1:6789\n[osd.0]\n\thost = b\n\tdevs = /dev/sdb\n',
    'comments in other languages': '# Überwachung\n; 注释\n[global]\nlog file = /var/log/ceph/$name.log # журнал\n',
    'variables of a shell': 'POOL_NAME=one\nSTAGING_DIR=/var/tmp\nRBD_FORMAT=2\n',
    'a template of a program':
      '[global]\nfsid = {{ fsid }}\nosd pool default size = {{ size }}\nosd_pool_default_min_size = ${MIN_SIZE}\nmon_host = <%= hosts %>\n',
    JSON: '{\n  "name": "ceph",\n  "version": 10.1\n}\n',
    'tags of another program': '<LoadPlugin python>\n  Globals true\n</LoadPlugin>\n',
  };
  for (const [about, text] of Object.entries(CALM)) {
    test.each(['0.56', '0.87', '14.2', '18.2', '20.2'])(`${about}, librbd %s`, (librbd) => {
      const found = CONF_RULES.flatMap((rule) => [...rule.check(confContext(text, librbd))]);
      expect(found.filter((finding) => finding.severity !== 'hint')).toEqual([]);
    });
  }
});
