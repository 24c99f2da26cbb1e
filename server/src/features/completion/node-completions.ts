/** Inside the arguments of `-blockdev`, `-device` and `-object`. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { takesJson } from '../../catalog/qemu-devices.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { driveNames, secretNames } from './command-names.js';
import type { CommandPlace } from './command-place.js';
import { dottedItems, leafValues } from './dotted-members.js';
import { spansAround } from './edited-text.js';
import { takenByQemu, trialAt, typeDetail, type ValueItem, valueItems } from './items.js';
import { type JsonInput, jsonItems } from './json-members.js';
import type { NameInput } from './name-completions.js';
import { deviceMembers, flatAt, membersBelow, nodeAt, objectMembers } from './node-members.js';
import { type OptsPlace, optsPlace } from './opts-place.js';
import { type CompletionList, type CompletionView, escapeSnippet, item, NO_COMPLETIONS } from './view.js';

export interface NodeInput extends NameInput {
  readonly place: CommandPlace;
}

export function blockdevCompletions(input: NodeInput): CompletionList {
  const { place, releases } = input;
  const { qemu } = releases;
  if (!qemuBehaviour(qemu).blockdev) return NO_COMPLETIONS;
  const named = (member: string): readonly string[] => namesFor(member, input);
  if (place.word.text.startsWith('{')) {
    return jsonItems(
      place.word,
      0,
      nodeJson(qemu, named, place, (json) => json),
    );
  }
  const opts = optsPlace(place.word, 'driver');
  const { key, edited, others, hasEquals } = opts;
  const driverAt = (path: readonly string[]): string | null => others.get([...path, 'driver'].join('.')) ?? null;
  if (key === null || (key === 'driver' && opts.isFirst && !isWritten(place, 'driver'))) {
    const steps = parentOf(edited.text);
    const members = membersBelow(qemu, steps, driverAt);
    const prefix = steps.map((step) => `${step}.`).join('');
    const items = [
      ...(place.isNew || place.word.text === '' ? emptyJson(place) : []),
      ...(members === null ? [] : dottedItems(edited, hasEquals, members, others, prefix)),
    ];
    return { items, incomplete: true, ...spansAround(edited, 0, edited.text.length) };
  }
  const at = nodeAt(qemu, key.split('.'), driverAt);
  return at === null
    ? NO_COMPLETIONS
    : values(opts, takenByQemu(trialAt(place), leafValues(at, named), opts.withValue));
}

/**
 * A block node as JSON. `named`: what the command and the workspace call the things that a member may refer to. `argument`:
 * the whole argument with that JSON in it.
 */
export function nodeJson(
  release: QemuRelease,
  named: JsonInput['named'],
  place: CommandPlace,
  argument: (json: string) => string,
): JsonInput {
  return {
    taken: (values, json) =>
      takenByQemu(trialAt(place), values, (value) => (value === null ? null : argument(json(value)))),
    at: (path, driverAt) => nodeAt(release, path, driverAt),
    membersAt: (path, driverAt) => membersBelow(release, path, driverAt),
    named,
  };
}

/** `{"driver":…}` as a word of its own, in the quotes that it needs. */
function emptyJson({ word, command }: CommandPlace): readonly CompletionView[] {
  const isScript = command?.command.language === 'shellscript';
  const [open, close] = word.text === '' && word.startOf(0) === word.endOf(0) && isScript ? ["'{", "}'"] : ['{', '}'];
  const body = '"driver":"rbd","node-name":"disk0","pool":"rbd","image":"image"';
  const snippet = '"driver":"rbd","node-name":"${1:disk0}","pool":"${2:rbd}","image":"${3:image}"';
  return [
    item({
      label: '{"driver":"rbd",…}',
      kind: 'snippet',
      detail: 'JSON',
      newText: `${open}${body}${close}`,
      snippet: `${escapeSnippet(open)}${snippet}${escapeSnippet(close)}`,
      rank: 90,
    }),
  ];
}

/** Of `file.cache.di`: `file` and `cache`. */
function parentOf(key: string): readonly string[] {
  return key.split('.').slice(0, -1);
}

