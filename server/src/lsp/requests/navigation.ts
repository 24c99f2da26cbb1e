import {
  ErrorCodes,
  type Location,
  type PrepareRenameResult,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { parserEra } from '../../catalog/librados-rules.js';
import type { Neighbourhood } from '../../features/navigation/named.js';
import type { Answering, Request } from '../answering.js';
import { toLocation, toWorkspaceEdit } from '../convert.js';
import { offsetOf, rangeOf } from '../documents.js';

export const navigation: Request = {
  methods: ['textDocument/definition', 'textDocument/references', 'textDocument/prepareRename', 'textDocument/rename'],
  gives:
    'between `id=` and its section, `conf=` and its file, `drive=` and its drive, an option and every place that sets it; another name for a client or a drive',
  listen(answering) {
    const { connection, documents } = answering;
    connection.onDefinition(
      answering.forDocument(
        'definition',
        async ({ known: { document }, analysis }, { position }): Promise<Location[]> => {
          const { definitionsAt } = await features();
          const targets = definitionsAt(analysis, offsetOf(document, position), await neighbourhood(answering));
          return targets.flatMap((target) => toLocation(target, documents));
        },
      ),
    );
    connection.onReferences(
      answering.forDocument(
        'references',
        async ({ known: { document }, analysis }, { position, context }): Promise<Location[]> => {
          const { namedAt, occurrencesOf } = await features();
          const named = namedAt(analysis, offsetOf(document, position));
          if (named === null) return [];
          return occurrencesOf(named, await neighbourhood(answering))
            .filter(({ defines }) => context.includeDeclaration || !defines)
            .flatMap((place) => toLocation(place, documents));
        },
      ),
    );
    connection.onPrepareRename(
      answering.forDocument(
        'prepareRename',
        async ({ known: { document }, analysis }, { position }): Promise<PrepareRenameResult | ResponseError<void>> => {
          const { renameable } = await features();
          const found = renameable(analysis, offsetOf(document, position), await neighbourhood(answering));
          if ('refusal' in found) return new ResponseError(ErrorCodes.InvalidRequest, found.refusal);
          return { range: rangeOf(document, found.named.here.span), placeholder: found.named.name };
        },
      ),
    );
    connection.onRenameRequest(
      answering.forDocument(
        'rename',
        async (
          { known: { document }, analysis },
          { position, newName },
        ): Promise<WorkspaceEdit | ResponseError<void>> => {
          const { rename } = await features();
          const result = rename(analysis, offsetOf(document, position), newName, await neighbourhood(answering));
          if ('refusal' in result) return new ResponseError(ErrorCodes.InvalidRequest, result.refusal);
          return toWorkspaceEdit(result.edits, documents) ?? { changes: {} };
        },
      ),
    );
  },
};

/** Read when they are first asked for. */
function features() {
  return import('../later.js');
}

async function neighbourhood(answering: Answering): Promise<Neighbourhood> {
  const { workspace } = answering;
  await answering.scanned();
  const drives = workspace.drives();
  return {
    drives,
    tree: (address) => {
      const file = workspace.texts.conf(address);
      const reader = drives.find(({ trace }) => trace.reads.some(({ taken }) => taken?.file.id === address));
      return file?.tree(reader === undefined ? 'B' : parserEra(reader.trace.releases.librbd)) ?? null;
    },
  };
}
