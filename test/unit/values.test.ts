import { describe, expect, test } from 'vitest';
import { type CephOption, cephOption, type OptionType } from '../../server/src/catalog/ceph-options.js';
import { type CephRelease, cephRelease } from '../../server/src/catalog/releases.js';
import { compareVersions, parseVersion } from '../../server/src/catalog/version.js';
import { readValue } from '../../server/src/simulate/librados/values.js';
import probed from './values-data/librados-16.2.15.json' with { type: 'json' };
import observed from './values-data/observed.json' with { type: 'json' };
import recorded from './values-data/recorded-sets.json' with { type: 'json' };

function release(version: string): CephRelease {
  const found = cephRelease(version);
  if (found === undefined) throw new Error(`no release ${version}`);
  return found;
}

/** What `rados_conf_set` returns and `rados_conf_get` prints afterwards; null where the value is refused. */
function set(version: string, name: string, written: string): [number, string | null] {
  const option = cephOption(release(version), name);
  if (option === undefined) return [-2, null];
  const read = readValue(release(version), option, written);
  return read.ok ? [0, read.printed] : [read.errno, null];
}

type Row = readonly (string | number | null)[];

function mismatches(rows: readonly Row[], version?: string): string[] {
  const wrong: string[] = [];
  for (const row of rows) {
    const [on, name, written, returned, printed] = version === undefined ? row : [version, ...row];
    const ours = set(String(on), String(name), String(written));
    if (ours[0] !== returned || ours[1] !== printed) {
      wrong.push(`${on} ${name}=${JSON.stringify(written)}: ${ours.join(' ')}, recorded ${returned} ${printed}`);
    }
  }
  return wrong;
}

describe('values as real librados reads and prints them', () => {
  test(`${recorded.rows.length} values given to seven releases`, () => {
    expect(mismatches(recorded.rows)).toEqual([]);
  });

  test(`${probed.rows.length} values given to 16.2.15`, () => {
    expect(mismatches(probed.rows, '16.2.15')).toEqual([]);
  });
});

describe('the number readers of thirteen releases, run alone', () => {
  const snapshots = ['0.48.3', '0.80.10', '0.94.5', '10.2.11', '12.2.0', '12.2.13', '13.2.10', '14.2.16'];
  snapshots.push('15.2.8', '16.2.4', '17.2.7', '18.2.7', '20.2.4');

  function typeOf(kind: string, version: string): OptionType | null {
    if (kind === 'int') return version === '0.94.5' ? 'int' : 'longlong';
    if (kind === 'uint') return 'u64';
    if (kind === 'bool' || kind === 'size') return kind;
    // Up to 0.87 the configuration does not use the strict reader.
    return ['0.48.3', '0.80.10'].includes(version) ? null : 'double';
  }

  function between(version: string, first: string, last: string): boolean {
    const at = parseVersion(version) ?? [];
    return compareVersions(at, parseVersion(first) ?? []) >= 0 && compareVersions(at, parseVersion(last) ?? []) <= 0;
  }

  function normal(printed: string): string {
    return /^-?\d+\.\d{6}$/.test(printed) ? String(Number(printed)) : printed;
  }

  test.each(observed.rows)('%s %j from %s to %s', (kind, text, first, last, value, message) => {
    for (const version of snapshots.filter((one) => between(one, String(first), String(last)))) {
      const type = typeOf(String(kind), version);
      if (type === null) continue;
      const limits = { default: '', enum: null, min: null, max: null, flags: [], level: null };
      const option: CephOption = { name: 'x', type, ...limits };
      const read = readValue(release(version), option, String(text));
      expect([version, read.ok ? normal(read.printed) : read.message]).toEqual([version, value ?? message]);
    }
  });
});

