/**
 * QemuOpts, the `key=value,key=value` form of `-drive`, `-device` and `-object`, as each release of QEMU splits it.
 * Source: util/qemu-option.c of 0.14 to 10.2 (opts_do_parse, get_opt_name, get_opt_value, opts_parse_id).
 */
import * as l10n from '@vscode/l10n';
import { type MappedText, MappedTextBuilder } from '../mapped-text.js';
import type { Problem, Span } from '../span.js';

/** How a release reads QemuOpts; lengths are in bytes. */
export interface QemuOptsRules {
  /** Longer keys and values are cut without a word; null: no limit. */
  readonly keyMax: number | null;
  readonly valueMax: number | null;
  /** `id=` is searched as text after a comma, so that one inside a value (behind `,,`) counts too. */
  readonly idAsText: boolean;
  /** A first word without `=` is the value of this key (`-device virtio-blk`); null: a bare word like any other. */
  readonly firstKey: string | null;
}

/** One `key=value`, or a bare word. */
export interface QemuOpt {
  readonly key: string;
  readonly value: string;
  /** `on`: a bare word. `off`: a bare word that began with `no`. */
  readonly bare: 'on' | 'off' | null;
  /** Offsets in the argument's decoded text: the option, where its key ends, where its value starts, its end. */
  readonly start: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly end: number;
  /** What the length limits took away. */
  readonly cut: 'key' | 'value' | null;
  /** True where `,,` stands in the value. */
  readonly doubled: boolean;
}

export interface QemuOptsTree {
  readonly argument: MappedText;
  readonly options: readonly QemuOpt[];
  /** The option whose value is the id (the first one), null where there is none. */
  readonly id: { readonly value: string; readonly start: number; readonly end: number } | null;
}

/** Splits an argument. Never fails: QEMU complains about options only when it looks at them. */
export function parseQemuOpts(argument: MappedText, rules: QemuOptsRules): { tree: QemuOptsTree; problems: Problem[] } {
  const { text } = argument;
  const options: QemuOpt[] = [];
  const problems: Problem[] = [];
  let at = 0;
  while (at < text.length) {
    const option = readOption(text, at, rules, options.length === 0);
    options.push(option);
    if (option.cut !== null) {
      problems.push({
        code: option.cut === 'key' ? 'key-cut' : 'value-cut',
        message:
          option.cut === 'key'
            ? l10n.t('the key is longer than this QEMU keeps, and is cut without a word')
            : l10n.t('the value is longer than this QEMU keeps, and is cut without a word'),
        span:
          option.cut === 'key'
            ? argument.span(option.start, option.keyEnd)
            : argument.span(option.valueStart, option.end),
      });
    }
    at = option.end + 1;
  }
  return { tree: { argument, options, id: idOf(text, options, rules) }, problems };
}

function readOption(text: string, start: number, rules: QemuOptsRules, first: boolean): QemuOpt {
  let keyEnd = start;
  while (keyEnd < text.length && text[keyEnd] !== '=' && text[keyEnd] !== ',') keyEnd++;
  if (text[keyEnd] === '=') {
    const value = readValue(text, keyEnd + 1);
    const key = cutToBytes(text.slice(start, keyEnd), rules.keyMax);
    const kept = cutToBytes(value.text, rules.valueMax);
    const cut = key.length < keyEnd - start ? 'key' : kept.length < value.text.length ? 'value' : null;
    return {
      key,
      value: kept,
      bare: null,
      start,
      keyEnd,
      valueStart: keyEnd + 1,
      end: value.end,
      cut,
      doubled: value.doubled,
    };
  }
  if (first && rules.firstKey !== null) {
    const value = readValue(text, start);
    const kept = cutToBytes(value.text, rules.valueMax);
    const cut = kept.length < value.text.length ? 'value' : null;
    return {
      key: rules.firstKey,
      value: kept,
      bare: null,
      start,
      keyEnd: start,
      valueStart: start,
      end: value.end,
      cut,
      doubled: value.doubled,
    };
  }
  const word = cutToBytes(text.slice(start, keyEnd), rules.keyMax);
  const off = word.startsWith('no');
  return {
    key: off ? word.slice(2) : word,
    value: off ? 'off' : 'on',
    bare: off ? 'off' : 'on',
    start,
    keyEnd,
    valueStart: keyEnd,
    end: keyEnd,
    cut: word.length < keyEnd - start ? 'key' : null,
    doubled: false,
  };
}

function readValue(text: string, start: number): { text: string; end: number; doubled: boolean } {
  let comma = text.indexOf(',', start);
  if (comma < 0) return { text: start === 0 ? text : text.slice(start), end: text.length, doubled: false };
  if (text[comma + 1] !== ',') return { text: text.slice(start, comma), end: comma, doubled: false };
  let value = '';
  let from = start;
  while (comma >= 0 && text[comma + 1] === ',') {
    value += text.slice(from, comma + 1);
    from = comma + 2;
    comma = text.indexOf(',', from);
  }
  const end = comma < 0 ? text.length : comma;
  return { text: value + text.slice(from, end), end, doubled: true };
}

function idOf(text: string, options: readonly QemuOpt[], rules: QemuOptsRules): QemuOptsTree['id'] {
  if (!rules.idAsText) {
    const found = options.find((option) => option.key === 'id');
    return found === undefined ? null : { value: found.value, start: found.valueStart, end: found.end };
  }
  const at = text.startsWith('id=') ? 3 : text.indexOf(',id=') + 4;
  if (at < 4 && !text.startsWith('id=')) return null;
  const value = readValue(text, at);
  return { value: cutToBytes(value.text, rules.valueMax), start: at, end: value.end };
}

/** The value's text with the place of each character, to be parsed further. */
export function valueText(argument: MappedText, option: QemuOpt): MappedText {
  if (option.bare !== null) return argument.slice(option.start, option.start);
  const whole = argument.slice(option.valueStart, option.end);
  if (!option.doubled) return option.cut === 'value' ? whole.slice(0, option.value.length) : whole;
  const builder = new MappedTextBuilder(argument.span(option.valueStart, option.valueStart).start);
  const { text } = argument;
  let at = option.valueStart;
  let length = 0;
  while (at < option.end && length < option.value.length) {
    const double = text[at] === ',';
    const { start, end } = argument.span(at, at + (double ? 2 : 1));
    const character = text.charAt(at);
    if (end - start === 1) builder.copy(character, start);
    else builder.replace(character, start, end);
    at += double ? 2 : 1;
    length++;
  }
  return builder.build();
}

/** Where the value's character `index` stands in the argument's decoded text. */
export function offsetInArgument(text: string, option: QemuOpt, index: number): number {
  if (!option.doubled) return option.valueStart + index;
  let at = option.valueStart;
  for (let i = 0; i < index && at < option.end; i++) at += text[at] === ',' ? 2 : 1;
  return at;
}

export function keySpan(argument: MappedText, option: QemuOpt): Span {
  return argument.span(option.start, option.keyEnd);
}

export function valueSpan(argument: MappedText, option: QemuOpt): Span {
  return argument.span(option.valueStart, option.end);
}

/** Length in bytes of UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** What a C buffer keeps of a text. */
export function cutToBytes(text: string, max: number | null): string {
  if (max === null || text.length * 3 <= max || byteLength(text) <= max) return text;
  let end = Math.min(text.length, max);
  while (end > 0 && byteLength(text.slice(0, end)) > max) end--;
  return text.slice(0, end);
}
