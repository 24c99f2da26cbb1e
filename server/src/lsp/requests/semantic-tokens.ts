import type { Analysed, Request } from '../answering.js';
import { spanOf } from '../documents.js';
import { encodeTokens, ToldTokens } from '../semantic.js';

export const semanticTokens: Request = {
  methods: [
    'textDocument/semanticTokens/full',
    'textDocument/semanticTokens/full/delta',
    'textDocument/semanticTokens/range',
  ],
  gives: 'colours by meaning, as a whole, of a range, or what changed; what has no effect is marked as overridden',
  listen(answering) {
    const { semanticTokens: tokens } = answering.connection.languages;
    const told = new ToldTokens();
    const all = ({ known: { document }, analysis }: Analysed): number[] =>
      encodeTokens(document, analysis, { start: 0, end: document.getText().length });
    const full = answering.forDocument('semanticTokens', (found) => told.full(found.known.document, all(found)));
    tokens.on(async (params, token) => (await full(params, token)) ?? { data: [] });
    tokens.onDelta(async (params, token) => {
      const { previousResultId } = params;
      const delta = answering.forDocument('semanticTokens/delta', (found) =>
        told.since(found.known.document, previousResultId, all(found)),
      );
      return (await delta(params, token)) ?? { data: [] };
    });
    tokens.onRange(async (params, token) => {
      const { range } = params;
      const part = answering.forDocument('semanticTokens/range', ({ known: { document }, analysis }) => ({
        data: encodeTokens(document, analysis, spanOf(document, range)),
      }));
      return (await part(params, token)) ?? { data: [] };
    });
  },
};
