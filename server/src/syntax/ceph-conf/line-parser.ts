/**
 * ceph.conf as Ceph 0.48 to 14.2 read it: line by line, a bad line is dropped and all else counts.
 * Source: ConfFile::load_from_buffer and process_line of 0.48.3 and 0.56.7 to 14.2.16.
 */
import { span } from '../span.js';
import {
  BACKSLASH,
  byteLength,
  DOUBLE_QUOTE,
  EQUALS,
  firstBadByte,
  HASH,
  isSpace,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  SEMICOLON,
  SPACE,
} from './characters.js';
import { KeyNames, shrinkWhiteSpace } from './key-name.js';
import { type LogicalLine, logicalLine, sourceSpan } from './logical-line.js';
import { BlankLine, CommentLine, ErrorLine, KeyLine, SectionLine } from './nodes.js';
import { treeOfNodes } from './parts.js';
import type { ConfNode, ConfProblem, ConfTree } from './tree.js';

/** `firstLine`: the number of the text's first line, where it is a part of a file. */
export function parseLines(
  text: string,
  era: 'A' | 'B',
  oldMissingEqualsMessage: boolean,
  firstLine: number = 1,
): ConfTree {
  const parser = new LineParser(text, era, oldMissingEqualsMessage);
  parser.run(firstLine);
  return treeOfNodes(era, text, parser.nodes, parser.problems, null);
}

class LineParser {
  readonly nodes: ConfNode[] = [];
  readonly problems: ConfProblem[] = [];
  private readonly keyNames: KeyNames;
  private section = 'global';
  private readonly keys = new Map<string, Set<string>>();
  private sectionKeys: Set<string>;

  constructor(
    private readonly text: string,
    private readonly era: 'A' | 'B',
    private readonly oldMissingEqualsMessage: boolean,
  ) {
    this.keyNames = new KeyNames(era);
    this.sectionKeys = this.keysOf('global');
  }

