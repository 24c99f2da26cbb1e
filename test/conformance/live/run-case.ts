/** Runs one case through the real programs and through the simulation. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type CaseRunner, createCaseRunner } from '../../../server/src/cli/cases.js';
import type { JsonObject } from '../../../server/src/cli/json.js';
import {
  completeCase,
  connected,
  type Disagreement,
  difference,
  differenceOfOpens,
  type Installed,
  isComplaint,
  NO_OPEN,
  onlyDrive,
  pick,
  readLog,
  type Seen,
  type Simulated,
  type SimulatedDrive,
  simulated,
} from './compare.js';
import type { Kind, LiveCase } from './live-case.js';
import { type Bench, Librados, OBJECTS, Qemu } from './processes.js';

/** The programs of one root folder, each started when a case first needs it. */
export class Programs {
  private qemu: Qemu | null = null;
  private librados: Librados | null = null;
  private readonly runner: CaseRunner = createCaseRunner();

  /** `folder` holds what was built, as the programs see it. */
  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly installed: Installed,
    private readonly options: readonly string[],
  ) {}

  /** Told of each drive that was seen. */
  onSeen: ((kind: Kind, full: JsonObject, seen: Seen) => void) | null = null;

  tryCase(kind: Kind, given: LiveCase): Promise<Disagreement | null> {
    switch (kind) {
      case 'librados':
        return this.tryLibrados(given);
      case 'command':
        return this.tryCommand(given);
      case 'drive':
      case 'blockdev':
        return this.tryInMonitor(kind, given);
    }
  }

  stop(): void {
    this.qemu?.stop();
    this.librados?.stop();
  }

  private complete(given: LiveCase, qemu: string, pid: number): JsonObject {
    return completeCase(given, qemu, this.installed, this.options, pid);
  }

  private async tryLibrados(given: LiveCase): Promise<Disagreement | null> {
    // librados looks at CEPH_ARGS once in the life of a process.
    const args = given.env['CEPH_ARGS'] ?? '';
    if (this.librados?.alive !== true || this.librados.cephArgs !== args) {
      this.librados?.stop();
      this.librados = new Librados(this.bench('librados'), args);
    }
    // QEMU 1.1 adds nothing of its own to what the string says.
    const full = this.complete(given, '1.1', this.librados.pid);
    const made = onlyDrive(simulated(this.runner, full));
    // What QEMU 1.1 refuses by itself is no question for librados.
    if (made.error !== null && (made.calls.length === 0 || made.error.stage === 'filename')) return null;
    const seen = await replay(this.librados, given, made);
    this.onSeen?.('librados', full, seen);
    return difference('librados', full, seen, made);
  }

  private async tryInMonitor(kind: 'drive' | 'blockdev', given: LiveCase): Promise<Disagreement | null> {
    const qemu = this.qemu?.alive === true ? this.qemu : await Qemu.start(this.bench('qemu'));
    this.qemu = qemu;
    const full = this.complete(given, this.installed.qemu, qemu.pid);
    const whole = { ...full, args: [...OBJECTS, ...given.args] };
    const made = simulated(this.runner, whole);
    const seen = await runInMonitor(qemu, given);
    if (isForeign(made, seen)) return null;
    this.onSeen?.(kind, whole, seen);
    const differs = difference(kind, whole, seen, onlyDrive(made));
    if (differs !== null || seen.more === undefined) return differs;
    const more = differenceOfOpens(seen.more, made.drives.slice(1), false);
    return more === null ? null : { kind, what: more.what, case: whole, expect: seen, simulated: made };
  }

  private async tryCommand(given: LiveCase): Promise<Disagreement | null> {
    const qemu = Qemu.launch(this.bench('command'), given.args, given.env, given.files);
    const greeted = await qemu.greets();
    const writeCaches = greeted ? await qemu.writeCaches() : new Map<string, boolean>();
    const full = this.complete(given, this.installed.qemu, qemu.pid);
    const made = simulated(this.runner, full);
    const crashed = !greeted && qemu.signal !== null;
    const message = greeted ? null : crashed ? 'crash' : firstComplaint(qemu.stderr, given.args);
    qemu.stop();
    const seen: SeenCommand = { opens: readLog(qemu.takeLog()), message, crashed, writeCaches };
    const [open] = seen.opens;
    if (open !== undefined && seen.opens.length === 1 && made.drives.length === 1 && greeted)
      this.onSeen?.('command', full, { ...open, error: null, message: null });
    return differenceOfCommand(full, seen, made);
  }

  private bench(name: string): Bench {
    const folder = `${this.folder}/${name}`;
    fs.rmSync(path.join(this.root, folder), { recursive: true, force: true });
    fs.mkdirSync(path.join(this.root, folder), { recursive: true });
    return { root: this.root, built: this.folder, folder, options: this.options };
  }
}

/** What QEMU takes for something else than an rbd drive is of no interest, as long as the simulation says so too. */
function isForeign({ drives, error }: Simulated, seen: Seen): boolean {
  if (drives.length > 0 || seen.calls.length > 0 || seen.error === 'crash') return false;
  return error === null || (isAboutFile(error.message) && isAboutFile(seen.message ?? ''));
}

/** Of a file by its name it is not said what the machine knows of it. */
function isAboutFile(message: string): boolean {
  return message.startsWith("Could not open '");
}

