/** What the user knows of the cluster: how its commands' outputs are read, and what they change. */
import { describe, expect, test } from 'vitest';
import { parseConfigDump } from '../../server/src/syntax/cluster-settings/config-dump.js';
import { parseRbdConfig } from '../../server/src/syntax/cluster-settings/rbd-config.js';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS, parseSettings } from '../../server/src/workspace/settings.js';

const DUMP = `WHO         MASK        LEVEL     OPTION                                 VALUE         RO
global                  advanced  rbd_cache_size                         67108864
client                  advanced  rbd_cache_policy                       writeback     *
client.vm1  host:node1  dev       rbd_cache_max_dirty                    0
osd                     advanced  osd_memory_target                      4294967296
mgr                     advanced  mgr/dashboard/ssl                      a text of words  *
`;

describe('ceph config dump', () => {
  const row = (section: string, mask: string, option: string, value: string) => ({ section, mask, option, value });
  test('as a table', () => {
    expect(parseConfigDump(DUMP)).toEqual({
      unreadable: false,
      values: [
        row('global', '', 'rbd_cache_size', '67108864'),
        row('client', '', 'rbd_cache_policy', 'writeback'),
        row('client.vm1', 'host:node1', 'rbd_cache_max_dirty', '0'),
        row('osd', '', 'osd_memory_target', '4294967296'),
        row('mgr', '', 'mgr/dashboard/ssl', 'a text of words'),
      ],
    });
  });
  test('as JSON', () => {
    const json = JSON.stringify([
      { section: 'client', name: 'rbd_cache', value: 'false', level: 'advanced', mask: '' },
      { section: 'client', name: 'rbd_cache_size', value: 1024 },
      { no: 'setting' },
      null,
    ]);
    expect(parseConfigDump(json).values).toEqual([
      row('client', '', 'rbd_cache', 'false'),
      row('client', '', 'rbd_cache_size', '1024'),
    ]);
  });
  test.each([
    ['', false],
    ['WHO  MASK  LEVEL  OPTION  VALUE  RO\n', false],
    ['[]', false],
    ['Error initializing cluster client', true],
    ['[global]\nrbd cache = true\n', true],
  ])('%j is no such output: %s', (text, unreadable) => {
    expect(parseConfigDump(text)).toEqual({ values: [], unreadable });
  });
});

describe('rbd config list and image-meta list', () => {
  const TABLE = `Name                                Value      Source
rbd_cache                           false      image
rbd_cache_policy                    writeback  pool
rbd_cache_size                      33554432   config
`;
  test.each([
    ['a table with sources', TABLE, [['rbd_cache', 'false']], [['rbd_cache_policy', 'writeback']], true],
    [
      'JSON with sources',
      '[{"name":"rbd_cache","value":"false","source":"image"}]',
      [['rbd_cache', 'false']],
      [],
      false,
    ],
    [
      'metadata',
      'There is 1 metadatum on this image:\n\nKey             Value\nconf_rbd_cache  false\n',
      [['rbd_cache', 'false']],
      [],
      false,
    ],
    ['metadata as JSON', '{"conf_rbd_cache":"false","note":"mine"}', [['rbd_cache', 'false']], [], false],
    ['nothing kept', 'Name   Value   Source\n', [], [], false],
  ])('%s', (_, text, image, pool, showsPool) => {
    const pairs = (values: readonly { readonly option: string; readonly value: string }[]) =>
      values.map(({ option, value }) => [option, value]);
    const parsed = parseRbdConfig(text, 'image');
    expect([pairs(parsed.image), pairs(parsed.pool), parsed.showsPool, parsed.unreadable]).toEqual([
      image,
      pool,
      showsPool,
      false,
    ]);
  });
  test('anything else is passed over', () =>
    expect(parseRbdConfig('rbd: error opening pool', 'image').unreadable).toBe(true));
});

// ---------------------------------------------------------------------------------------------------------------------

interface Known {
  readonly about: string;
  /** QEMU and librbd. */
  readonly pair: readonly [string, string];
  readonly drive?: string;
  readonly conf?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly rc?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Members of the outcome, and `OPTION`: its value and who keeps it. */
  readonly gives: Readonly<Record<string, unknown>>;
  /** Parts of sentences that must still be assumed, and that need not be any more. */
  readonly assumes?: readonly string[];
  readonly knows?: readonly string[];
}

