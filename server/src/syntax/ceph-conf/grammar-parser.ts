/**
 * ceph.conf as Ceph 15.2 on reads it: one grammar for the whole file, whose first unmet expectation refuses the file.
 * The first problem is the parser's own. From there on lines are still read, one by one, so that views keep working and
 * what would be refused next can be seen.
 */
import type { Span } from '../span.js';
import { BYTE_ORDER_MARK, EQUALS, firstBadByte, isLineEnd, LEFT_BRACKET } from './characters.js';
import { GrammarScanner, type ScannedName, type ScannedValue, type Unmet } from './grammar-scanner.js';
import { KeyNames } from './key-name.js';
import { BlankLine, CommentLine, ErrorLine, KeyLine, SectionLine } from './nodes.js';
import { treeOfNodes } from './parts.js';
import { countLineEnds, PlaceCounter } from './places.js';
import { isPlain, scanPlainKey } from './plain-line.js';
import type { ConfNode, ConfProblem, ConfTree } from './tree.js';

/** `firstLine`: the number of the text's first line, where it is a part of a file. */
export function parseWithGrammar(text: string, firstLine: number = 1): ConfTree {
  const parser = new GrammarParser(text, firstLine);
  parser.run();
  return treeOfNodes('C', text, parser.nodes, parser.problems, parser.abortsAt);
}

interface ScannedKey {
  readonly keySpan: Span;
  readonly value: ScannedValue;
  /** Behind the empty line that must follow; -1 where it does not. */
  readonly end: number;
  readonly comment: Span | null;
}

class GrammarParser {
  readonly nodes: ConfNode[] = [];
  readonly problems: ConfProblem[] = [];
  abortsAt: Span | null = null;
  private readonly scanner: GrammarScanner;
  private readonly places: PlaceCounter;
  private readonly keyNames = new KeyNames('C');
  private section = 'global';
  private sectionSeen = false;
  /** True from the first problem on: the rest is read for views only. */
  private recovering = false;
  private abortSettled = false;
  /** Up to where nodes are made. */
  private done = 0;

  constructor(
    private readonly text: string,
    private line: number,
  ) {
    this.scanner = new GrammarScanner(text);
    this.places = new PlaceCounter(text, line);
  }

  run(): void {
    const badByte = firstBadByte(this.text);
    if (badByte >= 0) this.complainAboutBytes(badByte);
    const only = this.scanKey(0);
    if (only !== null) {
      this.listLeadIn(only.keySpan.start);
      this.takeKey(only);
      if (this.done < this.text.length && !this.recovering) this.refuseRest();
    } else if (!this.recovering) {
      this.takeLeadingLines();
    }
    while (this.done < this.text.length) this.takeNext();
    this.settleAbort();
  }

  /** A file may start with joined empty lines; they are no part of the key behind them. */
  private listLeadIn(keyStart: number): void {
    const start = this.scanner.skip(0);
    if (start > 0 && start <= keyStart) this.list(new BlankLine(this.done, start, this.line), start);
  }

  private takeLeadingLines(): void {
    for (;;) {
      const start = this.scanner.skip(this.done);
      const end = this.scanner.lineEnd(start);
      if (end === start) {
        this.listSkipped(start);
        return;
      }
      this.listEmpty(end);
    }
  }

