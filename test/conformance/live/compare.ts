/** Runs one case through the simulation and through the real programs, and says where they differ. */
import { isDeepStrictEqual } from 'node:util';
import type { CaseRunner } from '../../../server/src/cli/cases.js';
import type { LiveCase } from './arbitraries.js';
import type { Librados, Logged, Qemu } from './processes.js';

/** The releases that are installed, in the words of a case. */
export interface Installed {
  readonly qemu: string;
  readonly librados: string;
  readonly host: string;
}

/** What was seen, in the form of the recorded cases; `message` is QEMU's own text. */
export interface Seen {
  readonly calls: readonly Logged[];
  readonly error: 'crash' | 'before-connect' | 'open' | null;
  readonly message: string | null;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Disagreement {
  readonly what: 'calls' | 'config' | 'error' | 'message';
  readonly case: object;
  readonly expect: Seen;
  readonly simulated: unknown;
}

interface Simulated {
  readonly calls: readonly (readonly [string, ...unknown[]])[];
  readonly error: { readonly message: string; readonly stage: string } | null;
  readonly config: Readonly<Record<string, string>>;
}

/** The case with everything that the simulation has to know about the process. */
export function completeCase(
  given: LiveCase,
  qemu: string,
  installed: Installed,
  options: readonly string[],
  pid: number,
  cwd: string,
) {
  return {
    id: 'live',
    qemu,
    librbd: installed.librados,
    ...given,
    pid,
    host: installed.host,
    cwd,
    home: '/root',
    options,
  };
}

export function simulated(runner: CaseRunner, full: object): Simulated {
  const result = runner.run(full) as { drives?: Simulated[]; error?: { message: string; stage: string } };
  const { calls, error, config } = result.drives?.[0] ?? { calls: [], error: result.error ?? null, config: {} };
  return { calls, error, config };
}

/** The calls of the first open, as the contract writes them, and the options at its `rados_connect`. */
export function readLog(log: readonly Logged[]): Pick<Seen, 'calls' | 'config'> {
  const calls: Logged[] = [];
  let entered: Logged | null = null;
  for (const line of log) {
    const [call, ...rest] = line;
    entered = call === 'enter rados_conf_read_file' ? line : null;
    if (call === 'rados_create') {
      if (calls.length > 0) break;
      calls.push([call, rest[0]]);
    } else if (call === 'rados_conf_set' || call === 'rados_conf_read_file') {
      calls.push(line);
    } else if (call === 'rados_connect') {
      return { calls: [...calls, [call]], config: rest[0] as Record<string, unknown> };
    }
  }
  // The process died inside: the call never returned.
  return { calls: entered === null ? calls : [...calls, ['rados_conf_read_file', entered[1], null]], config: {} };
}

/** False for what QEMU only remarks. */
function isComplaint(line: string): boolean {
  return !/^(warning: |Please use |Identifiers consist of |OK$)/.test(line);
}

export async function runDrive(qemu: Qemu, given: LiveCase): Promise<Seen> {
  const [flag, value = ''] = given.args;
  qemu.putFiles(given.files);
  qemu.takeLog();
  let message: string | null;
  if (flag === '-drive') {
    const reply = await qemu.monitor(`drive_add 0 "${value.replace(/["\\]/g, '\\$&')}"`);
    message =
      reply === null || reply.trim() === 'OK' ? (reply === null ? null : '') : reply.trim().replaceAll('\r\n', '\n');
    if (reply !== null) await qemu.monitor('drive_del d');
  } else {
    const reply = await qemu.execute('blockdev-add', JSON.parse(value));
    message = reply === null ? null : (reply.error ?? '');
    if (reply !== null && reply.error === undefined) await qemu.execute('blockdev-del', { 'node-name': 'n' });
  }
  const { calls, config } = readLog(qemu.takeLog());
  const connected = calls.at(-1)?.[0] === 'rados_connect';
  const text = message === null ? '' : message.split('\n').filter(isComplaint).join('\n').trim();
  const failed = text !== '';
  if (message === null) return { calls, error: 'crash', message: null, config: {} };
  return {
    calls,
    error: failed ? (connected ? 'open' : 'before-connect') : null,
    message: failed ? text : null,
    config,
  };
}

/** Replays the calls that the simulation of a case makes, one by one, as long as the real returns allow it. */
export async function replay(librados: Librados, given: LiveCase, plan: Simulated): Promise<Seen> {
  librados.putFiles(given.files);
  librados.takeLog();
  for (const name of ['CEPH_CONF', 'CEPH_KEYRING']) await librados.run('env', name, given.env[name] ?? null);
  for (const [call, ...args] of plan.calls) {
    let returned: number | null = 0;
    if (call === 'rados_create') returned = await librados.run('create', args[0] as string | null);
    else if (call === 'rados_conf_set') returned = await librados.run('set', String(args[0]), String(args[1]));
    else if (call === 'rados_conf_read_file') returned = await librados.run('read', args[0] as string | null);
    else returned = await librados.run('connect');
    if (returned === null) return { ...readLog(librados.takeLog()), error: 'crash', message: null };
  }
  await librados.run('end');
  const seen = readLog(librados.takeLog());
  const connected = seen.calls.at(-1)?.[0] === 'rados_connect';
  return { ...seen, error: connected ? null : 'before-connect', message: null };
}

function stageOf(made: Simulated): Seen['error'] {
  if (made.error === null) return null;
  if (made.error.stage === 'crash') return 'crash';
  return made.error.stage === 'open' ? 'open' : 'before-connect';
}

/** Null where they agree; else the case with only the options that differ, ready to be added to the recorded ones. */
export function difference(full: object, seen: Seen, made: Simulated): Disagreement | null {
  const settled = seen.error === null || seen.error === 'open';
  const differing = settled
    ? Object.keys(seen.config).filter((option) => made.config[option] !== seen.config[option])
    : [];
  const pick = (config: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(differing.map((option) => [option, config[option]]));
  const of = (what: Disagreement['what']): Disagreement => ({
    what,
    case: { ...full, options: differing },
    expect: { ...seen, config: pick(seen.config) },
    simulated: { ...made, config: pick(made.config) },
  });
  if (stageOf(made) !== seen.error) return { ...of('error'), case: { ...full, options: [] } };
  const completed = (calls: readonly (readonly [string, ...unknown[]])[]) =>
    seen.error === 'crash' ? calls.slice(0, -1) : calls;
  if (!isDeepStrictEqual(completed(made.calls), completed(seen.calls))) return of('calls');
  if (differing.length > 0) return of('config');
  return seen.message !== null && seen.message !== made.error?.message ? of('message') : null;
}