/** True where the first option says its key. */
function isWritten({ word }: CommandPlace, key: string): boolean {
  return word.text.startsWith(`${key}=`);
}

/** What the command and the workspace call the things that a member may refer to. */
export function namesFor(member: string, { place, seen, confPaths }: NodeInput): readonly string[] {
  switch (member) {
    case 'file':
      return driveNames(place.command, place.argument);
    case 'key-secret':
      return secretNames(place.command, place.argument);
    case 'pool':
      return [...seen().pools()];
    case 'namespace':
      return [...seen().namespaces()];
    case 'image': {
      const pool = /(?:^|[,{"'])pool["']?[=:]\s*["']?([^,"'}]*)/.exec(place.word.text)?.[1];
      return pool === undefined ? [] : [...seen().imagesOf(pool)].slice(0, MOST_NAMES);
    }
    case 'user':
      return [...seen().clients()];
    case 'conf':
      return [...new Set([...seen().confs(), ...confPaths()])];
    default:
      return [];
  }
}

const MOST_NAMES = 100;

// ---------------------------------------------------------------------------------------------------------------------

export function deviceCompletions(input: NodeInput): CompletionList {
  const { place, releases } = input;
  const { qemu } = releases;
  const named = (member: string): readonly string[] =>
    member === 'drive' ? driveNames(place.command, place.argument) : [];
  const json: JsonInput = {
    at: (path, driverAt) => flatAt(deviceMembers(qemu, driverAt([])), path),
    membersAt: (path, driverAt) => (path.length === 0 ? deviceMembers(qemu, driverAt([])) : null),
    taken: (values) => values,
    named,
  };
  return flatCompletions(input, 'driver', json, takesJson(qemu, 'device'));
}

export function objectCompletions(input: NodeInput): CompletionList {
  const { qemu } = input.releases;
  const json: JsonInput = {
    at: (path, driverAt) => flatAt(objectMembers(qemu, driverAt([])), path),
    membersAt: (path, driverAt) => (path.length === 0 ? objectMembers(qemu, driverAt([])) : null),
    taken: (values) => values,
    named: () => [],
    kindMember: 'qom-type',
  };
  return flatCompletions(input, 'qom-type', json, takesJson(qemu, 'object'));
}

/** Members that exclude one another: where a secret's key is. */
const RIVALS: ReadonlyMap<string, readonly string[]> = new Map([
  ['data', ['file']],
  ['file', ['data']],
]);

function flatCompletions(input: NodeInput, firstKey: string, json: JsonInput, jsonToo: boolean): CompletionList {
  const { place } = input;
  if (place.word.text.startsWith('{')) return jsonToo ? jsonItems(place.word, 0, json) : NO_COMPLETIONS;
  const opts = optsPlace(place.word, firstKey);
  const { key, edited, others, hasEquals } = opts;
  const kindAt = (): string | null => others.get(firstKey) ?? null;
  if (key === null) {
    const items = (json.membersAt([], kindAt) ?? []).flatMap((member) => {
      const newText = edited.write(hasEquals ? member.name : `${member.name}=`);
      if (newText === null || others.has(member.name) || RIVALS.get(member.name)?.some((one) => others.has(one)))
        return [];
      const { name, topic, rank, shape } = member;
      const detail = typeDetail(shape, member.values, member.default);
      return [item({ label: name, kind: 'option', detail, newText, topic, rank, goesOn: !hasEquals })];
    });
    return { items, incomplete: false, ...spansAround(edited, 0, edited.text.length) };
  }
  const at = json.at([key], kindAt);
  return at === null ? NO_COMPLETIONS : values(opts, leafValues(at, json.named));
}

function values({ edited }: OptsPlace, all: readonly ValueItem[]): CompletionList {
  if (all.length === 0) return NO_COMPLETIONS;
  const closed = all.every(({ kind }) => kind === 'value');
  const items = valueItems(edited, all, closed ? [','] : []);
  return { items, incomplete: false, ...spansAround(edited, 0, edited.text.length) };
}
