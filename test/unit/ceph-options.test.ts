import { describe, expect, test } from 'vitest';
import {
  cephOption,
  cephOptionHistory,
  cephOptionNames,
  isForeignName,
  optionSource,
  optionUncertainty,
} from '../../server/src/catalog/ceph-options.js';
import optionData from '../../server/src/catalog/data/ceph-options.json' with { type: 'json' };
import { editDistance } from '../../server/src/catalog/edit-distance.js';
import { optionNotes, optionOverrides } from '../../server/src/catalog/rbd-options.js';
import { type CephRelease, cephRelease } from '../../server/src/catalog/releases.js';

function release(version: string): CephRelease {
  const found = cephRelease(version);
  if (found === undefined) throw new Error(`no release ${version}`);
  return found;
}

describe('which options a release knows', () => {
  const counts: readonly (readonly [string, number])[] = [
    ['0.48', 390],
    ['0.56', 458],
    ['0.61', 555],
    ['0.67', 612],
    ['0.72', 619],
    ['0.80', 733],
    ['0.87', 761],
    ['0.94', 858],
    ['9.2', 909],
    ['10.2', 1145],
    ['11.2', 1244],
    ['12.2', 1461],
    ['13.2', 1491],
    ['14.2.16', 1625],
    ['15.2', 1683],
    ['16.2.4', 1761],
    ['17.2.7', 1891],
    ['18.2', 1972],
    ['20.2', 2146],
  ];
  test.each(counts)('%s knows %i', (version, count) => {
    expect(cephOptionNames(release(version))).toHaveLength(count);
  });

  test('the order of asking does not matter', () => {
    expect(cephOption(release('20.2'), 'auth_supported')).toBeUndefined();
    expect(cephOption(release('18.2'), 'auth_supported')?.default).toBe('');
    expect(cephOption(release('20.2.4'), 'auth_supported')).toBeUndefined();
  });
});

test('every label in the table has its release', () => {
  const labels = new Set([...optionData.snapshots, ...optionData.exact, ...optionData.corrections]);
  const used = optionData.options.flatMap((line) => line.match(/(?<=\t@)[^\t]+/g) ?? []);
  expect(used.filter((label) => !labels.has(label))).toEqual([]);
});

describe('defaults as clients print them', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['0.80', 'rbd_cache', 'false'],
    ['0.87', 'rbd_cache', 'true'],
    ['0.80.5', 'rbd_cache_max_dirty_age', '1'],
    ['10.2', 'rbd_cache_max_dirty_age', '1'],
    ['12.2', 'rbd_cache_max_dirty_age', '1.000000'],
    ['20.2', 'rbd_cache_size', '33554432'],
    ['14.2', 'rbd_cache_policy', undefined],
    ['15.2', 'rbd_cache_policy', 'writearound'],
    ['0.80.5', 'rbd_default_features', '3'],
    ['10.2', 'rbd_default_features', '61'],
    ['12.2.2', 'rbd_default_features', '61'],
    ['18.2', 'rbd_qos_exclude_ops', '0'],
    ['14.2.21', 'rbd_mirror_perf_stats_prio', '5'],
    ['0.80.5', 'log_file', ''],
    ['20.2.4', 'admin_socket', ''],
    ['0.80.5', 'err_to_stderr', 'false'],
    ['16.2.15', 'err_to_stderr', 'false'],
    ['16.2.15', 'log_flush_on_exit', 'false'],
    ['16.2.4', 'client_mount_timeout', '300.000000'],
    ['16.2.15', 'client_mount_timeout', '300'],
    ['16.2.15', 'rbd_mirroring_max_mirroring_snapshots', '5'],
    ['17.2.0', 'rbd_mirroring_max_mirroring_snapshots', '3'],
    ['14.2.16', 'auth_mon_ticket_ttl', '43200.000000'],
    ['14.2.21', 'auth_mon_ticket_ttl', '259200.000000'],
    ['15.2', 'auth_allow_insecure_global_id_reclaim', undefined],
    ['14.2.21', 'auth_allow_insecure_global_id_reclaim', 'true'],
    ['16.2.15', 'fsid', '00000000-0000-0000-0000-000000000000'],
    ['16.2.15', 'debug_rbd', '0/5'],
    ['0.67.11', 'rbd_cache_max_dirty_object', '0'],
    ['0.72', 'rbd_cache_max_dirty_object', undefined],
    ['0.80.5', 'rbd_cache_max_dirty_object', undefined],
    ['0.80.6', 'rbd_cache_max_dirty_object', '0'],
    [
      '16.2.15',
      'keyring',
      '/etc/ceph/$cluster.$name.keyring,/etc/ceph/$cluster.keyring,/etc/ceph/keyring,/etc/ceph/keyring.bin,',
    ],
  ];
  test.each(rows)('%s %s is %j', (version, name, value) => {
    expect(cephOption(release(version), name)?.default).toBe(value);
  });
});

