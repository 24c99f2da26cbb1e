import { describe, expect, test } from 'vitest';
import { cephRelease, qemuRelease, within } from '../../../../server/src/catalog/releases.js';
import { DRIVE_RULES } from '../../../../server/src/rules/drive/index.js';
import type { RuleInfo } from '../../../../server/src/rules/rule.js';
import { allFindings, describeFixtures, openDocuments } from '../command-harness.js';
import { readMarks } from '../harness.js';
import { CLIENT_FIXTURES } from './client-fixtures.js';
import { CONF_FIXTURES } from './conf-fixtures.js';
import { DEVICE_FIXTURES } from './device-fixtures.js';
import { NAME_FIXTURES } from './name-fixtures.js';
import { OPTION_FIXTURES } from './option-fixtures.js';
import { SYNTAX_FIXTURES } from './syntax-fixtures.js';
import { VALUE_FIXTURES } from './value-fixtures.js';

const FIXTURES = {
  ...NAME_FIXTURES,
  ...CONF_FIXTURES,
  ...CLIENT_FIXTURES,
  ...OPTION_FIXTURES,
  ...DEVICE_FIXTURES,
  ...SYNTAX_FIXTURES,
  ...VALUE_FIXTURES,
};

/** What they speak of is mended by nothing that this text could say. */
const WITHOUT_FIX: ReadonlySet<string> = new Set([
  'drive-escaped-at-crashes',
  'drive-mon-host-differs',
  'drive-name-too-long',
  'drive-namespace-unsupported',
]);

for (const rule of DRIVE_RULES) describe(rule.id, () => describeFixtures(rule, FIXTURES[rule.id] ?? []));

test.each(DRIVE_RULES.map(({ id }) => id))('%s has a fixture for its fixes, or has none', (id) => {
  const fixed = (FIXTURES[id] ?? []).some(({ finds }) =>
    finds.some(({ fixes }) => Object.keys(fixes ?? {}).length > 0),
  );
  expect(fixed).toBe(!WITHOUT_FIX.has(id));
});

const QEMUS = ['0.14', '0.15', '1.1', '1.6', '2.2', '2.8', '2.12', '4.2', '6.0', '9.2', '11.1'];
const LIBRBDS = ['0.48', '0.94', '12.2', '14.2', '20.2'];

function isExcluded({ holds }: RuleInfo, pair: string): boolean {
  const [qemu = '', librbd = ''] = pair.split(' ');
  const emulator = qemuRelease(qemu);
  const ceph = cephRelease(librbd);
  if (emulator === undefined || ceph === undefined) throw new Error(`no such pair: ${pair}`);
  const inQemu = within(emulator, holds?.qemu?.since ?? null, holds?.qemu?.until ?? null);
  return !inQemu || !within(ceph, holds?.librbd?.since ?? null, holds?.librbd?.until ?? null);
}

test.each(DRIVE_RULES.filter(({ holds }) => holds !== undefined).map((rule) => [rule.id, rule] as const))(
  '%s is silent on all its fixtures in releases that its row excludes',
  (id, rule) => {
    const pairs = [...QEMUS.map((qemu) => `${qemu} 18.2`), ...LIBRBDS.map((librbd) => `2.2 ${librbd}`)];
    const excluded = pairs.filter((pair) => isExcluded(rule, pair));
    expect(excluded.length).toBeGreaterThan(0);
    for (const { text, conf, finds, ...fixture } of FIXTURES[id] ?? []) {
      if (finds.length === 0) continue;
      const file = typeof conf === 'string' ? readMarks(conf).text : conf;
      const texts = { text: readMarks(text).text, ...(file === undefined ? {} : { conf: file }) };
      for (const pair of excluded) {
        const said = allFindings({ ...fixture, ...texts }, pair).filter((each) => each.startsWith(`${id} `));
        expect([text, pair, said]).toEqual([text, pair, []]);
      }
    }
  },
);

test('each fixture belongs to a rule', () => {
  const ids = DRIVE_RULES.map((rule) => rule.id);
  expect(Object.keys(FIXTURES).filter((id) => !ids.includes(id))).toEqual([]);
});

/** The second drive of the study of 2016, as nova starts it. */
describe("nova's drive", () => {
  const key = 'AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==';
  const drive =
    `file=rbd:volumes/volume-512c91d8:id=cinder:key=${key}:auth_supported=cephx\\;none:mon_host=9.115.251.194\\:6789\\;9.115.251.195\\:6789,` +
    'if=none,id=drive-virtio-disk1,format=raw,serial=512c91d8,cache=writeback';
  const device = '-device virtio-blk-pci,drive=drive-virtio-disk1,id=virtio-disk1';
  const text = `kvm -drive ${drive} ${device}`;

  test.each([
    ['2.2 0.87', ['drive-key-in-plain-text warning']],
    ['2.12 12.2', ['drive-key-in-plain-text warning', 'drive-option-removed warning']],
    ['4.2 14.2', ['drive-key-in-plain-text warning', 'drive-option-removed error']],
    ['10.0 20.2', ['drive-key-in-plain-text warning', 'drive-auth-supported-gone error', 'drive-option-removed error']],
    ['2.2 20.2', ['drive-key-in-plain-text warning', 'drive-auth-supported-gone error']],
  ])('%s', (pair, expected) => expect(allFindings({ text }, pair)).toEqual(expected));

  test('unquoted in a script', () => {
    expect(allFindings({ text, script: true }, '2.2 0.87')).toEqual([
      'drive-key-in-plain-text warning',
      'drive-shell-eats-backslash error',
    ]);
  });

  test('no message holds the key', () => {
    for (const pair of ['2.2 0.87', '4.2 14.2', '10.0 20.2']) {
      for (const script of [undefined, true] as const) {
        const { workspace, documents } = openDocuments(script === undefined ? { text } : { text, script }, pair);
        const analysis = workspace.analyse(documents[0]?.[0] ?? '');
        const findings = analysis === null || analysis.kind === 'skipped' ? [] : analysis.findings;
        const said = findings.flatMap(({ message, related, fixes }) => [
          message,
          ...related.map((note) => note.message),
          ...fixes.map((fix) => fix.title),
        ]);
        expect(said.join('\n')).not.toContain(key.slice(0, 12));
      }
    }
  });
});

describe('calm', () => {
  const CALM: Readonly<Record<string, string>> = {
    variables: 'qemu-system-x86_64 -drive "file=rbd:$POOL/$IMAGE:id=$USER:conf=$CONF,format=raw,cache=$CACHE,if=$BUS"',
    'placeholders of a manual':
      "qemu-system-x86_64 -drive 'file=rbd:{pool}/{image}:id={user}:mon_host={host}:6789,format=raw'",
    'a cut line': "qemu-system-x86_64 -drive 'file=rbd:volumes/volume-1:id=cinder:...,format=raw'",
    'another disk': 'qemu-system-x86_64 -drive file=/srv/a.qcow2,format=qcow2,cache=none,aio=native,l2-cache-size=4M',
    'an option for all of the drive': 'qemu-system-x86_64 $DRIVES -drive file=rbd:p/i,format=raw,cache=none "$@"',
  };
  for (const [about, text] of Object.entries(CALM)) {
    test.each(['2.2 0.87', '4.2 14.2', '10.0 18.2', '11.1 20.2'])(`${about}, %s`, (pair) => {
      expect(allFindings({ text, script: true }, pair)).toEqual([]);
    });
  }
});
