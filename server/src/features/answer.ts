/**
 * The answer for one drive, in words: what RBDCache it runs with, who decided it, what the guest sees, what a crash
 * costs. Made from a trace, for hovers, hints and reports alike; how it is printed stands in answer-render.ts.
 */
import * as l10n from '@vscode/l10n';
import { optionOverrides } from '../catalog/rbd-options.js';
import { humanSize } from '../rules/support/sizes.js';
import type {
  Candidate,
  DriveTrace,
  FileLookup,
  FileRead,
  GuestCache,
  OptionTrace,
  Outcome,
} from '../simulate/model.js';
import { commandText, type DriveInText, describeCandidate, inCommand } from './answer-sources.js';
import { unverifiedCephFacts, unverifiedQemuFacts } from './answer-unverified.js';
import { code, filled, fromText, humanSeconds, joined, listed, type Sentence, strong, words } from './answer-words.js';
import { policyName, safetyName } from './outcome-words.js';
import { redact, shownValue } from './redact.js';
import type { ReleasesInForce } from './releases.js';
import { buildText, marked, releaseName, releaseText } from './releases.js';

/** A drive, its text, and how sure the releases are. */
export interface AnsweredDrive extends DriveInText {
  readonly releases: Pick<ReleasesInForce, 'sources'>;
}

/** A topic of the answer: `Decided by`, `Guest` … and what there is to say about it. */
export interface AnswerPart {
  readonly topic: string;
  readonly sentences: readonly Sentence[];
}

export interface Answer {
  readonly headline: Sentence;
  readonly parts: readonly AnswerPart[];
}

export function restartNote(): string {
  return l10n.t('A change of ceph.conf counts only when the disk is attached again or the VM is restarted.');
}

/** The headline and who decided it. */
export function briefAnswer(drive: AnsweredDrive): Answer {
  return { headline: headline(drive), parts: decisionPart(drive) };
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
  return filled('{0} — {1}', outcomeSentence(drive), pairSentence(drive));
}

/** The headline without the releases. */
export function outcomeSentence(drive: DriveInText): Sentence {
  const { error, outcome, releases } = drive.trace;
  if (error !== null) return errorSentence(error, releaseName(releases.qemu));
  if (outcome !== null) return onOrOff(outcome);
  const parts = drive.trace.unknown;
  if (parts.length === 0) return filled(l10n.t('RBDCache **depends** on what the text does not show'));
  return filled(
    l10n.t('RBDCache **depends** on {0}'),
    listed(parts.slice(0, 3).map(({ span }) => [code(commandText(drive, span, 40), inCommand(span))])),
  );
}

function errorSentence({ stage, message }: NonNullable<DriveTrace['error']>, qemu: string): Sentence {
  const said = message === '' ? null : [code(redact(message))];
  switch (stage) {
    case 'crash':
      return said === null
        ? filled(l10n.t('{0} **crashes on this drive**'), qemu)
        : filled(l10n.t('{0} **crashes on this drive**: {1}'), qemu, said);
    case 'open':
      return said === null
        ? filled(l10n.t('{0} **refuses this drive** after opening the image'), qemu)
        : filled(l10n.t('{0} **refuses this drive** after opening the image: {1}'), qemu, said);
    default:
      return said === null
        ? filled(l10n.t('{0} **refuses this drive**'), qemu)
        : filled(l10n.t('{0} **refuses this drive**: {1}'), qemu, said);
  }
}

