import type { Location } from 'vscode-languageserver';
import { definitionsAt } from '../../features/references.js';
import type { Request } from '../answering.js';
import { toLocation } from '../convert.js';
import { offsetOf } from '../documents.js';

export const definition: Request = {
  methods: ['textDocument/definition'],
  gives: 'from a drive to its file and section, from an option to what beats it',
  capabilities: () => ({ definitionProvider: true }),
  listen(answering) {
    const { connection, documents } = answering;
    connection.onDefinition(
      answering.forDocument('definition', ({ known: { document }, analysis }, { position }): Location[] =>
        definitionsAt(analysis, offsetOf(document, position)).flatMap((target) => toLocation(target, documents)),
      ),
    );
  },
};
