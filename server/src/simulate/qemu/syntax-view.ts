/** The drive's text as QEMU reads it, for views. */
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { RbdName } from '../../syntax/qemu/rbd-name.js';
import type { Span } from '../../syntax/span.js';
import type { DriveOption, DriveSyntax, NameOption, RbdNameSyntax } from '../model.js';
import type { Given } from './command-line.js';
import type { FlatOption } from './flat-options.js';

/** `first` tells for which keys the first copy counts; of all others the last one does. */
export function driveSyntax(
  given: Given,
  form: DriveSyntax['form'],
  options: readonly FlatOption[],
  name: RbdName | null,
  id: string | null,
  first: (key: string) => boolean,
  json?: readonly FlatOption[],
): DriveSyntax {
  return new SyntaxView(given, form, options, name, id, first, json);
}

/** Options and name are made when they are asked for: a run over many cases never looks at them. */
class SyntaxView implements DriveSyntax {
  private madeOptions: readonly DriveOption[] | null = null;
  private madeName: RbdNameSyntax | null = null;

  constructor(
    private readonly given: Given,
    readonly form: DriveSyntax['form'],
    private readonly written: readonly FlatOption[],
    private readonly parsedName: RbdName | null,
    readonly id: string | null,
    private readonly first: (key: string) => boolean,
    private readonly json: readonly FlatOption[] | undefined,
  ) {}

  get jsonMembers(): readonly DriveOption[] {
    const { json = [] } = this;
    return json.map((option) => driveOption(option, json, () => false));
  }

  get flag(): string {
    return this.given.flag;
  }

  get flagSpan(): Span {
    return this.given.flagSpan;
  }

  get argument(): number {
    return this.given.index;
  }

  get span(): Span {
    return this.given.argument.span();
  }

  get options(): readonly DriveOption[] {
    this.madeOptions ??= this.written.map((option) => driveOption(option, this.written, this.first));
    return this.madeOptions;
  }

  get name(): RbdNameSyntax | null {
    if (this.parsedName !== null) this.madeName ??= nameSyntax(this.parsedName);
    return this.madeName;
  }
}

function driveOption(option: FlatOption, all: readonly FlatOption[], first: (key: string) => boolean): DriveOption {
  const { key, value, span, keySpan, valueSpan } = option;
  const same = (other: FlatOption) => other.key === key;
  const counts = first(key) ? all.find(same) : all.findLast(same);
  return {
    key,
    value,
    span,
    keySpan,
    valueSpan,
    effective: counts === option,
    unknown: key.includes(UNKNOWN) || value.includes(UNKNOWN),
  };
}

function nameSyntax(name: RbdName): RbdNameSyntax {
  return {
    span: name.text.span(),
    poolSpan: name.pool?.span ?? null,
    namespaceSpan: name.namespace?.span ?? null,
    imageSpan: name.image?.span ?? null,
    snapshotSpan: name.snapshot?.span ?? null,
    options: name.options.map(
      ({ key, value, span }): NameOption => ({
        key: key.text,
        value: value.text,
        span,
        keySpan: key.span,
        valueSpan: value.span,
        unknown: key.text.includes(UNKNOWN) || value.text.includes(UNKNOWN),
      }),
    ),
  };
}
