/** Members of rbd block nodes. */
import data from './data/qemu-rbd-members.json' with { type: 'json' };
import { perSeries, positionOf } from './qemu-timeline.js';
import type { QemuRelease } from './releases.js';

/** `ref`: another node, or the name of one. `any`: not looked into. */
export type MemberType = (typeof MEMBER_TYPES)[number];

const MEMBER_TYPES = ['str', 'bool', 'int', 'enum', 'object', 'list', 'ref', 'ref-or-null', 'any'] as const;

/** A member of a node, as a release has it. */
export interface MemberInfo {
  readonly name: string;
  readonly type: MemberType;
  readonly since: string;
  readonly required: boolean;
  /** Values of an enumeration. */
  readonly values: ReadonlySet<string>;
  /** Members of an object. */
  readonly members: readonly MemberInfo[];
  /** What a list holds. */
  readonly items: MemberInfo | null;
  readonly default: string | null;
}

interface MemberRow {
  readonly member: string;
  readonly type: string;
  readonly since: string;
  readonly required: boolean;
  readonly values?: readonly { readonly value: string; readonly since: string }[];
  readonly members?: readonly MemberRow[] | string;
  readonly items?: MemberRow;
  readonly default?: string;
}

function memberType(text: string): MemberType {
  return MEMBER_TYPES.find((type) => type === text) ?? 'str';
}

/** Members that came later than `position` are left out; `same` stands for the enclosing object. */
function membersAt(rows: readonly MemberRow[], position: number): MemberInfo[] {
  const made: MemberInfo[] = [];
  for (const row of rows) {
    if (positionOf(row.since) <= position) made.push(memberAt(row, position, made));
  }
  return made;
}

function memberAt(row: MemberRow, position: number, enclosing: MemberInfo[]): MemberInfo {
  const { members } = row;
  return {
    name: row.member,
    type: memberType(row.type),
    since: row.since,
    required: row.required,
    values: new Set((row.values ?? []).filter(({ since }) => positionOf(since) <= position).map(({ value }) => value)),
    members: typeof members === 'string' ? enclosing : membersAt(members ?? [], position),
    items: row.items === undefined ? null : memberAt(row.items, position, []),
    default: row.default ?? null,
  };
}

/** Members of a node of some driver. */
export interface DriverMembers {
  /** The driver takes no others. */
  readonly complete: boolean;
  readonly members: readonly MemberInfo[];
  /** What -drive takes: the members, and what no schema has. */
  readonly names: readonly string[];
}

interface DriverRow {
  readonly driver: string;
  readonly complete: boolean;
  readonly members: readonly MemberRow[];
  readonly inDrives?: readonly string[];
}

const inSeries = perSeries((position) => {
  const rows: readonly DriverRow[] = [{ driver: 'rbd', complete: true, members: data.rbd }, ...data.drivers];
  const drivers = rows.map(({ driver, complete, members, inDrives = [] }): [string, DriverMembers] => {
    const known = membersAt(members, position);
    return [driver, { complete, members: known, names: [...known.map(({ name }) => name), ...inDrives] }];
  });
  return {
    common: membersAt(data.common, position),
    legacy: membersAt(data.legacy, position),
    drivers: new Map(drivers),
  };
});

/** Members of an rbd node, in the order in which the schema is gone through. Empty before 2.9. */
export function rbdMembers(release: QemuRelease): readonly MemberInfo[] {
  return driverMembers(release, 'rbd')?.members ?? [];
}

/** Members of a driver's nodes; undefined where they are not in the tables. */
export function driverMembers(release: QemuRelease, driver: string): DriverMembers | undefined {
  return inSeries(release).drivers.get(driver);
}

/** Members of every block node. Empty before 2.9. */
export function commonMembers(release: QemuRelease): readonly MemberInfo[] {
  return inSeries(release).common;
}

/** Members that only `-drive` (as `file.…`) and json: names know. */
export function legacyMembers(release: QemuRelease): readonly MemberInfo[] {
  return inSeries(release).legacy;
}