describe('what is certain', () => {
  const rows = [
    { on: '19.2.3', option: 'rbd_cache', window: null },
    { on: '19.2.3', option: 'auth_supported', window: { after: '18.2.7', until: '20.2.4' } },
    { on: '20.2.0', option: 'auth_supported', window: { after: '18.2.7', until: '20.2.4' } },
    { on: '20.2.4', option: 'auth_supported', window: null },
    { on: '14.2.22', option: 'rbd_cache_policy', window: null },
    { on: '0.56.4', option: 'rbd_cache_writethrough_until_flush', window: null },
    { on: '12.2.8', option: 'rbd_journal_order', window: { after: '12.2.0', until: '12.2.13' } },
    { on: '17.2.3', option: 'rbd_mirroring_max_mirroring_snapshots', window: { after: '17.2.0', until: '17.2.7' } },
  ];
  test.each(rows)('$option on $on', ({ on, option, window }) => {
    expect(optionUncertainty(release(on), option)).toEqual(window);
  });

  test('a release without a source of its own names the one that stands in', () => {
    expect(optionSource(release('19.2'))).toEqual({ label: '18.2.7', own: false });
    expect(optionSource(release('18.2.7'))).toEqual({ label: '18.2.7', own: true });
  });
});

describe('histories', () => {
  test('until-flush: exact start, one change of default', () => {
    expect(cephOptionHistory('rbd_cache_writethrough_until_flush')).toMatchObject({
      since: '0.56.5',
      exactSince: true,
      lastSeen: null,
      goneIn: null,
      changes: [
        { since: '0.56.5', present: true, type: 'bool', default: 'false' },
        { since: '0.87', present: true, type: 'bool', default: 'true' },
      ],
    });
  });

  test('gone options say between which sources they went', () => {
    expect(cephOptionHistory('auth_supported')).toMatchObject({ lastSeen: '18.2.7', goneIn: '20.2.4' });
  });

  test('renamed options name each other', () => {
    expect(cephOptionHistory('rbd_blacklist_on_break_lock')?.renamedTo).toBe('rbd_blocklist_on_break_lock');
    expect(cephOptionHistory('rbd_blocklist_on_break_lock')?.renamedFrom).toBe('rbd_blacklist_on_break_lock');
  });

  test('a hole in the middle', () => {
    expect(cephOptionHistory('rbd_cache_max_dirty_object')?.changes.map((one) => [one.since, one.present])).toEqual([
      ['0.67.11', true],
      ['0.72', false],
      ['0.80.6', true],
      ['14.2.0', true],
    ]);
  });

  test('nobody knows it', () => {
    expect(cephOptionHistory('rbd_cash')).toBeUndefined();
  });
});

describe('names', () => {
  test.each([
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'abcd', 1],
    ['kitten', 'sitting', 3],
    ['a', 'abcdefg', 3],
  ])('distance of %s and %s', (a, b, distance) => {
    expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3));
  });

  test.each([
    ['mon addr', true],
    ['osd mount options xfs', true],
    ['mgr/dashboard/server_port', true],
    ['ustack_disk', true],
    ['log to syslog level', true],
    ['devs', true],
    ['rbd cash', false],
  ])('%s is foreign: %s', (name, foreign) => {
    expect(isForeignName(name)).toBe(foreign);
  });
});

describe('overrides outside of the text', () => {
  test.each([
    ['0.94', { image: false, pool: false, monitors: false }],
    ['9.2', { image: true, pool: false, monitors: false }],
    ['13.2', { image: true, pool: false, monitors: true }],
    ['14.2', { image: true, pool: true, monitors: true }],
  ])('rbd_cache in %s', (version, overrides) => {
    expect(optionOverrides(release(version), 'rbd_cache')).toEqual(overrides);
  });

  test('every rbd option has a meaning', () => {
    const names = cephOptionNames(release('20.2')).filter((name) => name.startsWith('rbd_'));
    expect(names.filter((name) => optionNotes(name) === undefined)).toEqual([]);
  });
});
