/**
 * The answer for one drive, in words: what RBDCache it runs with, who decided it, what the guest sees, what a crash
 * costs. Made from a trace, for hovers, hints and reports alike; how it is printed stands in answer-render.ts.
 */
import { optionOverrides } from '../catalog/rbd-options.js';
import type { Candidate, DriveTrace, FileRead, GuestCache, OptionTrace, Outcome } from '../simulate/model.js';
import type { ReleasesInForce } from '../workspace/releases-in-force.js';
import { releaseName, releaseText } from '../workspace/releases-in-force.js';
import { commandText, type DriveInText, describeCandidate, inCommand } from './answer-sources.js';
import { unverifiedCephFacts, unverifiedQemuFacts } from './answer-unverified.js';
import { code, fromText, humanSeconds, humanSize, listed, type Sentence, strong, words } from './answer-words.js';
import { policyName } from './outcome-words.js';
import { redact, shownValue } from './redact.js';

/** A drive, its text, and how sure the releases are. */
export interface AnsweredDrive extends DriveInText {
  readonly releases: Pick<ReleasesInForce, 'sources'>;
}

const DECIDED_BY = 'Decided by';

/** A topic of the answer: `Decided by`, `Guest` … and what there is to say about it. */
export interface AnswerPart {
  readonly topic: string;
  readonly sentences: readonly Sentence[];
}

export interface Answer {
  readonly headline: Sentence;
  readonly parts: readonly AnswerPart[];
}

export const RESTART_NOTE = 'A change of ceph.conf counts only when the disk is attached again or the VM is restarted.';

/** The headline and who decided it. */
export function briefAnswer(drive: AnsweredDrive): Answer {
  return { headline: headline(drive), parts: mainParts(drive).filter(({ topic }) => topic === DECIDED_BY) };
}

/** Fits a hover without scrolling. */
export function shortAnswer(drive: AnsweredDrive): Answer {
  return { headline: headline(drive), parts: [...mainParts(drive), ...assumedInShort(drive)] };
}

/** With every candidate of every option that somebody spoke of, the calls, and the search for ceph.conf. */
export function fullAnswer(drive: AnsweredDrive): Answer {
  return { headline: headline(drive), parts: [...mainParts(drive), ...assumedInFull(drive), ...detailParts(drive)] };
}

/** `RBDCache **on**, write-through until the guest's first flush — QEMU 2.2, librbd 0.87`. */
export function headline(drive: AnsweredDrive): Sentence {
  return [...outcomeSentence(drive), words(` — ${pairSentence(drive)}`)];
}

/** The headline without the releases. */
export function outcomeSentence(drive: DriveInText): Sentence {
  const { error, outcome, releases } = drive.trace;
  if (error !== null) {
    const verb = error.stage === 'crash' ? 'crashes on this drive' : 'refuses this drive';
    const when = error.stage === 'open' ? ' after opening the image' : '';
    const message = error.message === '' ? [] : [words(': '), code(redact(error.message))];
    return [words(`${releaseName(releases.qemu)} `), strong(verb), words(when), ...message];
  }
  if (outcome === null) return [words('RBDCache '), strong('depends'), ...unknownReason(drive)];
  return [words('RBDCache '), strong(outcome.rbdCache), words(policyText(outcome))];
}

/** Behind `RBDCache on`. */
export function policyText(outcome: Outcome): string {
  if (outcome.rbdCache === 'off') return '';
  const { writePolicy, guest } = outcome;
  const around = writePolicy === 'writearound';
  if (outcome.staysWritethrough) return ', write-through for good: no flush ever reaches it';
  if (writePolicy === 'writethrough') return ', write-through';
  if (guest.flushedBy === 'qemu') return `, ${policyName(writePolicy)}, and QEMU flushes after every write`;
  if (outcome.untilFirstFlush) {
    return `, write-through until the guest's first flush${around ? ', then write-around' : ''}`;
  }
  return `, ${policyName(writePolicy)} from the first write`;
}

