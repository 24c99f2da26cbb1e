/** What an edit makes of the drives: which of them resolve to something else, and to what. */
import type { DriveTrace, Outcome } from '../../simulate/model.js';
import type { DocumentAnalysis } from '../analysis-model.js';
import type { DriveInText } from '../answer-sources.js';
import { driveLabel } from '../drive-label.js';
import type { EditedDocuments, Trial } from '../fix-trial.js';

/** A drive in the document that it stands in. */
export interface SeenDrive extends DriveInText {
  readonly address: string;
}

export interface DriveChange {
  /** Null for a drive that only the edit made one. */
  readonly before: SeenDrive | null;
  readonly after: SeenDrive;
}

export interface DriveChanges {
  readonly changed: readonly DriveChange[];
  /** The drives that are concerned: of a ceph.conf all that read it, of a command document those that change. */
  readonly total: number;
}

/** The drives of these documents, and those that read them, that resolve to something else after the edit. */
export function driveChanges(trial: Trial, after: EditedDocuments, addresses: Iterable<string>): DriveChanges {
  const changed: DriveChange[] = [];
  const seen = new Set<DriveTrace>();
  let total = 0;
  for (const address of addresses) {
    const now = after.analyse(address);
    for (const change of matched(drivesSeen(trial.analyse(address)), drivesSeen(now))) {
      const { trace } = change.after;
      if (seen.has(trace)) continue;
      seen.add(trace);
      const differs = !sameOutcome(change.before?.trace ?? null, trace);
      if (differs) changed.push(change);
      if (differs || now?.kind === 'conf') total += 1;
    }
  }
  return { changed, total };
}

/** Those of a command document, or those that read a ceph.conf, in the order of their documents. */
export function drivesSeen(analysis: DocumentAnalysis | null): readonly SeenDrive[] {
  if (analysis?.kind === 'conf') return analysis.drives;
  if (analysis?.kind !== 'command') return [];
  const { address } = analysis;
  return analysis.commands.flatMap(({ command, trace }) =>
    trace.drives.map((drive) => ({ trace: drive, text: command.text, address })),
  );
}

/** One drive of each side: by their order, else by their names. */
function matched(before: readonly SeenDrive[], after: readonly SeenDrive[]): readonly DriveChange[] {
  if (before.length === after.length) {
    return after.map((drive, at) => ({ before: before[at] ?? null, after: drive }));
  }
  const byName = new Map<string, SeenDrive[]>();
  for (const drive of before) {
    const name = nameOf(drive);
    byName.set(name, [...(byName.get(name) ?? []), drive]);
  }
  return after.map((drive) => ({ before: byName.get(nameOf(drive))?.shift() ?? null, after: drive }));
}

function nameOf({ address, trace }: SeenDrive): string {
  return `${address} ${driveLabel(trace)}`;
}

/** True where QEMU opens the same image in the same way, and RBDCache behaves the same. */
export function sameOutcome(before: DriveTrace | null, after: DriveTrace): boolean {
  if (before === after) return true;
  return before !== null && resolutionOf(before) === resolutionOf(after);
}

function resolutionOf({ error, image, outcome }: DriveTrace): string {
  return JSON.stringify([error === null ? null : [error.stage, error.code, error.message], image, behaviour(outcome)]);
}

/** True where RBDCache, its limits, the guest's side and what a crash costs are the same. */
export function sameBehaviour(before: Outcome | null, after: Outcome | null): boolean {
  return before === after || JSON.stringify(behaviour(before)) === JSON.stringify(behaviour(after));
}

/** The outcome without the sentences about it. */
function behaviour(outcome: Outcome | null): unknown {
  if (outcome === null) return null;
  const { assumes: _assumes, safetyReason: _reason, ...rest } = outcome;
  return rest;
}

/** Options that librados would print another value of, by name. */
export function changedOptions(before: DriveTrace, after: DriveTrace): readonly string[] {
  const names = new Set([...(before.config?.mentioned() ?? []), ...(after.config?.mentioned() ?? [])]);
  return [...names].filter((name) => before.config?.get(name) !== after.config?.get(name)).sort();
}
