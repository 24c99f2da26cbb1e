import type { ExplainedDrive } from '../../features/explanation/explanation.js';
import { hoverAt } from '../../features/hover.js';
import type { Analysed, Answering, Request } from '../answering.js';
import { offsetOf } from '../documents.js';
import { comparedDrive, driveAt, type FoundDrive, linksOf } from '../drive-at.js';
import { placeIn } from '../params.js';

/** Takes the place of a drive as {@link driveAt} does, or a place in a ceph.conf; `anonymised: true` asks for a copy to give away. */
export const explain: Request = {
  methods: ['rbdcache/explain'],
  gives: 'all that is known of the drive or option at a place, as Markdown; on demand without names and addresses',
  listen(answering) {
    answering.connection.onRequest(
      'rbdcache/explain',
      answering.guarded('rbdcache/explain', async (params: unknown): Promise<string | null> => {
        const place = placeIn(params);
        const copy = asksForCopy(params);
        const conf = place === null ? null : await answering.analysed(place.uri);
        if (place !== null && conf?.analysis.kind === 'conf') return explainLine(answering, conf, place.position, copy);
        const found = await driveAt(answering, params);
        return 'kind' in found ? null : explainDrive(answering, found, copy);
      }),
    );
  },
};

function asksForCopy(params: unknown): boolean {
  return typeof params === 'object' && params !== null && 'anonymised' in params && params.anonymised === true;
}

async function explainLine(
  answering: Answering,
  { known: { document, address }, analysis }: Analysed,
  position: Parameters<typeof offsetOf>[1],
  copy: boolean,
): Promise<string | null> {
  const said = hoverAt(analysis, offsetOf(document, position), answering.hoverContext(address), true)?.markdown ?? null;
  if (said === null || !copy || analysis.kind !== 'conf') return said;
  const { anonymised } = await import('../later.js');
  return anonymised(
    said,
    analysis.drives.map(({ trace }) => trace),
  );
}

async function explainDrive(answering: Answering, found: FoundDrive, copy: boolean): Promise<string> {
  const { explanation, forBugReport, anonymised } = await import('../later.js');
  const drive = explainedDrive(found);
  return copy ? anonymised(forBugReport(drive), [found.trace]) : explanation(drive, linksOf(answering, found));
}

function explainedDrive(found: FoundDrive): ExplainedDrive {
  const { text, program } = found.command.command;
  const { root } = found.analysis;
  return {
    ...comparedDrive(found),
    program: text.slice(program.start, program.end),
    guessedRoot: root?.guessed === true ? root : null,
  };
}
