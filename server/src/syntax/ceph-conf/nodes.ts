/**
 * The nodes as the parsers make them: one object a line, whose spans are made when asked for. A tree of 10,000 lines is
 * made at every keystroke, and most of its spans are never looked at. Fields are declared only, and set once, by the
 * constructors: defining them first costs as much again.
 */
import { type Span, shift } from '../span.js';
import type { BlankNode, CommentNode, ErrorNode, KeyNode, SectionNode } from './tree.js';

export class BlankLine implements BlankNode {
  declare readonly kind: 'blank';
  declare readonly line: number;
  declare private readonly start: number;
  declare private readonly end: number;

  constructor(start: number, end: number, line: number) {
    this.kind = 'blank';
    this.line = line;
    this.start = start;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  moved(by: number, lines: number): BlankLine {
    return new BlankLine(this.start + by, this.end + by, this.line + lines);
  }
}

export class ErrorLine implements ErrorNode {
  declare readonly kind: 'error';
  declare readonly line: number;
  declare private readonly start: number;
  declare private readonly end: number;

  constructor(start: number, end: number, line: number) {
    this.kind = 'error';
    this.line = line;
    this.start = start;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  moved(by: number, lines: number): ErrorLine {
    return new ErrorLine(this.start + by, this.end + by, this.line + lines);
  }
}

export class CommentLine implements CommentNode {
  declare readonly kind: 'comment';
  declare readonly line: number;
  declare readonly textSpan: Span;
  declare private readonly start: number;
  declare private readonly end: number;

  constructor(start: number, end: number, line: number, textSpan: Span) {
    this.kind = 'comment';
    this.line = line;
    this.textSpan = textSpan;
    this.start = start;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  moved(by: number, lines: number): CommentLine {
    return new CommentLine(this.start + by, this.end + by, this.line + lines, shift(this.textSpan, by));
  }
}

export class SectionLine implements SectionNode {
  declare readonly kind: 'section';
  declare readonly line: number;
  declare readonly name: string;
  declare readonly nameSpan: Span;
  declare readonly comment: Span | null;
  declare private readonly start: number;
  declare private readonly end: number;

  constructor(start: number, end: number, line: number, name: string, nameSpan: Span, comment: Span | null) {
    this.kind = 'section';
    this.line = line;
    this.name = name;
    this.nameSpan = nameSpan;
    this.comment = comment;
    this.start = start;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  moved(by: number, lines: number): SectionLine {
    const { start, end, line, name, nameSpan, comment } = this;
    return new SectionLine(
      start + by,
      end + by,
      line + lines,
      name,
      shift(nameSpan, by),
      comment && shift(comment, by),
    );
  }
}

export class KeyLine implements KeyNode {
  declare readonly kind: 'key';
  declare readonly line: number;
  declare readonly section: string;
  declare readonly key: string;
  declare readonly value: string;
  declare readonly comment: Span | null;
  declare readonly lost: boolean;
  declare private readonly start: number;
  declare private readonly end: number;
  declare private readonly keyStart: number;
  declare private readonly keyEnd: number;
  declare private readonly valueStart: number;
  declare private readonly valueEnd: number;

  constructor(
    start: number,
    end: number,
    line: number,
    section: string,
    key: string,
    keyStart: number,
    keyEnd: number,
    value: string,
    valueStart: number,
    valueEnd: number,
    comment: Span | null,
    lost: boolean,
  ) {
    this.kind = 'key';
    this.line = line;
    this.section = section;
    this.key = key;
    this.value = value;
    this.comment = comment;
    this.lost = lost;
    this.start = start;
    this.end = end;
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  moved(by: number, lines: number): KeyLine {
    return new KeyLine(
      this.start + by,
      this.end + by,
      this.line + lines,
      this.section,
      this.key,
      this.keyStart + by,
      this.keyEnd + by,
      this.value,
      this.valueStart + by,
      this.valueEnd + by,
      this.comment && shift(this.comment, by),
      this.lost,
    );
  }

  get keySpan(): Span {
    return { start: this.keyStart, end: this.keyEnd };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueEnd };
  }
}
