/** The drivers of block nodes, and what names of files may begin with. Source: data/qemu-drivers.json. */
import data from './data/qemu-drivers.json' with { type: 'json' };
import { knownAt, perSeries } from './qemu-timeline.js';
import type { QemuRelease } from './releases.js';

const driversInSeries = perSeries((position) => {
  const known = (table: Readonly<Record<string, string>>) => new Set(knownAt(table, position));
  return { protocols: known(data.protocols), formats: known(data.formats) };
});

export function isProtocolDriver(release: QemuRelease, name: string): boolean {
  const { protocols, formats } = driversInSeries(release);
  return protocols.has(name) && !formats.has(name);
}

export function isDriver(release: QemuRelease, name: string): boolean {
  const { protocols, formats } = driversInSeries(release);
  return protocols.has(name) || formats.has(name);
}

export function driverNames(release: QemuRelease): readonly string[] {
  const { protocols, formats } = driversInSeries(release);
  return [...new Set([...formats, ...protocols])];
}

/** Whether some build of some release may take it for a protocol. */
export function isNamePrefix(prefix: string): boolean {
  return data.prefixes.includes(prefix);
}
