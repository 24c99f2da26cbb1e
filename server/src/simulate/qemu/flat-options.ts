/**
 * Options on their way into QEMU's block layer: one flat set with dotted keys, whatever form they were given in. Each
 * still knows its place in the text.
 */
import { MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import { offsetInArgument, type QemuOpt, valueText } from '../../syntax/qemu/qemu-opts.js';
import type { ObjectNode, ScalarNode, ValueNode } from '../../syntax/qemu/value-tree.js';
import type { Span } from '../../syntax/span.js';

export interface FlatOption {
  readonly key: string;
  /** A boolean of JSON reads `on` or `off` here. */
  readonly value: string;
  readonly kind: ValueNode['kind'];
  /** Index of the argument it stands in. */
  readonly argument: number;
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** The value's text with the place of each character. */
  readonly mapped: MappedText;
  /** Where character `index` of the value stands in the decoded argument. */
  offset(index: number): number;
  renamed(key: string): FlatOption;
}

/** An option of `-drive` and its like. Spans are made when asked for: most never are. */
export class WrittenOption implements FlatOption {
  readonly kind = 'string';

  constructor(
    private readonly text: MappedText,
    readonly argument: number,
    private readonly opt: QemuOpt,
    readonly key: string = opt.key,
  ) {}

  get value(): string {
    return this.opt.value;
  }

  get bare(): QemuOpt['bare'] {
    return this.opt.bare;
  }

  get cut(): QemuOpt['cut'] {
    return this.opt.cut;
  }

  get span(): Span {
    return this.text.span(this.opt.start, this.opt.end);
  }

  get keySpan(): Span {
    return this.text.span(this.opt.start, this.opt.keyEnd);
  }

  get valueSpan(): Span {
    return this.text.span(this.opt.valueStart, this.opt.end);
  }

  get mapped(): MappedText {
    return valueText(this.text, this.opt);
  }

  offset(index: number): number {
    return offsetInArgument(this.text.text, this.opt, index);
  }

  renamed(key: string): WrittenOption {
    return new WrittenOption(this.text, this.argument, this.opt, key);
  }
}

/** A scalar of JSON or of dotted keys. */
export class TreeOption implements FlatOption {
  constructor(
    readonly key: string,
    private readonly node: ScalarNode,
    readonly span: Span,
    readonly keySpan: Span,
    readonly argument: number,
    /** Where the text that the tree was read from stands in the decoded argument. */
    private readonly base: (index: number) => number,
  ) {}

  get value(): string {
    if (this.node.kind === 'boolean') return this.node.text === 'true' ? 'on' : 'off';
    return this.node.text;
  }

  get kind(): ScalarNode['kind'] {
    return this.node.kind;
  }

  get valueSpan(): Span {
    return this.node.span;
  }

  get mapped(): MappedText {
    return this.node.mapped ?? EMPTY;
  }

  offset(index: number): number {
    return this.base(this.node.at + index);
  }

  renamed(key: string): TreeOption {
    return new TreeOption(key, this.node, this.span, this.keySpan, this.argument, this.base);
  }
}

/** An object or list with nothing in it. */
class EmptyOption implements FlatOption {
  readonly value = '';
  readonly mapped = EMPTY;

  constructor(
    readonly key: string,
    readonly kind: 'object' | 'list',
    readonly span: Span,
    readonly keySpan: Span,
    readonly argument: number,
  ) {}

  get valueSpan(): Span {
    return this.span;
  }

  offset(index: number): number {
    return index;
  }

  renamed(key: string): EmptyOption {
    return new EmptyOption(key, this.kind, this.span, this.keySpan, this.argument);
  }
}

/** A file name that was not given as an option of its own (`-hda X`). */
export class WholeArgument implements FlatOption {
  readonly kind = 'string';

  constructor(
    readonly mapped: MappedText,
    readonly argument: number,
    readonly key: string,
  ) {}

  get value(): string {
    return this.mapped.text;
  }

  get span(): Span {
    return this.mapped.span();
  }

  get keySpan(): Span {
    return this.mapped.span(0, 0);
  }

  get valueSpan(): Span {
    return this.mapped.span();
  }

  offset(index: number): number {
    return index;
  }

  renamed(key: string): WholeArgument {
    return new WholeArgument(this.mapped, this.argument, key);
  }
}

/** The rest of an option's value, from character `from` on. */
export class RestOfValue implements FlatOption {
  readonly kind = 'string';

  constructor(
    private readonly whole: FlatOption,
    private readonly from: number,
  ) {}

  get key(): string {
    return this.whole.key;
  }

  get value(): string {
    return this.whole.value.slice(this.from);
  }

  get argument(): number {
    return this.whole.argument;
  }

  get span(): Span {
    return this.whole.span;
  }

  get keySpan(): Span {
    return this.whole.keySpan;
  }

  get valueSpan(): Span {
    return this.mapped.span();
  }

  get mapped(): MappedText {
    return this.whole.mapped.slice(this.from);
  }

  offset(index: number): number {
    return this.whole.offset(this.from + index);
  }

  renamed(key: string): RestOfValue {
    return new RestOfValue(this.whole.renamed(key), this.from);
  }
}

const EMPTY = MappedText.verbatim('');

export type OptionSet = Map<string, FlatOption>;

export function isUnknown(option: FlatOption | undefined): boolean {
  return option?.value.includes(UNKNOWN) ?? false;
}

/** Takes out and returns what stands under `prefix.`, without the prefix. */
export function takeUnder(options: OptionSet, prefix: string): OptionSet {
  const dotted = `${prefix}.`;
  const taken: OptionSet = new Map();
  for (const [key, option] of options) {
    if (!key.startsWith(dotted)) continue;
    taken.set(key.slice(dotted.length), option);
    options.delete(key);
  }
  return taken;
}

/** Flattens a tree: objects and lists become dotted keys. Empty ones vanish, or stay as they are. */
export function flatten(
  tree: ObjectNode,
  argument: number,
  base: (index: number) => number,
  keepsEmpty: boolean,
): OptionSet {
  const options: OptionSet = new Map();
  const walk = (value: ValueNode, key: string, span: Span, keySpan: Span): void => {
    if (value.kind === 'object') {
      for (const member of value.members) {
        walk(member.value, key === '' ? member.key : `${key}.${member.key}`, member.span, member.keySpan);
      }
      if (value.members.length > 0 || key === '') return;
    } else if (value.kind === 'list') {
      for (const [index, item] of value.items.entries()) walk(item, `${key}.${index}`, item.span, keySpan);
      if (value.items.length > 0) return;
    } else {
      options.set(key, new TreeOption(key, value, span, keySpan, argument, base));
      return;
    }
    if (keepsEmpty) options.set(key, new EmptyOption(key, value.kind, span, keySpan, argument));
  };
  walk(tree, '', tree.span, tree.span);
  return options;
}
