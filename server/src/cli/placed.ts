/** Offsets of a workspace's documents as lines and columns from 1, for printing. */

import { Lines } from '../syntax/lines.js';
import type { Span } from '../syntax/span.js';
import type { Workspace } from '../workspace/analysis.js';

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Line tables, made once for each document. */
export class Positions {
  private readonly lines = new Map<string, Lines | null>();

  constructor(private readonly workspace: Workspace) {}

  /** Null where the document cannot be read any more. Columns count UTF-16 code units. */
  range(address: string, span: Span): Range | null {
    const lines = this.linesOf(address);
    return lines === null ? null : { start: position(lines, span.start), end: position(lines, span.end) };
  }

  private linesOf(address: string): Lines | null {
    const known = this.lines.get(address);
    if (known !== undefined) return known;
    const content = this.workspace.texts.read(address);
    const lines = content.status === 'file' ? new Lines(content.text) : null;
    this.lines.set(address, lines);
    return lines;
  }
}

function position(lines: Lines, offset: number): Position {
  const line = lines.lineOf(offset);
  return { line: line + 1, column: offset - lines.startOf(line) + 1 };
}
