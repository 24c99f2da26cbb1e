/** Which drive a place means, for requests about one drive; and the drive as those requests look at it. */
import * as l10n from '@vscode/l10n';
import type { CommandAnalysis, CommandDocumentAnalysis, DocumentAnalysis } from '../features/analysis-model.js';
import { printable } from '../features/answer-render.js';
import type { AnswerPlace } from '../features/answer-words.js';
import { driveLabel } from '../features/drive-label.js';
import { driveLinks } from '../features/links.js';
import { commandAt, placed } from '../features/places.js';
import type { ComparedDrive } from '../features/who-wins/matrix.js';
import type { NotOneDrive, TextPlace } from '../features/who-wins/view.js';
import type { DriveTrace } from '../simulate/model.js';
import type { Span } from '../syntax/span.js';
import { normaliseAddress } from '../workspace/address.js';
import type { Answering } from './answering.js';
import { offsetOf } from './documents.js';
import { placeIn, stringIn } from './params.js';

/** Drives of one ceph.conf that are offered to choose from. */
const MAX_DRIVES = 200;

/** A drive in its document. */
export interface FoundDrive {
  readonly analysis: CommandDocumentAnalysis;
  readonly command: CommandAnalysis;
  readonly trace: DriveTrace;
}

/**
 * The drive under `position`, else the nearest one; of a ceph.conf, the one drive that reads it.
 * @param params `{uri, position}`, and perhaps as `drive` the name that an earlier answer gave it: by it the drive is
 *   found again where the text before it has grown
 */
export async function driveAt(answering: Answering, params: unknown): Promise<FoundDrive | NotOneDrive> {
  const place = placeIn(params);
  const analysis = place === null ? null : await analysed(answering, place.uri);
  const document = analysis === null ? undefined : answering.documents.positions(analysis.address);
  if (place === null || analysis === null || document === undefined) {
    return { kind: 'none', message: l10n.t('This is neither a command of QEMU nor a ceph.conf.') };
  }
  if (analysis.kind === 'conf') return driveOfFile(answering, analysis);
  const found = analysis.kind === 'command' ? nearest(analysis, offsetOf(document, place.position), params) : undefined;
  const message = l10n.t('No drive on RBD stands in this file. Put the caret on a `-drive` or `-blockdev` of RBD.');
  return found ?? { kind: 'none', message };
}

/** Of a file that no editor has open, too: what is shown of a drive may outlive its document. */
async function analysed(answering: Answering, uri: string): Promise<DocumentAnalysis | null> {
  const open = await answering.analysed(uri);
  return open === null ? answering.workspace.analyse(normaliseAddress(uri)) : open.analysis;
}

function driveOfFile(answering: Answering, { drives }: DocumentAnalysis & { kind: 'conf' }): FoundDrive | NotOneDrive {
  const [only] = drives;
  if (only === undefined) {
    const message = l10n.t(
      'No drive that is known reads this file. Open the QEMU command line or the script that does, or put it into the workspace; then ask again.',
    );
    return { kind: 'none', message };
  }
  if (drives.length === 1) {
    const analysis = answering.workspace.analyse(only.address);
    const command = analysis?.kind === 'command' ? commandAt(analysis, only.base) : undefined;
    if (analysis?.kind === 'command' && command !== undefined) return { analysis, command, trace: only.trace };
  }
  return {
    kind: 'choose',
    message: l10n.t('Several drives read this file.'),
    drives: drives.slice(0, MAX_DRIVES).map(({ label, address, span }) => ({
      label: printable(label),
      ...textPlace(answering, address, span.start),
    })),
  };
}

/**
 * The drive at the offset; else the nearest one of the same command, else of the document. Of the drives with the name
 * that is asked for, where there are any.
 */
function nearest(analysis: CommandDocumentAnalysis, offset: number, params: unknown): FoundDrive | undefined {
  const name = stringIn(params, 'drive');
  let best: { readonly found: FoundDrive; readonly far: number } | undefined;
  for (const command of analysis.commands) {
    const outside = distanceTo({ start: command.base, end: command.end }, offset) === 0 ? 0 : analysis.text.length;
    for (const trace of command.trace.drives) {
      const { flagSpan, span } = trace.syntax;
      const another = name !== null && nameOf(trace) !== name ? 2 * analysis.text.length : 0;
      const distance = distanceTo({ start: flagSpan.start, end: span.end }, offset - command.base);
      const far = another + outside + distance;
      if (best === undefined || far < best.far) best = { found: { analysis, command, trace }, far };
    }
  }
  return best?.found;
}

function distanceTo({ start, end }: Span, offset: number): number {
  return offset < start ? start - offset : Math.max(0, offset - end);
}

/** As answers name a drive, and find it again. */
export function nameOf(trace: DriveTrace): string {
  return printable(driveLabel(trace));
}

/** With the way to see it in other releases. */
export function comparedDrive({ analysis: { releases }, command, trace }: FoundDrive): ComparedDrive {
  const { argument } = trace.syntax;
  return {
    trace,
    text: command.command.text,
    releases,
    inReleases: (pair) => command.inReleases(pair, argument),
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Places

/** Where the drive itself stands. */
export function placeOfDrive(answering: Answering, { analysis, command, trace }: FoundDrive): TextPlace {
  return textPlace(answering, analysis.address, command.base + trace.syntax.span.start);
}

export function textPlace({ documents }: Answering, address: string, offset: number): TextPlace {
  const position = documents.positions(address)?.positionAt(offset) ?? { line: 0, character: 0 };
  return { uri: documents.uriOf(address), position };
}

/** A place that an answer about the drive names. */
export function placeInAnswer(
  answering: Answering,
  { analysis, command }: FoundDrive,
  place: AnswerPlace | null,
): TextPlace | null {
  if (place === null) return null;
  const { address, span } = placed(place.location, { address: analysis.address, base: command.base });
  return textPlace(answering, address, span.start);
}

/** Links of a Markdown text about the drive. */
export function linksOf({ links }: Answering, { analysis, command }: FoundDrive) {
  return driveLinks({ address: analysis.address, base: command.base }, links);
}
