import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../../server/src/rules/all.js';
import schema from '../data/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { objects, parsed, ROOT, type RunOptions, useCli } from './harness.js';

const cli = useCli();
const PAIR = ['--qemu', '7.2', '--librbd', '16.2'];

/** The schema of OASIS (2.1.0-rtm.5) is written for draft 4, of which it uses nothing that later drafts read otherwise. */
const { $schema: _draft, id: _id, ...draft7 } = schema;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isValid = ajv.compile(draft7);

async function sarif(args: readonly string[] = [], options: RunOptions = {}) {
  const { out, exitCode } = await cli.run(['check', '--format', 'sarif', ...args], options);
  const log = parsed(out);
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  const [run = {}] = objects(log['runs']);
  return { run, exitCode, results: objects(run['results']) };
}

const FILES = {
  'etc/ceph/ceph.conf': '[global]\nmon host = a\n[client]\nrbd cache = false\nrbd-cache-size = 1\nadmin socket = /x\n',
  'vm 1.sh':
    '#!/bin/sh\nqemu-system-x86_64 \\\n  -drive file=rbd:p/i:key=CANARY,if=none,id=d,format=raw,cache=none,bogus=1\n',
  'b.sh': '#!/bin/sh\nqemu-system-x86_64 -drive file=rbd:p/j,if=none,id=e,format=raw,cache=writeback\n',
};

test('findings, problems and notes are valid, none of them too', async () => {
  cli.write({ ...FILES, '.rbdcacherc': '[releases]\nqemu = new\n' });
  const all = await sarif(['.', 'gone.sh']);
  expect(all.exitCode).toBe(2);
  expect(objects(all.run['invocations'])).toEqual([
    expect.objectContaining({
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'gone.sh: there is no such file' } }],
      toolConfigurationNotifications: [
        { level: 'note', message: { text: expect.stringContaining('qemu must be a version of QEMU') } },
      ],
    }),
  ]);
  const none = await sarif(['vm 1.sh', '--fail-on', 'none', '--quiet', ...PAIR]);
  expect(none.results).toEqual([]);
  expect(objects(none.run['invocations'])).toEqual([
    expect.objectContaining({ executionSuccessful: true, exitCode: 0 }),
  ]);
});

test('a result: level, place below the root of the sources, what it refers to, its fix as a replacement', async () => {
  cli.write(FILES);
  const { run, results } = await sarif(PAIR);
  const dash = results.find(({ ruleId }) => ruleId === 'conf-dash-in-key');
  const location = { uri: 'etc/ceph/ceph.conf', uriBaseId: 'SRCROOT' };
  expect(dash).toMatchObject({
    level: 'warning',
    locations: [
      {
        physicalLocation: {
          artifactLocation: location,
          region: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 15 },
        },
      },
    ],
    fixes: [
      {
        description: { text: expect.any(String) },
        artifactChanges: [
          {
            artifactLocation: location,
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 15 },
                insertedContent: { text: 'rbd_cache_size' },
              },
            ],
          },
        ],
      },
    ],
  });
  expect(run).toMatchObject({
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { uri: `file://${cli.folder}/` } },
  });
  const inScript = results.filter((result) => JSON.stringify(result).includes('vm%201.sh'));
  expect(inScript.length).toBeGreaterThan(1);
  expect(results.some(({ relatedLocations }) => relatedLocations !== undefined)).toBe(true);
});

