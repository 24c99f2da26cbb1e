import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readLibrbd, readQemu } from '../../../server/src/cli/case-input.js';
import { LONGEST_LINE, streamCases } from '../../../server/src/cli/case-stream.js';
import { createCaseRunner, runCase } from '../../../server/src/cli/cases.js';
import { simulateCommand } from '../../../server/src/simulate/simulate.js';
import { MappedText } from '../../../server/src/syntax/mapped-text.js';

const CASE = {
  id: '1',
  qemu: '2.2',
  librbd: '0.87',
  args: ['-drive', 'file=rbd:volumes/v1,if=none,format=raw,cache=none'],
  files: { '/etc/ceph/ceph.conf': '[global]\nrbd cache = true\n' },
  options: ['rbd_cache', 'log_file'],
};

describe('the contract', () => {
  test('a drive, its calls, its configuration, who won', () => {
    expect(runCase(CASE)).toEqual({
      id: '1',
      drives: [
        {
          image: { pool: 'volumes', namespace: '', image: 'v1', snapshot: null, user: null },
          calls: [
            ['rados_create', null],
            ['rados_conf_set', 'rbd_cache', 'false', 0],
            ['rados_conf_read_file', null, 0],
            ['rados_connect'],
          ],
          error: null,
          config: { rbd_cache: 'true', log_file: '' },
          winners: {
            rbd_cache: { level: 'file', path: '/etc/ceph/ceph.conf', line: 2 },
            log_file: { level: 'default' },
          },
          outcome: expect.objectContaining({ rbdCache: 'on', writePolicy: 'writeback', untilFirstFlush: true }),
        },
      ],
    });
  });

  test('the drive string wins, and QEMU wins', () => {
    const args = ['-drive', 'file=rbd:p/i:rbd_cache_size=1000,format=raw,cache=none'];
    expect(runCase({ ...CASE, qemu: '2.4', args, options: ['rbd_cache', 'rbd_cache_size'] })).toMatchObject({
      drives: [
        {
          winners: {
            rbd_cache: { level: 'override', by: 'qemu' },
            rbd_cache_size: { level: 'override', arg: 1, offset: args[1]?.indexOf('1000') },
          },
        },
      ],
    });
  });

  test('without options, every rbd_ option of the release', () => {
    const result = JSON.stringify(runCase({ ...CASE, options: undefined }));
    expect(result).toContain('"rbd_cache_writethrough_until_flush":"true"');
    expect(result).not.toContain('rbd_cache_policy');
  });

  test('an error before the image is opened leaves no configuration', () => {
    expect(runCase({ ...CASE, args: ['-drive', 'file=rbd:p/i,format=raw,cache=bad'] })).toMatchObject({
      drives: [{ calls: [], error: { stage: 'args' }, config: {}, winners: {}, outcome: null }],
    });
  });

  test.each([
    { name: 'rbd:p/i', says: 'No such file or directory' },
    { name: `rbd:p/${'i'.repeat(256)}`, says: 'No such file or directory' },
    { name: `rbd:${'p'.repeat(252)}/i`, says: 'File name too long' },
    { name: `rbd:p/${'i/'.repeat(2_045)}`, says: 'File name too long' },
  ])('a name for rbd that is taken for a file is looked for along its path: $says', ({ name, says }) => {
    expect(
      runCase({ ...CASE, qemu: '7.2', args: ['-drive', `file=${name},file.driver=file,format=raw`] }),
    ).toMatchObject({
      error: { message: `Could not open '${name}': ${says}` },
    });
  });

  test('relative names lie under cwd', () => {
    const args = ['-drive', 'file=rbd:p/i:conf=a.conf,format=raw'];
    const files = { 'sub/../a.conf': '[client]\nlog file = /x\n' };
    expect(runCase({ ...CASE, args, files, cwd: '/srv/conf' })).toMatchObject({
      drives: [{ error: null, config: { log_file: '/x' } }],
    });
  });

  test('bytes that are not UTF-8', () => {
    const b64 = Buffer.from('[client]\n# \xe4\nlog file = /x\n', 'latin1').toString('base64');
    const files = { '/etc/ceph/ceph.conf': { b64 } };
    expect(runCase({ ...CASE, files })).toMatchObject({ drives: [{ config: { log_file: '/x' } }] });
    expect(runCase({ ...CASE, librbd: '18.2.7', files })).toMatchObject({ drives: [{ config: { log_file: '' } }] });
  });

  test('a release that is not in the data is said', () => {
    expect(runCase({ ...CASE, qemu: '99.1' })).toMatchObject({
      notes: ['QEMU 99.1 (newer than the data, taken as 11.1)'],
    });
  });
});

