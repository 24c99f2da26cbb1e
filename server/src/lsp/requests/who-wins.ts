import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode-languageserver';
import type { AnswerPart } from '../../features/answer.js';
import { printable } from '../../features/answer-render.js';
import type { AnswerPlace, Sentence } from '../../features/answer-words.js';
import { driveLabel } from '../../features/drive-label.js';
import { commandAt } from '../../features/places.js';
import { ladder } from '../../features/who-wins/ladder.js';
import { type CellAnswer, type ComparedDrive, cellAnswer, inPair, matrix } from '../../features/who-wins/matrix.js';
import type {
  Matrix,
  ShownCell,
  ShownLadder,
  ShownPart,
  ShownPiece,
  TextPlace,
  WhoWins,
} from '../../features/who-wins/view.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import { normaliseAddress } from '../../workspace/address.js';
import type { CommandAnalysis, CommandDocumentAnalysis, DocumentAnalysis } from '../../workspace/analysis-model.js';
import type { Answering, Request } from '../answering.js';
import { offsetOf } from '../documents.js';
import { placeIn, stringIn } from '../params.js';

/** How long other requests wait for a matrix at most. */
const SLICE_MS = 12;
/** Drives of one ceph.conf that are offered to choose from. */
const MAX_DRIVES = 200;

/** A drive in its document. */
interface Found {
  readonly analysis: CommandDocumentAnalysis;
  readonly command: CommandAnalysis;
  readonly trace: DriveTrace;
}

type NotOne = Exclude<WhoWins, { kind: 'matrix' }>;

/**
 * All take `{uri, position}`, and as `drive` the name that an earlier answer gave the drive: it is found again by it
 * where the text before it has grown. `whoWinsCell` and `ladder` take the releases as the matrix names them.
 */
export const whoWins: Request = {
  methods: ['rbdcache/whoWins', 'rbdcache/whoWinsCell', 'rbdcache/ladder'],
  gives:
    'who wins in which releases: the matrix of a drive, one cell of it explained, the ladder of sources of an option',
  capabilities: () => ({}),
  listen(answering) {
    const { connection } = answering;
    const known = new Matrices();
    connection.onRequest<WhoWins | null, void>(
      'rbdcache/whoWins',
      answering.guarded('rbdcache/whoWins', async (params: unknown, token): Promise<WhoWins | null> => {
        const found = await driveOf(answering, params);
        if ('kind' in found) return found;
        const made = await known.of(found, token);
        const place = placed(answering, found.analysis.address, startOf(found));
        return made && { kind: 'matrix', ...place, matrix: made };
      }),
    );
    connection.onRequest(
      'rbdcache/whoWinsCell',
      answering.guarded('rbdcache/whoWinsCell', async (params: unknown): Promise<ShownCell | null> => {
        const found = await driveOf(answering, params);
        if ('kind' in found) return null;
        const drive = pairOf(found, params);
        return drive && shownCell(answering, found, cellAnswer(drive));
      }),
    );
    connection.onRequest(
      'rbdcache/ladder',
      answering.guarded('rbdcache/ladder', async (params: unknown): Promise<ShownLadder | null> => {
        const [found, option] = [await driveOf(answering, params), stringIn(params, 'option')];
        if ('kind' in found || option === null) return null;
        const drive = pairOf(found, params);
        if (drive === null) return null;
        const made = ladder(drive, option);
        const rungs = made.rungs.map((rung) => ({
          ...rung,
          offers: rung.offers.map((offer) => ({ ...offer, place: shownPlace(answering, found, offer.place) })),
        }));
        return { ...made, rungs };
      }),
    );
  },
};

/** Matrices are kept as long as neither the command nor a file that it may read changes. */
class Matrices {
  private readonly known = new WeakMap<CommandAnalysis, Map<DriveTrace, { releases: unknown; matrix: Matrix }>>();