function onOrOff(outcome: Outcome): Sentence {
  const { writePolicy, guest } = outcome;
  if (outcome.rbdCache === 'off') return filled(l10n.t('RBDCache **off**'));
  if (outcome.staysWritethrough) {
    return filled(l10n.t('RBDCache **on**, write-through for good: no flush ever reaches it'));
  }
  if (writePolicy === 'writethrough') return filled(l10n.t('RBDCache **on**, write-through'));
  if (guest.flushedBy === 'qemu') {
    return filled(l10n.t('RBDCache **on**, {0}, and QEMU flushes after every write'), policyName(writePolicy));
  }
  if (!outcome.untilFirstFlush) {
    return filled(l10n.t('RBDCache **on**, {0} from the first write'), policyName(writePolicy));
  }
  return writePolicy === 'writearound'
    ? filled(l10n.t("RBDCache **on**, write-through until the guest's first flush, then write-around"))
    : filled(l10n.t("RBDCache **on**, write-through until the guest's first flush"));
}

/** `QEMU 2.2, librbd 0.87 (assumed)`. */
export function pairSentence({ trace, releases }: AnsweredDrive): string {
  const { qemu, librbd } = trace.releases;
  const { sources } = releases;
  if (sources.qemu === 'assumed' && sources.librbd === 'assumed') {
    return l10n.t('{0}, {1} (assumed)', releaseText(qemu), releaseText(librbd));
  }
  return l10n.t(
    '{0}, {1}',
    marked(buildText(trace.releases), sources.qemu),
    marked(releaseText(librbd), sources.librbd),
  );
}

// ---------------------------------------------------------------------------------------------------------------------

function mainParts(drive: AnsweredDrive): AnswerPart[] {
  const { outcome, error } = drive.trace;
  const parts: AnswerPart[] = [...decisionPart(drive)];
  const add = (topic: string, sentences: readonly Sentence[]): void => {
    if (sentences.length > 0) parts.push({ topic, sentences });
  };
  if (outcome !== null && error === null) {
    add(l10n.t('Guest'), [[words(guestText(outcome.guest))]]);
    const safety = [strong(safetyName(outcome.safety))];
    add(l10n.t('Crash'), [filled(l10n.t('{0}: {1}'), safety, fromText(outcome.safetyReason))]);
    if (outcome.rbdCache === 'on') add(l10n.t('Sizes'), sizes(drive, outcome));
  }
  if (error === null || error.stage === 'open' || error.stage === 'conf') add('ceph.conf', cephConf(drive.trace));
  return parts;
}

/** Empty where QEMU never came to ask librados. */
function decisionPart(drive: DriveInText): readonly AnswerPart[] {
  const { error, config } = drive.trace;
  if (config === null || (error !== null && error.stage !== 'open')) return [];
  const sentences = decidedBy(drive);
  return sentences.length === 0 ? [] : [{ topic: l10n.t('Decided by'), sentences }];
}

/** One line: what could beat the text without standing in it. */
function assumedInShort({ trace }: AnsweredDrive): readonly AnswerPart[] {
  if (trace.outcome === null || trace.error !== null) return [];
  const { image, pool, monitors } = optionOverrides(trace.releases.librbd, 'rbd_cache');
  const facts = [...unverifiedQemuFacts(trace), ...unverifiedCephFacts(trace)];
  const silent = [
    ...(image ? [l10n.t('on the image')] : []),
    ...(pool ? [l10n.t('on its pool')] : []),
    ...(monitors ? [l10n.t("in the monitors' database"), l10n.t("in QEMU's environment")] : []),
  ];
  const loaded = l10n.t('{0} is what QEMU loads.', releaseName(trace.releases.librbd));
  const known = filled(l10n.t('{0} {1}'), loaded, restartNote());
  const sentence: Sentence =
    silent.length === 0
      ? known
      : filled(l10n.t('{0} {1}'), filled(l10n.t('no `rbd_…` set {0}.'), orList(silent)), known);
  return [{ topic: l10n.t('Assumes'), sentences: [sentence] }, ...notVerified(facts)];
}

function notVerified(facts: readonly string[]): readonly AnswerPart[] {
  return facts.length === 0 ? [] : [{ topic: l10n.t('Not verified'), sentences: facts.map(fromText) }];
}

function orList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : l10n.t('{0} or {1}', items.slice(0, -1).join(l10n.t(', ')), last);
}