  /** Makes nodes from `done` on, at least one. */
  private takeNext(): void {
    const at = this.done;
    if (this.scanner.code(at) === LEFT_BRACKET) {
      this.takeSection(at);
      return;
    }
    if (this.sectionSeen || this.recovering) {
      if (this.recovering && this.takeEmptyLines()) return;
      if (this.takePlainKey()) return;
      const key = this.scanKey(this.done);
      if (key !== null) {
        this.takeKey(key);
        return;
      }
    }
    this.refuseLine(this.done);
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Sections

  private takeSection(bracket: number): void {
    this.scanner.joined = false;
    const name = this.scanner.name(bracket + 1);
    if (name.unmet !== null) {
      this.complain(name.unmet, this.codeOfBadName(name), { start: bracket, end: name.unmet.at });
      this.listError(name.unmet.at);
      return;
    }
    this.sectionSeen = true;
    this.section = name.name;
    this.scanner.comment = null;
    const end = this.scanner.emptyLine(name.end);
    if (end < 0) {
      const atEnd = this.scanner.skip(name.end) === this.text.length;
      const code = atEnd ? 'no-final-newline' : 'text-after-section';
      this.complain({ expected: '<empty_line>', at: name.end }, code, this.restOf(name.end));
    }
    const nodeEnd = end < 0 ? this.behindLine(name.end) : end;
    const comment = this.commentWithin(name.end, nodeEnd);
    this.list(new SectionLine(this.done, nodeEnd, this.line, name.name, name.span, comment), nodeEnd);
    this.takeEmptyLines();
  }

  private codeOfBadName(name: ScannedName): string {
    if (this.commentWithin(name.span.start, name.span.end) !== null) return 'comment-in-section-name';
    return name.unmet?.expected === '"]"' ? 'unclosed-section' : 'empty-section-name';
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Keys

  private takePlainKey(): boolean {
    const plain = scanPlainKey(this.text, this.done);
    if (plain === null) return false;
    const { keyStart, keyEnd, valueStart, valueEnd, comment, end } = plain;
    const key = this.keyNames.of(this.text.slice(keyStart, keyEnd));
    const value = valueEnd > valueStart ? this.text.slice(valueStart, valueEnd) : '';
    const { done, line, section } = this;
    this.scanner.joined = false;
    this.list(
      new KeyLine(done, end, line, section, key, keyStart, keyEnd, value, valueStart, valueEnd, comment, false),
      end,
    );
    this.takeEmptyLines();
    return true;
  }

  /** Null where the grammar finds no key here, and so goes on to its next alternative. */
  private scanKey(from: number): ScannedKey | null {
    const { scanner } = this;
    scanner.joined = false;
    scanner.farthest = from;
    const start = scanner.skip(scanner.blanks(scanner.skip(from)));
    const keyEnd = scanner.key(start);
    if (keyEnd < 0) return null;
    const equals = scanner.skip(scanner.blanks(scanner.skip(keyEnd)));
    if (equals > scanner.farthest) scanner.farthest = equals;
    if (scanner.code(equals) !== EQUALS) return null;
    scanner.comment = null;
    const valueStart = scanner.blanks(scanner.skip(equals + 1));
    const scanned = scanner.value(valueStart);
    const value = scanned.value === '' && !scanned.quoted ? { ...scanned, span: emptyAt(equals + 1) } : scanned;
    const end = value.unmet === null ? scanner.emptyLine(value.end) : -1;
    return { keySpan: { start, end: keyEnd }, value, end, comment: this.commentWithin(equals, this.text.length) };
  }

  private takeKey(scanned: ScannedKey): void {
    const { keySpan, value } = scanned;
    const lost = scanned.end < 0;
    if (lost) this.complainAboutKey(scanned);
    const end = lost ? this.behindLine(value.unmet?.at ?? value.end) : scanned.end;
    const key = this.keyNames.of(this.text.slice(keySpan.start, keySpan.end));
    const valueSpan = value.span;
    const node = new KeyLine(
      this.done,
      end,
      this.line,
      this.section,
      key,
      keySpan.start,
      keySpan.end,
      value.value,
      valueSpan.start,
      valueSpan.end,
      scanned.comment,
      lost,
    );
    this.list(node, end);
    this.takeEmptyLines();
  }

  private complainAboutKey(scanned: ScannedKey): void {
    const { value } = scanned;
    if (value.unmet !== null) {
      const atComment =
        !Number.isNaN(this.scanner.code(value.unmet.at)) && !isLineEnd(this.scanner.code(value.unmet.at));
      const code = atComment ? 'comment-in-quotes' : 'unclosed-quote';
      this.complain(value.unmet, code, { start: value.span.start, end: Math.max(value.unmet.at, value.span.end) });
      return;
    }
    const unmet = { expected: '<empty_line>', at: value.end };
    if (!value.quoted || this.scanner.skip(value.end) === this.text.length) {
      const code = isLineEnd(this.scanner.code(this.text.length - 1)) ? 'trailing-backslash' : 'no-final-newline';
      this.complain(unmet, code, { start: scanned.keySpan.start, end: this.text.length });
      return;
    }
    this.complain(unmet, 'text-after-quote', this.restOf(value.end));
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Empty lines

  /** The empty and comment lines that may stand after a section, a key or, when recovering, anything. */
  private takeEmptyLines(): boolean {
    const start = this.done;
    for (;;) {
      if (this.startsText(this.done)) break;
      this.scanner.comment = null;
      this.scanner.joined = false;
      const end = this.scanner.emptyLine(this.done);
      if (end < 0) break;
      if (this.recovering && !this.sectionSeen && this.isWhiteLine()) this.complainAboutWhiteLine();
      this.listEmpty(end);
    }
    if (!this.startsText(this.done)) this.listSkipped(this.scanner.skip(this.done));
    return this.done > start;
  }

  /** True where a line starts with a letter or its like, so can be no empty line. */
  private startsText(at: number): boolean {
    const code = this.scanner.code(this.scanner.blanks(at));
    return isPlain(code);
  }

  private isWhiteLine(): boolean {
    return this.scanner.comment === null && this.scanner.blanks(this.done) > this.done;
  }

  private complainAboutWhiteLine(): void {
    const at = this.done;
    this.complain({ expected: '<eoi>', at }, 'blank-before-section', { start: at, end: this.scanner.restOfLine(at) });
  }

  private listEmpty(end: number): void {
    const comment = this.commentWithin(this.done, end);
    const { done, line } = this;
    this.list(comment === null ? new BlankLine(done, end, line) : new CommentLine(done, end, line, comment), end);
  }

  private listSkipped(to: number): void {
    if (to > this.done) this.listEmpty(to);
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Refused lines

  /** The text at `at` is neither key nor section: the grammar expects the file's end here. */
  private refuseLine(at: number): void {
    this.settleAbort();
    const { scanner } = this;
    const start = scanner.blanks(at);
    const first = scanner.code(start);
    const bracket = at === 0 && first === BYTE_ORDER_MARK ? start + 1 : start;
    const indented = scanner.code(bracket) === LEFT_BRACKET;
    const key = !this.sectionSeen && !indented ? this.scanKey(at) : null;
    const alreadyRefused = this.recovering && this.problems.at(-1)?.span.start === start;
    if (!alreadyRefused) {
      let code = indented && bracket === start ? 'indented-section' : this.codeOfUnreadable(at, start);
      if (key !== null) code = 'key-outside-section';
      this.complain({ expected: '<eoi>', at }, code, this.restOf(code === 'blank-before-section' ? at : start));
    }
    if (key !== null) this.takeKey(key);
    else if (indented) {
      if (bracket > at) this.takeSection(bracket);
    } else if (Number.isNaN(first)) this.list(new BlankLine(this.done, start, this.line), start);
    else if (isLineEnd(first)) this.listEmpty(scanner.lineEnd(start));
    else this.listError(Math.max(scanner.farthest, start));
  }

  /** A lone key was read, and something follows: the grammar expects the file's end there. */
  private refuseRest(): void {
    this.settleAbort();
    const at = this.done;
    const start = this.scanner.blanks(at);
    if (this.scanner.code(start) === LEFT_BRACKET && start > at) return;
    const isKey = this.scanner.code(start) === LEFT_BRACKET || this.scanKey(at) !== null;
    const code = isKey ? 'key-outside-section' : this.codeOfUnreadable(at, start);
    this.complain({ expected: '<eoi>', at }, code, this.restOf(start));
  }

  private codeOfUnreadable(at: number, start: number): string {
    const { scanner } = this;
    const first = scanner.code(start);
    if (Number.isNaN(first)) return 'no-final-newline';
    if (isLineEnd(first)) return 'blank-before-section';
    if (first === BYTE_ORDER_MARK && at === 0) return 'byte-order-mark';
    if (first === EQUALS) return 'empty-key';
    const stop = scanner.code(Math.max(scanner.farthest, start));
    if (stop === LEFT_BRACKET) return 'bracket-in-key';
    return this.commentWithin(start, scanner.farthest) === null ? 'missing-equals' : 'comment-in-key';
  }

  private listError(at: number): void {
    const end = this.behindLine(at);
    this.list(new ErrorLine(this.done, end, this.line), end);
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Nodes and problems

  private list(node: ConfNode, end: number): void {
    this.nodes.push(node);
    if (this.scanner.joined) this.line += countLineEnds(this.text, this.done, end);
    else if (isLineEnd(this.scanner.code(end - 1))) this.line++;
    this.done = end;
  }

  private behindLine(at: number): number {
    return this.scanner.lineEnd(this.scanner.restOfLine(at));
  }

  private restOf(start: number): Span {
    return { start, end: this.scanner.restOfLine(start) };
  }

  private commentWithin(start: number, end: number): Span | null {
    const { comment } = this.scanner;
    return comment !== null && comment.start >= start && comment.end <= end ? comment : null;
  }

  private complain(unmet: Unmet, code: string, where: Span): void {
    this.settleAbort();
    const place = this.places.at(unmet.at);
    const message = `parse error: expected '${unmet.expected}' in line ${place.counted} at position ${place.column}`;
    this.problems.push({ code, message, span: where, line: place.line, loses: 'file' });
    this.recovering = true;
  }

  private complainAboutBytes(at: number): void {
    const place = this.places.at(at);
    let line = 1;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < at; i = this.text.indexOf('\n', i + 1)) line++;
    const message = `parse error: invalid UTF-8 found at line ${line}`;
    this.problems.push({
      code: 'not-utf8',
      message,
      span: { start: at, end: at + 1 },
      line: place.line,
      loses: 'file',
    });
    this.recovering = true;
    this.abortSettled = true;
  }

  /** What the parser met before its first complaint, and nothing later, can end the process. */
  private settleAbort(): void {
    if (this.abortSettled) return;
    this.abortSettled = true;
    const at = this.scanner.nonAsciiAt;
    if (at >= 0) this.abortsAt = { start: at, end: at + ((this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) };
  }
}

function emptyAt(at: number): Span {
  return { start: at, end: at };
}