  run(numberOfFirst: number): void {
    const { text } = this;
    const mayBeBad = text.includes('\0') || firstBadByte(text) >= 0;
    let start = 0;
    let at = 0;
    let line = numberOfFirst;
    let firstLine = line;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) {
        this.lastLineWithoutNewline(start, at, firstLine, line);
        return;
      }
      const bad = mayBeBad ? badCharacter(text.slice(at, newline)) : null;
      if (bad !== null) {
        this.complain(bad.code, `read_conf: ignoring line ${line} because ${bad.why}`, at, newline, line);
        this.take(logicalLine(this.text, start, newline, newline + 1, firstLine, line, true));
      } else if (newline > at && text.charCodeAt(newline - 1) === BACKSLASH) {
        at = newline + 1;
        line++;
        continue;
      } else {
        this.take(logicalLine(this.text, start, newline, newline + 1, firstLine, line, false));
      }
      at = newline + 1;
      start = at;
      line++;
      firstLine = line;
    }
    if (start < at) {
      const joined = logicalLine(this.text, start, at, at, firstLine, line - 1, true);
      if (joined.to > joined.from) this.complainAboutTrailingBackslash(start, at, line - 1);
      this.take(joined);
    }
  }

  private lastLineWithoutNewline(start: number, at: number, firstLine: number, line: number): void {
    const end = this.text.length;
    const joined = logicalLine(this.text, start, end, end, firstLine, line, true);
    const node = this.take(joined);
    const message =
      `read_conf: ignoring line ${line} because it doesn't end with a newline! ` +
      'Please end the config file with a newline.';
    const loses = node === 'key' || node === 'error' || node === 'section' ? 'line' : 'nothing';
    this.problems.push({ code: 'no-final-newline', message, span: span(at, end), line, loses });
    if (at > start && logicalLine(this.text, start, at, at, firstLine, line, true).to > 0) {
      this.complainAboutTrailingBackslash(start, at, line);
    }
  }

  private complainAboutTrailingBackslash(start: number, end: number, line: number): void {
    const message = "read_conf: don't end with lines that end in backslashes!";
    this.complain('trailing-backslash', message, start, end, line);
  }

  /** Reads one logical line and lists what it is. */
  private take(line: LogicalLine): ConfNode['kind'] {
    const { content, to } = line;
    let i = line.from;
    while (i < to && isSpace(content.charCodeAt(i))) i++;
    let node: ConfNode | null;
    if (i === to) node = new BlankLine(line.start, line.end, line.firstLine);
    else {
      const code = content.charCodeAt(i);
      if (code === HASH || code === SEMICOLON) node = this.commentNode(line, i);
      else if (code === LEFT_BRACKET) node = this.sectionNode(line, i + 1);
      else if (code === RIGHT_BRACKET) {
        node = this.refuse(line, 'unexpected-bracket', 'unexpected right bracket at char ', i, ', line ');
      } else node = this.keyNode(line, i);
    }
    node ??= new ErrorLine(line.start, line.end, line.firstLine);
    this.nodes.push(node);
    return node.kind;
  }

  private commentNode(line: LogicalLine, at: number): ConfNode {
    return new CommentLine(line.start, line.end, line.firstLine, this.commentSpan(line, at));
  }

  private commentSpan(line: LogicalLine, at: number): { start: number; end: number } {
    let end = line.to;
    while (end > at && isSpace(line.content.charCodeAt(end - 1))) end--;
    return sourceSpan(line, at, end);
  }

  private sectionNode(line: LogicalLine, nameStart: number): ConfNode | null {
    const { content, to } = line;
    let raw = '';
    let escaping = false;
    for (let i = nameStart; i < to; i++) {
      const code = content.charCodeAt(i);
      if (code === RIGHT_BRACKET && !escaping) {
        const name = shrinkWhiteSpace(raw);
        if (name === '') {
          const words = 'error parsing new section name: no section name found? at char ';
          return this.refuse(line, 'empty-section-name', words, i, ', line ');
        }
        const comment = this.afterValue(line, i + 1, 'text-after-section');
        if (comment === undefined || line.lost) return null;
        this.section = name;
        this.sectionKeys = this.keysOf(name);
        const nameSpan = sourceSpan(line, nameStart, i);
        return new SectionLine(line.start, line.end, line.firstLine, name, nameSpan, comment);
      }
      if ((code === HASH || code === SEMICOLON) && !escaping) {
        const words = 'unexpected comment marker while parsing new section name, at char ';
        return this.refuse(line, 'comment-in-section-name', words, i, ', line ');
      }
      if (code === BACKSLASH && !escaping) escaping = true;
      else {
        escaping = false;
        raw += content.charAt(i);
      }
    }
    const words = 'error parsing new section name: expected right bracket at char ';
    return this.refuse(line, 'unclosed-section', words, to, ', line ');
  }

  private keyNode(line: LogicalLine, start: number): ConfNode | null {
    const { content, to } = line;
    let escaped = '';
    let from = start;
    let simple = true;
    for (let i = start; i < to; i++) {
      const code = content.charCodeAt(i);
      if (code === BACKSLASH) {
        escaped += content.slice(from, i);
        from = i + 1;
        i++;
        simple = false;
      } else if (code === EQUALS) {
        let end = i;
        while (end > start && isSpace(content.charCodeAt(end - 1))) end--;
        const key = this.keyNames.of(simple ? content.slice(start, end) : escaped + content.slice(from, i));
        if (key === '') {
          const words = 'error parsing key name: no key name found? at char ';
          return this.refuse(line, 'empty-key', words, i, ', line ');
        }
        return this.valueOf(line, key, start, end, i + 1);
      } else if (code === HASH || code === SEMICOLON) {
        const words = 'unexpected character while parsing putative key value, at char ';
        return this.refuse(line, 'comment-in-key', words, i, ', line ');
      }
    }
    if (this.oldMissingEqualsMessage) {
      const words = 'unexpected character while parsing putative key value, at char ';
      return this.refuse(line, 'missing-equals', words, to, ', line ');
    }
    if (!line.lost) {
      const message = `end of key=val line ${line.lastLine} reached, no "=val" found...missing =?`;
      this.complainAbout(line, 'missing-equals', message);
    }
    return null;
  }

  private valueOf(line: LogicalLine, key: string, keyStart: number, keyEnd: number, from: number): ConfNode | null {
    const { content, to } = line;
    let start = from;
    while (start < to && isSpace(content.charCodeAt(start))) start++;
    const code = content.charCodeAt(start);
    if (start === to || code === HASH || code === SEMICOLON) {
      const comment = start === to ? null : this.commentSpan(line, start);
      return this.listKey(line, key, keyStart, keyEnd, '', from, from, comment);
    }
    return code === DOUBLE_QUOTE
      ? this.quotedValue(line, key, keyStart, keyEnd, start)
      : this.plainValue(line, key, keyStart, keyEnd, start);
  }

  private plainValue(line: LogicalLine, key: string, keyStart: number, keyEnd: number, start: number): ConfNode | null {
    const { content, to } = line;
    let unescaped = '';
    let from = start;
    let end = start;
    let i = start;
    for (; i < to; i++) {
      const code = content.charCodeAt(i);
      if (code === BACKSLASH) {
        unescaped += content.slice(from, i);
        from = i + 1;
        i++;
        if (i >= to) {
          const words = 'error parsing value name: unterminated escape sequence at char ';
          return this.refuse(line, 'unterminated-escape', words, to, ', line ');
        }
        end = i + 1;
      } else if (code === HASH || code === SEMICOLON) break;
      else if (code !== SPACE && !isSpace(code)) end = i + 1;
    }
    const comment = i < to ? this.commentSpan(line, i) : null;
    const value = from === start ? content.slice(start, end) : trimSpace(unescaped + content.slice(from, i));
    return this.listKey(line, key, keyStart, keyEnd, value, start, end, comment);
  }

  private quotedValue(
    line: LogicalLine,
    key: string,
    keyStart: number,
    keyEnd: number,
    start: number,
  ): ConfNode | null {
    const { content, to } = line;
    let value = '';
    let from = start + 1;
    for (let i = from; i < to; i++) {
      const code = content.charCodeAt(i);
      if (code === BACKSLASH) {
        value += content.slice(from, i);
        from = i + 1;
        i++;
      } else if (code === DOUBLE_QUOTE) {
        value += content.slice(from, i);
        const comment = this.afterValue(line, i + 1, 'text-after-quote');
        if (comment === undefined) return null;
        return this.listKey(line, key, keyStart, keyEnd, value, start, i + 1, comment);
      }
    }
    if (!line.lost) {
      const message = `found opening quote for value, but not the closing quote. line ${line.lastLine}`;
      this.complainAbout(line, 'unclosed-quote', message);
    }
    return null;
  }

  /** The comment behind a section or a quoted value; undefined where something else stands there. */
  private afterValue(line: LogicalLine, from: number, code: string): { start: number; end: number } | null | undefined {
    let i = from;
    while (i < line.to && isSpace(line.content.charCodeAt(i))) i++;
    if (i === line.to) return null;
    const found = line.content.charCodeAt(i);
    if (found === HASH || found === SEMICOLON) return this.commentSpan(line, i);
    this.refuse(line, code, 'unexpected character at char ', i, ' of line ');
    return undefined;
  }

  private listKey(
    line: LogicalLine,
    key: string,
    keyStart: number,
    keyEnd: number,
    value: string,
    valueStart: number,
    valueEnd: number,
    comment: { start: number; end: number } | null,
  ): ConfNode {
    if (!line.lost) this.noteRedefinition(line, key);
    const { start, end, firstLine, lost } = line;
    if (line.pieces === null) {
      return new KeyLine(
        start,
        end,
        firstLine,
        this.section,
        key,
        keyStart,
        keyEnd,
        value,
        valueStart,
        valueEnd,
        comment,
        lost,
      );
    }
    const keySpan = sourceSpan(line, keyStart, keyEnd);
    const valueSpan = sourceSpan(line, valueStart, valueEnd);
    return new KeyLine(
      start,
      end,
      firstLine,
      this.section,
      key,
      keySpan.start,
      keySpan.end,
      value,
      valueSpan.start,
      valueSpan.end,
      comment,
      lost,
    );
  }

  private noteRedefinition(line: LogicalLine, key: string): void {
    if (this.era === 'A') return;
    const known = this.sectionKeys.size;
    this.sectionKeys.add(key);
    if (this.sectionKeys.size !== known) return;
    const message = `warning: line ${line.lastLine}: '${key}' in section '${this.section}' redefined`;
    this.problems.push({
      code: 'redefined',
      message,
      span: this.textOf(line),
      line: line.lastLine,
      loses: 'nothing',
    });
  }

  private keysOf(section: string): Set<string> {
    let keys = this.keys.get(section);
    if (keys === undefined) {
      keys = new Set();
      this.keys.set(section, keys);
    }
    return keys;
  }

  /** Complains in the form "<words> <byte, from 1><before line> <line>". */
  private refuse(line: LogicalLine, code: string, words: string, at: number, beforeLine: string): null {
    if (!line.lost) {
      const byte = byteLength(line.content, line.from, at) + 1;
      this.complainAbout(line, code, `${words}${byte}${beforeLine}${line.lastLine}`);
    }
    return null;
  }

  private complainAbout(line: LogicalLine, code: string, message: string): void {
    const where = this.textOf(line);
    this.complain(code, message, where.start, where.end, line.lastLine);
  }

  private complain(code: string, message: string, start: number, end: number, line: number): void {
    this.problems.push({ code, message, span: span(start, end), line, loses: 'line' });
  }

  /** The line without the blanks at both ends. */
  private textOf(line: LogicalLine): { start: number; end: number } {
    let { from, to } = line;
    while (from < to && isSpace(line.content.charCodeAt(from))) from++;
    while (to > from && isSpace(line.content.charCodeAt(to - 1))) to--;
    return sourceSpan(line, from, to);
  }
}

function badCharacter(line: string): { code: string; why: string } | null {
  if (line.includes('\0')) return { code: 'nul', why: 'it has an embedded null.' };
  if (firstBadByte(line) >= 0) return { code: 'not-utf8', why: 'it is not valid UTF8.' };
  return null;
}

function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
