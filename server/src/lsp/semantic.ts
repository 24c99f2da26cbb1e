import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { SEMANTIC_TYPES, semanticTokens } from '../features/semantic-tokens.js';
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';

/** A token over several lines is told line by line, as the protocol wants it. */
export function encodeTokens(document: TextDocument, analysis: DocumentAnalysis, range: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { span, type, overridden } of semanticTokens(analysis, range)) {
    const start = document.positionAt(span.start);
    const end = document.positionAt(span.end);
    for (let line = start.line; line <= end.line; line++) {
      const from = line === start.line ? start.character : 0;
      const to = line === end.line ? end.character : lineLength(document, line);
      if (to > from) builder.push(line, from, to - from, SEMANTIC_TYPES.indexOf(type), overridden ? 1 : 0);
    }
  }
  return builder.build();
}

function lineLength(document: TextDocument, line: number): number {
  const start = document.offsetAt({ line, character: 0 });
  return document
    .getText()
    .slice(start, document.offsetAt({ line: line + 1, character: 0 }))
    .replace(/\r?\n$/, '').length;
}