/** `QEMU 2.2, librbd 0.87 (assumed)`. */
export function pairSentence({ trace, releases }: AnsweredDrive): string {
  const { qemu, librbd, vendor } = trace.releases;
  const { sources } = releases;
  const mark = (assumed: boolean): string => (assumed ? ' (assumed)' : '');
  if (sources.qemu === 'assumed' && sources.librbd === 'assumed') {
    return `${releaseText(qemu)}, ${releaseText(librbd)} (assumed)`;
  }
  const build = vendor === 'proxmox' ? ' by Proxmox' : '';
  return (
    `${releaseText(qemu)}${build}${mark(sources.qemu === 'assumed')}, ` +
    `${releaseText(librbd)}${mark(sources.librbd === 'assumed')}`
  );
}

function unknownReason(drive: DriveInText): Sentence {
  const parts = drive.trace.unknown;
  if (parts.length === 0) return [words(' on what the text does not show')];
  return [
    words(' on '),
    ...listed(parts.slice(0, 3).map(({ span }) => [code(commandText(drive, span, 40), inCommand(span))])),
  ];
}

// ---------------------------------------------------------------------------------------------------------------------

function mainParts(drive: AnsweredDrive): AnswerPart[] {
  const { outcome, error, config } = drive.trace;
  const parts: AnswerPart[] = [];
  const add = (topic: string, sentences: readonly Sentence[]): void => {
    if (sentences.length > 0) parts.push({ topic, sentences });
  };
  if (config !== null && (error === null || error.stage === 'open')) add(DECIDED_BY, decidedBy(drive));
  if (outcome !== null && error === null) {
    add('Guest', [[words(guestText(outcome.guest))]]);
    add('Crash', [[strong(SAFETY_NAMES[outcome.safety]), words(': '), ...fromText(outcome.safetyReason)]]);
    if (outcome.rbdCache === 'on') add('Sizes', sizes(drive, outcome));
  }
  if (error === null || error.stage === 'open' || error.stage === 'conf') add('ceph.conf', cephConf(drive.trace));
  return parts;
}

const SAFETY_NAMES = { safe: 'safe', 'flush-safe': 'flush-safe', unsafe: 'unsafe' } as const;

/** One line: what could beat the text without standing in it. */
function assumedInShort({ trace }: AnsweredDrive): readonly AnswerPart[] {
  if (trace.outcome === null || trace.error !== null) return [];
  const { image, pool, monitors } = optionOverrides(trace.releases.librbd, 'rbd_cache');
  const facts = [...unverifiedQemuFacts(trace), ...unverifiedCephFacts(trace)];
  const silent = [
    ...(image ? ['on the image'] : []),
    ...(pool ? ['on its pool'] : []),
    ...(monitors ? ["in the monitors' database", "in QEMU's environment"] : []),
  ];
  const nothing = silent.length === 0 ? [] : [words('no '), code('rbd_…'), words(` set ${orList(silent)}. `)];
  const sentence: Sentence = [
    ...nothing,
    words(`${releaseName(trace.releases.librbd)} is what QEMU loads. ${RESTART_NOTE}`),
  ];
  return [{ topic: 'Assumes', sentences: [sentence] }, ...notVerified(facts)];
}

function notVerified(facts: readonly string[]): readonly AnswerPart[] {
  return facts.length === 0 ? [] : [{ topic: 'Not verified', sentences: facts.map(fromText) }];
}

