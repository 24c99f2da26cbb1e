/**
 * What becomes of drives when the releases change: whose outcome is another one, in which respects, and why. Compares two
 * traces of the same command; decides nothing by itself.
 */
import * as l10n from '@vscode/l10n';
import type {
  Candidate,
  CommandTrace,
  DriveSyntax,
  DriveTrace,
  OptionTrace,
  Outcome,
  Safety,
} from '../simulate/model.js';
import { type NamePlace, printable, sentenceToText } from './answer-render.js';
import { type DriveInText, describeCandidate } from './answer-sources.js';
import type { Sentence } from './answer-words.js';
import { driveLabel } from './drive-label.js';
import { redact, shownValue } from './redact.js';
import { releaseName } from './releases.js';

/** Respects in which two outcomes can differ: names of {@link Outcome}, and what comes before there is one. */
export type ChangedPart =
  | 'error'
  | 'unknown'
  | 'rbdCache'
  | 'writePolicy'
  | 'untilFirstFlush'
  | 'staysWritethrough'
  | 'servesReads'
  | 'dirtyLimit'
  | 'targetDirty'
  | 'maxDirtyAge'
  | 'size'
  | 'guest'
  | 'safety';

export type ReasonKind =
  /** QEMU refuses the drive, or no longer does. */
  | 'refusal'
  /** It is no drive of rbd to one of the two. */
  | 'other-driver'
  /** The ceph.conf is found or read in one of the two only. */
  | 'file'
  /** The same words make another cache mode. */
  | 'cache-mode'
  /** One of the two does not know the option. */
  | 'option'
  /** Nobody says anything, and the releases' defaults differ. */
  | 'default'
  /** Another source decides. */
  | 'winner'
  /** The same source is read as another value. */
  | 'value'
  /** The same values have another effect. */
  | 'behaviour';

export interface Reason {
  readonly kind: ReasonKind;
  /** The option that it is about. */
  readonly option: string | null;
  /** Who decided before, and who does after, with places to go to; null where there is nothing to go to. */
  readonly before: Sentence | null;
  readonly after: Sentence | null;
  /** A whole sentence. `namePlace` names places that are to be shown in it. */
  text(namePlace: NamePlace): string;
}

export interface ComparedDrive {
  readonly label: string;
  readonly syntax: DriveSyntax;
  /** Null where that release opens it with another driver, or where that cannot be known. */
  readonly before: DriveTrace | null;
  readonly after: DriveTrace | null;
  /** Empty where the outcome is the same. */
  readonly changed: readonly ChangedPart[];
  /** Whether a crash costs more after; a drive that is refused costs nothing to a guest that does not start. */
  readonly danger: 'more' | 'less' | 'same';
  readonly reasons: readonly Reason[];
}

/** The drives of a command in the order of its text. `text`: the command that the traces' spans count in. */
export function compareReleases(text: string, before: CommandTrace, after: CommandTrace): readonly ComparedDrive[] {
  const [drivesBefore, drivesAfter] = [byPlace(before), byPlace(after)];
  return [...new Set([...drivesBefore.keys(), ...drivesAfter.keys()])]
    .sort((a, b) => a - b)
    .flatMap((place) => {
      const pair = { before: drivesBefore.get(place) ?? null, after: drivesAfter.get(place) ?? null };
      const shown = pair.after ?? pair.before;
      if (shown === null) return [];
      const changed = changedParts(pair.before, pair.after);
      return [
        {
          label: printable(redact(driveLabel(shown))),
          syntax: shown.syntax,
          ...pair,
          changed,
          danger: dangerOf(pair.before?.outcome ?? null, pair.after?.outcome ?? null),
          reasons: changed.length === 0 ? [] : reasonsOf(text, pair, before, after, changed),
        },
      ];
    });
}

/** By the argument, and of several images of one by their order. */
function byPlace({ drives }: CommandTrace): ReadonlyMap<number, DriveTrace> {
  const placed = new Map<number, DriveTrace>();
  let last = -1;
  for (const drive of drives) {
    last = Math.trunc(last) === drive.syntax.argument ? last + 2 ** -20 : drive.syntax.argument;
    placed.set(last, drive);
  }
  return placed;
}

const OUTCOME_PARTS = [
  'rbdCache',
  'writePolicy',
  'untilFirstFlush',
  'staysWritethrough',
  'servesReads',
  'dirtyLimit',
  'targetDirty',
  'maxDirtyAge',
  'size',
  'safety',
] as const;

