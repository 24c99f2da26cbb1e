import { MarkupKind } from 'vscode-languageserver';
import { hoverAt } from '../../features/hover.js';
import type { Request } from '../answering.js';
import { offsetOf, rangeOf } from '../documents.js';

export const hover: Request = {
  methods: ['textDocument/hover'],
  gives: 'the answer for the drive, option or section under the pointer',
  listen(answering) {
    answering.connection.onHover(
      answering.forDocument('hover', ({ known: { document, address }, analysis }, { position }) => {
        const view = hoverAt(analysis, offsetOf(document, position), answering.hoverContext(address));
        if (view === null) return null;
        const range = rangeOf(document, view.span);
        return { contents: { kind: MarkupKind.Markdown, value: view.markdown }, range };
      }),
    );
  },
};