  async of(found: Found, token: CancellationToken): Promise<Matrix | null> {
    const { command, trace, analysis } = found;
    const before = this.known.get(command) ?? new Map();
    this.known.set(command, before);
    const same = before.get(trace);
    if (same !== undefined && same.releases === analysis.releases) return same.matrix;
    const made = await inSlices(matrix(compared(found)), token);
    if (made !== null) before.set(trace, { releases: analysis.releases, matrix: made });
    return made;
  }
}

/** Runs to the end, with pauses for whoever else waits; null where nobody wants the result any more. */
async function inSlices<T>(steps: Generator<undefined, T>, token: CancellationToken): Promise<T | null> {
  for (let start = performance.now(); ; ) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - start < SLICE_MS) continue;
    await setImmediate();
    if (token.isCancellationRequested) return null;
    start = performance.now();
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Which drive

async function driveOf(answering: Answering, params: unknown): Promise<Found | NotOne> {
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

/** Of a file that no editor has open, too: a panel may outlive its document. */
async function analysed(answering: Answering, uri: string): Promise<DocumentAnalysis | null> {
  const open = await answering.analysed(uri);
  return open === null ? answering.workspace.analyse(normaliseAddress(uri)) : open.analysis;
}

function driveOfFile(answering: Answering, { drives }: DocumentAnalysis & { kind: 'conf' }): Found | NotOne {
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
      ...placed(answering, address, span.start),
    })),
  };
}

/**
 * The drive at the offset; else the nearest one of the same command, else of the document. Of the drives with the name
 * that is asked for, where there are any.
 */
function nearest(analysis: CommandDocumentAnalysis, offset: number, params: unknown): Found | undefined {
  const name = stringIn(params, 'drive');
  let best: { readonly found: Found; readonly far: number } | undefined;
  for (const command of analysis.commands) {
    const outside = distanceTo({ start: command.base, end: command.end }, offset) === 0 ? 0 : analysis.text.length;
    for (const trace of command.trace.drives) {
      const { flagSpan, span } = trace.syntax;
      const another = name !== null && printable(driveLabel(trace)) !== name ? 2 * analysis.text.length : 0;
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

function compared({ analysis: { releases }, command, trace }: Found): ComparedDrive {
  const { argument } = trace.syntax;
  return {
    trace,
    text: command.command.text,
    releases,
    inReleases: (pair) => command.inReleases(pair, argument),
  };
}

/** The drive in the releases that are asked for, else in its own. */
function pairOf(found: Found, params: unknown) {
  const [qemu, librbd] = [stringIn(params, 'qemu'), stringIn(params, 'librbd')];
  const drive = compared(found);
  return qemu === null || librbd === null ? drive : inPair(drive, qemu, librbd);
}

// ---------------------------------------------------------------------------------------------------------------------
// Places

function startOf({ command, trace }: Found): number {
  return command.base + trace.syntax.span.start;
}

function placed({ documents }: Answering, address: string, offset: number): TextPlace {
  const position = documents.positions(address)?.positionAt(offset) ?? { line: 0, character: 0 };
  return { uri: documents.uriOf(address), position };
}

function shownPlace(answering: Answering, { analysis, command }: Found, place: AnswerPlace | null): TextPlace | null {
  if (place === null) return null;
  const { location } = place;
  return location.in === 'file'
    ? placed(answering, location.file, location.span.start)
    : placed(answering, analysis.address, command.base + location.span.start);
}

function shownCell(answering: Answering, found: Found, { headline, parts, details, pair }: CellAnswer): ShownCell {
  const sentence = (pieces: Sentence): ShownPiece[] =>
    pieces.map((piece) => ({
      kind: piece.kind,
      text: printable(piece.text),
      place: piece.kind === 'code' ? shownPlace(answering, found, piece.place) : null,
    }));
  const part = ({ topic, sentences }: AnswerPart): ShownPart => ({ topic, sentences: sentences.map(sentence) });
  return {
    pair: printable(pair),
    headline: sentence(headline),
    parts: parts.map(part),
    details: details.map(part),
  };
}
