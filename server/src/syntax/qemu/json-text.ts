/**
 * QEMU's own JSON reader (`-blockdev {…}`, `json:{…}`, `-object {…}`): JSON with single-quoted strings and an escaped
 * apostrophe, without escapes in numbers or keywords beyond true, false and null.
 * Source: qobject/json-lexer.c and json-parser.c of 2.1 to 10.2.
 */
import { type MappedText, MappedTextBuilder, UNKNOWN } from '../mapped-text.js';
import type { Problem } from '../span.js';
import type { MemberNode, ScalarNode, ValueNode } from './value-tree.js';

/** How a release complains. */
export interface JsonRules {
  /** A key given twice in one object is refused; else the last counts. */
  readonly refusesDuplicates: boolean;
  /** Of several complaints about one text the first is shown; else the last. */
  readonly firstComplaint: boolean;
  /** Complaints start with line and column, and say what is expected. */
  readonly placesComplaints: boolean;
}

const MAX_NESTING = 1024;

/** The value's tree, or null and the complaint. Only the first complaint is given. */
export function parseJsonText(text: MappedText, rules: JsonRules): { tree: ValueNode | null; problems: Problem[] } {
  const reader = new JsonReader(text, rules);
  const tree = reader.readAll();
  return { tree: reader.problems.length === 0 ? tree : null, problems: reader.problems.slice(0, 1) };
}

class Refused extends Error {}

class JsonReader {
  readonly problems: Problem[] = [];
  private readonly source: string;
  private at = 0;
  /** Where the grammar is looked at token by token: the first that is none. */
  private stray: Stray | null = null;
  private depth = 0;

  constructor(
    private readonly text: MappedText,
    private readonly rules: JsonRules,
  ) {
    this.source = text.text;
  }

