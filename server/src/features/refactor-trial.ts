/** A refactoring is tried before it is offered: each drive resolves to what it did, or the title says the difference. */
import type { DriveTrace } from '../simulate/model.js';
import type { PlacedEdit } from './analysis-model.js';
import { addsNothing, applyEdits, type EditedDocuments, type Trial } from './fix-trial.js';
import { changedOptions, type SeenDrive, sameBehaviour } from './fixes/drive-changes.js';
import type { CommandPlace, DrivePlace } from './refactor-command.js';

/** Ranks as in fix-trial: errors and warnings. */
const WARNING = 1;

/** What a drive is after an edit that was to leave it as it is. */
export interface Comparison {
  readonly drive: SeenDrive;
  /** Options with another value, by name. */
  readonly options: readonly string[];
  /** RBDCache, its limits, what the guest sees, or what a crash costs is another. */
  readonly behavesOtherwise: boolean;
  readonly after: EditedDocuments;
}

/** Null where the edits cannot be made, the drive is refused then, or some other drive of the command is touched. */
export function compareDrive(trial: Trial, place: DrivePlace, edits: readonly PlacedEdit[]): Comparison | null {
  const texts = applyEdits(trial, edits);
  if (texts === null || texts.size === 0) return null;
  const after = trial.edited(texts);
  const drives = drivesAfter(after, place);
  const own = place.command.trace.drives;
  const index = own.indexOf(place.trace);
  const drive = drives?.[index];
  if (drives === null || drive === undefined || drives.length !== own.length) return null;
  if (!own.every((trace, at) => at === index || sameResolution(trace, drives[at]?.trace))) return null;
  const { trace } = drive;
  if (trace.error !== null || trace.unknown.length > 0 || !sameImage(place.trace, trace)) return null;
  if (!addsNothing(trial, after, [...texts.keys()], WARNING)) return null;
  return {
    drive,
    options: changedOptions(place.trace, trace),
    behavesOtherwise: !sameBehaviour(place.trace.outcome, trace.outcome),
    after,
  };
}

/** The drives of the command after the edit; null where it is no longer there. */
export function drivesAfter(after: EditedDocuments, { analysis, command }: CommandPlace): readonly SeenDrive[] | null {
  const now = after.analyse(analysis.address);
  if (now?.kind !== 'command' || now.commands.length !== analysis.commands.length) return null;
  const same = now.commands[analysis.commands.indexOf(command)];
  if (same === undefined) return null;
  const { text } = same.command;
  return same.trace.drives.map((trace) => ({ trace, text, address: analysis.address }));
}

/** True where every option has its value, and the drive behaves as before. */
export function sameResolution(before: DriveTrace, after: DriveTrace | undefined): boolean {
  if (before === after) return true;
  if (after === undefined || before.error?.code !== after.error?.code || !sameImage(before, after)) return false;
  return sameBehaviour(before.outcome, after.outcome) && changedOptions(before, after).length === 0;
}

export function isUnchanged({ options, behavesOtherwise }: Comparison): boolean {
  return options.length === 0 && !behavesOtherwise;
}

const MOST_NAMES = 3;

/** `rbd_cache_size, rbd_cache_max_dirty …` */
export function listedNames(names: readonly string[]): string {
  return `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ' …' : ''}`;
}

function sameImage(before: DriveTrace, after: DriveTrace): boolean {
  return JSON.stringify(before.image) === JSON.stringify(after.image);
}
