/** Holds what the real programs did with a case against what the simulation says. */
import { isDeepStrictEqual } from 'node:util';
import type { CaseRunner } from '../../../server/src/cli/cases.js';
import { isObject, type JsonObject } from '../../../server/src/cli/json.js';
import type { Kind, LiveCase } from './live-case.js';
import { CWD, type Logged } from './processes.js';

/** The releases that are installed, in the words of a case. */
export interface Installed {
  readonly qemu: string;
  readonly librados: string;
  readonly host: string;
}

/** The calls of one open, as the contract writes them, and what was set when it connected. */
export interface SeenOpen {
  readonly calls: readonly Logged[];
  readonly config: JsonObject;
  /** Pool, namespace, image and snapshot that librbd was asked for; null where QEMU did not get that far. */
  readonly image: JsonObject | null;
}

/** What was seen of one drive, in the form of the recorded cases; `message` is QEMU's own text. */
export interface Seen extends SeenOpen {
  readonly error: 'crash' | 'before-connect' | 'open' | null;
  readonly message: string | null;
  /** Where the chain has several images: the opens of the others. */
  readonly more?: readonly SeenOpen[];
}

export interface Disagreement {
  readonly kind: Kind;
  readonly what: string;
  readonly case: object;
  readonly expect: object;
  readonly simulated: unknown;
}

export interface SimulatedDrive {
  readonly calls: readonly Logged[];
  readonly error: { readonly message: string; readonly stage: string } | null;
  readonly config: JsonObject;
  readonly image: JsonObject;
  readonly writeCache: boolean | null;
}

export interface Simulated {
  readonly drives: readonly SimulatedDrive[];
  readonly error: SimulatedDrive['error'];
}

/** The case with everything that the simulation has to know about the process. */
export function completeCase(
  given: LiveCase,
  qemu: string,
  installed: Installed,
  options: readonly string[],
  pid: number,
): JsonObject {
  const { host, librados } = installed;
  const home = given.env['HOME'] ?? '/root';
  return { id: 'live', qemu, librbd: librados, ...given, pid, host, cwd: CWD, home, options };
}

export function simulated(runner: CaseRunner, full: object): Simulated {
  const result = runner.run(full);
  if (!isObject(result)) throw new Error('the result is no object');
  const { drives } = result;
  return { drives: Array.isArray(drives) ? drives.map(readDrive) : [], error: readError(result['error']) };
}

/** The first image of a case, with what refused it or a later one; without one, what refused the case. */
export function onlyDrive({ drives, error }: Simulated): SimulatedDrive {
  const [first] = drives;
  if (first === undefined) return { calls: [], error, config: {}, image: {}, writeCache: null };
  const isFirst = first.error !== null && first.error.stage !== 'open';
  const later = drives.find(({ error }) => error !== null && error.stage !== 'open')?.error ?? first.error;
  if (isFirst || later === null) return first;
  return { ...first, error: later.stage === 'crash' ? later : { ...later, stage: 'open' } };
}

function readDrive(drive: unknown): SimulatedDrive {
  if (!isObject(drive) || !isObject(drive['image']) || !isObject(drive['config'])) throw new Error('no drive');
  const { calls, outcome, image, config } = drive;
  const guest = isObject(outcome) && isObject(outcome['guest']) ? outcome['guest'] : {};
  const writeCache = guest['writeCache'];
  return {
    calls: Array.isArray(calls) ? calls : [],
    error: readError(drive['error']),
    config,
    image,
    writeCache: typeof writeCache === 'boolean' ? writeCache : null,
  };
}

function readError(error: unknown): SimulatedDrive['error'] {
  return isObject(error) ? { message: String(error['message']), stage: String(error['stage']) } : null;
}

