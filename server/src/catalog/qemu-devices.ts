/** Devices that take a disk, `-object secret`, and their properties per release. Source: data/qemu-devices.json. */
import data from './data/qemu-devices.json' with { type: 'json' };
import { perSeries, positionOf } from './qemu-timeline.js';
import type { QemuRelease } from './releases.js';

export type PropertyType = 'string' | 'enum' | 'bool' | 'number';

export interface DeviceInfo {
  readonly name: string;
  readonly family: string;
  readonly isCdrom: boolean;
  /** What to write instead of a device that later releases do not have; null: they have it. */
  readonly replacement: string | null;
}

export interface DeviceProperty {
  readonly name: string;
  readonly type: PropertyType;
  readonly since: string;
  readonly values: readonly string[];
  readonly default: string | null;
  /** Which devices have it; null: all. */
  readonly families: readonly string[] | null;
}

interface PropertyRow {
  readonly name: string;
  readonly type: string;
  readonly since: string;
  readonly values?: readonly string[] | undefined;
  readonly default?: string | undefined;
  readonly families?: readonly string[] | undefined;
}

function propertyType(text: string): PropertyType {
  return text === 'enum' || text === 'bool' || text === 'number' ? text : 'string';
}

function property(row: PropertyRow): DeviceProperty {
  return {
    name: row.name,
    type: propertyType(row.type),
    since: row.since,
    values: row.values ?? [],
    default: row.default ?? null,
    families: row.families ?? null,
  };
}

const inSeries = perSeries((position) => {
  const known = <T extends { readonly since: string }>(rows: readonly T[]): readonly T[] =>
    rows.filter(({ since }) => positionOf(since) <= position);
  return {
    devices: known(data.devices)
      .filter((row) => !('removed' in row) || row.removed === undefined || positionOf(row.removed) > position)
      .map(
        (row): DeviceInfo => ({
          name: row.name,
          family: row.family,
          isCdrom: 'cdrom' in row && row.cdrom === true,
          replacement: 'replacement' in row ? (row.replacement ?? null) : null,
        }),
      ),
    properties: known<PropertyRow>(data.properties).map(property),
    secret: known<PropertyRow>(data.secret).map(property),
    jsonDevices: positionOf(data.json.device) <= position,
    jsonObjects: positionOf(data.json.object) <= position,
  };
});

/** Devices that take a disk, and the controllers that such hang on; the commonest first. */
export function devices(release: QemuRelease): readonly DeviceInfo[] {
  return inSeries(release).devices;
}

/** Properties of a device; of one that is not in the table, those that all have. */
export function deviceProperties(release: QemuRelease, device: string): readonly DeviceProperty[] {
  const { devices: all, properties } = inSeries(release);
  const family = all.find(({ name }) => name === device)?.family;
  return properties.filter(({ families }) => families === null || family === undefined || families.includes(family));
}

/** Members of `-object secret`; none where this release has no such object. */
export function secretMembers(release: QemuRelease): readonly DeviceProperty[] {
  return inSeries(release).secret;
}

/** Whether `-device`, `-object` take JSON. */
export function takesJson(release: QemuRelease, flag: 'device' | 'object'): boolean {
  const { jsonDevices, jsonObjects } = inSeries(release);
  return flag === 'device' ? jsonDevices : jsonObjects;
}

/** The names by which `-global` means a device, the one that counts most first. */
export function kindsOf(device: string): readonly string[] {
  const kinds: Readonly<Record<string, readonly string[]>> = data.kinds;
  return Object.hasOwn(kinds, device) ? (kinds[device] ?? []) : [device];
}