function changedParts(before: DriveTrace | null, after: DriveTrace | null): readonly ChangedPart[] {
  if (before === null || after === null) return ['error'];
  const [fate, fateAfter] = [fateOf(before), fateOf(after)];
  if (fate !== fateAfter) return ['error'];
  if (fate !== 'runs') return [];
  if (before.outcome === null || after.outcome === null) {
    return before.outcome === after.outcome ? [] : ['unknown'];
  }
  const [old, now] = [before.outcome, after.outcome];
  const changed: ChangedPart[] = OUTCOME_PARTS.filter((part) => old[part] !== now[part]);
  if (JSON.stringify(old.guest) !== JSON.stringify(now.guest)) changed.push('guest');
  return changed;
}

/** A drive that QEMU refuses does not start, whatever the complaint; a crash takes the guest along. */
function fateOf({ error }: DriveTrace): 'runs' | 'refused' | 'crashes' {
  if (error === null) return 'runs';
  return error.stage === 'crash' ? 'crashes' : 'refused';
}

const DANGER: Readonly<Record<Safety, number>> = { safe: 0, 'flush-safe': 1, unsafe: 2 };

function dangerOf(before: Outcome | null, after: Outcome | null): ComparedDrive['danger'] {
  if (before === null || after === null) return 'same';
  const more = DANGER[after.safety] - DANGER[before.safety];
  if (more === 0) return 'same';
  return more > 0 ? 'more' : 'less';
}

// ---------------------------------------------------------------------------------------------------------------------

/** What each part of an outcome is made of. */
const MADE_OF: Readonly<Partial<Record<ChangedPart, readonly string[]>>> = {
  rbdCache: ['rbd_cache'],
  writePolicy: ['rbd_cache', 'rbd_cache_policy', 'rbd_cache_max_dirty'],
  untilFirstFlush: ['rbd_cache', 'rbd_cache_writethrough_until_flush', 'rbd_cache_policy', 'rbd_cache_max_dirty'],
  staysWritethrough: ['rbd_cache', 'rbd_cache_writethrough_until_flush'],
  servesReads: ['rbd_cache_policy', 'rbd_cache_size'],
  dirtyLimit: ['rbd_cache_max_dirty', 'rbd_cache_policy'],
  targetDirty: ['rbd_cache_target_dirty', 'rbd_cache_policy'],
  maxDirtyAge: ['rbd_cache_max_dirty_age', 'rbd_cache_policy'],
  size: ['rbd_cache_size', 'rbd_cache_policy'],
};

interface Pair {
  readonly before: DriveTrace | null;
  readonly after: DriveTrace | null;
}

function reasonsOf(
  text: string,
  { before, after }: Pair,
  whole: CommandTrace,
  wholeAfter: CommandTrace,
  changed: readonly ChangedPart[],
): readonly Reason[] {
  if (before === null || after === null) {
    const { releases, error } = before === null ? whole : wholeAfter;
    const qemu = releaseName(releases.qemu);
    return error === null
      ? [plain('other-driver', l10n.t('To {0} it is no drive of rbd.', qemu))]
      : [plain('refusal', l10n.t('{0} refuses the whole command: {1}', qemu, printable(redact(error.message))))];
  }
  if (changed.includes('error')) return [refusal(before, after)];
  const reasons = [...fileReasons(before, after), ...modeReasons(before, after)];
  // Where RBDCache itself goes on or off, the rest follows from that.
  const parts = changed.includes('rbdCache') ? (['rbdCache'] as const) : changed;
  const options = new Set(parts.flatMap((part) => MADE_OF[part] ?? []));
  for (const option of options) {
    const reason = optionReason(option, { trace: before, text }, { trace: after, text });
    if (reason !== null) reasons.push(reason);
  }
  return reasons.length > 0 ? reasons : [behaviour(before, after)];
}

function refusal(before: DriveTrace, after: DriveTrace): Reason {
  const [error, qemu] =
    after.error === null
      ? [before.error, releaseName(before.releases.qemu)]
      : [after.error, releaseName(after.releases.qemu)];
  const message = printable(redact(error?.message ?? ''));
  if (after.error === null) return plain('refusal', l10n.t('Only {0} refuses it: {1}', qemu, message));
  return error?.stage === 'crash'
    ? plain('refusal', l10n.t('{0} crashes on it: {1}', qemu, message))
    : plain('refusal', l10n.t('{0} refuses it: {1}', qemu, message));
}

/** Another ceph.conf is taken, or the same one is refused as a whole. */
function fileReasons(before: DriveTrace, after: DriveTrace): Reason[] {
  const [old, now] = [before.reads.at(-1), after.reads.at(-1)];
  const [oldPath, nowPath] = [old?.taken?.path ?? null, now?.taken?.path ?? null];
  if (oldPath !== nowPath) {
    const [here, there] = [oldPath ?? l10n.t('no ceph.conf'), nowPath ?? l10n.t('no ceph.conf')];
    return [plain('file', l10n.t('{0} was read, {1} is now.', printable(redact(here)), printable(redact(there))))];
  }
  const failed = (returned: number | undefined): boolean => returned !== undefined && returned !== 0;
  if (nowPath === null || failed(old?.returned) === failed(now?.returned)) return [];
  const [reads, refuses] = failed(now?.returned) ? [before, after] : [after, before];
  const [reader, refuser] = [releaseName(reads.releases.librbd), releaseName(refuses.releases.librbd)];
  return [plain('file', l10n.t('{0} reads {1}, {2} refuses it as a whole.', reader, printable(nowPath), refuser))];
}

