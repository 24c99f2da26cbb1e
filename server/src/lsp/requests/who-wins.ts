import type { CancellationToken } from 'vscode-languageserver';
import type { CommandAnalysis } from '../../features/analysis-model.js';
import type { AnswerPart } from '../../features/answer.js';
import { printable } from '../../features/answer-render.js';
import type { Sentence } from '../../features/answer-words.js';
import type { CellAnswer } from '../../features/who-wins/matrix.js';
import type { Matrix, ShownCell, ShownLadder, ShownPart, ShownPiece, WhoWins } from '../../features/who-wins/view.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { Answering, Request } from '../answering.js';
import { comparedDrive, driveAt, type FoundDrive, placeInAnswer, placeOfDrive } from '../drive-at.js';
import { inSlices } from '../in-slices.js';
import { stringIn } from '../params.js';

/**
 * All take the place of a drive as {@link driveAt} does. `whoWinsCell` and `ladder` take the releases as the matrix names
 * them.
 */
export const whoWins: Request = {
  methods: ['rbdcache/whoWins', 'rbdcache/whoWinsCell', 'rbdcache/ladder'],
  gives:
    'who wins in which releases: the matrix of a drive, one cell of it explained, the ladder of sources of an option',
  listen(answering) {
    const { connection } = answering;
    const known = new Matrices();
    connection.onRequest<WhoWins | null, void>(
      'rbdcache/whoWins',
      answering.guarded('rbdcache/whoWins', async (params: unknown, token): Promise<WhoWins | null> => {
        const found = await driveAt(answering, params);
        if ('kind' in found) return found;
        const made = await known.of(found, token);
        return made && { kind: 'matrix', ...placeOfDrive(answering, found), matrix: made };
      }),
    );
    connection.onRequest(
      'rbdcache/whoWinsCell',
      answering.guarded('rbdcache/whoWinsCell', async (params: unknown): Promise<ShownCell | null> => {
        const found = await driveAt(answering, params);
        if ('kind' in found) return null;
        const { cellAnswer } = await import('../later.js');
        const drive = await inPairOf(found, params);
        return drive && shownCell(answering, found, cellAnswer(drive));
      }),
    );
    connection.onRequest(
      'rbdcache/ladder',
      answering.guarded('rbdcache/ladder', async (params: unknown): Promise<ShownLadder | null> => {
        const [found, option] = [await driveAt(answering, params), stringIn(params, 'option')];
        if ('kind' in found || option === null) return null;
        const { ladder } = await import('../later.js');
        const drive = await inPairOf(found, params);
        if (drive === null) return null;
        const made = ladder(drive, option);
        const rungs = made.rungs.map((rung) => ({
          ...rung,
          offers: rung.offers.map((offer) => ({ ...offer, place: placeInAnswer(answering, found, offer.place) })),
        }));
        return { ...made, rungs };
      }),
    );
  },
};

/** Matrices are kept as long as neither the command nor a file that it may read changes. */
class Matrices {
  private readonly known = new WeakMap<CommandAnalysis, Map<DriveTrace, { releases: unknown; matrix: Matrix }>>();

  async of(found: FoundDrive, token: CancellationToken): Promise<Matrix | null> {
    const { command, trace, analysis } = found;
    const before = this.known.get(command) ?? new Map();
    this.known.set(command, before);
    const same = before.get(trace);
    if (same !== undefined && same.releases === analysis.releases) return same.matrix;
    const { matrix } = await import('../later.js');
    const made = await inSlices(matrix(comparedDrive(found)), token);
    if (made !== null) before.set(trace, { releases: analysis.releases, matrix: made });
    return made;
  }
}

/** The drive in the releases that are asked for, else in its own; null for what is no release. */
async function inPairOf(found: FoundDrive, params: unknown) {
  const { inPair } = await import('../later.js');
  const [qemu, librbd] = [stringIn(params, 'qemu'), stringIn(params, 'librbd')];
  const drive = comparedDrive(found);
  return qemu === null || librbd === null ? drive : inPair(drive, qemu, librbd);
}

function shownCell(answering: Answering, found: FoundDrive, { headline, parts, details, pair }: CellAnswer): ShownCell {
  const sentence = (pieces: Sentence): ShownPiece[] =>
    pieces.map((piece) => ({
      kind: piece.kind,
      text: printable(piece.text),
      place: piece.kind === 'code' ? placeInAnswer(answering, found, piece.place) : null,
    }));
  const part = ({ topic, sentences }: AnswerPart): ShownPart => ({ topic, sentences: sentences.map(sentence) });
  return {
    pair: printable(pair),
    headline: sentence(headline),
    parts: parts.map(part),
    details: details.map(part),
  };
}
