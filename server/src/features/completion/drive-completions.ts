/** Inside the argument of `-drive`. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { driverNames } from '../../catalog/qemu-drivers.js';
import { cacheModes, type DriveOptionInRelease, driveOption, driveOptions } from '../../catalog/qemu-options.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { outcomeTitle } from '../outcome-words.js';
import type { CommandPlace } from './command-place.js';
import { dottedItems, leafValues } from './dotted-members.js';
import { type EditedText, spansAround } from './edited-text.js';
import { takenByQemu, trialAt, typeDetail, type ValueItem, valueItems, wordValues } from './items.js';
import { jsonItems } from './json-members.js';
import { type NameInput, nameCompletions } from './name-completions.js';
import { namesFor, nodeJson } from './node-completions.js';
import { type DriverAt, imageFormats, membersBelow, nodeAt } from './node-members.js';
import { type OptsPlace, optsPlace } from './opts-place.js';
import type { Trial } from './trial.js';
import { type CompletionList, type CompletionView, item, NO_COMPLETIONS } from './view.js';

export interface DriveInput extends NameInput {
  readonly place: CommandPlace;
}

export function driveCompletions(input: DriveInput): CompletionList {
  const { place, releases } = input;
  const opts = optsPlace(place.word, null);
  const { edited, key } = opts;
  if (key === null) return keys(releases.qemu, opts);
  if (key === 'file' || key === 'file.filename') {
    const named = fileName(input, edited, opts.withValue);
    if (named !== null) return named;
  }
  const trial = trialAt(place);
  const values = takenByQemu(trial, valuesOf(input, opts, key), opts.withValue);
  if (values.length === 0) return NO_COMPLETIONS;
  const told = key === 'cache' ? values.map((value) => withOutcome(trial, opts, value)) : values;
  return {
    items: valueItems(edited, told, [',']),
    incomplete: false,
    ...spansAround(edited, 0, edited.text.length),
  };
}

/** Inside a disk's file name. */
export function fileName(
  input: DriveInput,
  edited: EditedText,
  withValue: (name: string) => string = (name) => name,
): CompletionList | null {
  const { releases } = input;
  const { text } = edited;
  if (text.startsWith('json:') && qemuBehaviour(releases.qemu).jsonNames) {
    const named = (member: string) => namesFor(member, input);
    return jsonItems(
      edited,
      'json:'.length,
      nodeJson(releases.qemu, named, input.place, (json) => withValue(`json:${json}`)),
    );
  }
  const inName = nameCompletions(edited, input);
  if (inName !== null) return inName;
  if (!'rbd:'.startsWith(text.slice(0, edited.caret))) return NO_COMPLETIONS;
  const start = edited.write('rbd:');
  if (start === null) return NO_COMPLETIONS;
  const spans = spansAround(edited, 0, edited.caret);
  const detail = l10n.t('an image on Ceph');
  return {
    items: [item({ label: 'rbd:', kind: 'name', newText: start, detail, goesOn: true })],
    incomplete: true,
    ...spans,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Keys

/** Those that a disk on Ceph is written with, in the order in which people write them. */
const FIRST = [
  'file',
  'if',
  'id',
  'format',
  'cache',
  'discard',
  'detect-zeroes',
  'read-only',
  'aio',
  'media',
  'snapshot',
];

function keys(release: QemuRelease, opts: OptsPlace): CompletionList {
  const { edited, others, hasEquals } = opts;
  const items: CompletionView[] = [];
  for (const option of driveOptions(release)) {
    if (!fits(option, others, release)) continue;
    const newText = edited.write(hasEquals ? option.name : `${option.name}=`);
    if (newText === null) continue;
    const rank = FIRST.indexOf(option.name);
    items.push(
      item({
        label: option.name,
        kind: 'option',
        detail: typeDetail(option.type, [...option.allowed], option.default),
        newText,
        topic: { about: 'drive', name: option.name },
        rank: (rank < 0 ? FIRST.length + (option.aliasOf === null ? 0 : 1) : rank) + (option.isDeprecated ? 5 : 0),
        deprecated: option.isDeprecated,
        goesOn: !hasEquals,
      }),
    );
  }
  if (qemuBehaviour(release).driverOptions && edited.text.startsWith('file.')) {
    items.push(...memberItems(release, opts));
  }
  return { items, incomplete: edited.caret < 'file.'.length, ...spansAround(edited, 0, edited.text.length) };
}

/** Members of the node below, which is one of rbd unless the drive says otherwise. */
function memberItems(release: QemuRelease, { edited, others, hasEquals }: OptsPlace): readonly CompletionView[] {
  const steps = edited.text.split('.').slice(0, -1);
  const members = membersBelow(release, steps, driverBelowDrive(others));
  const prefix = steps.map((step) => `${step}.`).join('');
  return members === null ? [] : dottedItems(edited, hasEquals, members, others, prefix);
}

/** Of a `-drive` as a node: the image format at the top, and what is told of the nodes below it. */
function driverBelowDrive(others: ReadonlyMap<string, string>): DriverAt {
  return (path) => (path.length === 0 ? 'raw' : (others.get([...path, 'driver'].join('.')) ?? null));
}

/** Options that exclude one another, or need another one. */
const RIVALS: readonly (readonly string[])[] = [
  ['format', 'driver'],
  ['file', 'file.driver', 'file.filename'],
  ['index', 'bus'],
  ['index', 'unit'],
];

function fits(option: DriveOptionInRelease, others: ReadonlyMap<string, string>, release: QemuRelease): boolean {
  const { name } = option;
  if (name.includes('*') || others.has(name)) return false;
  const full = (written: string): string => driveOption(release, written)?.aliasOf ?? written;
  if ([...others.keys()].some((other) => full(other) === full(name))) return false;
  if (RIVALS.some((group) => group.includes(name) && group.some((rival) => rival !== name && others.has(rival)))) {
    return false;
  }
  if (name === 'addr') return others.get('if') === 'virtio';
  if (name === 'cyls' || name === 'heads' || name === 'secs') return others.get('media') !== 'cdrom';
  return name !== 'trans' || others.has('cyls');
}

// ---------------------------------------------------------------------------------------------------------------------
// Values

function valuesOf(input: DriveInput, { others }: OptsPlace, key: string): readonly ValueItem[] {
  const { qemu } = input.releases;
  if (key === 'format' || key === 'driver') return wordValues(imageFormats(qemu), null);
  if (key === 'file.driver') return wordValues(['rbd', ...driverNames(qemu).filter((name) => name !== 'rbd')], null);
  const option = driveOption(qemu, key);
  if (option === undefined) return memberValues(input, others, key);
  if (key === 'cache') return modes(qemu, option);
  if (option.type === 'bool') return wordValues(['on', 'off'], option.default);
  return option.type === 'enum' ? wordValues([...option.allowed], option.default) : [];
}

function modes(release: QemuRelease, option: DriveOptionInRelease): readonly ValueItem[] {
  const names = cacheModes(release).map(({ name }) => name);
  const aliases = [...option.allowed].filter((name) => !names.includes(name));
  return [...names, ...aliases].map((text) => ({
    text,
    kind: 'value',
    detail: '',
    topic: { about: 'mode', name: text === 'off' ? 'none' : text },
  }));
}

function memberValues(input: DriveInput, others: ReadonlyMap<string, string>, key: string): readonly ValueItem[] {
  const { qemu } = input.releases;
  if (!key.startsWith('file.') || !qemuBehaviour(qemu).driverOptions) return [];
  const at = nodeAt(qemu, key.split('.'), driverBelowDrive(others));
  return at === null ? [] : leafValues(at, (member) => namesFor(member, input));
}

/** Each cache mode with what becomes of the disk. */
function withOutcome(trial: Trial | null, opts: OptsPlace, value: ValueItem): ValueItem {
  const drive = trial?.driveWith(opts.withValue(value.text));
  return drive === undefined || drive.trace.outcome === null ? value : { ...value, detail: outcomeTitle(drive) };
}
