import { DocumentHighlightKind } from 'vscode-languageserver';
import { type HighlightView, highlightsAt } from '../../features/highlights.js';
import type { Request } from '../answering.js';
import { offsetOf, rangeOf } from '../documents.js';

const KINDS: Readonly<Record<HighlightView['kind'], DocumentHighlightKind>> = {
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
};

export const highlights: Request = {
  methods: ['textDocument/documentHighlight'],
  gives: 'the same option under any spelling, the same section, a drive’s id and what uses it',
  listen(answering) {
    answering.connection.onDocumentHighlight(
      answering.forDocument('documentHighlight', ({ known: { document }, analysis }, { position }) => {
        const views = highlightsAt(analysis, offsetOf(document, position));
        // An editor highlights equal words by itself where it is told of nothing.
        if (views.length === 0) return null;
        return views.map(({ span, kind }) => ({ range: rangeOf(document, span), kind: KINDS[kind] }));
      }),
    );
  },
};
