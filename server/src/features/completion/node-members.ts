/** What can stand in a block node, in a device and in a secret: one shape for JSON and for dotted keys. */
import { type DeviceProperty, deviceProperties, devices, secretMembers } from '../../catalog/qemu-devices.js';
import { driverNames, isProtocolDriver } from '../../catalog/qemu-drivers.js';
import { commonMembers, type MemberInfo, type MemberType, rbdMembers } from '../../catalog/qemu-rbd.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { Topic } from './view.js';

export type MemberShape = 'text' | 'bool' | 'number' | 'enum' | 'object' | 'list' | 'node';

export interface MemberOffer {
  readonly name: string;
  readonly shape: MemberShape;
  readonly values: readonly string[];
  readonly default: string | null;
  readonly required: boolean;
  readonly topic: Topic;
  /** Lower comes first. */
  readonly rank: number;
  /** Of an object. */
  readonly members: readonly MemberOffer[];
  /** Of a list. */
  readonly items: MemberOffer | null;
}

/** What is at the end of a path: members to choose from, or a value. */
export type AtPath =
  | { readonly kind: 'members'; readonly members: readonly MemberOffer[] }
  | { readonly kind: 'value'; readonly member: MemberOffer };

/** Tells the driver of the node at a path, as it is written; null: it is not. */
export type DriverAt = (path: readonly string[]) => string | null;

/** Image formats that people put above rbd, the right one first. */
const FORMATS = ['raw', 'qcow2', 'luks', 'qed', 'vmdk', 'vdi', 'vpc', 'vhdx', 'parallels', 'qcow'] as const;
const FIRST = ['driver', 'node-name', 'pool', 'namespace', 'image', 'user', 'conf', 'key-secret', 'cache', 'file'];
/** Formats that need a node below. */
const ABOVE_A_NODE: ReadonlySet<string> = new Set([...FORMATS, 'throttle', 'copy-on-read', 'bochs', 'cloop', 'dmg']);

export function imageFormats(release: QemuRelease): readonly string[] {
  const known = new Set(driverNames(release));
  return FORMATS.filter((name) => known.has(name));
}

/** At a path in a `-blockdev` and the nodes below it. */
export function nodeAt(release: QemuRelease, path: readonly string[], driverAt: DriverAt): AtPath | null {
  let members = nodeMembers(release, driverAt([]), true);
  for (let depth = 1; depth <= path.length; depth++) {
    const member = members.find(({ name }) => name === path[depth - 1]);
    if (member === undefined) return null;
    if (member.shape !== 'node') return below(member, path.slice(depth));
    if (depth === path.length) return { kind: 'value', member };
    members = nodeMembers(release, driverAt(path.slice(0, depth)), false);
  }
  return { kind: 'members', members };
}

/** What may stand in the node or object at a path; null where there is none. */
export function membersBelow(
  release: QemuRelease,
  path: readonly string[],
  driverAt: DriverAt,
): readonly MemberOffer[] | null {
  const at = nodeAt(release, path, driverAt);
  if (at === null || at.kind === 'members') return at?.members ?? null;
  if (at.member.shape === 'node') return nodeMembers(release, driverAt(path), false);
  return at.member.shape === 'object' ? at.member.members : null;
}

/** At a path in flat members, such as those of a device. */
export function flatAt(members: readonly MemberOffer[], path: readonly string[]): AtPath | null {
  const [step] = path;
  if (step === undefined) return { kind: 'members', members };
  const member = members.find(({ name }) => name === step);
  return member === undefined ? null : below(member, path.slice(1));
}

function below(member: MemberOffer, path: readonly string[]): AtPath | null {
  const [step] = path;
  if (step === undefined) return { kind: 'value', member };
  if (member.shape === 'object') return flatAt(member.members, path);
  if (member.shape !== 'list' || member.items === null || !/^\d+$/.test(step)) return null;
  return below(member.items, path.slice(1));
}