/** The same words make another cache mode, as without any where the default changed. */
function modeReasons(before: DriveTrace, after: DriveTrace): Reason[] {
  if (before.cacheMode.name === after.cacheMode.name) return [];
  const [old, now] = [releaseName(before.releases.qemu), releaseName(after.releases.qemu)];
  return [
    plain(
      'cache-mode',
      l10n.t(
        'The cache mode was {0} in {1}, and is {2} in {3}.',
        before.cacheMode.name,
        old,
        after.cacheMode.name,
        now,
      ),
    ),
  ];
}

function optionReason(option: string, before: DriveInText, after: DriveInText): Reason | null {
  const [old, now] = [before.trace.config?.trace(option), after.trace.config?.trace(option)];
  if (old === undefined && now === undefined) return null;
  const [oldRelease, nowRelease] = [before, after].map(({ trace }) => releaseName(trace.releases.librbd));
  if (old === undefined || now === undefined) {
    const known = old ?? now;
    const says = known === undefined ? '' : shown(known.winner);
    const words: readonly [string, string, string, string] =
      now === undefined
        ? [nowRelease ?? '', option, oldRelease ?? '', says]
        : [oldRelease ?? '', option, nowRelease ?? '', says];
    return plain('option', l10n.t('{0} knows no {1}; in {2} it is {3}.', ...words), option);
  }
  if (sameValue(old.winner.value, now.winner.value)) return null;
  const [isDefault, wasDefault] = [now.winner.place.kind === 'release', old.winner.place.kind === 'release'];
  if (isDefault && wasDefault) {
    return plain(
      'default',
      l10n.t('Nobody sets {0}: its default was {1}, and is {2}.', option, shown(old.winner), shown(now.winner)),
      option,
    );
  }
  const said = { before: describeCandidate(before, old.winner), after: describeCandidate(after, now.winner) };
  if (sameSource(old.winner, now.winner)) {
    return {
      kind: 'value',
      option,
      ...said,
      text: (namePlace) =>
        l10n.t(
          '{0} was read as {1} = {2}, and is read as {3}.',
          sentenceToText(said.after, namePlace),
          option,
          shown(old.winner),
          shown(now.winner),
        ),
    };
  }
  return {
    kind: 'winner',
    option,
    ...said,
    text: (namePlace) => winnerText(option, { old, now }, said, namePlace),
  };
}

function winnerText(
  option: string,
  { old, now }: { readonly old: OptionTrace; readonly now: OptionTrace },
  said: { readonly before: Sentence; readonly after: Sentence },
  namePlace: NamePlace,
): string {
  const [before, after] = [sentenceToText(said.before, namePlace), sentenceToText(said.after, namePlace)];
  const lost = now.candidates.find((candidate) => sameSource(candidate, old.winner));
  const refused = lost?.refusal ?? null;
  if (lost !== undefined && refused !== null) {
    return l10n.t('{0} was decided by {1}, which is refused now; {2} decides.', option, before, after);
  }
  return l10n.t('{0} was decided by {1}, and is decided by {2}.', option, before, after);
}

function behaviour(before: DriveTrace, after: DriveTrace): Reason {
  const [old, now] = [before, after].map(
    ({ releases }) => `${releaseName(releases.qemu)}, ${releaseName(releases.librbd)}`,
  );
  return plain('behaviour', l10n.t('The same settings have another effect in {0} than in {1}.', now ?? '', old ?? ''));
}

/** `1` and `1.000000` are the same number. */
function sameValue(a: string | null, b: string | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a !== '' && b !== '' && Number(a) === Number(b);
}

function sameSource(a: Candidate, b: Candidate): boolean {
  if (a.place.kind === 'file' && b.place.kind === 'file') {
    return a.place.path === b.place.path && a.place.keySpan.start === b.place.keySpan.start;
  }
  if (a.place.kind === 'argument' && b.place.kind === 'argument') return a.place.span.start === b.place.span.start;
  if (a.place.kind === 'qemu' && b.place.kind === 'qemu') return a.place.because === b.place.because;
  return JSON.stringify(a.place) === JSON.stringify(b.place);
}

function shown({ option, value, written }: Candidate): string {
  const text = shownValue(option, value ?? written);
  return text === '' ? l10n.t('empty') : printable(text);
}

function plain(kind: ReasonKind, text: string, option: string | null = null): Reason {
  return { kind, option, before: null, after: null, text: () => text };
}
