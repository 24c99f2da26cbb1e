/**
 * `rbd:POOL/IMAGE@SNAP:KEY=VALUE…` file names, as each release of QEMU splits them.
 * Source: block/rbd.c of 0.14 to 10.2 (qemu_rbd_parsename, qemu_rbd_parse_filename, qemu_rbd_next_tok, qemu_rbd_set_conf,
 * qemu_rbd_parse_clientname), confirmed by running.
 */
import { type MappedText, UNKNOWN } from '../mapped-text.js';
import type { Span } from '../span.js';
import { byteLength } from './qemu-opts.js';

/** What differs between releases. Limits are in bytes, counted before escapes are taken away. */
export interface RbdNameRules {
  /** A backslash takes the next character literally. */
  readonly escapes: boolean;
  readonly options: boolean;
  /** Sizes of the C buffers, less one; null: the parts are unlimited and may be empty. */
  readonly limits: {
    readonly pool: number;
    readonly image: number;
    readonly snapshot: number;
    readonly options: number;
    readonly key: number;
    readonly value: number;
  } | null;
  readonly namespaces: boolean;
  /** `@` and `/` are looked for with escapes respected; else a lone escaped one is a null pointer. */
  readonly escapedSearch: boolean;
  /** The client's id: none, the first piece between any colons that starts with `id=`, or the last `id` key. */
  readonly id: 'none' | 'first-piece' | 'last-key';
  /** Each `conf` key is read and its mere text stops the default file, or only the last key counts. */
  readonly conf: 'text' | 'last-key' | 'none';
}

export interface RbdNamePart {
  /** Unescaped. */
  readonly text: string;
  readonly span: Span;
  /** Of the part, in the name's text. */
  readonly start: number;
  readonly end: number;
}

export interface RbdNameKey {
  readonly key: RbdNamePart;
  readonly value: RbdNamePart;
  readonly span: Span;
}

/** `crash`: the process dies here. `message` is QEMU's own; empty where it has none. */
export interface RbdNameProblem {
  readonly code:
    | 'prefix'
    | 'pool-missing'
    | 'too-long'
    | 'too-short'
    | 'key-without-value'
    | 'escaped-at-crash'
    | 'escaped-slash-crash';
  readonly message: string;
  readonly span: Span;
  readonly crash: boolean;
}

export interface RbdName {
  readonly text: MappedText;
  readonly pool: RbdNamePart | null;
  readonly namespace: RbdNamePart | null;
  readonly image: RbdNamePart | null;
  readonly snapshot: RbdNamePart | null;
  /** The options in order, up to the first problem among them. */
  readonly options: readonly RbdNameKey[];
  /** Where the options start, null where there are none. */
  readonly optionsAt: number | null;
  /** The id that `rados_create` gets; null: none. */
  readonly clientId: RbdNamePart | null;
  /** True where the text of the options keeps the default file from being read. */
  readonly mentionsConf: boolean;
  /** What is wrong with pool, image, snapshot, or with the whole. */
  readonly problem: RbdNameProblem | null;
  /** What is wrong behind the last of `options`. */
  readonly optionProblem: RbdNameProblem | null;
  /** A part in which unknown text may hold a separator. */
  readonly unknownAt: Span | null;
}

