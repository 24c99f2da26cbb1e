import type { CodeLens, Command } from 'vscode-languageserver';
import { LENS_KINDS, type LensDetail, type LensKind, lensDetail, lensesOf } from '../../features/code-lens.js';
import type { Analysed, Answering, Request } from '../answering.js';
import { toLocation } from '../convert.js';
import { rangeOf } from '../documents.js';
import { numberIn, stringIn } from '../params.js';

/** Places that a lens leads to. */
const MAX_LOCATIONS = 1_000;

export const codeLens: Request = {
  methods: ['textDocument/codeLens', 'codeLens/resolve'],
  gives: 'the outcome over each drive, and over each client’s section the drives that read it, once they are in view',
  listen(answering) {
    const { connection, workspace, client } = answering;
    connection.onCodeLens(
      answering.forDocument('codeLens', ({ known: { document, uri, address }, analysis }): CodeLens[] => {
        if (!workspace.settingsOf(address).codeLens) return [];
        const kinds = LENS_KINDS.filter((kind) => kind !== 'who-wins' || client().whoWinsCommand !== null);
        return lensesOf(analysis, kinds).map(({ kind, span }) => ({
          range: rangeOf(document, span),
          data: { uri, kind, offset: span.start },
        }));
      }),
    );
    const resolve = answering.guarded('codeLens/resolve', async (lens: CodeLens): Promise<CodeLens> => {
      const view = viewIn(lens.data);
      const found = view === null ? null : await answering.analysed(view.uri);
      const detail = view === null || found === null ? null : lensDetail(found.analysis, view.kind, view.offset);
      if (view === null || found === null || detail === null) return { ...lens, command: says('') };
      return { ...lens, command: commandOf(answering, found, view.kind, view.offset, detail) };
    });
    connection.onCodeLensResolve(async (lens, token) => (await resolve(lens, token)) ?? lens);
  },
};

/** A lens that only says something. */
function says(title: string): Command {
  return { title, command: '' };
}

function commandOf(
  { client, documents }: Answering,
  { known: { document, uri } }: Analysed,
  kind: LensKind,
  offset: number,
  { title, drives }: LensDetail,
): Command {
  const position = document.positionAt(offset);
  const { explainCommand, whoWinsCommand, showReferencesCommand } = client();
  if (kind === 'readers') {
    const locations = drives
      .slice(0, MAX_LOCATIONS)
      .flatMap(({ address, span }) => toLocation({ address, span }, documents));
    if (showReferencesCommand === null || locations.length === 0) return says(title);
    return { title, command: showReferencesCommand, arguments: [{ uri, position, locations }] };
  }
  const command = kind === 'outcome' ? explainCommand : whoWinsCommand;
  return command === null ? says(title) : { title, command, arguments: [{ uri, position }] };
}

function viewIn(data: unknown): { readonly uri: string; readonly kind: LensKind; readonly offset: number } | null {
  const [uri, named, offset] = [stringIn(data, 'uri'), stringIn(data, 'kind'), numberIn(data, 'offset')];
  const kind = LENS_KINDS.find((one) => one === named);
  return uri === null || offset === null || kind === undefined ? null : { uri, kind, offset };
}
