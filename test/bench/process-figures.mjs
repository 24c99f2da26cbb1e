/** Processor time and memory of a running process, from Linux's /proc; undefined on other systems. */
import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS_A_MILLISECOND = 1_000_000;

/**
 * Processor time of all its threads so far, in milliseconds. The scheduler counts nanoseconds, unlike the ticks of `stat`,
 * which are as long as a whole keystroke takes.
 * @param {number} pid
 * @returns {number | undefined}
 */
export function cpuTime(pid) {
  const threads = listing(`/proc/${pid}/task`);
  if (threads === undefined) return undefined;
  let nanoseconds = 0;
  for (const thread of threads) {
    const counts = contents(`/proc/${pid}/task/${thread}/schedstat`);
    nanoseconds += Number(counts?.split(' ')[0] ?? 0);
  }
  return nanoseconds / NANOSECONDS_A_MILLISECOND;
}

/**
 * Resident memory in MiB: now, and the most there was.
 * @param {number} pid
 */
export function memory(pid) {
  const status = contents(`/proc/${pid}/status`) ?? '';
  return { rss: mebibytes(status, 'VmRSS'), peak: mebibytes(status, 'VmHWM') };
}

/**
 * @param {string} status
 * @param {string} name
 */
function mebibytes(status, name) {
  const kibibytes = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** @param {string} path */
function contents(path) {
  return unlessGone(() => readFileSync(path, 'utf8'));
}

/** @param {string} path */
function listing(path) {
  return unlessGone(() => readdirSync(path));
}

/**
 * @template T
 * @param {() => T} look
 * @returns {T | undefined} undefined where the process or thread ended meanwhile, or there is no /proc
 */
function unlessGone(look) {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
