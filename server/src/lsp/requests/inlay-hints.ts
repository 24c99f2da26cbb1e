import type { InlayHint } from 'vscode-languageserver';
import { inlayHints as hintsIn } from '../../features/inlay-hints.js';
import type { Request } from '../answering.js';
import { spanOf } from '../documents.js';

export const inlayHints: Request = {
  methods: ['textDocument/inlayHint'],
  gives: 'the outcome behind each drive, and behind each line that loses',
  capabilities: () => ({ inlayHintProvider: { resolveProvider: false } }),
  listen(answering) {
    const { connection, workspace } = answering;
    connection.languages.inlayHint.on(
      answering.forDocument('inlayHint', ({ known: { document, address }, analysis }, { range }) => {
        if (!workspace.settingsOf(address).inlayHints) return [];
        return hintsIn(analysis, spanOf(document, range)).map(
          ({ offset, label, tooltip }): InlayHint => ({
            position: document.positionAt(offset),
            label,
            paddingLeft: true,
            ...(tooltip === null ? {} : { tooltip }),
          }),
        );
      }),
    );
  },
};