function orList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} or ${last}`;
}

function assumedInFull({ trace }: AnsweredDrive): readonly AnswerPart[] {
  if (trace.outcome === null || trace.error !== null) return [];
  return [
    { topic: 'Assumes', sentences: [...trace.outcome.assumes, RESTART_NOTE].map(fromText) },
    ...notVerified(unverifiedQemuFacts(trace)),
  ];
}

/** Who decided `rbd_cache`, and whom that beat. */
function decidedBy(drive: DriveInText): Sentence[] {
  const cache = drive.trace.config?.trace('rbd_cache');
  if (cache === undefined) return [];
  const sentences: Sentence[] = [verdict(drive, cache)];
  const untilFlush = drive.trace.config?.trace('rbd_cache_writethrough_until_flush');
  const bears = drive.trace.outcome?.rbdCache === 'on';
  if (bears && untilFlush !== undefined && untilFlush.candidates.length > 1) {
    sentences.push([words('Until-flush: '), ...verdict(drive, untilFlush)]);
  }
  return sentences;
}

function verdict(drive: DriveInText, { candidates, winner }: OptionTrace): Sentence {
  const losers = candidates.filter((one) => one !== winner && one.level !== 'default');
  const beaten = losers.filter((one) => one.refusal === null);
  const refused = losers.filter((one) => one.refusal !== null);
  const sentence: Sentence = [...describeCandidate(drive, winner)];
  return [
    ...sentence,
    ...(beaten.length === 0
      ? []
      : [words('; it beats '), ...listed(beaten.map((one) => describeCandidate(drive, one)))]),
    ...(beaten.length === 0 ? [] : [words(reasonText(beaten, candidates, winner))]),
    ...(refused.length === 0
      ? []
      : [words('; this release cannot read '), ...listed(refused.map((one) => describeCandidate(drive, one)))]),
  ];
}

/** Why the winner beats the others. */
function reasonText(beaten: readonly Candidate[], candidates: readonly Candidate[], winner: Candidate): string {
  if (winner.place.kind === 'file') {
    if (beaten.every((one) => one.superseded === 'section')) return ', because its section is the more specific one';
    if (beaten.every((one) => one.superseded === 'duplicate'))
      return ', which says the same option in the same section';
  }
  const accepted = candidates.filter((one) => one.refusal === null && one.superseded === undefined);
  if (accepted.at(-1) === winner) return ', because it is set last';
  return winner.level === 'override' ? ', because what QEMU sets outranks any file since librados 13' : '';
}

function guestText({ writeCache, flushedBy, noFlush }: GuestCache): string {
  const shown = writeCache ? 'sees a write cache' : 'sees no write cache';
  switch (flushedBy) {
    case 'guest':
      return writeCache ? `${shown} and has to flush it.` : `${shown}; only its own flushes are passed on.`;
    case 'qemu':
      return `${shown}; QEMU flushes after every write.`;
    case 'nobody':
      return noFlush ? `${shown}, but its flushes are thrown away (no-flush).` : `${shown}, and nobody flushes.`;
  }
}

/** The limits in force; one that somebody set says who. */
function sizes(drive: DriveInText, outcome: Outcome): Sentence[] {
  const rows: readonly (readonly [string, string | null, (shown: string) => string])[] = [
    ['rbd_cache_size', outcome.size === null ? null : humanSize(outcome.size), (shown) => `${shown} cache`],
    ['rbd_cache_max_dirty', sizeOrNull(outcome.dirtyLimit), (shown) => `${shown} dirty at most`],
    ['rbd_cache_target_dirty', sizeOrNull(outcome.targetDirty), (shown) => `${shown} target dirty`],
    [
      'rbd_cache_max_dirty_age',
      outcome.maxDirtyAge === null ? null : humanSeconds(outcome.maxDirtyAge),
      (shown) => `written back after ${shown}`,
    ],
  ];
  const inUse = outcome.staysWritethrough ? rows.slice(0, 1) : rows;
  const shown = inUse.flatMap(([option, value, say]): Sentence[] => {
    if (value === null) return [];
    const winner = drive.trace.config?.trace(option)?.winner;
    const source = winner === undefined || winner.level === 'default' ? [] : describeCandidate(drive, winner);
    return [[words(say(value)), ...(source.length === 0 ? [] : [words(' ('), ...source, words(')')])]];
  });
  const reads = outcome.servesReads ? [] : [words('no reads are cached')];
  const all = reads.length === 0 ? shown : [...shown, reads];
  return all.length === 0 ? [] : [joined(all)];
}

function sizeOrNull(bytes: number | null): string | null {
  return bytes === null ? null : humanSize(bytes);
}

function joined(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((sentence, at) => (at === 0 ? sentence : [words(', '), ...sentence]));
}

/** Which ceph.conf was taken, or that none was found, and what follows. */
function cephConf({ reads, calls }: DriveTrace): Sentence[] {
  if (reads.length === 0 && calls.length > 0) return [[words('none is read by this drive.')]];
  return reads.map((read) => readText(read));
}

function readText(read: FileRead): Sentence {
  const doubt = read.uncertain ? ' Paths that could not be looked at here may change this.' : '';
  const { taken } = read;
  if (taken !== null) {
    const place = {
      location: { in: 'file', file: taken.file.id, span: { start: 0, end: 0 } },
      path: taken.path,
      line: 1,
    } as const;
    if (read.abort !== null)
      return [code(taken.path, place), words(` aborts the whole process: ${read.abort}.${doubt}`)];
    if (read.returned !== 0) {
      return [
        code(taken.path, place),
        words(` is refused as a whole: nothing in it counts, only the built-in defaults.${doubt}`),
      ];
    }
    return [code(taken.path, place), words(`${read.requested === null ? '' : ', named by the drive'}.${doubt}`)];
  }
  const looked = read.searched.map(
    ({ path, status }): Sentence => (status === 'unknown' ? [code(path), words(' (not looked at)')] : [code(path)]),
  );
  if (read.requested !== null) {
    const known = read.searched.every(({ status }) => status !== 'unknown');
    return known
      ? [code(redact(read.requested)), words(`, named by the drive, cannot be read: the drive does not open.${doubt}`)]
      : [code(redact(read.requested)), words(', named by the drive, is not in view; it is taken as empty.')];
  }
  return [
    words('none found'),
    ...(looked.length === 0 ? [] : [words(' ('), ...listed(looked), words(')')]),
    words(`: all but what the drive says is at this release's defaults.${doubt}`),
  ];
}