describe('rules beside the recordings', () => {
  const rows: readonly {
    on: string;
    set: string;
    to: string;
    gives: readonly [number, string | null];
    fact: string;
  }[] = [
    { on: '0.72', set: 'rbd_cache_size', to: '64M', gives: [-22, null], fact: 'no units before 0.80.6' },
    { on: '0.80.5', set: 'rbd_cache_size', to: '64M', gives: [-22, null], fact: 'no units before 0.80.6' },
    { on: '0.80.6', set: 'rbd_cache_size', to: '64M', gives: [0, '67108864'], fact: '1024 from 0.80.6' },
    { on: '12.2.7', set: 'rbd_cache_size', to: '64M', gives: [0, '67108864'], fact: '1024 up to 12.2.7' },
    { on: '12.2.8', set: 'rbd_cache_size', to: '64M', gives: [0, '64000000'], fact: '1000 from 12.2.8 (type int)' },
    { on: '13.2', set: 'rbd_cache_size', to: '64M', gives: [0, '67108864'], fact: 'type size since 13.2' },
    { on: '18.2.7', set: 'rbd_cache_size', to: '64MiB', gives: [-22, null], fact: 'two characters of unit' },
    { on: '19.2.2', set: 'rbd_cache_size', to: '64MiB', gives: [-22, null], fact: 'two characters of unit' },
    { on: '19.2.3', set: 'rbd_cache_size', to: '64MiB', gives: [0, '67108864'], fact: 'pull request 60581' },
    { on: '13.2', set: 'rbd_cache_size', to: '8E', gives: [0, '9223372036854775808'], fact: 'below 2^64 with a unit' },
    {
      on: '14.2',
      set: 'rbd_cache_size',
      to: '15E',
      gives: [0, '17293822569102704640'],
      fact: 'below 2^64 with a unit',
    },
    { on: '14.2', set: 'rbd_cache_size', to: '16E', gives: [-22, null], fact: 'not 2^64' },
    { on: '14.2', set: 'rbd_cache_size', to: '9223372036854775808', gives: [-22, null], fact: '2^63-1 without a unit' },
    { on: '10.2', set: 'rbd_cache_size', to: '8E', gives: [-22, null], fact: '2^63-1 for all up to 12.2' },
    { on: '0.87', set: 'rbd_concurrent_management_ops', to: '4294967297', gives: [0, '1'], fact: 'cut to 32 bits' },
    { on: '0.80.5', set: 'rbd_concurrent_management_ops', to: '4294967297', gives: [-22, null], fact: '32 bits' },
    {
      on: '0.94',
      set: 'rbd_concurrent_management_ops',
      to: '-1',
      gives: [-22, null],
      fact: 'nothing negative in 0.94',
    },
    { on: '0.87', set: 'rbd_cache_max_dirty_age', to: 'x', gives: [0, '0'], fact: 'atof up to 0.87' },
    { on: '0.80', set: 'rbd_cache_max_dirty_age', to: '1e400', gives: [0, 'inf'], fact: 'atof up to 0.87' },
    { on: '0.94', set: 'rbd_cache_max_dirty_age', to: '1e400', gives: [-22, null], fact: 'strict since 0.94' },
    {
      on: '0.94',
      set: 'rbd_cache_max_dirty_age',
      to: '1234565',
      gives: [0, '1.23456e+06'],
      fact: 'six digits, ties to even',
    },
    {
      on: '20.2',
      set: 'rbd_cache_max_dirty_age',
      to: '0.0078125',
      gives: [0, '0.007812'],
      fact: 'six decimals, ties to even',
    },
    {
      on: '12.2.2',
      set: 'rbd_default_features',
      to: 'layering,bad',
      gives: [0, '1'],
      fact: '12.2.2 drops what it does not know',
    },
    {
      on: '12.2.2',
      set: 'rbd_default_features',
      to: '4096',
      gives: [0, '0'],
      fact: '12.2.2 drops what it does not know',
    },
    {
      on: '12.2.2',
      set: 'rbd_default_features',
      to: '-1',
      gives: [0, '255'],
      fact: '12.2.2 drops what it does not know',
    },
    { on: '13.2', set: 'rbd_default_features', to: 'layering,', gives: [-22, null], fact: 'refused since 13.2' },
    { on: '12.2', set: 'rbd_default_features', to: '', gives: [0, '61'], fact: 'empty means the default since 12.2' },
    { on: '12.2', set: 'debug_rbd', to: '-1', gives: [0, '-1/-1'], fact: 'no range before 13.2' },
    { on: '13.2', set: 'debug_rbd', to: '100', gives: [-34, null], fact: 'range since 13.2' },
    { on: '14.2', set: 'client_mount_timeout', to: '1.5', gives: [0, '1.500000'], fact: 'a float up to 16.2.4' },
    { on: '16.2.15', set: 'client_mount_timeout', to: '1.5', gives: [-22, null], fact: 'type secs in 16.2.15' },
    { on: '18.2', set: 'rbd_persistent_cache_size', to: '1G', gives: [-22, null], fact: '10^9 is below the minimum' },
    { on: '0.56.4', set: 'rbd_cache_writethrough_until_flush', to: 'true', gives: [-2, null], fact: 'since 0.56.5' },
    { on: '0.56.5', set: 'rbd_cache_writethrough_until_flush', to: 'true', gives: [0, 'true'], fact: 'since 0.56.5' },
  ];
  test.each(rows)('$on $set = $to ($fact)', ({ on, set: name, to, gives }) => {
    expect(set(on, name, to)).toEqual(gives);
  });

  test('the words of a refusal', () => {
    const option = cephOption(release('18.2'), 'rbd_cache_policy');
    const read = option === undefined ? undefined : readValue(release('18.2'), option, 'wb');
    expect(read).toEqual({
      ok: false,
      errno: -22,
      message: "'wb' is not one of the permitted values: writethrough, writeback, writearound",
    });
  });
});