export function nodeMembers(release: QemuRelease, driver: string | null, isRoot: boolean): readonly MemberOffer[] {
  const common = commonMembers(release).map((member) => offerOf(member, isRoot));
  const own = driver === 'rbd' ? rbdMembers(release).map((member) => offerOf(member, isRoot)) : [];
  const child = driver !== null && ABOVE_A_NODE.has(driver) ? [fileOffer()] : [];
  return [
    ...common.map((member) => (member.name === 'driver' ? driverOffer(release, member) : member)),
    ...own,
    ...child,
  ];
}

function driverOffer(release: QemuRelease, member: MemberOffer): MemberOffer {
  const known = driverNames(release);
  const first = ['rbd', 'raw', 'qcow2', 'luks'].filter((name) => known.includes(name));
  const others = known.filter((name) => !first.includes(name) && !isProtocolDriver(release, name)).sort();
  const protocols = known.filter((name) => !first.includes(name) && isProtocolDriver(release, name)).sort();
  return { ...member, shape: 'enum', values: [...first, ...protocols, ...others] };
}

function fileOffer(): MemberOffer {
  return {
    name: 'file',
    shape: 'node',
    values: [],
    default: null,
    required: true,
    topic: { about: 'member', name: 'file' },
    rank: rankOf('file'),
    members: [],
    items: null,
  };
}

const SHAPES: Readonly<Record<MemberType, MemberShape>> = {
  str: 'text',
  any: 'text',
  int: 'number',
  bool: 'bool',
  enum: 'enum',
  object: 'object',
  list: 'list',
  ref: 'node',
  'ref-or-null': 'node',
};

function offerOf(member: MemberInfo, isRoot: boolean, parents: readonly string[] = []): MemberOffer {
  const { name, type } = member;
  const path = name === '' ? parents : [...parents, name];
  // An `encrypt` may hold another one, without end.
  const members = path.length > DEEPEST ? [] : member.members.map((one) => offerOf(one, false, path));
  return {
    name,
    shape: SHAPES[type],
    values: type === 'bool' ? ['on', 'off'] : [...member.values],
    default: member.default,
    required: member.required || (isRoot && name === 'node-name'),
    topic: { about: 'member', name: path.join('.') },
    rank: rankOf(name),
    members,
    items: member.items === null ? null : offerOf(member.items, false, path),
  };
}

const DEEPEST = 3;

function rankOf(name: string): number {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
}

function flatOffer(about: Topic['about'], { name, type, values, default: byDefault }: DeviceProperty, rank: number) {
  const shape: MemberShape = type === 'string' ? 'text' : type;
  return {
    name,
    shape,
    values: type === 'bool' ? ['on', 'off'] : values,
    default: byDefault,
    required: false,
    topic: { about, name },
    rank,
    members: [],
    items: null,
  };
}

/** Members of a `-device`, its driver among them. */
export function deviceMembers(release: QemuRelease, driver: string | null): readonly MemberOffer[] {
  const drivers = flatOffer(
    'device',
    {
      name: 'driver',
      type: 'enum',
      since: '0.14',
      values: devices(release).map(({ name }) => name),
      default: null,
      families: null,
    },
    0,
  );
  const own = deviceProperties(release, driver ?? '').map((one, at) => flatOffer('device', one, at + 1));
  return [{ ...drivers, required: true }, ...own];
}

/** Members of an `-object`; of other objects than secrets nothing is known here. */
export function objectMembers(release: QemuRelease, type: string | null): readonly MemberOffer[] {
  const secret = secretMembers(release);
  if (secret.length === 0) return [];
  const types = flatOffer(
    'object',
    { name: 'qom-type', type: 'enum', since: '2.6', values: ['secret'], default: null, families: null },
    0,
  );
  const own = type === 'secret' ? secret.map((one, at) => flatOffer('object', one, at + 1)) : [];
  return [{ ...types, required: true }, ...own.map((one) => ({ ...one, required: one.name === 'id' }))];
}
