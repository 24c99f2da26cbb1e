import type { TextEdit } from 'vscode-languageserver';
import type { Span } from '../../syntax/span.js';
import type { Analysed, Request } from '../answering.js';
import { offsetOf, rangeOf, spanOf } from '../documents.js';

export const formatting: Request = {
  methods: ['textDocument/formatting', 'textDocument/rangeFormatting', 'textDocument/onTypeFormatting'],
  gives: 'a tidy ceph.conf, of which every release makes the same as before',
  listen(answering) {
    const { connection } = answering;
    connection.onDocumentFormatting(
      answering.forDocument('formatting', (found) => edits(found, { start: 0, end: found.analysis.text.length })),
    );
    connection.onDocumentRangeFormatting(
      answering.forDocument('rangeFormatting', (found, { range }) => edits(found, spanOf(found.known.document, range))),
    );
    connection.onDocumentOnTypeFormatting(
      // The line that was just left; the new one belongs to whoever types it.
      answering.forDocument('onTypeFormatting', (found, { position }) => {
        const { document } = found.known;
        const line = offsetOf(document, { line: position.line, character: 0 });
        const before = offsetOf(document, { line: position.line - 1, character: 0 });
        return edits(found, { start: before, end: Math.max(before, line - 1) });
      }),
    );
  },
};

async function edits({ known: { document }, analysis }: Analysed, range: Span): Promise<TextEdit[]> {
  if (analysis.kind !== 'conf') return [];
  const { formatConf } = await import('../later.js');
  return formatConf(analysis.file, range).map(({ span, newText }) => ({ range: rangeOf(document, span), newText }));
}
