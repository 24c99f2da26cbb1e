import { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from '../../features/semantic-tokens.js';
import type { Request } from '../answering.js';
import { spanOf } from '../documents.js';
import { encodeTokens } from '../semantic.js';

export const semanticTokens: Request = {
  methods: ['textDocument/semanticTokens/full', 'textDocument/semanticTokens/range'],
  gives: 'colours by meaning; what has no effect is marked as overridden',
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...SEMANTIC_TYPES], tokenModifiers: [...SEMANTIC_MODIFIERS] },
      full: true,
      range: true,
    },
  }),
  listen(answering) {
    const { semanticTokens: tokens } = answering.connection.languages;
    const full = answering.forDocument('semanticTokens', ({ known: { document }, analysis }) =>
      encodeTokens(document, analysis, { start: 0, end: document.getText().length }),
    );
    tokens.on(async (params, token) => (await full(params, token)) ?? { data: [] });
    tokens.onRange(async (params, token) => {
      const { range } = params;
      const part = answering.forDocument('semanticTokens/range', ({ known: { document }, analysis }) =>
        encodeTokens(document, analysis, spanOf(document, range)),
      );
      return (await part(params, token)) ?? { data: [] };
    });
  },
};