async function runInMonitor(qemu: Qemu, given: LiveCase): Promise<Seen> {
  const [flag, value = ''] = given.args;
  qemu.putFiles(given.files);
  qemu.takeLog();
  const printed = flag === '-drive' ? await addDrive(qemu, value) : await addNode(qemu, value);
  const [open = NO_OPEN, ...more] = readLog(qemu.takeLog());
  if (printed === null) return { ...open, error: 'crash', message: null };
  const message = printed.split('\n').filter(isComplaint).join('\n').trim();
  if (message === '') return { ...open, error: null, message: null, more };
  return { ...open, error: connected(open) ? 'open' : 'before-connect', message, more };
}

async function addDrive(qemu: Qemu, value: string): Promise<string | null> {
  const reply = await qemu.monitor(`drive_add 0 "${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`);
  if (reply === null) return null;
  const removed = await qemu.monitor('drive_del d');
  // A drive under another name would be in the way of later ones.
  if (reply.trim() === 'OK' && removed !== null && removed.trim() !== '') qemu.stop();
  if (reply.trim() === 'OK') return '';
  // From 11.1 on the monitor puts a word before each complaint.
  return reply
    .trim()
    .replaceAll('\r\n', '\n')
    .replace(/^Error: /gm, '');
}

async function addNode(qemu: Qemu, value: string): Promise<string | null> {
  const reply = await qemu.execute('blockdev-add', JSON.parse(value));
  if (reply === null) return null;
  if ('error' in reply) return reply.error;
  await qemu.execute('blockdev-del', { 'node-name': 'n' });
  return '';
}

/** Replays the calls that the simulation of a case makes, one by one, as long as the real returns allow it. */
async function replay(librados: Librados, given: LiveCase, plan: SimulatedDrive): Promise<Seen> {
  librados.putFiles(given.files);
  librados.takeLog();
  await librados.run('env', 'HOME', given.env['HOME'] ?? '/root');
  for (const name of ['CEPH_CONF', 'CEPH_KEYRING']) await librados.run('env', name, given.env[name] ?? null);
  const seen = () => readLog(librados.takeLog())[0] ?? NO_OPEN;
  for (const [call, first, second] of plan.calls) {
    const text = typeof first === 'string' ? first : null;
    let returned: number | null;
    if (call === 'rados_create') returned = await librados.run('create', text);
    else if (call === 'rados_conf_set') returned = await librados.run('set', text, String(second));
    else if (call === 'rados_conf_read_file') returned = await librados.run('read', text);
    else returned = await librados.run('connect');
    if (returned === null) return { ...seen(), error: 'crash', message: null };
  }
  await librados.run('end');
  const open = seen();
  return { ...open, error: connected(open) ? null : 'before-connect', message: null };
}

// ---------------------------------------------------------------------------------------------------------------------
// Whole command lines

interface SeenCommand {
  readonly opens: ReturnType<typeof readLog>;
  /** What QEMU printed before it ended; null where it started. */
  readonly message: string | null;
  readonly crashed: boolean;
  readonly writeCaches: ReadonlyMap<string, boolean>;
}

/** QEMU's text without the program's name and the argument that it is about. */
function firstComplaint(stderr: string, args: readonly string[]): string {
  const program = 'qemu-system-x86_64: ';
  for (const part of stderr.split(program).slice(1)) {
    let text = part.trim();
    for (const [at, word] of args.entries()) {
      const place = word.startsWith('-') ? `${word} ${args[at + 1] ?? ''}: ` : `${word}: `;
      if (word !== '-device' && text.startsWith(place)) text = text.slice(place.length);
    }
    const lines = text.split('\n').filter((line) => line !== '' && isComplaint(line));
    if (lines.length > 0) return lines.join('\n');
  }
  return '';
}

/** QEMU ends at the first drive that it refuses; the simulation says of each drive what it alone would do. */
function differenceOfCommand(full: JsonObject, seen: SeenCommand, made: Simulated): Disagreement | null {
  const errors = [made.error, ...made.drives.map(({ error }) => error)].filter((error) => error !== null);
  const expect = { ...seen, writeCaches: [...seen.writeCaches] };
  const of = (what: string, options: readonly string[] = []): Disagreement => ({
    kind: 'command',
    what,
    case: { ...full, options },
    expect: { ...expect, opens: seen.opens.map((open) => ({ ...open, config: pick(open.config, options) })) },
    simulated: {
      ...made,
      drives: made.drives.map((drive) => ({ ...drive, config: pick(drive.config, options) })),
    },
  });
  const opening = made.drives.filter(({ calls }) => calls.length > 0);
  const differs = differenceOfOpens(seen.opens, made.drives, seen.crashed);
  if (differs !== null) return of(differs.what, differs.options);
  if (seen.crashed) return errors.some(({ stage }) => stage === 'crash') ? null : of('error');
  if (seen.message === null) {
    if (errors.length > 0) return of('error');
    if (seen.opens.length !== opening.length) return of('calls');
    const shown = [...seen.writeCaches.values()];
    const simulatedCaches = made.drives.map(({ writeCache }) => writeCache);
    return shown.length === simulatedCaches.length && shown.some((value, at) => value !== simulatedCaches[at])
      ? of('write cache')
      : null;
  }
  // Drives that are none of rbd, and devices, may be refused for reasons of their own; who asked for help gets it.
  if (errors.some(({ message }) => message === seen.message) || isOutOfScope(seen.message)) return null;
  return of(errors.length === 0 ? 'error' : 'message');
}

function isOutOfScope(message: string): boolean {
  // Where QEMU was built for Windows, a single letter is a drive.
  const isLetter = /^Unknown protocol '[A-Za-z]'$/.test(message);
  return message === '' || message.startsWith('-device ') || isAboutFile(message) || isLetter;
}
