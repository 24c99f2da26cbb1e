import { driveOption, driveOptions } from '../catalog/qemu-options.js';
import { type Span, shift, touches } from '../syntax/span.js';
import type { CommandAnalysis, CommandDocumentAnalysis } from '../workspace/analysis-model.js';
import { type CompletionList, type CompletionView, NO_COMPLETIONS } from './completion.js';
import { optionNames, optionValues } from './completion-values.js';
import { driveOptionMeaning } from './drive-option-words.js';
import { commandAt } from './places.js';

const NAME_KEYS = ['id', 'conf', 'keyring', 'mon_host'] as const;

export function driveCompletions(analysis: CommandDocumentAnalysis, offset: number): CompletionList {
  const command = commandAt(analysis, offset);
  if (command === undefined) return NO_COMPLETIONS;
  const own = offset - command.base;
  const word = command.command.words.findIndex(({ span }) => touches(span, own));
  const flag = argument(command, word - 1);
  if (word < 0 || !/^--?drive$/.test(flag)) return NO_COMPLETIONS;
  const span = command.command.words[word]?.span;
  if (span === undefined) return NO_COMPLETIONS;
  const before = command.command.text.slice(span.start, own);
  const segment = /(?:^|[^,],)((?:[^,]|,,)*)$/.exec(before)?.[1] ?? before;
  const clean = segment.replace(/^['"]/, '');
  const at = (typed: string): Span => shift({ start: own - typed.length, end: own }, command.base);
  const name = /^(?:file=)?rbd:(.*)$/.exec(clean)?.[1];
  if (name !== undefined) return inName(analysis, name, at);
  const equals = clean.indexOf('=');
  return equals < 0
    ? { items: keys(analysis, at(clean)), incomplete: false }
    : { items: values(analysis, clean.slice(0, equals), at(clean.slice(equals + 1))), incomplete: false };
}

function argument(command: CommandAnalysis, index: number): string {
  return command.command.args[index]?.text ?? '';
}

/** Behind the image's name, each colon starts an option of librados. */
function inName(analysis: CommandDocumentAnalysis, name: string, at: (typed: string) => Span): CompletionList {
  const part = /(?:^|[^\\]):((?:[^:\\]|\\.?)*)$/.exec(name)?.[1];
  if (part === undefined) return NO_COMPLETIONS;
  const { librbd } = analysis.releases.pair;
  const equals = part.indexOf('=');
  if (equals >= 0) {
    const typed = part.slice(equals + 1);
    return { items: optionValues(librbd, part.slice(0, equals), at(typed)), incomplete: false };
  }
  const span = at(part);
  const found = optionNames(librbd, part, span, (option) => option);
  const own = NAME_KEYS.filter((key) => key.startsWith(part)).map((key) => ({
    ...keyItem(key, span, 0),
    newText: key,
  }));
  return { items: [...own, ...found.items.filter(({ label }) => !isNameKey(label))], incomplete: found.incomplete };
}

function isNameKey(label: string): boolean {
  return NAME_KEYS.some((key) => key === label);
}

function keys(analysis: CommandDocumentAnalysis, span: Span): readonly CompletionView[] {
  return driveOptions(analysis.releases.pair.qemu)
    .filter(({ isDeprecated }) => !isDeprecated)
    .map(({ name }) => keyItem(name, span, driveOptionMeaning(name) === undefined ? 1 : 0));
}

function keyItem(name: string, span: Span, rank: number): CompletionView {
  const detail = driveOptionMeaning(name) ?? '';
  return { label: name, kind: 'option', detail, newText: `${name}=`, span, option: null, rank };
}

function values(analysis: CommandDocumentAnalysis, key: string, span: Span): readonly CompletionView[] {
  const option = driveOption(analysis.releases.pair.qemu, key);
  if (option === undefined) return [];
  const words = key === 'format' ? ['raw'] : option.type === 'bool' ? ['on', 'off'] : [...option.allowed];
  return words.map((value, rank) => ({
    label: value,
    kind: 'value',
    detail: value === option.default ? 'the default' : '',
    newText: value,
    span,
    option: null,
    rank,
  }));
}
