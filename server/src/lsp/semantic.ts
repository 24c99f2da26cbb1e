/** Semantic tokens as the protocol counts them, and what changed in them since they were last told. */
import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import { SEMANTIC_TYPES } from '../features/semantic-legend.js';
import { semanticTokens } from '../features/semantic-tokens.js';
import type { Span } from '../syntax/span.js';

/** Numbers that tell one token: lines and characters from the one before, length, type, modifiers. */
const NUMBERS = 5;

/** A token over several lines is told line by line, as the protocol wants it. */
export function encodeTokens(document: TextDocument, analysis: DocumentAnalysis, range: Span): number[] {
  const data: number[] = [];
  let [lastLine, lastCharacter] = [0, 0];
  for (const { span, type, overridden } of semanticTokens(analysis, range)) {
    const start = document.positionAt(span.start);
    const end = document.positionAt(span.end);
    for (let line = start.line; line <= end.line; line++) {
      const from = line === start.line ? start.character : 0;
      const to = line === end.line ? end.character : lineLength(document, line);
      if (to <= from) continue;
      data.push(line - lastLine, line === lastLine ? from - lastCharacter : from, to - from);
      data.push(SEMANTIC_TYPES.indexOf(type), overridden ? 1 : 0);
      [lastLine, lastCharacter] = [line, from];
    }
  }
  return data;
}

function lineLength(document: TextDocument, line: number): number {
  const start = document.offsetAt({ line, character: 0 });
  return document
    .getText()
    .slice(start, document.offsetAt({ line: line + 1, character: 0 }))
    .replace(/\r?\n$/, '').length;
}

interface Told {
  readonly id: string;
  readonly data: readonly number[];
}

/** What was last told of each document, as long as it is open. */
export class ToldTokens {
  private readonly last = new WeakMap<TextDocument, Told>();
  private count = 0;

  full(document: TextDocument, data: number[]): SemanticTokens {
    return { resultId: this.remember(document, data), data };
  }

  /** All of them, where the client has something else than what was last told. */
  since(document: TextDocument, previous: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const before = this.last.get(document);
    const resultId = this.remember(document, data);
    return before?.id === previous ? { resultId, edits: editsBetween(before.data, data) } : { resultId, data };
  }

  private remember(document: TextDocument, data: readonly number[]): string {
    this.count += 1;
    const id = String(this.count);
    this.last.set(document, { id, data });
    return id;
  }
}

/** One edit, of whole tokens, or none: the tokens between those at the start and at the end that stayed the same. */
function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  start -= start % NUMBERS;
  let kept = 0;
  while (kept < most - start && before[before.length - 1 - kept] === after[after.length - 1 - kept]) kept += 1;
  kept -= kept % NUMBERS;
  const deleteCount = before.length - kept - start;
  const data = after.slice(start, after.length - kept);
  if (deleteCount === 0 && data.length === 0) return [];
  return [{ start, deleteCount, ...(data.length === 0 ? {} : { data }) }];
}
