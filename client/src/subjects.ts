/** What a read-only document shows: an explanation, a change that was tried, an upgrade report. Its address holds all of it. */
import * as vscode from 'vscode';
import { isRecord, placeOf } from './places.js';
import type { Change, DrivePlace, ReleaseTarget } from './protocol.js';

export const SCHEMES = {
  explanation: 'rbdcache-explanation',
  whatIf: 'rbdcache-what-if',
  upgrade: 'rbdcache-upgrade',
} as const;

export type Subject =
  | { readonly kind: 'explanation'; readonly place: DrivePlace }
  | { readonly kind: 'whatIf'; readonly place: DrivePlace; readonly change: Change }
  | { readonly kind: 'upgrade'; readonly to: ReleaseTarget };

/** @param title what the tab says, without the ending */
export function addressOf(subject: Subject, title: string): vscode.Uri {
  const path = `${title.replace(/[\\/]/g, ' ')}.md`;
  return vscode.Uri.from({ scheme: SCHEMES[subject.kind], path, query: JSON.stringify(subject) });
}

/** Undefined for an address that is none of ours. */
export function subjectOf(uri: vscode.Uri): Subject | undefined {
  if (!Object.values<string>(SCHEMES).includes(uri.scheme)) return undefined;
  try {
    return parsed(JSON.parse(uri.query));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The drive that a document speaks of. */
export function placeOfSubject(subject: Subject | undefined): DrivePlace | undefined {
  return subject === undefined || subject.kind === 'upgrade' ? undefined : subject.place;
}

function parsed(value: unknown): Subject | undefined {
  if (!isRecord(value)) return undefined;
  const [place, change, to] = [placeOf(value['place']), changeOf(value['change']), targetOf(value['to'])];
  switch (value['kind']) {
    case 'explanation':
      return place && { kind: 'explanation', place };
    case 'whatIf':
      return place && change && { kind: 'whatIf', place, change };
    case 'upgrade':
      return to && { kind: 'upgrade', to };
    default:
      return undefined;
  }
}

/** Undefined for what is no change. */
export function changeOf(value: unknown): Change | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, mode, program, version, option, value: written } = value;
  if (kind === 'mode' && typeof mode === 'string') return { kind, mode };
  if (kind === 'option' && typeof option === 'string' && typeof written === 'string') {
    return { kind, option, value: written };
  }
  const isProgram = program === 'qemu' || program === 'librbd';
  return kind === 'release' && isProgram && typeof version === 'string' ? { kind, program, version } : undefined;
}

/** Undefined for what names no release. */
export function targetOf(value: unknown): ReleaseTarget | undefined {
  if (!isRecord(value)) return undefined;
  const { qemu, librbd } = value;
  const target = { qemu: typeof qemu === 'string' ? qemu : null, librbd: typeof librbd === 'string' ? librbd : null };
  return target.qemu === null && target.librbd === null ? undefined : target;
}
