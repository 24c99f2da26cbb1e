/** Where the caret stands in JSON that may be half written. */
import { type EditedText, partOf } from './edited-text.js';

export interface JsonPlace {
  readonly at: 'key' | 'value';
  /** Keys and indexes from the top to the object or list that the caret stands in; at a value, to the value itself. */
  readonly path: readonly string[];
  /** What is there already: a key or scalar with its quotes; empty where nothing is. */
  readonly edited: EditedText;
  /** Where that starts in the outer text. */
  readonly start: number;
  /** The quote that opens it; null: none. */
  readonly quote: string | null;
  /** At a key: a colon follows. */
  readonly hasColon: boolean;
  /** Another member follows without a comma between. */
  readonly needsComma: boolean;
  /** Members of each object on the way, from the top, the caret's own left out; those without a scalar value are empty. */
  readonly objects: readonly ReadonlyMap<string, string>[];
}

interface Frame {
  readonly kind: 'object' | 'list';
  /** Scalar members; those that are objects or lists have an empty text. */
  readonly members: Map<string, string>;
  key: string | null;
  index: number;
  expects: 'key' | 'colon' | 'value' | 'comma';
}

interface Token {
  readonly kind: 'string' | 'word' | 'mark';
  readonly start: number;
  readonly end: number;
  /** Of a string without its quotes. */
  readonly text: string;
}

/** Deeper than this nothing is offered. */
const DEEPEST = 32;
const LONGEST = 100_000;

/** `from`: where the JSON starts. Null where nothing can be written at the caret. */
export function jsonPlace(outer: EditedText, from: number): JsonPlace | null {
  const { text, caret } = outer;
  if (text.length > LONGEST || caret <= from) return null;
  return new Reader(outer, text, caret).read(from);
}

class Reader {
  private readonly frames: Frame[] = [];
  private found: JsonPlace | null = null;
  private passed = false;

  constructor(
    private readonly outer: EditedText,
    private readonly text: string,
    private readonly caret: number,
  ) {}

  read(from: number): JsonPlace | null {
    for (let at = from; at < this.text.length; ) {
      const token = this.tokenAt(at);
      if (!this.passed && token.start >= this.caret) this.note(null);
      const covers = token.kind !== 'mark' && token.start < this.caret && this.caret <= token.end;
      // Right behind a closed string there is nothing to write.
      const closed = token.kind === 'string' && this.caret === token.end && isClosed(token, this.text);
      if (covers && !this.passed) this.note(closed ? undefined : token);
      this.take(token, covers && !closed);
      if (this.frames.length === 0 || this.frames.length > DEEPEST) break;
      at = token.end;
    }
    if (!this.passed && this.frames.length > 0) this.note(null);
    return this.found;
  }

  /** The token at or behind `at`, blanks passed over. */
  private tokenAt(at: number): Token {
    const { text } = this;
    let start = at;
    while (start < text.length && /\s/.test(text.charAt(start))) start++;
    const first = text.charAt(start);
    if (first === '"' || first === "'") {
      let end = start + 1;
      while (end < text.length && text.charAt(end) !== first && text.charAt(end) !== '\n') {
        end += text.charAt(end) === '\\' ? 2 : 1;
      }
      end = Math.min(end, text.length);
      // A quote just typed closes nothing behind the caret.
      if (start < this.caret && this.caret < end && ',:}]'.includes(text.charAt(this.caret))) {
        return { kind: 'string', start, end: this.caret, text: text.slice(start + 1, this.caret) };
      }
      const inner = text.slice(start + 1, end);
      return { kind: 'string', start, end: text.charAt(end) === first ? end + 1 : end, text: inner };
    }
    if (first === '' || '{}[]:,'.includes(first)) {
      return { kind: 'mark', start, end: start + 1, text: first };
    }
    let end = start + 1;
    while (end < text.length && !/[\s{}[\]:,"']/.test(text.charAt(end))) end++;
    return { kind: 'word', start, end, text: text.slice(start, end) };
  }

  private take(token: Token, isOwn: boolean): void {
    const frame = this.frames.at(-1);
    if (token.kind !== 'mark') {
      if (frame !== undefined) this.takeScalar(frame, token.text, isOwn);
      return;
    }
    switch (token.text) {
      case '{':
      case '[': {
        if (frame?.key != null) frame.members.set(frame.key, '');
        const kind = token.text === '{' ? 'object' : 'list';
        this.frames.push({ kind, members: new Map(), key: null, index: 0, expects: kind === 'list' ? 'value' : 'key' });
        return;
      }
      case '}':
      case ']': {
        this.frames.pop();
        const outer = this.frames.at(-1);
        if (outer !== undefined) outer.expects = 'comma';
        return;
      }
      case ':':
        if (frame !== undefined) frame.expects = 'value';
        return;
      case ',':
        if (frame === undefined) return;
        frame.key = null;
        frame.index++;
        frame.expects = frame.kind === 'list' ? 'value' : 'key';
    }
  }

  private takeScalar(frame: Frame, text: string, isOwn: boolean): void {
    if (frame.kind === 'object' && frame.expects !== 'value') {
      frame.key = isOwn ? null : text;
      frame.expects = 'colon';
      if (!isOwn && !frame.members.has(text)) frame.members.set(text, '');
      return;
    }
    if (frame.key !== null && !isOwn) frame.members.set(frame.key, text);
    frame.expects = 'comma';
  }

  /** The caret is in `token`, between tokens (null), or where nothing can be written (undefined). */
  private note(token: Token | null | undefined): void {
    this.passed = true;
    const frame = this.frames.at(-1);
    if (frame === undefined || token === undefined) return;
    if (frame.expects === 'colon' || frame.expects === 'comma') return;
    const at = frame.expects;
    const start = token?.start ?? this.caret;
    const end = token?.end ?? this.caret;
    const rest = this.text.slice(end);
    const followed = /^\s*["'{[A-Za-z0-9]/.test(rest);
    if (at === 'value' && token === null && followed) return;
    this.found = {
      at,
      path: [...this.frames.slice(0, -1).map(step), ...(at === 'value' ? [step(frame)] : [])],
      edited: partOf(this.outer, start, end, (text) => text),
      start,
      quote: token?.kind === 'string' ? this.text.charAt(start) : null,
      hasColon: /^\s*:/.test(rest),
      needsComma: followed,
      // Filled further while the rest is read.
      objects: this.frames.map(({ members }) => members),
    };
  }
}

function isClosed(token: Token, text: string): boolean {
  return token.end - token.start >= 2 && text.charAt(token.end - 1) === text.charAt(token.start);
}

function step({ kind, key, index }: Frame): string {
  return kind === 'list' ? String(index) : (key ?? '');
}
