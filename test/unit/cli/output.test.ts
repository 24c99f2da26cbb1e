import { describe, expect, test } from 'vitest';
import { crashText, Output } from '../../../server/src/cli/output.js';
import { Progress } from '../../../server/src/cli/progress.js';
import type { Run } from '../../../server/src/cli/run.js';
import { styleFor } from '../../../server/src/cli/style.js';
import { Sink, useCli } from './harness.js';

const cli = useCli();
const PAIR = ['--qemu', '7.2', '--librbd', '16.2'];
const FILES = { 'ceph.conf': '[client]\nrbd-cache-size = 1\n[client.x]\nrbd_cache_size = 64M\n' };

describe('--fail-on', () => {
  test.each([
    [['--fail-on', 'none'], 0],
    [['--fail-on', 'error'], 0],
    [['--fail-on', 'warning'], 1],
    [['--fail-on', 'conf-unit-changed'], 1],
    [['--fail-on', 'cache-unsafe', '--fail-on', 'conf-unit-changed'], 1],
    [['--fail-on', 'none', '--fail-on', 'warning'], 1],
    [['--fail-on', 'cache-unsafe'], 0],
  ])('%j', async (args, exitCode) => {
    cli.write(FILES);
    expect((await cli.run(['check', ...PAIR, ...args])).exitCode).toBe(exitCode);
  });
});

describe('--quiet', () => {
  test('prints what fails and nothing besides', async () => {
    cli.write(FILES);
    const { out, err } = await cli.run(['check', '--quiet', '--fail-on', 'warning', ...PAIR]);
    expect(out.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      expect.stringMatching(/^ceph\.conf:2:1: warning .*\[conf-dash-in-key\]$/),
      '',
    ]);
    expect(err).toBe('');
    expect((await cli.run(['check', '--quiet', ...PAIR])).out).toBe('');
  });
});

describe('colours', () => {
  const isColoured = (terminal: boolean, env: NodeJS.ProcessEnv, choice: 'auto' | 'always' | 'never'): boolean =>
    styleFor({ isTTY: terminal }, env, choice).bold('x') !== 'x';

  test.each([
    [true, {}, 'auto', true],
    [false, {}, 'auto', false],
    [true, { NO_COLOR: '1' }, 'auto', false],
    [true, { NO_COLOR: '0' }, 'auto', false],
    [true, { NO_COLOR: '' }, 'auto', true],
    [false, { NO_COLOR: '1', FORCE_COLOR: '1' }, 'auto', false],
    [true, { TERM: 'dumb' }, 'auto', false],
    [false, { FORCE_COLOR: '1' }, 'auto', true],
    [true, { FORCE_COLOR: '0' }, 'auto', true],
    [false, {}, 'always', true],
    [true, {}, 'never', false],
    [true, { NO_COLOR: '1' }, 'always', true],
  ] as const)('terminal %j, environment %j, --color %s: %j', (terminal, env, choice, coloured) => {
    expect(isColoured(terminal, env, choice)).toBe(coloured);
  });

  test('by the option, on no terminal', async () => {
    cli.write(FILES);
    const { out } = await cli.run(['check', '--color', 'always', ...PAIR]);
    expect(out).toContain('\u001B[33mwarning\u001B[0m');
  });
});

describe('progress', () => {
  const told = (isTTY: boolean, times: readonly number[]): string => {
    const terminal = new Sink(isTTY);
    let now = 0;
    const progress = new Progress(terminal, () => now);
    for (const [at, time] of times.entries()) {
      now = time;
      progress.show('checking', at + 1, times.length);
    }
    progress.clear();
    return terminal.text;
  };

  test('nothing at first, then now and then, and nothing is left', () => {
    expect(told(true, [1, 500, 800, 850, 1000])).toBe(
      '\r\u001B[Kchecking: 3 of 5 files\r\u001B[Kchecking: 5 of 5 files\r\u001B[K',
    );
    expect(told(true, [1, 2, 3])).toBe('');
  });

  test('on a terminal only', () => expect(told(false, [1, 5_000])).toBe(''));
});

test('output is written no faster than it is read', async () => {
  const stdout = new Sink();
  let waiting = 0;
  const write = stdout.write.bind(stdout);
  Object.assign(stdout, {
    write: (chunk: string): boolean => {
      write(chunk);
      waiting += 1;
      if (waiting % 2 === 1) return true;
      setImmediate(() => stdout.emit('drain'));
      return false;
    },
  });
  const output = new Output(stdout, new Sink(), false);
  const pieces = ['a', '', 'b', 'c', 'd'];
  expect(
    await output.print(
      (function* (): Run {
        yield* pieces;
        return 1;
      })(),
    ),
  ).toBe(1);
  expect(stdout.text).toBe('abcd');
});

describe('help', () => {
  test.each([
    [[], /Examples:\n {2}rbdcache check /],
    [['check'], /Exit code: 0 nothing at or over --fail-on/],
    [['explain'], /rbdcache explain start-vm\.sh:12/],
    [['diff'], /rbdcache diff --to 9\.2\/18\.2/],
  ])('of %j has examples', async (command, text) => {
    const { exitCode, out } = await cli.run([...command, '--help']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(text);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(125);
  });
});

test('a complaint does not repeat a secret', async () => {
  const { err, exitCode } = await cli.run(['explain', '--qemu', 'rbd:p/i:key=CANARY', '--key=CANARY']);
  expect(exitCode).toBe(2);
  expect(err).not.toContain('CANARY');
});

test.each([
  [new Error('cannot read rbd:p/i:key=CANARY'), /^rbdcache failed: Error: cannot read rbd:p\/i:key=•••\n {4}at /],
  ['no error: --key=CANARY', /^rbdcache failed: no error: --key=•••\n$/],
])('nor does a crash: %s', (error, text) => {
  expect(crashText(error)).toMatch(text);
  expect(crashText(error)).not.toContain('CANARY');
});