describe('a result is written as JSON.stringify writes it', () => {
  test.each([
    ['a quote, a backslash, a control character', 'p"\\\\q\u0001'],
    ['beyond ASCII', 'pä😀\u2028'],
    ['half a character', 'p\ud83d'],
  ])('%s', (_, pool) => {
    const line = JSON.stringify({ ...CASE, id: pool, args: ['-drive', `file=rbd:${pool}/i,format=raw`] });
    const result = createCaseRunner().runLine(line);
    expect(JSON.stringify(JSON.parse(result))).toBe(result);
  });

  test.each(['none', 'writeback', 'unsafe', 'directsync'])(
    'the outcome of cache=%s, all of it and in its order',
    (mode) => {
      const args = ['-drive', `file=rbd:p/i,format=raw,cache=${mode}`];
      for (const [qemu, librbd] of [
        ['1.0', '0.48'],
        ['2.2', '10.2'],
        ['7.2', '16.2'],
        ['10.0', '19.2'],
      ] as const) {
        const command = simulateCommand({
          args: args.map((arg) => MappedText.verbatim(arg)),
          releases: { qemu: readQemu(qemu), librbd: readLibrbd(librbd), vendor: 'upstream' },
          files: { lookUp: () => ({ status: 'missing' }) },
          environment: { env: {}, cwd: '/', home: '/root', pid: null, host: null },
        });
        const result = createCaseRunner().runLine(JSON.stringify({ id: 1, qemu, librbd, args, options: [] }));
        expect(result).toContain(`"outcome":${JSON.stringify(command.drives[0]?.outcome)}}`);
      }
    },
  );

  test('options in any number, known or not, asked for twice or not, the first and the last of them set', () => {
    const args = ['-drive', 'file=rbd:p/i:rbd_cache=true:rbd_cache_size=1000,format=raw'];
    const known = Object.keys(configOf({ ...CASE, args, options: undefined }));
    const runner = createCaseRunner();
    for (const options of [
      known,
      ['rbd_cache', ...known.filter((name) => name !== 'rbd_cache')],
      ['no_such', ...known.filter((name) => name !== 'rbd_cache_size'), 'rbd_cache_size', 'none_either'],
      [...known, ...known],
    ]) {
      const line = JSON.stringify({ ...CASE, args, options });
      const one = Object.assign({}, ...options.map((option) => configOf({ ...CASE, args, options: [option] })));
      expect(configOf(JSON.parse(line), runner)).toEqual(one);
    }
  });
});

function configOf(given: object, runner = createCaseRunner()): object {
  const { drives } = JSON.parse(runner.runLine(JSON.stringify(given)));
  return drives[0].config;
}

describe('a malformed case is answered, and the run goes on', () => {
  test.each([
    ['no JSON', '{', null, 'the line is not JSON'],
    ['no object', '[]', null, 'a case must be an object'],
    ['null', 'null', null, 'a case must be an object'],
    ['no release', '{"id":"x","args":[]}', 'x', 'qemu is missing'],
    ['an id that is no end of lists', `{"id":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, null, 'qemu is missing'],
    ['a release of the wrong type', '{"id":"x","qemu":2.2,"librbd":"0.87","args":[]}', 'x', 'qemu must be a string'],
    [
      'a release without a number',
      '{"id":"x","qemu":"new","librbd":"0.87","args":[]}',
      'x',
      'qemu: no version can be read from "new"',
    ],
    ['no arguments', '{"id":7,"qemu":"2.2","librbd":"0.87"}', 7, 'args is missing'],
    [
      'arguments of the wrong type',
      '{"id":"x","qemu":"2.2","librbd":"0.87","args":[1]}',
      'x',
      'args must be a list of strings',
    ],
    [
      'a file of the wrong type',
      '{"id":"x","qemu":"2.2","librbd":"0.87","args":[],"files":{"/a":1}}',
      'x',
      'files./a must be an object',
    ],
    [
      'an environment of the wrong type',
      '{"id":"x","qemu":"2.2","librbd":"0.87","args":[],"env":{"A":1}}',
      'x',
      'env.A must be a string',
    ],
  ])('%s', (_, line, id, message) => {
    expect(JSON.parse(createCaseRunner().runLine(line))).toEqual({ id, error: { message } });
  });

  test.each(['__proto__', 'constructor', 'toString'])('the option %s', (name) => {
    expect(runCase({ ...CASE, options: [name] })).toMatchObject({ drives: [{ config: {}, winners: {} }] });
  });
});

describe('the stream', () => {
  async function stream(chunks: Iterable<string | Buffer>): Promise<string[]> {
    let text = '';
    const output = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString('utf8');
        setImmediate(done);
      },
    });
    await streamCases(Readable.from(chunks), output, createCaseRunner());
    await new Promise<void>((resolve) => output.end(resolve));
    return text.split('\n').filter((line) => line !== '');
  }

  test('in order, however it is cut, with and without a last newline', async () => {
    const lines = Array.from({ length: 50 }, (_, id) => JSON.stringify({ ...CASE, id: `ä${id}` })).join('\r\n\n');
    const bytes = Buffer.from(lines);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7));
    const ids = (await stream(chunks)).map((line) => /"id":"([^"]*)"/.exec(line)?.[1]);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, id) => `ä${id}`));
  });

  test('a line that is too long is named, and the next one is answered', async () => {
    const piece = 'x'.repeat(1 << 20);
    const long = Array.from({ length: LONGEST_LINE / piece.length + 1 }, () => piece);
    const results = await stream([...long, '\n', `${JSON.stringify(CASE)}\n`]);
    expect(results.map((line) => line.slice(0, 20))).toEqual(['{"id":null,"error":{', '{"id":"1","drives":[']);
  });
});