/** The opens of a process, one a `rados_create`. */
export function readLog(log: readonly Logged[]): readonly SeenOpen[] {
  const opens: { calls: Logged[]; config: JsonObject; image: { [key: string]: unknown } | null }[] = [];
  let pool: unknown = '';
  let namespace: unknown = '';
  for (const [at, logged] of log.entries()) {
    const [call, first] = logged;
    if (call === 'rados_create') opens.push({ calls: [], config: {}, image: null });
    const open = opens.at(-1);
    if (open === undefined) continue;
    switch (call) {
      case 'rados_create':
        open.calls.push([call, first]);
        break;
      case 'rados_conf_set':
      case 'rados_conf_read_file':
        open.calls.push(logged);
        break;
      case 'enter rados_conf_read_file':
        // The process died inside: the call never returned.
        if (at === log.length - 1) open.calls.push(['rados_conf_read_file', first, null]);
        break;
      case 'rados_connect':
        open.calls.push([call]);
        open.config = isObject(first) ? first : {};
        break;
      case 'rados_ioctx_create':
        pool = first;
        namespace = '';
        break;
      case 'rados_ioctx_set_namespace':
        namespace = first ?? '';
        break;
      case 'rbd_open':
        open.image ??= { pool, namespace, image: first, snapshot: logged[2] };
        break;
    }
  }
  return opens;
}

export const NO_OPEN: SeenOpen = { calls: [], config: {}, image: null };

export function connected({ calls }: SeenOpen): boolean {
  return calls.at(-1)?.[0] === 'rados_connect';
}

/** False for what QEMU only remarks, and for what librados says beside it. */
export function isComplaint(line: string): boolean {
  return !/^\s*(warning: |WARNING: |parse error setting '|Please use |Identifiers consist of |You can use |Automatically detecting |Specify the |OK$)/.test(
    line,
  );
}

function stageOf(error: SimulatedDrive['error']): Seen['error'] {
  if (error === null) return null;
  if (error.stage === 'crash') return 'crash';
  return error.stage === 'open' ? 'open' : 'before-connect';
}

/** Null where they agree; else the case with only the options that differ, ready to be added to the recorded ones. */
export function difference(kind: Kind, full: JsonObject, seen: Seen, made: SimulatedDrive): Disagreement | null {
  const open = differenceOfOpen(seen, made, seen.error === 'crash');
  const settled = seen.error === null || seen.error === 'open';
  const what =
    stageOf(made.error) !== seen.error
      ? 'error'
      : open !== null && (settled || open.what === 'calls')
        ? open.what
        : seen.message !== null && seen.message !== made.error?.message
          ? 'message'
          : null;
  if (what === null) return null;
  const options = what === 'config' ? (open?.options ?? []) : [];
  const expect = { ...seen, config: pick(seen.config, options) };
  return { kind, what, case: { ...full, options }, expect, simulated: { ...made, config: pick(made.config, options) } };
}

/** `crashed`: the last call never returned. */
export function differenceOfOpen(
  seen: SeenOpen,
  made: SimulatedDrive,
  crashed: boolean,
): { readonly what: 'calls' | 'config' | 'image'; readonly options: readonly string[] } | null {
  const completed = (calls: readonly Logged[]) => (crashed ? calls.slice(0, -1) : calls);
  if (!isDeepStrictEqual(completed(made.calls), completed(seen.calls))) return { what: 'calls', options: [] };
  const options = Object.keys(seen.config).filter((option) => made.config[option] !== seen.config[option]);
  if (options.length > 0) return { what: 'config', options };
  const { image } = seen;
  if (image !== null && Object.keys(image).some((key) => image[key] !== made.image[key]))
    return { what: 'image', options: [] };
  return null;
}

/** The opens of several images, in order. `crashed`: the last call of the last one never returned. */
export function differenceOfOpens(
  opens: readonly SeenOpen[],
  drives: readonly SimulatedDrive[],
  crashed: boolean,
): ReturnType<typeof differenceOfOpen> {
  const opening = drives.filter(({ calls }) => calls.length > 0);
  for (const [at, open] of opens.entries()) {
    const drive = opening[at];
    if (drive === undefined) return { what: 'calls', options: [] };
    const differs = differenceOfOpen(open, drive, crashed && at === opens.length - 1);
    const settled = connected(open) && (drive.error === null || drive.error.stage === 'open');
    if (differs !== null && (differs.what === 'calls' || settled)) return differs;
  }
  return null;
}

export function pick(config: JsonObject, options: readonly string[]): JsonObject {
  return Object.fromEntries(options.map((option) => [option, config[option]]));
}