  readAll(): ValueNode | null {
    try {
      const stray = this.rules.firstComplaint ? strayToken(this.source) : null;
      if (this.rules.placesComplaints) this.stray = stray;
      else if (stray !== null) this.complainOfStray(stray);
      this.skipBlanks();
      if (this.at >= this.source.length) this.complain('Expecting a JSON value', this.at, false);
      const value = this.readValue('expecting value');
      this.skipBlanks();
      if (this.at < this.source.length) this.complain('Expecting at most one JSON value', this.at, false);
      return value;
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  private readValue(expecting: string): ValueNode {
    const { source } = this;
    this.skipBlanks();
    const start = this.at;
    const character = source.charAt(start);
    if (character === '{') return this.nested(() => this.readObject(start));
    if (character === '[') return this.nested(() => this.readList(start));
    if (character === '"' || character === "'") return this.readString(character);
    if (character === UNKNOWN) {
      this.at++;
      return this.scalar('string', UNKNOWN, start, this.text.slice(start, start + 1));
    }
    if (character >= 'a' && character <= 'z') return this.readKeyword(start);
    if (character === '-' || (character >= '0' && character <= '9')) return this.readNumber(start);
    if (character === '') return this.endsEarly();
    return this.complain('}]:,'.includes(character) ? expecting : `stray '${character}'`, start);
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_NESTING) this.complain('JSON nesting depth limit exceeded', this.at, false);
    const value = read();
    this.depth--;
    return value;
  }

  private readObject(start: number): ValueNode {
    const members: MemberNode[] = [];
    this.at++;
    if (!this.takes('}')) {
      do members.push(this.readMember(members));
      while (this.takesOrEnds(',', '}', 'expected separator in dict'));
    }
    return { kind: 'object', members, span: this.text.span(start, this.at) };
  }

  private readMember(earlier: readonly MemberNode[]): MemberNode {
    this.skipBlanks();
    const start = this.at;
    const { placesComplaints } = this.rules;
    const notString = placesComplaints ? 'expecting key' : 'key is not a string in object';
    if (placesComplaints && !`"'${UNKNOWN}`.includes(this.source.charAt(start))) return this.complain(notString, start);
    const key = this.readValue(this.rules.firstComplaint ? 'expecting value' : notString);
    if (key.kind !== 'string') return this.complain(notString, start);
    const keySpan = this.text.span(start, this.at);
    if (!this.takes(':')) {
      if (this.at >= this.source.length && placesComplaints) return this.endsEarly();
      return this.complain(placesComplaints ? "expecting ':'" : 'missing : in object pair', this.at);
    }
    const value = this.readValue(this.rules.firstComplaint ? 'expecting value' : 'Missing value in dict');
    if (this.rules.refusesDuplicates && earlier.some((member) => member.key === key.text)) {
      return this.complain('duplicate key', start, true, this.lastToken(value));
    }
    return { key: key.text, keySpan, value, span: this.text.span(start, this.at) };
  }

  /** Where the last token of a value that was just read starts. */
  private lastToken(value: ValueNode): number {
    if (value.kind === 'object' || value.kind === 'list') return this.at - 1;
    return value.kind === 'string' ? value.at - 1 : value.at;
  }

  private endsEarly(): never {
    return this.complain(this.rules.placesComplaints ? 'premature end of input' : 'premature EOI', this.source.length);
  }

  private readList(start: number): ValueNode {
    const items: ValueNode[] = [];
    this.at++;
    if (!this.takes(']')) {
      do items.push(this.readValue('expecting value'));
      while (this.takesOrEnds(',', ']', 'expected separator in list'));
    }
    return { kind: 'list', items, span: this.text.span(start, this.at) };
  }

  private readString(quote: string): ScalarNode {
    const { source } = this;
    const start = this.at;
    let at = start + 1;
    while (at < source.length && source[at] !== quote && source[at] !== '\\' && source.charCodeAt(at) >= 0x20) at++;
    if (source[at] === quote) {
      this.at = at + 1;
      return this.scalar('string', source.slice(start + 1, at), start, this.text.slice(start + 1, at), start + 1);
    }
    const builder = new MappedTextBuilder(this.text.span(start + 1, start + 1).start);
    let decoded = '';
    at = start + 1;
    for (;;) {
      const character = source.charAt(at);
      if (character === quote) break;
      if (character === '') return this.endsEarly();
      if (character < ' ') return this.complain(`stray '${source.slice(start, at)}'`, at);
      const end = character === '\\' ? this.escapeEnd(at) : at + 1;
      const value = character === '\\' ? this.unescape(at, end, start) : character;
      const span = this.text.span(at, end);
      if (span.end - span.start === 1 && value.length === 1) builder.copy(value, span.start);
      else builder.replace(value, span.start, span.end);
      decoded += value;
      at = end;
    }
    this.at = at + 1;
    return this.scalar('string', decoded, start, builder.build(), start + 1);
  }

  private escapeEnd(at: number): number {
    if (this.source[at + 1] !== 'u') return at + 2;
    const second = this.source.slice(at + 6, at + 8) === '\\u';
    const high = Number.parseInt(this.source.slice(at + 2, at + 6), 16);
    return second && high >= 0xd800 && high < 0xdc00 ? at + 12 : at + 6;
  }

  private unescape(at: number, end: number, token: number): string {
    const character = this.source.charAt(at + 1);
    const plain = SIMPLE_ESCAPES.get(character);
    if (plain !== undefined) return plain;
    if (character !== 'u') return this.complain('invalid escape sequence in string', at, true, token);
    const units: number[] = [];
    for (let unit = at; unit < end; unit += 6) {
      const digits = this.source.slice(unit + 2, unit + 6);
      if (digits.length < 4 || !isHex(digits)) {
        if (this.rules.firstComplaint) return this.notUnicode(at, token);
        return this.complain('invalid hex escape sequence in string', unit, true, token);
      }
      units.push(Number.parseInt(digits, 16));
    }
    const text = String.fromCharCode(...units);
    if (!isWholeCharacter(units)) return this.notUnicode(at, token);
    return text;
  }

  /** QEMU shows the u and what should be its digits, the closing quote included. */
  private notUnicode(at: number, token: number): never {
    const quote = this.source[token];
    let closing = token + 1;
    while (closing < this.source.length && this.source[closing] !== quote) {
      closing += this.source[closing] === '\\' ? 2 : 1;
    }
    const shown = this.source.slice(at, Math.min(at + 6, closing + 1));
    return this.complain(`${shown} is not a valid Unicode character`, at, true, token);
  }

  private readKeyword(start: number): ScalarNode {
    let end = start;
    while (end < this.source.length && this.source.charAt(end) >= 'a' && this.source.charAt(end) <= 'z') end++;
    const word = this.source.slice(start, end);
    this.at = end;
    if (word === 'true' || word === 'false') return this.scalar('boolean', word, start, null);
    if (word === 'null') return this.scalar('null', word, start, null);
    return this.complain(`invalid keyword '${word}'`, start);
  }

  private readNumber(start: number): ScalarNode {
    const { source } = this;
    let at = start;
    if (source[at] === '-') at++;
    const digits = (): number => {
      const from = at;
      while (at < source.length && source.charAt(at) >= '0' && source.charAt(at) <= '9') at++;
      return at - from;
    };
    const zero = source[at] === '0';
    const whole = digits();
    if (whole === 0 || (zero && whole > 1)) return this.complain(`stray '${source.slice(start, at + 1)}'`, start);
    if (source[at] === '.') {
      at++;
      if (digits() === 0) return this.complain(`stray '${source.slice(start, at + 1)}'`, start);
    }
    if ((source[at] === 'e' || source[at] === 'E') && !zero) {
      at++;
      if (source[at] === '+' || source[at] === '-') at++;
      if (digits() === 0) return this.complain(`stray '${source.slice(start, at + 1)}'`, start);
    }
    this.at = at;
    return this.scalar('number', source.slice(start, at), start, null);
  }

  private scalar(
    kind: ScalarNode['kind'],
    text: string,
    start: number,
    mapped: MappedText | null,
    at = start,
  ): ScalarNode {
    return { kind, text, at, mapped, span: this.text.span(start, this.at) };
  }

  private takes(character: string): boolean {
    this.skipBlanks();
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** True where another item follows. */
  private takesOrEnds(separator: string, end: string, otherwise: string): boolean {
    if (this.takes(end)) return false;
    if (this.takes(separator)) return true;
    if (this.at >= this.source.length) return this.endsEarly();
    return this.complain(this.rules.placesComplaints ? `expected '${separator}' or '${end}'` : otherwise, this.at);
  }

  private skipBlanks(): void {
    while (' \t\r\n'.includes(this.source[this.at] ?? 'x')) this.at++;
  }

  private complainOfStray({ start, end }: Stray): never {
    this.stray = null;
    const text = this.source.slice(start, end);
    // Of a character beyond ASCII only the first byte has been read.
    const shown = text.charCodeAt(text.length - 1) > 0x7e ? `${text.slice(0, -1)}\ufffd` : text;
    return this.complain(`stray '${shown}'`, end - 1, true, start);
  }

  /** `token`: where the token starts that the complaint is about. */
  private complain(what: string, at: number, parseError = true, token = at): never {
    if (this.stray !== null && token >= this.stray.start) this.complainOfStray(this.stray);
    const place = this.rules.placesComplaints && parseError ? `${this.placeOf(token)}: ` : '';
    const message = parseError ? `${place}JSON parse error, ${what}` : what;
    this.problems.push({ code: 'json', message, span: this.text.span(at, Math.min(at + 1, this.source.length)) });
    throw new Refused();
  }

  /** Line and column from 1, in bytes; one more behind a number or a word, which ends only with what follows it. */
  private placeOf(token: number): string {
    const before = this.source.slice(0, token);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const column = Buffer.byteLength(line) + (/[a-z0-9]$/.test(line) ? 2 : 1);
    return `${before.split('\n').length}:${column}`;
  }
}

interface Stray {
  readonly start: number;
  readonly end: number;
}

/**
 * The first piece that is no token, up to where the brackets are closed, or one is closed that was not open: up to 11.0 QEMU cuts the text into tokens before
 * it looks at what they say. Null: all are tokens.
 */
function strayToken(source: string): Stray | null {
  let braces = 0;
  let brackets = 0;
  for (let at = 0; at < source.length; ) {
    const end = tokenEnd(source, at);
    if (end < 0) return { start: at, end: Math.min(-end, source.length) };
    const character = source.charAt(at);
    if (character === '{') braces++;
    if (character === '}') braces--;
    if (character === '[') brackets++;
    if (character === ']') brackets--;
    const isClosed = Math.min(braces, brackets) < 0 || Math.max(braces, brackets) === 0;
    if (isClosed && !BLANKS.includes(character)) return null;
    at = end;
  }
  return null;
}

const BLANKS = ' \t\r\n';
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** A number that may still go on. */
const UNFINISHED_NUMBER = /-?(?:(?:0|[1-9][0-9]*)(?:\.(?:[0-9]+[eE][+-]?)?|[eE][+-]?))?/y;

/** Where the token that starts at `at` ends; negative: where the piece that is none does. */
function tokenEnd(source: string, at: number): number {
  const character = source.charAt(at);
  if (character === '"' || character === "'") {
    let end = at + 1;
    while (end < source.length && source[end] !== character) {
      if (source.charCodeAt(end) < 0x20) return -(end + 1);
      end += source[end] === '\\' ? 2 : 1;
    }
    return end < source.length ? end + 1 : -source.length;
  }
  if (`{}[]:,${BLANKS}${UNKNOWN}`.includes(character)) return at + 1;
  if (character >= 'a' && character <= 'z') {
    let end = at + 1;
    while (source.charAt(end) >= 'a' && source.charAt(end) <= 'z') end++;
    return end;
  }
  if (character !== '-' && !(character >= '0' && character <= '9')) return -(at + 1);
  UNFINISHED_NUMBER.lastIndex = at;
  const unfinished = UNFINISHED_NUMBER.exec(source)?.[0] ?? '';
  NUMBER.lastIndex = at;
  const whole = NUMBER.exec(source)?.[0] ?? '';
  const end = at + Math.max(whole.length, unfinished.length);
  const next = source.charAt(end);
  if (whole.length < unfinished.length) return end < source.length ? -(end + 1) : end;
  return /^-?0$/.test(whole) && next >= '0' && next <= '9' ? -(end + 1) : end;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function isHex(digits: string): boolean {
  return /^[0-9a-fA-F]+$/.test(digits);
}

/** A code point by itself, or a proper pair of surrogates. */
function isWholeCharacter(units: readonly number[]): boolean {
  const [first, second] = units;
  if (first === undefined) return false;
  const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;
  if (first >= 0xd800 && first < 0xdc00) return second !== undefined && isLow(second);
  return !isLow(first);
}
