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
  /** Complaints start with line and column, and name a missing key. */
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
      if (stray !== null) this.complain(`stray '${this.source.slice(stray.start, stray.end)}'`, stray.end - 1);
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
    if (character === '') return this.complain('premature EOI', start);
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
    const notString = 'key is not a string in object';
    const key = this.readValue(
      this.rules.placesComplaints ? 'expecting key' : this.rules.firstComplaint ? 'expecting value' : notString,
    );
    if (key.kind !== 'string') return this.complain(notString, start);
    const keySpan = this.text.span(start, this.at);
    if (!this.takes(':')) return this.complain('missing : in object pair', this.at);
    const value = this.readValue(this.rules.firstComplaint ? 'expecting value' : 'Missing value in dict');
    if (this.rules.refusesDuplicates && earlier.some((member) => member.key === key.text)) {
      return this.complain('duplicate key', start);
    }
    return { key: key.text, keySpan, value, span: this.text.span(start, this.at) };
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
      if (character === '') return this.complain('premature EOI', source.length);
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
      if (digits.length < 4 || !isHex(digits))
        return this.complain('invalid hex escape sequence in string', unit, true, token);
      units.push(Number.parseInt(digits, 16));
    }
    const text = String.fromCharCode(...units);
    if (!isWholeCharacter(units)) {
      return this.complain(`${this.source.slice(at, end)} is not a valid Unicode character`, at, true, token);
    }
    return text;
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
    return this.complain(this.at >= this.source.length ? 'premature EOI' : otherwise, this.at);
  }

  private skipBlanks(): void {
    while (' \t\r\n'.includes(this.source[this.at] ?? 'x')) this.at++;
  }

  /** `token`: where the token starts that the complaint is about. */
  private complain(what: string, at: number, parseError = true, token = at): never {
    const place = this.rules.placesComplaints && parseError ? `1:${token + 1}: ` : '';
    const message = parseError ? `${place}JSON parse error, ${what}` : what;
    this.problems.push({ code: 'json', message, span: this.text.span(at, Math.min(at + 1, this.source.length)) });
    throw new Refused();
  }
}

/**
 * The first piece that is no token, up to where the brackets are closed: QEMU cuts the text into tokens before it looks
 * at what they say. Null: all are tokens.
 */
function strayToken(source: string): { readonly start: number; readonly end: number } | null {
  let depth = 0;
  for (let at = 0; at < source.length; ) {
    const end = tokenEnd(source, at);
    if (end < 0) return { start: at, end: Math.min(-end, source.length) };
    const character = source.charAt(at);
    if (character === '{' || character === '[') depth++;
    if (character === '}' || character === ']') depth--;
    if (depth <= 0 && !BLANKS.includes(character)) return null;
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
    return end + 1;
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