const IMAGE = { 'volumes/v1': 'Name Value Source\nrbd_cache  false  image\nrbd_cache_policy  writeback  pool\n' };

const CASES: readonly Known[] = [
  {
    about: 'the image beats what QEMU sets',
    pair: ['8.2', '18.2'],
    settings: { cluster: { images: IMAGE } },
    gives: { rbdCache: 'off', rbd_cache: 'false image', rbd_cache_policy: 'writeback pool' },
    assumes: ["The monitors' database"],
    knows: ['rbd config image list'],
  },
  {
    about: 'metadata of a pool means nothing before 14.2',
    pair: ['2.11', '12.2.13'],
    settings: { cluster: { pools: { volumes: 'Name Value Source\nrbd_cache  false  pool\n' } } },
    gives: { rbdCache: 'on', rbd_cache: 'true qemu' },
    assumes: ['conf_rbd_cache…'],
  },
  {
    about: 'metadata of an image counts from 9.2 on',
    pair: ['2.11', '12.2.13'],
    settings: { cluster: { images: { 'volumes/v1': '{"conf_rbd_cache":"false"}' } } },
    gives: { rbdCache: 'off', rbd_cache: 'false image' },
    knows: ['conf_rbd_cache…'],
  },
  {
    about: 'and not before',
    pair: ['2.11', '0.94'],
    settings: { cluster: { images: { 'volumes/v1': '{"conf_rbd_cache":"false"}' } } },
    gives: { rbdCache: 'on' },
  },
  {
    about: 'the monitors lose to the file, and win over the default; the more specific section counts',
    pair: ['8.2', '18.2'],
    conf: '[client]\nrbd_cache_size = 1048576\n',
    settings: {
      cluster: {
        monitors: `${DUMP}client.vm1 advanced rbd_cache_policy writethrough\n`,
      },
    },
    drive: 'file=rbd:volumes/v1:id=vm1,format=raw,cache=writeback',
    gives: { writePolicy: 'writethrough', rbd_cache_policy: 'writethrough monitors', rbd_cache_size: '1048576 file' },
    assumes: ['rbd config image list', "The monitors' database"],
  },
  {
    about: 'the monitors give a client what they keep for the parts of its name',
    pair: ['8.2', '18.2'],
    settings: {
      cluster: {
        monitors:
          'client advanced rbd_cache_policy writeback\nclient.vm advanced rbd_cache_policy writethrough\nclient.v advanced rbd_cache_size 1\nclient.vm.a.b advanced rbd_cache_size 2\n',
      },
    },
    drive: 'file=rbd:volumes/v1:id=vm.a,format=raw,cache=writeback',
    gives: { rbd_cache_policy: 'writethrough monitors', rbd_cache_size: '33554432 release' },
  },
  {
    about: 'what is kept for some hosts only leaves a question open; without such, none is left',
    pair: ['8.2', '18.2'],
    settings: { cluster: { monitors: 'client advanced rbd_cache_policy writeback\n' } },
    gives: { writePolicy: 'writeback', rbd_cache_policy: 'writeback monitors' },
    knows: ["The monitors' database"],
  },
  {
    about: 'before 13 there is no such database',
    pair: ['2.11', '12.2.13'],
    settings: { cluster: { monitors: 'client advanced rbd_cache_writethrough_until_flush false\n' } },
    gives: { untilFirstFlush: true },
  },
  {
    about: 'a value that this release cannot read is passed over',
    pair: ['8.2', '18.2'],
    settings: { cluster: { images: { 'volumes/v1': '{"conf_rbd_cache":"perhaps"}' } } },
    gives: { rbdCache: 'on', rbd_cache: 'true qemu' },
  },
  {
    about: 'CEPH_ARGS beats the file, from 13 on',
    pair: ['8.2', '18.2'],
    conf: '[client]\nrbd_cache_size = 1048576\nrbd_cache_policy = writeback\n',
    settings: { environment: { CEPH_ARGS: '--rbd-cache-size=2097152' } },
    gives: { size: 2097152, rbd_cache_size: '2097152 environment' },
    knows: ['CEPH_ARGS'],
  },
  {
    about: 'an empty CEPH_ARGS is known, too',
    pair: ['8.2', '18.2'],
    settings: { environment: { CEPH_ARGS: '' } },
    gives: { rbdCache: 'on' },
    knows: ['CEPH_ARGS'],
  },
  {
    about: '.rbdcacherc names files beside it, and outranks the settings',
    pair: ['8.2', '18.2'],
    rc: '[cluster]\nmonitors = known/dump.txt\n[images]\nvolumes/v1 = known/v1.json\n[environment]\nCEPH_ARGS =\n',
    settings: { cluster: { images: IMAGE } },
    files: {
      'known/dump.txt': 'WHO MASK LEVEL OPTION VALUE RO\n',
      'known/v1.json':
        '[{"name":"rbd_cache_policy","value":"writeback","source":"image"},{"name":"rbd_cache","value":"true","source":"config"}]',
    },
    gives: { rbdCache: 'on', writePolicy: 'writeback', rbd_cache_policy: 'writeback image' },
    knows: ["The monitors' database", 'rbd config image list', 'CEPH_ARGS'],
  },
  {
    about: 'a file may be named by its whole path',
    pair: ['8.2', '18.2'],
    settings: { cluster: { monitors: '/w/known/dump.txt' } },
    files: { 'known/dump.txt': 'client advanced rbd_cache_policy writeback\n' },
    gives: { rbd_cache_policy: 'writeback monitors' },
  },
];