function assumedInFull({ trace }: AnsweredDrive): readonly AnswerPart[] {
  if (trace.outcome === null || trace.error !== null) return [];
  return [
    { topic: l10n.t('Assumes'), sentences: [...trace.outcome.assumes, restartNote()].map(fromText) },
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
    sentences.push(filled(l10n.t('Until-flush: {0}'), verdict(drive, untilFlush)));
  }
  return sentences;
}

function verdict(drive: DriveInText, { candidates, winner }: OptionTrace): Sentence {
  const losers = candidates.filter((one) => one !== winner && one.level !== 'default');
  const beaten = losers.filter((one) => one.refusal === null);
  const refused = losers.filter((one) => one.refusal !== null);
  const describe = (some: readonly Candidate[]): Sentence => listed(some.map((one) => describeCandidate(drive, one)));
  const won = describeCandidate(drive, winner);
  const said = beaten.length === 0 ? won : filled(victoryText(beaten, candidates, winner), won, describe(beaten));
  return refused.length === 0 ? said : filled(l10n.t('{0}; this release cannot read {1}'), said, describe(refused));
}

/** That the winner beats the others, and why. */
function victoryText(beaten: readonly Candidate[], candidates: readonly Candidate[], winner: Candidate): string {
  if (winner.place.kind === 'file') {
    if (beaten.every((one) => one.superseded === 'section')) {
      return l10n.t('{0}; it beats {1}, because its section is the more specific one');
    }
    if (beaten.every((one) => one.superseded === 'duplicate')) {
      return l10n.t('{0}; it beats {1}, which says the same option in the same section');
    }
  }
  const accepted = candidates.filter((one) => one.refusal === null && one.superseded === undefined);
  if (accepted.at(-1) === winner) return l10n.t('{0}; it beats {1}, because it is set last');
  return winner.level === 'override'
    ? l10n.t('{0}; it beats {1}, because what QEMU sets outranks any file since librados 13')
    : l10n.t('{0}; it beats {1}');
}

function guestText({ writeCache, flushedBy, noFlush }: GuestCache): string {
  switch (flushedBy) {
    case 'guest':
      return writeCache
        ? l10n.t('sees a write cache and has to flush it.')
        : l10n.t('sees no write cache; only its own flushes are passed on.');
    case 'qemu':
      return writeCache
        ? l10n.t('sees a write cache; QEMU flushes after every write.')
        : l10n.t('sees no write cache; QEMU flushes after every write.');
    case 'nobody':
      if (noFlush) {
        return writeCache
          ? l10n.t('sees a write cache, but its flushes are thrown away (no-flush).')
          : l10n.t('sees no write cache, but its flushes are thrown away (no-flush).');
      }
      return writeCache
        ? l10n.t('sees a write cache, and nobody flushes.')
        : l10n.t('sees no write cache, and nobody flushes.');
  }
}

/** The limits in force; one that somebody set says who. */
function sizes(drive: DriveInText, outcome: Outcome): Sentence[] {
  const rows: readonly (readonly [string, number | null, (value: number) => string])[] = [
    ['rbd_cache_size', outcome.size, (size) => l10n.t('{0} cache', humanSize(size))],
    ['rbd_cache_max_dirty', outcome.dirtyLimit, (size) => l10n.t('{0} dirty at most', humanSize(size))],
    ['rbd_cache_target_dirty', outcome.targetDirty, (size) => l10n.t('{0} target dirty', humanSize(size))],
    ['rbd_cache_max_dirty_age', outcome.maxDirtyAge, (age) => l10n.t('written back after {0}', humanSeconds(age))],
  ];
  const inUse = outcome.staysWritethrough ? rows.slice(0, 1) : rows;
  const shown = inUse.flatMap(([option, value, say]): Sentence[] => {
    if (value === null) return [];
    const winner = drive.trace.config?.trace(option)?.winner;
    return winner === undefined || winner.level === 'default'
      ? [[words(say(value))]]
      : [filled(l10n.t('{0} ({1})'), say(value), describeCandidate(drive, winner))];
  });
  const all = outcome.servesReads ? shown : [...shown, [words(l10n.t('no reads are cached'))]];
  return all.length === 0 ? [] : [joined(all)];
}