test('each rule that speaks is there once, with its page as help', async () => {
  cli.write(FILES);
  const { run, results } = await sarif(PAIR, { packageFolder: ROOT });
  const [driver = {}] = objects([parsed(JSON.stringify(run['tool']))['driver']]);
  const rules = objects(driver['rules']);
  expect(new Set(rules.map(({ id }) => id))).toEqual(new Set(results.map(({ ruleId }) => ruleId)));
  for (const { ruleId, ruleIndex } of results) expect(rules[Number(ruleIndex)]?.['id']).toBe(ruleId);
  expect(rules.find(({ id }) => id === 'conf-dash-in-key')).toMatchObject({
    shortDescription: { text: ALL_RULES.find(({ id }) => id === 'conf-dash-in-key')?.statement },
    help: { text: expect.not.stringMatching(/`|\*\*|^## /m), markdown: expect.stringContaining('# conf-dash-in-key') },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['ceph', 'ceph.conf', 'conf'], 'problem.severity': 'warning' },
  });
});

test('a package that says where it lives on the web has addresses of its pages', async () => {
  cli.write({ ...FILES, 'pkg/docs/rules/conf-dash-in-key.md': '# conf-dash-in-key\n' });
  writeFileSync(join(cli.folder, 'pkg/package.json'), '{"homepage":"https://example.org/rbdcache#readme"}');
  const { run } = await sarif(PAIR, { packageFolder: join(cli.folder, 'pkg') });
  const text = JSON.stringify(run);
  expect(text).toContain('"helpUri":"https://example.org/rbdcache/docs/rules/conf-dash-in-key.md"');
});

describe('what a comment turns off', () => {
  const silenced = {
    'ceph.conf': [
      '# rbdcache-disable conf-final-newline',
      '[client]',
      '# rbdcache-disable-next-line conf-dash-in-key -- as tools write it, key=c4n4rY-s3cr3t',
      'rbd-cache-size = 1',
      'rbd-cache-max-dirty = 1',
    ].join('\n'),
  };

  test('is a result with its comment and reason, fails nothing, and the others say that nothing turns them off', async () => {
    cli.write(silenced);
    const { results, exitCode } = await sarif(['--fail-on', 'conf-final-newline', ...PAIR]);
    expect(exitCode).toBe(0);
    const place = (line: number, start: number, end: number) => ({
      physicalLocation: {
        artifactLocation: { uri: 'ceph.conf', uriBaseId: 'SRCROOT' },
        region: { startLine: line, startColumn: start, endLine: line, endColumn: end },
      },
    });
    expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['conf-dash-in-key', []],
      [
        'conf-dash-in-key',
        [
          {
            kind: 'inSource',
            location: place(3, 1, 86),
            justification: 'as tools write it, key=•••',
          },
        ],
      ],
      ['conf-final-newline', [{ kind: 'inSource', location: place(1, 1, 38) }]],
    ]);
    expect(JSON.stringify(results)).not.toContain('c4n4rY');
  });

  test('is in no other format, nor where only what fails is asked for, nor where a rule is off', async () => {
    cli.write(silenced);
    for (const format of ['human', 'json', 'github']) {
      const { out } = await cli.run(['check', '--format', format, ...PAIR]);
      expect(out).toContain('conf-dash-in-key');
      expect(out).not.toContain('conf-final-newline');
    }
    expect((await sarif(['--quiet', '--fail-on', 'warning', ...PAIR])).results).toHaveLength(1);
    cli.write({ '.rbdcacherc': '[severity]\nconf-dash-in-key = off\n' });
    expect((await sarif(PAIR)).results.map(({ ruleId }) => ruleId)).toEqual(['conf-final-newline']);
  });
});

describe('fingerprints', () => {
  const prints = async (files: Readonly<Record<string, string>>) => {
    cli.write(files);
    const { results } = await sarif(PAIR);
    return results.map(({ ruleId, partialFingerprints }) => `${ruleId} ${JSON.stringify(partialFingerprints)}`).sort();
  };

  test('stay when lines come above', async () => {
    const before = await prints(FILES);
    const after = await prints({
      'etc/ceph/ceph.conf': `# new\n# lines\n${FILES['etc/ceph/ceph.conf']}`,
      'vm 1.sh': FILES['vm 1.sh'].replace('qemu-', 'true\n\nqemu-'),
    });
    expect(before.length).toBeGreaterThan(4);
    expect(after).toEqual(before);
  });

  test('stay when a comment turns one of several off', async () => {
    const conf = '[client]\nrbd-cache-size = 1\nrbd-cache-size = 1\n';
    const before = await prints({ 'ceph.conf': conf });
    const comment = '# rbdcache-disable-next-line conf-dash-in-key\n';
    const after = await prints({ 'ceph.conf': conf.replace('[client]\n', `[client]\n${comment}`) });
    expect(before.filter((print) => print.startsWith('conf-dash-in-key'))).toHaveLength(2);
    expect(after).toEqual(before);
  });

  test('stay when another drive comes above, and are never the same twice', async () => {
    const drive = (id: string): string =>
      `qemu-system-x86_64 -drive file=rbd:p/${id},if=none,id=${id},format=raw,cache=none,bogus=1\n`;
    const before = await prints({ 'a.qemu': drive('a') });
    const after = await prints({ 'a.qemu': drive('b') + drive('a') });
    expect(after).toEqual(expect.arrayContaining(before));
    expect(new Set(after).size).toBe(after.length);
  });
});

test('a fix that would tell a secret is not told', async () => {
  cli.write({ 'vm.qemu': 'kvm -drive file=rbd:p/i:key=c4n4rY-s3cr3t:id=u,if=none,id=d,cache=none\n' });
  const { run } = await sarif(PAIR);
  expect(JSON.stringify(run)).not.toContain('c4n4rY');
});
