/** The ladder of sources for one option: what each offers, and who wins. Read from the trace of the connection. */
import * as l10n from '@vscode/l10n';
import { cephOptionNames } from '../../catalog/ceph-options.js';
import { librados } from '../../catalog/librados-rules.js';
import { optionNotes, optionOverrides } from '../../catalog/rbd-options.js';
import { NOWHERE } from '../../simulate/librbd/assumptions.js';
import { CACHE_OPTIONS } from '../../simulate/librbd/settings.js';
import {
  type Candidate,
  type DriveTrace,
  LEVELS,
  type Level,
  type OptionTrace,
  type Place,
} from '../../simulate/model.js';
import { type AnsweredDrive, pairSentence } from '../answer.js';
import { printable } from '../answer-render.js';
import { keeper, placeOf } from '../answer-sources.js';
import { type AnswerPlace, shortened } from '../answer-words.js';
import { sayer } from '../effective-words.js';
import { humanValue } from '../option-words.js';
import { shownValue } from '../redact.js';
import { releaseName } from '../releases.js';
import { type Ladder, type Offer, type Rung, SOURCES, type Source } from './view.js';

/** Options of which a ladder can be asked: those that make the outcome, their relatives, then all that somebody set. */
export function ladderOptions({ releases, config }: DriveTrace): readonly string[] {
  const family = cephOptionNames(releases.librbd).filter((name) => name.startsWith('rbd_cache'));
  return [...new Set([...CACHE_OPTIONS, ...family, ...(config?.mentioned().toSorted() ?? [])])];
}

export function ladder(drive: AnsweredDrive, option: string): Ladder<AnswerPlace> {
  const { releases, config } = drive.trace;
  const found = config?.trace(option);
  const base = { option, pair: printable(pairSentence(drive)) };
  if (found === undefined) {
    const says =
      config === null
        ? l10n.t('{0} does not get as far as librados with this drive.', releaseName(releases.qemu))
        : l10n.t('{0} knows no {1}.', releaseName(releases.librbd), option);
    return { ...base, value: '', says, rungs: [] };
  }
  const rungs = sourcesInOrder(drive.trace, found).map((source) => rung(drive, found, source));
  return { ...base, value: shownCandidate(found.winner), says: '', rungs };
}

/** Where a value comes from that the cluster does not keep itself. */
const SOURCE_OF: Readonly<Record<Exclude<Place['kind'], 'cluster'>, Source>> = {
  release: 'default',
  file: 'file',
  environment: 'environment',
  argument: 'drive',
  qemu: 'qemu',
};

function sourceOf({ place }: Candidate): Source {
  return place.kind === 'cluster' ? place.keptBy : SOURCE_OF[place.kind];
}

/** Levels decide since librados 13, and before, or within a level, what was written last: those that speak trade places. */
function sourcesInOrder({ releases }: DriveTrace, { candidates }: OptionTrace): readonly Source[] {
  const { levels } = librados(releases.librbd);
  const strength = new Map<Source, number>();
  for (const [at, candidate] of candidates.entries()) {
    const level = levels ? LEVELS.indexOf(candidate.level) * candidates.length : 0;
    const source = sourceOf(candidate);
    strength.set(source, Math.max(strength.get(source) ?? -1, level + at));
  }
  const speaking = [...strength.keys()].sort((a, b) => (strength.get(a) ?? 0) - (strength.get(b) ?? 0));
  let next = 0;
  return SOURCES.map((source) => (strength.has(source) ? (speaking[next++] ?? source) : source));
}

function rung(drive: AnsweredDrive, found: OptionTrace, source: Source): Rung<AnswerPlace> {
  const offers = found.candidates
    .filter((candidate) => sourceOf(candidate) === source)
    .map((candidate) => offer(drive, candidate, candidate === found.winner));
  const silence = offers.length > 0 ? { says: '', unseen: false } : silent(drive, found, source);
  return { source, title: titleOf(source), offers, ...silence, wins: offers.some(({ wins }) => wins) };
}