/** One token: up to the first unescaped delimiter. `next` is where the rest starts, null where there is none. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly next: number | null;
}

export function parseRbdName(text: MappedText, rules: RbdNameRules): RbdName {
  return new NameReader(text, rules).read();
}

class NameReader {
  private pool: RbdNamePart | null = null;
  private namespace: RbdNamePart | null = null;
  private image: RbdNamePart | null = null;
  private snapshot: RbdNamePart | null = null;
  private optionsAt: number | null = null;
  private readonly keys: RbdNameKey[] = [];
  private problem: RbdNameProblem | null = null;
  private optionProblem: RbdNameProblem | null = null;
  private unknownAt: Span | null = null;
  private readonly source: string;

  constructor(
    private readonly text: MappedText,
    private readonly rules: RbdNameRules,
  ) {
    this.source = text.text;
  }

  read(): RbdName {
    this.problem = this.readImage();
    if (this.problem === null && this.optionsAt !== null) this.readOptions(this.optionsAt);
    return {
      text: this.text,
      pool: this.pool,
      namespace: this.namespace,
      image: this.image,
      snapshot: this.snapshot,
      options: this.keys,
      optionsAt: this.optionsAt,
      clientId: this.clientId(),
      mentionsConf:
        this.rules.conf === 'text' && this.optionsAt !== null && this.source.indexOf('conf=', this.optionsAt) >= 0,
      problem: this.problem,
      optionProblem: this.optionProblem,
      unknownAt: this.unknownAt,
    };
  }

  private readImage(): RbdNameProblem | null {
    const { rules, source } = this;
    if (!source.startsWith('rbd:')) return this.fail('prefix', "File name must start with 'rbd:'", 0, source.length);
    const pool = this.token(4, source.length, '/');
    const limits = rules.limits;
    if (limits !== null) {
      const length = this.checkLength(pool, limits.pool, 'pool name');
      if (length !== null) return length;
    }
    if (pool.next === null) {
      if (this.text.hasUnknown(4)) {
        this.unknownAt = this.text.span(4);
        this.pool = this.part(pool);
        return null;
      }
      return this.fail('pool-missing', limits === null ? 'Pool name is required' : '', 4, source.length);
    }
    this.pool = this.part(pool);
    return this.readBehindPool(pool.next);
  }

  private readBehindPool(start: number): RbdNameProblem | null {
    const { rules, source } = this;
    const limits = rules.limits;
    const hasAt = this.find(start, source.length, '@');
    const image = this.token(start, source.length, hasAt >= 0 ? '@' : rules.options ? ':' : '\0');
    if (limits !== null) {
      const length = this.checkLength(image, limits.image, 'object name');
      if (length !== null) return length;
    }
    let rest = image.next;
    if (hasAt >= 0) {
      if (image.next === null) {
        return {
          code: 'escaped-at-crash',
          message: '',
          span: this.text.span(Math.max(start, hasAt - 1), hasAt + 1),
          crash: true,
        };
      }
      const snapshot = this.token(image.next, source.length, rules.options ? ':' : '\0');
      if (limits !== null) {
        const length = this.checkLength(snapshot, limits.snapshot, 'snap name');
        if (length !== null) return length;
      }
      this.snapshot = this.part(snapshot);
      rest = snapshot.next;
    }
    const split = this.splitNamespace(image);
    if (split !== null) return split;
    if (rest === null) return null;
    if (limits !== null) {
      const length = this.checkLength({ start: rest, end: source.length, next: null }, limits.options, 'configuration');
      if (length !== null) return length;
    }
    this.optionsAt = rest;
    return null;
  }

  private splitNamespace(image: Token): RbdNameProblem | null {
    if (!this.rules.namespaces) {
      this.image = this.part(image);
      return null;
    }
    const slash = this.find(image.start, image.end, '/');
    if (slash < 0) {
      this.image = this.part(image);
      return null;
    }
    const namespace = this.token(image.start, image.end, '/');
    if (namespace.next === null) {
      return { code: 'escaped-slash-crash', message: '', span: this.text.span(slash - 1, slash + 1), crash: true };
    }
    this.namespace = this.part(namespace);
    this.image = this.part({ start: namespace.next, end: image.end, next: null });
    return null;
  }

  private readOptions(start: number): void {
    const { rules, source } = this;
    const limits = rules.limits;
    let at: number | null = start;
    while (at !== null) {
      const key: Token = this.token(at, source.length, '=');
      if (limits !== null) {
        this.optionProblem = this.checkLength(key, limits.key, 'conf option name');
        if (this.optionProblem !== null) return;
      }
      if (key.next === null) {
        if (this.text.hasUnknown(key.start, key.end)) {
          this.unknownAt = this.text.span(key.start, key.end);
          return;
        }
        const name = limits === null ? source.slice(key.start, key.end) : this.part(key).text;
        this.optionProblem = this.fail('key-without-value', `conf option ${name} has no value`, key.start, key.end);
        return;
      }
      const value: Token = this.token(key.next, source.length, ':');
      if (limits !== null) {
        this.optionProblem = this.checkLength(value, limits.value, 'conf option value');
        if (this.optionProblem !== null) return;
      }
      if (this.text.hasUnknown(key.start, key.end)) this.unknownAt ??= this.text.span(key.start, key.end);
      this.keys.push({ key: this.part(key), value: this.part(value), span: this.text.span(key.start, value.end) });
      at = value.next;
    }
  }

  private clientId(): RbdNamePart | null {
    if (this.rules.id === 'last-key') return this.keys.findLast((option) => option.key.text === 'id')?.value ?? null;
    if (this.rules.id === 'none' || this.optionsAt === null) return null;
    let at = this.optionsAt;
    for (;;) {
      const colon = this.source.indexOf(':', at);
      const end = colon < 0 ? this.source.length : colon;
      if (this.source.startsWith('id=', at)) {
        return { text: this.source.slice(at + 3, end), span: this.text.span(at + 3, end), start: at + 3, end };
      }
      if (colon < 0) return null;
      at = colon + 1;
    }
  }

  private token(start: number, end: number, delimiter: string): Token {
    const { source, rules } = this;
    for (let at = start; at < end; at++) {
      const character = source[at];
      if (character === delimiter) return { start, end: at, next: at + 1 };
      if (character === '\\' && rules.escapes && at + 1 < end) at++;
    }
    return { start, end, next: null };
  }

  /** Where the character stands, as this release looks for it. */
  private find(start: number, end: number, character: string): number {
    if (this.rules.escapedSearch) {
      const found = this.token(start, end, character);
      return found.next === null ? -1 : found.end;
    }
    const at = this.source.indexOf(character, start);
    return at < end ? at : -1;
  }

  private checkLength(token: Token, max: number, name: string): RbdNameProblem | null {
    const raw = this.source.slice(token.start, token.end);
    if (raw.includes(UNKNOWN)) return null;
    if (raw.length === 0) return this.fail('too-short', `${name} too short`, token.start, token.end);
    if (byteLength(raw) > max) return this.fail('too-long', `${name} too long`, token.start, token.end);
    return null;
  }

  private part(token: Token): RbdNamePart {
    const raw = this.source.slice(token.start, token.end);
    const text = this.rules.escapes && raw.includes('\\') ? withoutEscapes(raw) : raw;
    return { text, span: this.text.span(token.start, token.end), start: token.start, end: token.end };
  }

  private fail(code: RbdNameProblem['code'], message: string, start: number, end: number): RbdNameProblem {
    return { code, message, span: this.text.span(start, end), crash: false };
  }
}

/** A backslash takes the next character; one at the very end stays. */
function withoutEscapes(raw: string): string {
  let text = '';
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === '\\' && i + 1 < raw.length) i++;
    text += raw.charAt(i);
  }
  return text;
}
