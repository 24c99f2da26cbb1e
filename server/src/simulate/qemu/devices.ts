/** `-device`: which drive it takes, and what it says about the write cache. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { Given } from './command-line.js';
import type { Settings } from './settings.js';

export interface Device {
  readonly driver: string;
  /** The drive's id or the node's name. */
  readonly drive: string | null;
  /** Null: absent, or `auto`. */
  readonly writeCache: boolean | null;
  /** `write-cache=`, where its value cannot be known. */
  readonly unknown: Span | null;
}

/** With what `settings` say of it and of its kind. */
export function readDevice(given: Given, release: QemuRelease, settings: Settings | null = null): Device {
  const properties = propertiesOf(given, release);
  const last = (key: string) => properties.findLast((property) => property.key === key) ?? null;
  const id = properties.find(({ key }) => key === 'id')?.value ?? null;
  for (const { key, value, valueSpan } of settings?.of('device', id, given.index) ?? [])
    properties.push({ key, value, span: valueSpan });
  const driver = last('driver')?.value ?? '';
  const cache = last('write-cache') ?? settings?.ofKind(driver, 'write-cache') ?? null;
  return { driver, drive: last('drive')?.value ?? null, ...writeCache(cache, release) };
}

/** The device that the machine makes for a drive by itself, where something is said of its kind. */
export function machineDevice(type: string, media: string, release: QemuRelease, settings: Settings): Device | null {
  const driver = type === 'virtio' ? 'virtio-blk' : type === 'ide' ? (media === 'cdrom' ? 'ide-cd' : 'ide-hd') : '';
  const cache = settings.ofKind(driver, 'write-cache');
  return cache === null ? null : { driver, drive: null, ...writeCache(cache, release) };
}

interface Property {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

function writeCache(
  said: Pick<Property, 'value' | 'span'> | null,
  release: QemuRelease,
): Pick<Device, 'writeCache' | 'unknown'> {
  if (said === null) return { writeCache: null, unknown: null };
  if (said.value.includes(UNKNOWN)) return { writeCache: null, unknown: said.span };
  return { writeCache: qemuBehaviour(release).booleans.get(said.value) ?? null, unknown: null };
}

function propertiesOf({ argument }: Given, release: QemuRelease): Property[] {
  const behaviour = qemuBehaviour(release);
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object') return [];
    return tree.members.flatMap(({ key, value }) =>
      value.kind === 'string' || value.kind === 'boolean' ? [{ key, value: value.text, span: value.span }] : [],
    );
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'driver' });
  return tree.options.map(({ key, value, valueStart, end }) => ({
    key,
    value,
    span: argument.span(valueStart, end),
  }));
}

/** Whether the guest writes through it: a CD-ROM never does. */
export function writes(device: Device): boolean {
  return !device.driver.includes('cd');
}
