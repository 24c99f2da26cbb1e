import { describe, expect, test } from 'vitest';
import { ladder, ladderOptions } from '../../../../server/src/features/who-wins/ladder.js';
import type { ClusterSettings } from '../../../../server/src/simulate/model.js';
import { type DriveInput, driveIn } from './drive.js';

/** Each rung as one line; `*` before the winner, `(…)` around what is not seen. */
function rungs(input: DriveInput, option: string): string[] {
  return ladder(driveIn(input), option).rungs.map(({ title, offers, says, unseen, wins }) => {
    const values = offers.map(({ value, where, note, wins: lit }) =>
      [`${lit ? '*' : ''}${value}`, where, note].filter((text) => text !== '').join(', '),
    );
    const text = values.length > 0 ? values.join('; ') : unseen ? `(${says})` : says;
    return `${wins ? '*' : ''}${title}: ${text}`;
  });
}

const DRIVE = '-drive file=rbd:p/i:rbd_cache_size=1048576,if=none,id=d0,format=raw,cache=none';
const CONF = '[global]\nrbd cache = true\nrbd cache = false\n[client.admin]\nrbd cache = true\n';

const CLUSTER: ClusterSettings = {
  ofMonitors: [{ section: 'client', mask: '', option: 'rbd_cache', value: 'true' }],
  ofPool: () => [{ option: 'rbd_cache', value: 'true' }],
  ofImage: () => [],
};

describe('who wins', () => {
  test('before librados 13 what was set last: the file beats QEMU 2.2', () => {
    expect(rungs({ args: DRIVE, conf: CONF, qemu: '2.2', librbd: '0.87' }, 'rbd_cache')).toEqual([
      'Default: true, librbd 0.87',
      "Monitors' database: no such source in librbd 0.87",
      'Set by QEMU: false, cache=none',
      'Environment: no such source in librbd 0.87',
      "In the drive's name: says nothing",
      '*File: true, /etc/ceph/ceph.conf:2, [global], a more specific section says it too; false, /etc/ceph/ceph.conf:3, [global], a more specific section says it too; *true, /etc/ceph/ceph.conf:5, [client.admin]',
      'Pool: no such source in librbd 0.87',
      'Image: no such source in librbd 0.87',
    ]);
  });

  test('since librados 13 the level: what QEMU sets beats the file', () => {
    expect(
      rungs({ args: DRIVE, conf: '[global]\nrbd cache = true\n', qemu: '2.2', librbd: '14.2' }, 'rbd_cache'),
    ).toEqual([
      'Default: true, librbd 14.2',
      "Monitors' database: (not in the text; a value there would lose)",
      'File: true, /etc/ceph/ceph.conf:2, [global]',
      'Environment: (not in the text; a value there would lose)',
      "In the drive's name: says nothing",
      '*Set by QEMU: *false, cache=none',
      'Pool: (not in the text; a value there would win)',
      'Image: (not in the text; a value there would win)',
    ]);
  });

  test('what somebody read from the cluster is no longer unseen', () => {
    const input = { args: DRIVE, qemu: '11.1', librbd: '20.2', cephArgs: '--rbd-cache=false', cluster: CLUSTER };
    expect(rungs(input, 'rbd_cache')).toEqual([
      'Default: true, librbd 20.2',
      "Monitors' database: true, in the monitors' database, for client",
      'File: none was found',
      'Environment: false, $CEPH_ARGS',
      "In the drive's name: says nothing",
      'Set by QEMU: false, cache=none',
      '*Pool: *true, on the pool',
      'Image: says nothing',
    ]);
  });

  test('values have human units, and what was refused says why', () => {
    const conf = '[global]\nrbd cache size = many\n';
    expect(rungs({ args: DRIVE, conf, qemu: '11.1', librbd: '20.2' }, 'rbd_cache_size')).toEqual([
      'Default: 33554432 (32 MiB), librbd 20.2',
      "Monitors' database: (not in the text; a value there would lose)",
      expect.stringMatching(/^File: many, .*:2, \[global\], refused: /),
      'Environment: (not in the text; a value there would lose)',
      "*In the drive's name: *1048576 (1 MiB), :rbd_cache_size=",
      'Set by QEMU: says nothing',
      'Pool: (not in the text; a value there would win)',
      'Image: (not in the text; a value there would win)',
    ]);
  });

  test('a secret is never shown', () => {
    const key = 'AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==';
    const input = { args: `-drive file=rbd:p/i:key=${key},format=raw`, qemu: '11.1', librbd: '20.2' };
    expect(rungs(input, 'key')[4]).toBe("*In the drive's name: *•••, :key=");
  });
});

describe('no ladder', () => {
  test.each([
    [{ args: DRIVE, qemu: '2.2', librbd: '0.87' }, 'rbd_cache_policy', 'librbd 0.87 knows no rbd_cache_policy.'],
    [
      { args: '-drive file=rbd:p/i,format=raw,cache=sometimes', qemu: '2.2', librbd: '0.87' },
      'rbd_cache',
      'QEMU 2.2 does not get as far as librados with this drive.',
    ],
  ])('%o %s', (input, option, says) => {
    expect(ladder(driveIn(input), option)).toMatchObject({ says, value: '', rungs: [] });
  });
});

test('options begin with rbd_cache and its family, and end with what somebody set', () => {
  const drive = driveIn({
    args: DRIVE,
    conf: '[global]\nfsid = x\nrbd readahead max bytes = 4096\n',
    qemu: '11.1',
    librbd: '20.2',
  });
  const options = ladderOptions(drive.trace);
  expect(options[0]).toBe('rbd_cache');
  expect(options).toEqual(expect.arrayContaining(['rbd_cache_policy', 'rbd_cache_max_dirty_object', 'fsid']));
  expect(options.indexOf('rbd_readahead_max_bytes')).toBeGreaterThan(options.indexOf('rbd_cache_max_dirty_object'));
  expect(new Set(options).size).toBe(options.length);
});
