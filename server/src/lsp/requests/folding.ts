import { FoldingRangeKind } from 'vscode-languageserver';
import { type FoldView, foldsOf } from '../../features/folding.js';
import type { Request } from '../answering.js';
import { rangeOf } from '../documents.js';

const KINDS: Readonly<Record<FoldView['kind'], FoldingRangeKind | null>> = {
  block: null,
  comment: FoldingRangeKind.Comment,
  region: FoldingRangeKind.Region,
};

export const folding: Request = {
  methods: ['textDocument/foldingRange'],
  gives: 'sections, commands, comments and marked regions that fold',
  listen(answering) {
    answering.connection.onFoldingRanges(
      answering.forDocument('foldingRange', ({ known: { document }, analysis }) => {
        // A script without a command of QEMU is folded as the editor would without us.
        if (analysis.kind === 'command' && analysis.commands.length === 0) return null;
        return foldsOf(analysis).flatMap(({ span, kind }) => {
          const { start, end } = rangeOf(document, span);
          if (end.line <= start.line) return [];
          const named = KINDS[kind];
          return [{ startLine: start.line, endLine: end.line, ...(named === null ? {} : { kind: named }) }];
        });
      }),
    );
  },
};
