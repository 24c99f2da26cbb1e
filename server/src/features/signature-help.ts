/** What belongs where inside a drive: the parts of an `rbd:` name, the options of a `-drive`, the members of a node. */
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { fileFlag } from '../catalog/qemu-flags.js';
import { driveOption, driveOptions } from '../catalog/qemu-options.js';
import type { QemuRelease } from '../catalog/releases.js';
import type { ReleasePair } from '../simulate/model.js';
import type { DocumentAnalysis } from './analysis-model.js';
import { commandPlace } from './completion/command-place.js';
import { documentationOf } from './completion/documentation.js';
import type { EditedText } from './completion/edited-text.js';
import { typeDetail } from './completion/items.js';
import { type NamePart, namePlace } from './completion/name-place.js';
import {
  type DriverAt,
  deviceMembers,
  type MemberOffer,
  membersBelow,
  objectMembers,
} from './completion/node-members.js';
import { optsPlace } from './completion/opts-place.js';
import type { Topic } from './completion/view.js';

export interface SignatureParameter {
  /** Offsets in the label. */
  readonly start: number;
  readonly end: number;
  /** Markdown; empty where there is nothing to say. */
  readonly documentation: string;
}

export interface SignatureView {
  readonly label: string;
  readonly parameters: readonly SignatureParameter[];
  /** Index of the parameter that the caret is in; null: none of them. */
  readonly active: number | null;
}

/** Null where the caret is in no drive. */
export function signatureAt(analysis: DocumentAnalysis, offset: number): SignatureView | null {
  if (analysis.kind !== 'command') return null;
  const place = commandPlace(analysis, offset);
  if (place === null || place.flag === null) return null;
  const releases = analysis.releases.pair;
  const { word, flag } = place;
  if (word.text.startsWith('{')) return null;
  switch (flag) {
    case 'drive':
      return driveSignature(word, releases);
    case 'blockdev':
      return qemuBehaviour(releases.qemu).blockdev ? nodeSignature(word, releases) : null;
    case 'device':
      return flatSignature(word, releases, 'driver', (driver) => deviceMembers(releases.qemu, driver));
    case 'object':
      return flatSignature(word, releases, 'qom-type', (type) => objectMembers(releases.qemu, type));
    default:
      return fileFlag(flag) !== undefined ? nameSignature(word, releases) : null;
  }
}

interface Part {
  readonly text: string;
  readonly documentation: string;
}

/** `parts` in their order, each a parameter; what joins them is in `between`, one more than parts. */
function signature(parts: readonly Part[], between: readonly string[], active: number): SignatureView {
  let label = between[0] ?? '';
  const parameters = parts.map(({ text, documentation }, at): SignatureParameter => {
    const start = label.length;
    label += text;
    const parameter = { start, end: label.length, documentation };
    label += between[at + 1] ?? '';
    return parameter;
  });
  return { label, parameters, active: active < 0 ? null : active };
}

// ---------------------------------------------------------------------------------------------------------------------
// The name

const PARTS: readonly NamePart[] = ['pool', 'image', 'snapshot', 'key', 'value'];

function nameSignature(edited: EditedText, { qemu, librbd, vendor }: ReleasePair): SignatureView | null {
  const rules = qemuBehaviour(qemu).name;
  const place = namePlace(edited, rules);
  if (place === null) return null;
  const pair = { qemu, librbd, vendor };
  const about = (topic: Topic): string => documentationOf(topic, pair);
  const key = place.part === 'value' ? about({ about: 'name', name: place.key.replace(/[ -]/g, '_') }) : '';
  const parts: readonly Part[] = [
    { text: 'POOL', documentation: about({ about: 'member', name: 'pool' }) },
    {
      text: rules.namespaces ? '[NAMESPACE/]IMAGE' : 'IMAGE',
      documentation: about({ about: 'member', name: 'image' }),
    },
    { text: 'SNAPSHOT', documentation: about({ about: 'member', name: 'snap' }) },
    ...(rules.options
      ? [
          { text: 'KEY', documentation: key },
          { text: 'VALUE', documentation: key },
        ]
      : []),
  ];
  const between = ['rbd:', '/', '[@', ...(rules.options ? ['][:', '=', '…]'] : [']'])];
  return signature(parts, between, PARTS.indexOf(place.part));
}

