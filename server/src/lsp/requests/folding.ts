import { FoldingRangeKind } from 'vscode-languageserver';
import { foldsOf } from '../../features/folding.js';
import type { Request } from '../answering.js';
import { rangeOf } from '../documents.js';

export const folding: Request = {
  methods: ['textDocument/foldingRange'],
  gives: 'sections, commands and comments that fold',
  capabilities: () => ({ foldingRangeProvider: true }),
  listen(answering) {
    answering.connection.onFoldingRanges(
      answering.forDocument('foldingRange', ({ known: { document }, analysis }) =>
        foldsOf(analysis).flatMap(({ span, kind }) => {
          const { start, end } = rangeOf(document, span);
          if (end.line <= start.line) return [];
          const isComment = kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {};
          return [{ startLine: start.line, endLine: end.line, ...isComment }];
        }),
      ),
    );
  },
};
