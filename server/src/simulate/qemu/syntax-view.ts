/** The drive's text as QEMU reads it, for views. */
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { RbdName } from '../../syntax/qemu/rbd-name.js';
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
): DriveSyntax {
  const span = given.argument.span();
  let made: readonly DriveOption[] | null = null;
  let madeName: RbdNameSyntax | null = null;
  return {
    flag: given.flag,
    flagSpan: given.flagSpan,
    argument: given.index,
    span,
    form,
    id,
    // Made when asked for: a run over many cases never looks at them.
    get options() {
      made ??= options.map((option) => driveOption(option, options, first));
      return made;
    },
    get name() {
      if (name !== null) madeName ??= nameSyntax(name);
      return madeName;
    },
  };
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