// ---------------------------------------------------------------------------------------------------------------------

function detailParts(drive: DriveInText): AnswerPart[] {
  const { trace } = drive;
  const parts: AnswerPart[] = [];
  for (const option of trace.config?.mentioned() ?? []) {
    const found = trace.config?.trace(option);
    if (found !== undefined) parts.push({ topic: option, sentences: candidatesInOrder(drive, found) });
  }
  if (trace.notices.length > 0) {
    parts.push({ topic: 'QEMU says', sentences: trace.notices.map(({ message }) => [words(redact(message))]) });
  }
  const searched = trace.reads.flatMap((read) => read.searched);
  if (searched.length > 0) {
    parts.push({
      topic: 'Search for ceph.conf',
      sentences: searched.map(({ path, status }) => [
        code(path),
        words(`: ${status === 'unknown' ? 'not looked at' : status}`),
      ]),
    });
  }
  if (trace.calls.length > 0) {
    parts.push({ topic: 'Calls', sentences: trace.calls.map((call) => [code(callText(call))]) });
  }
  return parts;
}

function candidatesInOrder(drive: DriveInText, { candidates, winner }: OptionTrace): Sentence[] {
  return candidates.map((candidate) => {
    const value = candidate.value === null ? 'refused' : `${candidate.level}`;
    return [
      ...describeCandidate(drive, candidate),
      words(` (${value})`),
      ...(candidate === winner ? [words(' ← '), strong('in force')] : []),
    ];
  });
}

function callText(call: DriveTrace['calls'][number]): string {
  switch (call[0]) {
    case 'rados_create':
      return `rados_create(${redact(call[1] ?? 'NULL')})`;
    case 'rados_conf_set':
      return `rados_conf_set(${redact(call[1])}, ${redact(shownValue(call[1], call[2]))}) = ${call[3]}`;
    case 'rados_conf_read_file':
      return `rados_conf_read_file(${redact(call[1] ?? 'NULL')}) = ${call[2]}`;
    case 'rados_connect':
      return 'rados_connect()';
  }
}
