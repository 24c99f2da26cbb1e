/** Who wins in which releases: one drive simulated for each pair of series, equal neighbours folded. */
import {
  type CephRelease,
  cephChoices,
  cephRelease,
  type QemuRelease,
  qemuChoices,
  qemuRelease,
} from '../../catalog/releases.js';
import type { CommandTrace, ReleasePair } from '../../simulate/model.js';
import { type AnsweredDrive, type AnswerPart, fullAnswer, headline, pairSentence, shortAnswer } from '../answer.js';
import { printable } from '../answer-render.js';
import type { Sentence } from '../answer-words.js';
import { driveLabel } from '../drive-label.js';
import { redact } from '../redact.js';
import type { ReleasesInForce } from '../releases.js';
import { cellOf, meaningOf, SIGNS } from './cell.js';
import { ladderOptions } from './ladder.js';
import { CELL_KINDS, type Cell, type Matrix, type ReleaseRun } from './view.js';

/** A drive in its releases, and the way to see it in others. */
export interface ComparedDrive extends AnsweredDrive {
  /** The command with this one drive alone, in other releases. */
  readonly inReleases: (pair: ReleasePair) => CommandTrace;
}

/**
 * Simulates the drive for every pair of series that is known; the series of the releases in force are these releases
 * themselves. Stops after each cell, so that whoever runs it may pause or give up.
 */
export function* matrix(drive: ComparedDrive): Generator<undefined, Matrix> {
  const { qemu, librbd, vendor } = drive.trace.releases;
  const down = seriesWith(qemu, qemuChoices(), qemuRelease);
  const across = seriesWith(librbd, cephChoices(), cephRelease);
  const cells: Cell[][] = [];
  for (const rowRelease of down) {
    const row: Cell[] = [];
    for (const columnRelease of across) {
      const pair = { qemu: rowRelease, librbd: columnRelease, vendor };
      row.push(cellOf(drive.inReleases(pair), drive.text));
      yield;
    }
    cells.push(row);
  }
  const rows = runs(cells);
  const columns = runs(across.map((_, at) => cells.map((row) => row[at])));
  const shown = rows.map((run) => columns.flatMap((column) => cells[run.start]?.[column.start] ?? []));
  const kinds = new Set(shown.flat().map(({ kind }) => kind));
  return {
    drive: printable(redact(driveLabel(drive.trace))),
    inForce: printable(pairSentence(drive)),
    columns: columns.map(({ start, end }) => releaseRun(across.slice(start, end), librbd)),
    rows: rows.map(({ start, end }, at) => ({
      qemu: releaseRun(down.slice(start, end), qemu),
      cells: shown[at] ?? [],
    })),
    legend: CELL_KINDS.filter((kind) => kinds.has(kind)).map((kind) => ({
      kind,
      sign: SIGNS[kind],
      says: meaningOf(kind),
    })),
    options: ladderOptions(drive.trace),
  };
}

/** The drive in a pair that its matrix names; null for what is no release, or where that QEMU sees no RBD drive. */
export function inPair(drive: ComparedDrive, qemuText: string, librbdText: string): AnsweredDrive | null {
  const qemu = qemuRelease(qemuText);
  const librbd = cephRelease(librbdText);
  if (qemu === undefined || librbd === undefined) return null;
  const [trace] = drive.inReleases({ qemu, librbd, vendor: drive.trace.releases.vendor }).drives;
  return trace === undefined ? null : { trace, text: drive.text, releases: { sources: NAMED } };
}

/** Nothing of a pair that somebody points at is assumed. */
const NAMED: ReleasesInForce['sources'] = { qemu: 'setting', librbd: 'setting', vendor: 'setting' };

/** All that is to be said of one cell. */
export interface CellAnswer {
  /** `QEMU 2.2, librbd 0.87`. */
  readonly pair: string;
  readonly headline: Sentence;
  readonly parts: readonly AnswerPart[];
  /** Every candidate of every option that somebody spoke of, the calls, the search for ceph.conf. */
  readonly details: readonly AnswerPart[];
}

export function cellAnswer(drive: AnsweredDrive): CellAnswer {
  const { parts } = shortAnswer(drive);
  const topics = new Set(parts.map(({ topic }) => topic));
  return {
    pair: pairSentence(drive),
    headline: headline(drive),
    parts,
    details: fullAnswer(drive).parts.filter(({ topic }) => !topics.has(topic)),
  };
}

// ---------------------------------------------------------------------------------------------------------------------

type Release = QemuRelease | CephRelease;

/** All series, oldest first; that of `chosen` is `chosen` itself. */
function seriesWith<T extends Release>(
  chosen: T,
  choices: readonly { readonly version: string }[],
  read: (version: string) => T | undefined,
): readonly T[] {
  return choices.flatMap(({ version }) => (version === chosen.series ? chosen : (read(version) ?? []))).reverse();
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Neighbouring lines of cells that show the same. */
function runs(lines: readonly (readonly (Cell | undefined)[])[]): readonly Run[] {
  const found: Run[] = [];
  let start = 0;
  for (let end = 1; end <= lines.length; end++) {
    if (end < lines.length && same(lines[start] ?? [], lines[end] ?? [])) continue;
    found.push({ start, end });
    start = end;
  }
  return found;
}

function same(a: readonly (Cell | undefined)[], b: readonly (Cell | undefined)[]): boolean {
  return a.every((one, at) => {
    const other = b[at];
    return one?.kind === other?.kind && one?.word === other?.word && one?.reason === other?.reason;
  });
}

function releaseRun(releases: readonly Release[], chosen: Release): ReleaseRun {
  const ends = (name: (release: Release) => string): string => {
    const [first = '', last = ''] = [releases[0], releases.at(-1)].map((one) => (one === undefined ? '' : name(one)));
    return first === last ? first : `${first} – ${last}`;
  };
  const asked = (release: Release): string => (release === chosen ? release.written.trim() : release.series);
  return {
    name: ends((release) => (release === chosen && !named(release) ? release.label : release.series)),
    codenames: ends((release) => (release.program === 'ceph' ? release.name : '')),
    years: ends(({ date }) => date.slice(0, 4)),
    versions: releases.map(asked),
    chosen: releases.includes(chosen) ? asked(chosen) : null,
  };
}

/** True where only the series was said, by number or by name. */
function named({ written, series }: Release): boolean {
  const text = written.trim().replace(/^v/i, '');
  return text === series || !/\d/.test(text);
}
