import type { WorkspaceEdit } from 'vscode-languageserver';
import type { PlacedEdit } from '../../features/analysis-model.js';
import type { Change, OptionOffer, WhatIfChoices } from '../../features/what-if-view.js';
import type { NotOneDrive } from '../../features/who-wins/view.js';
import { trialOf } from '../../workspace/trial.js';
import type { Answering, Request } from '../answering.js';
import { toWorkspaceEdit } from '../convert.js';
import { comparedDrive, driveAt, type FoundDrive, linksOf, nameOf, placeOfDrive } from '../drive-at.js';
import { stringIn } from '../params.js';

/** What came of a change that was tried. */
export interface WhatIfAnswer {
  readonly kind: 'tried';
  /** Now and then, as Markdown. */
  readonly markdown: string;
  /** As a text would say it: `cache=none`. */
  readonly says: string;
  /** The edit that was tried; null where another release was, or where it changes nothing. */
  readonly edit: WorkspaceEdit | null;
}

/**
 * All take the place of a drive as {@link driveAt} does. `whatIfOptions` takes what was `typed` of `option = value`; `whatIf`
 * a `change`: `{kind: 'mode', mode}`, `{kind: 'release', program, version}` or `{kind: 'option', option, value}`.
 */
export const whatIf: Request = {
  methods: ['rbdcache/whatIfChoices', 'rbdcache/whatIfOptions', 'rbdcache/whatIf'],
  gives:
    'what can be tried on a drive before anybody edits it: cache modes, releases, values; what would come of it, and the edit',
  listen(answering) {
    const { connection } = answering;
    connection.onRequest<WhatIfChoices | null, void>(
      'rbdcache/whatIfChoices',
      answering.guarded('rbdcache/whatIfChoices', async (params: unknown): Promise<WhatIfChoices> => {
        const found = await driveAt(answering, params);
        if ('kind' in found) return found;
        const { offersFor } = await import('../later.js');
        const offers = offersFor(triedDrive(found), trialOf(answering.workspace));
        return { kind: 'offers', drive: nameOf(found.trace), ...placeOfDrive(answering, found), ...offers };
      }),
    );
    connection.onRequest(
      'rbdcache/whatIfOptions',
      answering.guarded('rbdcache/whatIfOptions', async (params: unknown): Promise<readonly OptionOffer[]> => {
        const [found, typed] = [await driveAt(answering, params), stringIn(params, 'typed')];
        if ('kind' in found || typed === null) return [];
        const { optionOffers } = await import('../later.js');
        return optionOffers(found.trace, typed);
      }),
    );
    connection.onRequest<WhatIfAnswer | NotOneDrive | null, void>(
      'rbdcache/whatIf',
      answering.guarded('rbdcache/whatIf', async (params: unknown): Promise<WhatIfAnswer | NotOneDrive | null> => {
        const [found, change] = [await driveAt(answering, params), changeIn(params)];
        if ('kind' in found) return found;
        return change && tried(answering, found, change);
      }),
    );
  },
};

function triedDrive(found: FoundDrive) {
  return { place: found, drive: comparedDrive(found) };
}

async function tried(answering: Answering, found: FoundDrive, change: Change): Promise<WhatIfAnswer | NotOneDrive> {
  const { tryChange, whatIfDocument } = await import('../later.js');
  const made = tryChange(triedDrive(found), change, trialOf(answering.workspace));
  if (typeof made === 'string') return { kind: 'none', message: made };
  const edits = (made.edits ?? []).filter((edit) => textAt(answering, edit) !== edit.newText);
  const written = edits.map((edit) => ({
    before: textAt(answering, edit),
    after: edit.newText,
    place: placeName(answering, edit),
  }));
  const markdown = whatIfDocument({ ...made, before: comparedDrive(found), written }, linksOf(answering, found));
  const edit = edits.length === 0 ? null : (toWorkspaceEdit(edits, answering.documents) ?? null);
  return { kind: 'tried', markdown, says: made.says, edit };
}

function textAt({ documents }: Answering, { address, span }: PlacedEdit): string {
  return documents.positions(address)?.getText().slice(span.start, span.end) ?? '';
}

/** A link to the edit's place; null where it cannot be opened. */
function placeName({ links, workspace, documents }: Answering, { address, span }: PlacedEdit): string | null {
  const link = links.place(address, span.start);
  const line = documents.positions(address)?.positionAt(span.start).line;
  if (line === undefined) return null;
  const name = `\`${workspace.nameOf(address).replaceAll('`', "'")}:${line + 1}\``;
  return link === null ? name : `[${name}](${link})`;
}

/** Null for what is no change. */
function changeIn(params: unknown): Change | null {
  const change: unknown =
    typeof params === 'object' && params !== null && 'change' in params ? params.change : undefined;
  const [kind, mode, program] = [stringIn(change, 'kind'), stringIn(change, 'mode'), stringIn(change, 'program')];
  const [version, option, value] = [stringIn(change, 'version'), stringIn(change, 'option'), stringIn(change, 'value')];
  if (kind === 'mode' && mode !== null) return { kind, mode };
  if (kind === 'release' && (program === 'qemu' || program === 'librbd') && version !== null) {
    return { kind, program, version };
  }
  return kind === 'option' && option !== null && value !== null ? { kind, option, value } : null;
}
