import { describe, expect, test } from 'vitest';
import { cephOption, cephOptionNames } from '../../server/src/catalog/ceph-options.js';
import { type CephRelease, cephChoices, cephRelease } from '../../server/src/catalog/releases.js';
import { readValue } from '../../server/src/simulate/librados/values.js';
import { librbdLayers } from '../../server/src/simulate/librbd/layers.js';
import { librbdOutcome } from '../../server/src/simulate/librbd/outcome.js';
import type { Candidate, ConfigTrace } from '../../server/src/simulate/model.js';
import { GUESTS, ON, TABLES } from './librbd-tables.js';

function release(version: string): CephRelease {
  const found = cephRelease(version);
  if (found === undefined) throw new Error(`no release ${version}`);
  return found;
}

const NOWHERE = { start: 0, end: 0 };
const FILE = {
  kind: 'file',
  path: '/etc/ceph/ceph.conf',
  line: 2,
  section: 'client',
  ...{ span: NOWHERE, keySpan: NOWHERE, valueSpan: NOWHERE },
} as const;

/** A connection where these options were set and nothing else was said. Refused values leave the default. */
function connection(on: CephRelease, options: Readonly<Record<string, string>>): ConfigTrace {
  const candidates = (name: string): Candidate[] => {
    const option = cephOption(on, name);
    if (option === undefined) return [];
    const common = { option: name, refusal: null, unknown: false };
    const release: Candidate = {
      ...common,
      written: option.default,
      value: option.default,
      level: 'default',
      place: { kind: 'release' },
    };
    const written = options[name];
    const read = written === undefined ? undefined : readValue(on, option, written);
    if (written === undefined || read?.ok !== true) return [release];
    return [release, { ...common, written, value: read.printed, level: 'file', place: FILE }];
  };
  return {
    get: (name) => candidates(name).at(-1)?.value ?? undefined,
    trace: (name) => {
      const all = candidates(name);
      const winner = all.at(-1);
      return winner === undefined ? undefined : { option: name, candidates: all, winner };
    },
    inForce: (name) => candidates(name).at(-1),
    mentioned: () => Object.keys(options),
  };
}

test('every release has its table', () => {
  const series = cephChoices().map((choice) => choice.version);
  expect(series.filter((version) => TABLES[version] === undefined)).toEqual([]);
});

describe.each(Object.entries(TABLES))('librbd %s', (version, rows) => {
  const on = release(version);
  test.each(
    rows.map((row) => ({ ...row, title: `${JSON.stringify(row.set)} ${row.guest ?? 'flushing'}: ${row.fact}` })),
  )('$title', ({ set, guest, gives }) => {
    const { layers, ...outcome } = gives;
    const config = connection(on, set);
    expect(librbdOutcome({ librbd: on, vendor: 'upstream' }, config, GUESTS[guest ?? 'flushing'])).toMatchObject(
      outcome,
    );
    if (layers !== undefined) expect(librbdLayers(on, config)).toMatchObject(layers);
  });
});

describe('dead options', () => {
  test('under writearound', () => {
    const on = release('18.2');
    expect(librbdLayers(on, connection(on, ON)).deadOptions).toEqual([
      'rbd_cache_size',
      'rbd_cache_target_dirty',
      'rbd_cache_max_dirty_age',
      'rbd_cache_max_dirty_object',
      'rbd_cache_block_writes_upfront',
      'rbd_readahead_trigger_requests',
      'rbd_readahead_max_bytes',
      'rbd_readahead_disable_after_bytes',
    ]);
  });

  test('only those that the release knows', () => {
    const on = release('0.48');
    const dead = librbdLayers(on, connection(on, {})).deadOptions;
    expect(dead.filter((name) => !cephOptionNames(on).includes(name))).toEqual([]);
  });
});

describe('what the text cannot show', () => {
  const said = (version: string, set: Readonly<Record<string, string>>, vendor: 'upstream' | 'proxmox' = 'upstream') =>
    librbdOutcome(
      { librbd: release(version), vendor },
      connection(release(version), set),
      GUESTS.flushing,
    ).assumes.join('\n');
  const everything = {
    rbd_cache: 'true',
    rbd_cache_policy: 'writeback',
    rbd_cache_writethrough_until_flush: 'true',
    rbd_cache_size: '1048576',
    rbd_cache_max_dirty: '4096',
    rbd_cache_target_dirty: '1024',
    rbd_cache_max_dirty_age: '1',
  };

  test.each([
    { on: '0.80', says: [/librbd 0\.80\.11/], not: [/metadata|pool|monitors|CEPH_ARGS|not read/] },
    { on: '9.2', says: [/image carries no/], not: [/pool|monitors|CEPH_ARGS/] },
    { on: '13.2', says: [/image carries no/, /monitors' database/, /CEPH_ARGS/], not: [/pool/] },
    { on: '14.2', says: [/nor its pool/, /monitors' database/, /CEPH_ARGS/], not: [/not read/] },
    { on: '19.2', says: [/Squid 19\.2 was not read/], not: [] },
    { on: '20.2', says: [/nor its pool/], not: [/not read/] },
    { on: '21.1', says: [/newer than what is known/], not: [] },
    { on: '0.40', says: [/older than what is known/], not: [] },
  ])('librbd $on', ({ on, says, not }) => {
    const text = said(on, ON);
    for (const pattern of says) expect(text).toMatch(pattern);
    for (const pattern of not) expect(text).not.toMatch(pattern);
  });

  test('the monitors cannot change what the file says', () => {
    expect(said('18.2', everything)).not.toMatch(/monitors/);
  });

  test("Proxmox's QEMU is named", () => {
    expect(said('18.2', ON, 'proxmox')).toMatch(/Proxmox/);
  });

  test('a persistent cache that may start is named', () => {
    expect(said('18.2', { rbd_persistent_cache_mode: 'ssd', rbd_plugins: 'pwl_cache' })).toMatch(
      /persistent write-log/,
    );
  });

  test('each is one sentence', () => {
    for (const { version } of cephChoices()) {
      for (const sentence of librbdOutcome(
        { librbd: release(version), vendor: 'upstream' },
        connection(release(version), ON),
        GUESTS['no-flush'],
      ).assumes) {
        expect(sentence).toMatch(/^[^\n]+\.$/);
      }
    }
  });
});
