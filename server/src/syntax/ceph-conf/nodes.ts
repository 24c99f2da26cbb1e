/**
 * The nodes as the parsers make them: one object a line, whose spans are made when asked for. A tree of 10,000 lines is
 * made at every keystroke, and most of its spans are never looked at.
 */
import type { Span } from '../span.js';
import type { BlankNode, CommentNode, ErrorNode, KeyNode, SectionNode } from './tree.js';

class LineNode {
  constructor(
    private readonly start: number,
    private readonly end: number,
    readonly line: number,
  ) {}

  get span(): Span {
    return { start: this.start, end: this.end };
  }
}

export class BlankLine extends LineNode implements BlankNode {
  readonly kind = 'blank';
}

export class ErrorLine extends LineNode implements ErrorNode {
  readonly kind = 'error';
}

export class CommentLine extends LineNode implements CommentNode {
  readonly kind = 'comment';

  constructor(
    start: number,
    end: number,
    line: number,
    readonly textSpan: Span,
  ) {
    super(start, end, line);
  }
}

export class SectionLine extends LineNode implements SectionNode {
  readonly kind = 'section';

  constructor(
    start: number,
    end: number,
    line: number,
    readonly name: string,
    readonly nameSpan: Span,
    readonly comment: Span | null,
  ) {
    super(start, end, line);
  }
}

export class KeyLine extends LineNode implements KeyNode {
  readonly kind = 'key';

  constructor(
    start: number,
    end: number,
    line: number,
    readonly section: string,
    readonly key: string,
    private readonly keyStart: number,
    private readonly keyEnd: number,
    readonly value: string,
    private readonly valueStart: number,
    private readonly valueEnd: number,
    readonly comment: Span | null,
    readonly lost: boolean,
  ) {
    super(start, end, line);
  }

  get keySpan(): Span {
    return { start: this.keyStart, end: this.keyEnd };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueEnd };
  }
}
