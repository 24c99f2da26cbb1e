/** `Explain This Disk`: as a document, or as a copy without names for a bug report. */
import * as vscode from 'vscode';
import type { Content, Documents } from './documents.js';
import { cursorPlace, sayWhereToPutTheCaret } from './places.js';
import type { DrivePlace, ExplainParams } from './protocol.js';
import { placeOfSubject, subjectOf } from './subjects.js';

const SAID_MS = 5_000;

type Ask = (params: ExplainParams) => Promise<string | null>;

/** What a command is about: the place that it was given, that of the document in front, else the caret's. */
export function placeInFront(given: DrivePlace | undefined): DrivePlace | undefined {
  const document = vscode.window.activeTextEditor?.document.uri;
  return given ?? (document && placeOfSubject(subjectOf(document))) ?? cursorPlace();
}

/** @returns the document's address; undefined where no document is open */
export async function openExplanation(
  documents: Documents,
  given: DrivePlace | undefined,
): Promise<vscode.Uri | undefined> {
  const place = placeInFront(given);
  if (place === undefined) {
    sayWhereToPutTheCaret();
    return undefined;
  }
  const file = vscode.Uri.parse(place.uri).path.split('/').at(-1) ?? '';
  return documents.open({ kind: 'explanation', place }, vscode.l10n.t('Explanation, {0}', file));
}

export async function explanationContent(ask: Ask, place: DrivePlace): Promise<Content> {
  return { markdown: (await ask(place)) ?? `${nothing()}\n`, canBeApplied: false };
}

/** Puts a copy without names and addresses on the clipboard. */
export async function copyExplanation(ask: Ask, given: DrivePlace | undefined, version: string): Promise<void> {
  const place = placeInFront(given);
  const markdown = place && (await ask({ ...place, anonymised: true }));
  if (markdown == null) {
    vscode.window.setStatusBarMessage(nothing(), SAID_MS);
    return;
  }
  await vscode.env.clipboard.writeText(`${markdown}\n---\n\nRBDCache ${version}, VS Code ${vscode.version}\n`);
  const said = vscode.l10n.t('RBDCache: the explanation is on the clipboard, without names and addresses');
  vscode.window.setStatusBarMessage(`$(check) ${said}`, SAID_MS);
}

function nothing(): string {
  return vscode.l10n.t('Nothing here bears on a disk: no drive of QEMU, no option of Ceph.');
}