// ---------------------------------------------------------------------------------------------------------------------
// Options

/** Those that a disk on Ceph is written with; the others are shown while one is in them. */
const USUAL = ['file', 'if', 'id', 'format', 'cache', 'discard', 'detect-zeroes', 'read-only'] as const;

function driveSignature(word: EditedText, releases: ReleasePair): SignatureView | null {
  const opts = optsPlace(word, null);
  if (opts.key === 'file' || opts.key === 'file.filename') {
    const inName = nameSignature(opts.edited, releases);
    if (inName !== null) return inName;
  }
  const { qemu } = releases;
  const known = new Set(driveOptions(qemu).map(({ name }) => name));
  const key = opts.key ?? opts.edited.text;
  const names = [...USUAL.filter((name) => known.has(name))];
  const all = known.has(key) && !names.some((name) => name === key) ? [...names, key] : names;
  const parts = all.map((name): Part => {
    const documentation = documentationOf({ about: 'drive', name }, releases);
    return { text: `${name}=${valuesOf(qemu, name, name === key)}`, documentation };
  });
  return signature(parts, separators(parts.length), all.indexOf(key));
}

/** The words of the option that the caret is in; of others that there is a value. */
function valuesOf(release: QemuRelease, name: string, isActive: boolean): string {
  const option = driveOption(release, name);
  if (!isActive || option === undefined) return '…';
  if (option.type === 'bool') return 'on|off';
  return option.allowed.size > 0 ? [...option.allowed].join('|') : typeDetail(option.type, [], null);
}

function separators(count: number): readonly string[] {
  return ['', ...Array.from({ length: count }, (_, at) => (at === count - 1 ? '' : ','))];
}

// ---------------------------------------------------------------------------------------------------------------------
// Members

function nodeSignature(word: EditedText, releases: ReleasePair): SignatureView | null {
  const { key, edited, others } = optsPlace(word, 'driver');
  const driverAt: DriverAt = (path) => others.get([...path, 'driver'].join('.')) ?? null;
  const written = key ?? edited.text;
  const steps = written.split('.').slice(0, -1);
  const members = membersBelow(releases.qemu, steps, driverAt);
  if (members === null) return null;
  const last = written.split('.').at(-1) ?? '';
  return memberSignature(members, last, steps.map((step) => `${step}.`).join(''), releases);
}

function flatSignature(
  word: EditedText,
  releases: ReleasePair,
  firstKey: string,
  membersOf: (kind: string | null) => readonly MemberOffer[],
): SignatureView | null {
  const { key, edited, others } = optsPlace(word, firstKey);
  const written = key ?? edited.text;
  const kind = others.get(firstKey) ?? (key === firstKey ? edited.text : null);
  return memberSignature(membersOf(kind), written, '', releases);
}

/** Members that must be there first; those that need not, in brackets. */
function memberSignature(
  members: readonly MemberOffer[],
  active: string,
  prefix: string,
  releases: ReleasePair,
): SignatureView | null {
  if (members.length === 0) return null;
  const ordered = [...members].sort((a, b) => Number(b.required) - Number(a.required) || a.rank - b.rank);
  const shown = ordered.filter(({ name, required }, at) => required || at < MOST_MEMBERS || name === active);
  const parts = shown.map((member): Part => {
    const written = `${prefix}${member.name}${member.shape === 'object' || member.shape === 'list' ? '.…' : ''}`;
    const text = `${written}=${member.name === active && member.values.length > 0 ? few(member.values) : '…'}`;
    return { text: member.required ? text : `[${text}]`, documentation: documentationOf(member.topic, releases) };
  });
  const at = shown.findIndex(({ name }) => name === active);
  return signature(parts, separators(parts.length), at);
}

const MOST_MEMBERS = 8;

function few(values: readonly string[]): string {
  return values.length > MOST_MEMBERS ? `${values.slice(0, MOST_MEMBERS).join('|')}|…` : values.join('|');
}
