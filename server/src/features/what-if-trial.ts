/** Tries a change on a drive: simulated with the texts as they would be, or in the other release. Nothing is written. */
import * as l10n from '@vscode/l10n';
import { cacheModes } from '../catalog/qemu-options.js';
import { cephChoices, cephRelease, qemuChoices, qemuRelease, type ReleaseChoice } from '../catalog/releases.js';
import type { ReleasePair } from '../simulate/model.js';
import { isSecretOption } from '../syntax/secrets.js';
import type { PlacedEdit } from './analysis-model.js';
import { type AnsweredDrive, pairSentence } from './answer.js';
import { printable } from './answer-render.js';
import { applyEdits, type Trial } from './fix-trial.js';
import { driveChanges, type SeenDrive } from './fixes/drive-changes.js';
import { outcomeTitle } from './outcome-words.js';
import { placed } from './places.js';
import { redact } from './redact.js';
import type { DrivePlace } from './refactor-command.js';
import { drivesAfter } from './refactor-trial.js';
import { releaseName } from './releases.js';
import { type TriedEdit, takesOptions, tryMode, tryOption } from './what-if-changes.js';
import type { Change, WhatIfChoices, WhatIfOffer } from './what-if-view.js';
import type { ComparedDrive } from './who-wins/matrix.js';

/** A drive in its document, and the way to see it in other releases. */
export interface TriedDrive {
  readonly place: DrivePlace;
  readonly drive: ComparedDrive;
}

export interface TriedChange {
  /** As a text would say it: `cache=none`, `QEMU 7.2`. */
  readonly says: string;
  readonly after: AnsweredDrive;
  /** The edit that was tried; null for another release, which no edit of the drive brings. */
  readonly edits: readonly PlacedEdit[] | null;
  /** Other drives that the edit changes. */
  readonly others: readonly SeenDrive[];
}

/** Or why it cannot be tried, in one sentence. */
export function tryChange(tried: TriedDrive, change: Change, trial: Trial): TriedChange | string {
  switch (change.kind) {
    case 'release':
      return tryRelease(tried.drive, change.program, change.version);
    case 'mode': {
      const edit = tryMode(tried.drive, change.mode);
      return edit === null
        ? l10n.t('The drive has no place where {0} could be said.', `cache=${printable(change.mode)}`)
        : tryEdit(tried, edit, trial);
    }
    case 'option': {
      if (isSecretOption(change.option)) return l10n.t('A key is nothing to be tried here.');
      const edit = tryOption(tried.drive, change.option, change.value);
      if (edit !== null) return tryEdit(tried, edit, trial);
      const librbd = releaseName(tried.drive.trace.releases.librbd);
      return takesOptions(tried.drive)
        ? l10n.t('{0} knows no option {1}, or it cannot have this value.', librbd, printable(redact(change.option)))
        : l10n.t('The drive reads no ceph.conf that could be changed, and has no name that takes options.');
    }
  }
}

function tryRelease(drive: ComparedDrive, program: 'qemu' | 'librbd', version: string): TriedChange | string {
  const pair = otherPair(drive.trace.releases, program, version);
  if (pair === null) return l10n.t('No such release is known.');
  const name = releaseName(pair[program]);
  const [trace] = drive.inReleases(pair).drives;
  if (trace === undefined) return l10n.t('To {0} it is no drive of rbd.', name);
  return { says: name, after: { trace, text: drive.text, releases: drive.releases }, edits: null, others: [] };
}

function otherPair(now: ReleasePair, program: 'qemu' | 'librbd', version: string): ReleasePair | null {
  if (program === 'qemu') {
    const qemu = qemuRelease(version);
    return qemu === undefined ? null : { ...now, qemu };
  }
  const librbd = cephRelease(version);
  return librbd === undefined ? null : { ...now, librbd };
}

function tryEdit({ place, drive }: TriedDrive, { says, edits }: TriedEdit, trial: Trial): TriedChange | string {
  const { analysis, command, trace } = place;
  const around = { address: analysis.address, base: command.base };
  const made = edits.map(({ at, newText }): PlacedEdit => ({ ...placed(at, around), newText }));
  const texts = applyEdits(trial, made);
  const after = texts === null ? null : trial.edited(texts);
  const now = after === null ? null : drivesAfter(after, place);
  const same = now?.[command.trace.drives.indexOf(trace)];
  if (texts === null || after === null || same === undefined) {
    return l10n.t('With {0} this is no drive of rbd any more.', printable(redact(says)));
  }
  const { changed } = driveChanges(trial, after, texts.keys());
  const others = changed.map((change) => change.after).filter((one) => one.trace !== same.trace);
  return { says, after: { ...same, releases: drive.releases }, edits: made, others };
}

// ---------------------------------------------------------------------------------------------------------------------

/** All that can be tried without typing, with what would come of each. */
export function offersFor(
  tried: TriedDrive,
  trial: Trial,
): Omit<WhatIfChoices & { kind: 'offers' }, 'uri' | 'position' | 'drive' | 'kind'> {
  const { drive } = tried;
  const { releases, cacheMode } = drive.trace;
  const modes = cacheModes(releases.qemu).flatMap(({ name }): WhatIfOffer[] => {
    const change: Change = { kind: 'mode', mode: name };
    const inForce = cacheMode.name === name;
    const made = tryChange(tried, change, trial);
    if (typeof made === 'string') return [];
    return [{ change, label: printable(redact(made.says)), outcome: outcomeOf(made.after), inForce }];
  });
  return {
    now: l10n.t('{0} — {1}', outcomeOf(drive), printable(pairSentence(drive))),
    modes,
    qemu: releaseOffers(tried, 'qemu', qemuChoices()),
    librbd: releaseOffers(tried, 'librbd', cephChoices()),
    takesOptions: takesOptions(drive),
  };
}

function releaseOffers(
  { drive }: TriedDrive,
  program: 'qemu' | 'librbd',
  choices: readonly ReleaseChoice[],
): readonly WhatIfOffer[] {
  return choices.map(({ version, name, year }) => {
    const made = tryRelease(drive, program, version);
    return {
      change: { kind: 'release', program, version },
      label: [name === null ? version : `${version} ${name}`, year].join(', '),
      outcome: typeof made === 'string' ? l10n.t('no drive of rbd') : outcomeOf(made.after),
      inForce: drive.trace.releases[program].series === version,
    };
  });
}

function outcomeOf(drive: AnsweredDrive): string {
  return printable(redact(outcomeTitle(drive)));
}
