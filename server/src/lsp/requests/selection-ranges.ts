import type { SelectionRange } from 'vscode-languageserver';
import { selectionRanges as rangesAround } from '../../features/selection-ranges.js';
import type { Request } from '../answering.js';
import { offsetOf, rangeOf } from '../documents.js';

export const selectionRanges: Request = {
  methods: ['textDocument/selectionRange'],
  gives: 'what a selection grows to: value, option, drive or section, command, file',
  listen(answering) {
    answering.connection.onSelectionRanges(
      answering.forDocument('selectionRange', ({ known: { document }, analysis }, { positions }) =>
        positions.map((position): SelectionRange => {
          const spans = rangesAround(analysis, offsetOf(document, position));
          const outer: SelectionRange = { range: rangeOf(document, spans.at(-1) ?? { start: 0, end: 0 }) };
          return spans
            .slice(0, -1)
            .reduceRight<SelectionRange>((parent, span) => ({ range: rangeOf(document, span), parent }), outer);
        }),
      ),
    );
  },
};
