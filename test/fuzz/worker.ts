/** Runs inputs in a thread of its own, where a hang can be seen from outside and ended. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Mutator } from './mutate.js';
import { seedOf } from './random.js';
import { readScript, type SessionScript, sessionFault, sessionScript } from './session.js';
import { loadSources } from './sources.js';
import { inputOf, type Target, targetOf, tryInput } from './targets.js';

/** An input, or a session's seed, and what went wrong with it. Regression files hold these. */
export interface Failure {
  readonly target: string;
  readonly seed: number;
  readonly input: string;
  readonly message: string;
}

export interface Job {
  readonly root: string;
  readonly target: string;
  readonly runSeed: number;
  readonly from: number;
  readonly to: number;
  /** `show`: only make the input numbered `from`. `replay`: run `inputs`. */
  readonly mode: 'run' | 'show' | 'replay';
  readonly replay?: readonly { readonly seed: number; readonly input: string }[];
  /** The number of the input at hand. */
  readonly progress: SharedArrayBuffer;
}

/** Milliseconds of processor time that one input may take; measured again where it took longer. */
const SLOW = 1_000;
const SHRINKING_TRIES = 400;
const MOST_FAILURES = 5;

async function work(job: Job): Promise<readonly Failure[]> {
  const progress = new Int32Array(job.progress);
  if (job.target === 'server') return workOnServer(job, () => Atomics.add(progress, 0, 1));
  const target = targetOf(job.target);
  if (job.mode === 'replay')
    return (job.replay ?? []).flatMap(({ seed, input }) => failureOf(target, input, seed) ?? []);
  const mutator = new Mutator(loadSources(job.root));
  const failures = new Map<string, Failure>();
  for (let index = job.from; index < job.to; index++) {
    Atomics.store(progress, 0, index);
    const seed = seedOf(job.runSeed, index);
    const input = inputOf(target, mutator, seed);
    if (job.mode === 'show') return [{ target: target.name, seed, input, message: 'does not come to an end' }];
    const failure = failureOf(target, input, seed);
    if (failure === null) continue;
    const kind = firstLine(failure);
    if (!failures.has(kind)) failures.set(kind, shrunk(target, failure));
    if (failures.size >= MOST_FAILURES) break;
  }
  Atomics.store(progress, 0, job.to);
  return [...failures.values()];
}

async function workOnServer(job: Job, answered: () => void): Promise<readonly Failure[]> {
  const seed = seedOf(job.runSeed, job.from);
  const faultOf = async (script: SessionScript): Promise<string | null> => {
    try {
      return await sessionFault(job.root, script, answered);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const failure = (script: SessionScript, message: string, own = seed): Failure => ({
    target: 'server',
    seed: own,
    input: JSON.stringify(script),
    message,
  });
  if (job.mode === 'replay') {
    const failures: Failure[] = [];
    for (const { seed: own, input } of job.replay ?? []) {
      const script = readScript(input);
      const fault = await faultOf(script);
      if (fault !== null) failures.push(failure(script, fault, own));
    }
    return failures;
  }
  const script = sessionScript(job.root, seed, job.to - job.from);
  if (job.mode === 'show') return [failure(script, 'does not come to an end')];
  const fault = await faultOf(script);
  return fault === null ? [] : [await shrunkSession(failure(script, fault), script, faultOf)];
}

const SESSION_TRIES = 40;

/** Leaves out messages as long as the session fails in the same way; documents then need not end as they did. */
async function shrunkSession(
  first: Failure,
  script: SessionScript,
  faultOf: (script: SessionScript) => Promise<string | null>,
): Promise<Failure> {
  const way = (message: string): string => message.slice(0, 24);
  let best = first;
  let { messages } = script;
  const rest = { opened: [], strange: first.message.startsWith('a new server') ? [] : script.strange };
  let tries = SESSION_TRIES;
  for (let size = messages.length >> 1; size >= 1 && tries > 0; size >>= 1) {
    for (let at = 0; at < messages.length && tries > 0; tries--) {
      const fewer = [...messages.slice(0, at), ...messages.slice(at + size)];
      const fault = await faultOf({ messages: fewer, ...rest });
      if (fault !== null && way(fault) === way(first.message)) {
        messages = fewer;
        best = { ...first, message: fault, input: JSON.stringify({ messages, ...rest }) };
      } else at += size;
    }
  }
  return best;
}

function failureOf(target: Target, input: string, seed: number): Failure | null {
  const failed = (message: string): Failure => ({ target: target.name, seed, input, message });
  try {
    const took = Math.min(...measured(target, input, seed));
    return took > SLOW ? failed(`takes ${took.toFixed(0)} ms`) : null;
  } catch (error) {
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** The first run compiles, and the collector may come by: a slow one is tried again. */
function* measured(target: Target, input: string, seed: number): Generator<number> {
  for (let left = 3; left > 0; left--) {
    const start = process.cpuUsage();
    tryInput(target, input, seed);
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1_000;
    yield took;
    if (took <= SLOW) return;
  }
}

/** Takes away what is not needed for the failure, ever smaller pieces. */
function shrunk(target: Target, failure: Failure): Failure {
  let best = failure;
  const first = firstLine(failure);
  let tries = SHRINKING_TRIES;
  for (let size = best.input.length >> 1; size >= 1 && tries > 0; size >>= 1) {
    for (let at = 0; at < best.input.length && tries > 0; tries--) {
      const smaller = failureOf(target, best.input.slice(0, at) + best.input.slice(at + size), failure.seed);
      if (smaller !== null && firstLine(smaller) === first) best = smaller;
      else at += size;
    }
  }
  return best;
}

function firstLine({ message }: Failure): string {
  return (message.split('\n')[0] ?? '').replace(/\d+/g, '0');
}

/** The name of a regression file: the same for the same input. */
function nameOf({ target, seed, input }: Failure): string {
  return `${target}-${createHash('sha256').update(`${seed} ${input}`).digest('hex').slice(0, 12)}.json`;
}

const job: Job = workerData;
work(job).then(
  (failures) => parentPort?.postMessage(failures.map((failure) => ({ ...failure, name: nameOf(failure) }))),
  (error: unknown) => {
    throw error;
  },
);