function offer(drive: AnsweredDrive, candidate: Candidate, wins: boolean): Offer<AnswerPlace> {
  return {
    value: shownCandidate(candidate),
    where: printable(whereOf(drive, candidate)),
    place: placeOf(drive, candidate),
    note: printable(noteOf(candidate)),
    wins,
  };
}

/** As it was read, in human units where it has any; as it was written where it was refused. */
function shownCandidate({ option, value, written, unknown }: Candidate): string {
  const text = shortened(shownValue(option, value === null || unknown ? written : value));
  const human = value === null ? null : humanValue(value, optionNotes(option)?.unit ?? null);
  return text === '' ? l10n.t('empty') : printable(human === null || human === text ? text : `${text} (${human})`);
}

function whereOf(drive: AnsweredDrive, candidate: Candidate): string {
  const { place, option } = candidate;
  switch (place.kind) {
    case 'release':
      return releaseName(drive.trace.releases.librbd);
    case 'file':
      return `${place.path}:${place.line}, [${place.section}]`;
    case 'environment':
      return `$${place.variable}`;
    case 'cluster':
      return keeper(place);
    case 'argument':
      return `:${option}=`;
    case 'qemu':
      return sayer(drive, candidate) ?? '';
  }
}

function noteOf({ refusal, superseded, unknown }: Candidate): string {
  if (refusal !== null) return l10n.t('refused: {0}', shortened(refusal.message, 60));
  if (superseded === 'duplicate') return l10n.t('said again later in the same section');
  if (superseded === 'section') return l10n.t('a more specific section says it too');
  return unknown ? l10n.t('holds a part that the text does not show') : '';
}

function titleOf(source: Source): string {
  switch (source) {
    case 'default':
      return l10n.t('Default');
    case 'monitors':
      return l10n.t("Monitors' database");
    case 'file':
      return l10n.t('File');
    case 'environment':
      return l10n.t('Environment');
    case 'drive':
      return l10n.t("In the drive's name");
    case 'qemu':
      return l10n.t('Set by QEMU');
    case 'pool':
      return l10n.t('Pool');
    case 'image':
      return l10n.t('Image');
  }
}

const BELOW_ENVIRONMENT: readonly Level[] = LEVELS.slice(0, LEVELS.indexOf('env'));

/** A source that offers nothing: because it is silent, because the release has none, or because the text cannot show it. */
function silent(
  { trace }: AnsweredDrive,
  { option, winner }: OptionTrace,
  source: Source,
): { readonly says: string; readonly unseen: boolean } {
  const { librbd } = trace.releases;
  const overrides = optionOverrides(librbd, option);
  const looked = trace.looked ?? NOWHERE;
  const unseen = (exists: boolean, seen: boolean, wouldWin: boolean) => {
    if (!exists) return { says: l10n.t('no such source in {0}', releaseName(librbd)), unseen: false };
    if (seen) return { says: l10n.t('says nothing'), unseen: false };
    const says = wouldWin
      ? l10n.t('not in the text; a value there would win')
      : l10n.t('not in the text; a value there would lose');
    return { says, unseen: true };
  };
  switch (source) {
    case 'monitors':
      return unseen(overrides.monitors, looked.monitors, winner.level === 'default');
    case 'environment':
      return unseen(librados(librbd).readsCephArgs, looked.environment, BELOW_ENVIRONMENT.includes(winner.level));
    case 'pool':
      return unseen(overrides.pool, looked.pool, sourceOf(winner) !== 'image');
    case 'image':
      return unseen(overrides.image, looked.image, true);
    case 'file':
      return { says: fileSilence(trace), unseen: trace.reads.some((read) => read.uncertain) };
    default:
      return { says: l10n.t('says nothing'), unseen: false };
  }
}

function fileSilence({ reads }: DriveTrace): string {
  const read = reads.findLast(({ taken }) => taken !== null) ?? reads.at(-1);
  if (read === undefined) return l10n.t('none is read');
  if (read.taken === null) return l10n.t('none was found');
  return read.returned === 0
    ? l10n.t('{0} says nothing', printable(read.taken.path))
    : l10n.t('{0} is refused as a whole', printable(read.taken.path));
}
