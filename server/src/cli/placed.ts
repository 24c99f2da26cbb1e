/** Offsets of a workspace's documents as lines and columns from 1, for printing. */
import { secretsIn } from '../features/redact.js';
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
  private readonly secretsOf = new Map<string, readonly string[]>();

  constructor(private readonly workspace: Workspace) {}

  /** Null where the document cannot be read any more. Columns count UTF-16 code units. */
  range(address: string, span: Span): Range | null {
    const lines = this.linesOf(address);
    return lines === null ? null : { start: position(lines, span.start), end: position(lines, span.end) };
  }

  /** The secrets that a document holds. */
  secrets(address: string): readonly string[] {
    const known = this.secretsOf.get(address);
    if (known !== undefined) return known;
    const secrets = secretsIn(this.linesOf(address)?.text ?? '');
    this.secretsOf.set(address, secrets);
    return secrets;
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