/** Which ceph.conf was taken, or that none was found, and what follows. */
function cephConf({ reads, calls }: DriveTrace): Sentence[] {
  if (reads.length === 0 && calls.length > 0) return [[words(l10n.t('none is read by this drive.'))]];
  return reads.map((read) => {
    const said = readText(read);
    const doubted = read.uncertain && (read.taken !== null || read.requested === null || wholeSearchIsKnown(read));
    return doubted
      ? filled(l10n.t('{0} {1}'), said, l10n.t('Paths that could not be looked at here may change this.'))
      : said;
  });
}

function wholeSearchIsKnown({ searched }: FileRead): boolean {
  return searched.every(({ status }) => status !== 'unknown');
}

function readText(read: FileRead): Sentence {
  const { taken } = read;
  if (taken !== null) {
    const place = {
      location: { in: 'file', file: taken.file.id, span: { start: 0, end: 0 } },
      path: taken.path,
      line: 1,
    } as const;
    const path = [code(taken.path, place)];
    if (read.abort !== null) return filled(l10n.t('{0} aborts the whole process: {1}.'), path, read.abort);
    if (read.returned !== 0) {
      return filled(l10n.t('{0} is refused as a whole: nothing in it counts, only the built-in defaults.'), path);
    }
    return read.requested === null ? filled(l10n.t('{0}.'), path) : filled(l10n.t('{0}, named by the drive.'), path);
  }
  if (read.requested !== null) {
    const path = [code(redact(read.requested))];
    return wholeSearchIsKnown(read)
      ? filled(l10n.t('{0}, named by the drive, cannot be read: the drive does not open.'), path)
      : filled(l10n.t('{0}, named by the drive, is not in view; it is taken as empty.'), path);
  }
  const looked = read.searched.map(
    ({ path, status }): Sentence =>
      status === 'unknown' ? filled(l10n.t('{0} (not looked at)'), [code(path)]) : [code(path)],
  );
  return looked.length === 0
    ? filled(l10n.t("none found: all but what the drive says is at this release's defaults."))
    : filled(l10n.t("none found ({0}): all but what the drive says is at this release's defaults."), listed(looked));
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
    parts.push({ topic: l10n.t('QEMU says'), sentences: trace.notices.map(({ message }) => [words(redact(message))]) });
  }
  const searched = trace.reads.flatMap((read) => read.searched);
  if (searched.length > 0) {
    parts.push({
      topic: l10n.t('Search for ceph.conf'),
      sentences: searched.map(({ path, status }) => filled(l10n.t('{0}: {1}'), [code(path)], foundText(status))),
    });
  }
  if (trace.calls.length > 0) {
    parts.push({ topic: l10n.t('Calls'), sentences: trace.calls.map((call) => [code(callText(call))]) });
  }
  return parts;
}

function foundText(status: FileLookup['status']): string {
  switch (status) {
    case 'file':
      return l10n.t('file');
    case 'missing':
      return l10n.t('missing');
    case 'unreadable':
      return l10n.t('unreadable');
    case 'directory':
      return l10n.t('directory');
    case 'unknown':
      return l10n.t('not looked at');
  }
}

function candidatesInOrder(drive: DriveInText, { candidates, winner }: OptionTrace): Sentence[] {
  return candidates.map((candidate) => {
    const value = candidate.value === null ? l10n.t('refused') : candidate.level;
    const said = filled(l10n.t('{0} ({1})'), describeCandidate(drive, candidate), value);
    return candidate === winner ? filled(l10n.t('{0} ← **in force**'), said) : said;
  });
}

export function callText(call: DriveTrace['calls'][number]): string {
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