describe('what is known of the cluster', () => {
  test.each(CASES.map((one) => [one.about, one] as const))('%s', (_, one) => {
    const { outcome, config } = drive(one);
    const options = Object.keys(one.gives).filter((name) => name.startsWith('rbd_'));
    const inForce = Object.fromEntries(
      options.map((name) => {
        const winner = config?.inForce(name);
        const place = winner?.place;
        return [name, `${winner?.value} ${place?.kind === 'cluster' ? place.keptBy : place?.kind}`];
      }),
    );
    expect({ ...outcome, ...inForce }).toMatchObject(one.gives);
    for (const name of options) expect(config?.trace(name)?.candidates).toContain(config?.trace(name)?.winner);
    const assumed = outcome?.assumes.join('\n') ?? '';
    for (const part of one.assumes ?? []) expect(assumed).toContain(part);
    for (const part of one.knows ?? []) expect(assumed).not.toContain(part);
  });

  test('an output that is none, and a file that is not there, are told of', () => {
    const said: string[] = [];
    drive(
      {
        about: '',
        pair: ['8.2', '18.2'],
        settings: { cluster: { monitors: 'Error\nEINVAL', images: { 'volumes/v1': 'known/v1.txt' } } },
        gives: {},
      },
      said,
    );
    expect(said).toEqual([
      'volumes/v1: known/v1.txt: there is no such file',
      'This is no output of `ceph config dump`; it is passed over.',
    ]);
  });
});

function drive({ pair, drive: written, conf, settings, rc, files = {} }: Known, said: string[] = []) {
  const access = new MemoryFileAccess({
    'file:///w/etc/ceph/ceph.conf': conf ?? '',
    ...(rc === undefined ? {} : { 'file:///w/.rbdcacherc': rc }),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, text])),
  });
  const workspace = new Workspace({
    files: access,
    log: (message) => said.push(message),
    commandLine: { qemu: pair[0], librbd: pair[1] },
  });
  workspace.setFolders(['file:///w']);
  const parsed = parseSettings(settings ?? {});
  expect(parsed.complaints).toEqual([]);
  workspace.setSettings(null, { ...DEFAULT_SETTINGS, ...parsed.settings });
  const text = `-drive ${written ?? 'file=rbd:volumes/v1,format=raw,cache=writeback'}\n`;
  workspace.setDocument('file:///w/vm.qemu-args', 'qemu-cmdline', text);
  const [trace] = workspace.drives().map((one) => one.trace);
  if (trace === undefined) throw new Error('no drive');
  return trace;
}
