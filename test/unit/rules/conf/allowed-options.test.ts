/** Names that a person vouches for, from the settings and from `.rbdcacherc`, reach the rule that would speak of them. */
import { describe, expect, test } from 'vitest';
import { allowedNames } from '../../../../server/src/rules/support/allowed-names.js';
import { Workspace } from '../../../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS, parseSettings } from '../../../../server/src/workspace/settings.js';

const FOLDER = 'file:///h/etc/ceph';
const TEXT = '[client]\nrbd_site_tier = 1\nrbd_turbo_mode = true\nrbd_turbo_level = 2\n';

function unknownNames(rc: string, allowed: readonly string[]): readonly string[] {
  const failures: string[] = [];
  const workspace = new Workspace({
    files: new MemoryFileAccess({ 'file:///h/.rbdcacherc': rc }),
    log: (message) => failures.push(message),
    commandLine: { qemu: '9.2', librbd: '18.2', vendor: undefined },
  });
  workspace.setFolders(['file:///h']);
  workspace.setSettings(null, { ...DEFAULT_SETTINGS, allowedOptions: allowed });
  workspace.setDocument(`${FOLDER}/ceph.conf`, 'ceph-conf', TEXT);
  const analysis = workspace.analyse(`${FOLDER}/ceph.conf`);
  expect(failures).toEqual([]);
  if (analysis?.kind !== 'conf') throw new Error('no analysis');
  return analysis.findings
    .filter(({ rule }) => rule === 'conf-unknown-option')
    .map(({ span }) => TEXT.slice(span.start, span.end));
}

test.each<[about: string, rc: string, settings: readonly string[], left: readonly string[]]>([
  ['nothing is allowed', '', [], ['rbd_site_tier', 'rbd_turbo_mode', 'rbd_turbo_level']],
  ['by the settings', '', ['rbd_site_tier'], ['rbd_turbo_mode', 'rbd_turbo_level']],
  ['by .rbdcacherc', '[options]\nallow = rbd_turbo_*, rbd site tier\n', [], []],
  ['by both', '[options]\nallow = rbd_turbo_mode\n', ['rbd_site_tier'], ['rbd_turbo_level']],
])('%s', (_about, rc, settings, left) => {
  expect(unknownNames(rc, settings)).toEqual(left);
});

test('a setting that is no list of names is named, and the rest of it counts', () => {
  expect(parseSettings({ allowedOptions: 'rbd_x' })).toMatchObject({
    settings: { allowedOptions: [] },
    complaints: [expect.stringContaining('rbdcache.allowedOptions must be a list of names')],
  });
  const mixed = parseSettings({ allowedOptions: ['rbd_x', 7, ''] });
  expect(mixed.settings.allowedOptions).toEqual(['rbd_x']);
  expect(mixed.complaints).toHaveLength(2);
});

describe('what an entry stands for', () => {
  test.each([
    ['rbd_x', 'rbd_x', true],
    ['rbd x', 'rbd_x', true],
    ['rbd_x', 'rbd_xy', false],
    ['rbd_*', 'rbd_xy', true],
    ['*', 'anything', true],
  ])('%s: %s is %s', (entry, key, expected) => {
    expect(allowedNames([entry])(key)).toBe(expected);
  });
});
