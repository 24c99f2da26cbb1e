/**
 * Names by which the parts of one command know each other: the `id=` of a drive and the `drive=` of its device, a node and
 * the nodes above it, a secret and what it opens.
 */
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../catalog/releases.js';
import type { DriveSyntax } from '../simulate/model.js';
import { type Given, readCommandLine } from '../simulate/qemu/command-line.js';
import { UNKNOWN } from '../syntax/mapped-text.js';
import { parseJsonText } from '../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../syntax/qemu/qemu-opts.js';
import type { Span } from '../syntax/span.js';
import type { CommandAnalysis } from './analysis-model.js';

/** Drives and nodes share one space of names, objects (`-object`) and devices have one each. */
export type NameSpace = 'block' | 'object' | 'device';

export interface NameUse {
  readonly space: NameSpace;
  /** As QEMU reads it; where a variable stands in it, as it is written. */
  readonly name: string;
  readonly gives: boolean;
  /** Counts from the command's start. */
  readonly span: Span;
}

/** One `key=value` as QEMU reads it. The span is the value's, and counts from the command's start. */
export interface OptionWord {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

/** In the order of the text. */
export function namesIn(analysed: CommandAnalysis): readonly NameUse[] {
  const { command, trace } = analysed;
  const uses = new Map<number, NameUse>();
  const add = (space: NameSpace, gives: boolean, { value, span }: Pick<OptionWord, 'value' | 'span'>): void => {
    const name = value.includes(UNKNOWN) ? command.text.slice(span.start, span.end) : value;
    if (name !== '' && span.end > span.start) uses.set(span.start, { space, gives, name, span });
  };
  const { devices, objects } = readCommandLine(command.args);
  for (const { syntax, nodesAbove } of [
    ...trace.drives,
    ...trace.others.map(({ syntax: own }) => ({ syntax: own, nodesAbove: [] })),
  ]) {
    for (const one of [syntax, ...(nodesAbove ?? [])]) addDrive(one, add);
  }
  for (const given of devices) {
    for (const word of optionWords(given, trace.releases.qemu, 'driver')) {
      if (word.key === 'id') add('device', true, word);
      else if (word.key === 'drive') add('block', false, word);
      else if (word.key === 'iothread') add('object', false, word);
      else if (word.key === 'bus') add('device', false, busOf(word));
    }
  }
  for (const given of objects) {
    for (const word of optionWords(given, trace.releases.qemu, 'qom-type'))
      if (word.key === 'id') add('object', true, word);
  }
  return [...uses.values()].sort((a, b) => a.span.start - b.span.start);
}

function addDrive(
  { form, options }: DriveSyntax,
  add: (space: NameSpace, gives: boolean, word: OptionWord) => void,
): void {
  for (const { key, value, valueSpan: span } of options) {
    const word = { key, value, span: form === 'json' ? inner(span, value) : span };
    const last = key.slice(key.lastIndexOf('.') + 1);
    if (last === 'node-name' || (key === 'id' && form === 'drive')) add('block', true, word);
    else if (/^(key|password)-secret$/.test(last)) add('object', false, word);
    else if (form !== 'drive' && (last === 'file' || last === 'backing')) add('block', false, word);
  }
}

/** `scsi0` of `scsi0.0`: a device's bus is called by the device's name and a number. */
function busOf({ key, value, span }: OptionWord): OptionWord {
  const dot = value.lastIndexOf('.');
  if (dot < 0 || span.end - span.start !== value.length) return { key, value, span };
  return { key, value: value.slice(0, dot), span: { start: span.start, end: span.start + dot } };
}

/** The options of a `-device` or an `-object`; `firstKey` is that of a first word without one. */
export function optionWords({ argument }: Given, qemu: QemuRelease, firstKey: string): readonly OptionWord[] {
  const behaviour = qemuBehaviour(qemu);
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object') return [];
    return tree.members.flatMap(({ key, value }) =>
      value.kind === 'string' ? [{ key, value: value.text, span: inner(value.span, value.text) }] : [],
    );
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey });
  return tree.options.map(({ key, value, valueStart, end }) => ({ key, value, span: argument.span(valueStart, end) }));
}

/** A JSON string without its quotes, where these are all that its text does not hold. */
function inner({ start, end }: Span, text: string): Span {
  return end - start === text.length + 2 ? { start: start + 1, end: end - 1 } : { start, end };
}
