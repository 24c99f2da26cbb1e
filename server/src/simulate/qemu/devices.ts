/** `-device`: which drive it takes, and what it says about the write cache. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { Given } from './command-line.js';

export interface Device {
  readonly driver: string;
  /** The drive's id or the node's name. */
  readonly drive: string | null;
  /** Null: absent, or `auto`. */
  readonly writeCache: boolean | null;
  /** `write-cache=`, where its value cannot be known. */
  readonly unknown: Span | null;
}

export function readDevice(given: Given, release: QemuRelease): Device {
  const behaviour = qemuBehaviour(release);
  const { argument } = given;
  let driver = '';
  let drive: string | null = null;
  let writeCache: boolean | null = null;
  let unknown: Span | null = null;
  const take = (key: string, value: string, span: Span): void => {
    if (key === 'driver') driver = value;
    else if (key === 'drive') drive = value;
    else if (key === 'write-cache') {
      if (value.includes(UNKNOWN)) unknown = span;
      else writeCache = behaviour.booleans.get(value) ?? null;
    }
  };
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind === 'object') {
      for (const { key, value } of tree.members) {
        if (value.kind === 'string' || value.kind === 'boolean') take(key, value.text, value.span);
      }
    }
    return { driver, drive, writeCache, unknown };
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'driver' });
  for (const option of tree.options) take(option.key, option.value, argument.span(option.valueStart, option.end));
  return { driver, drive, writeCache, unknown };
}

/** Whether the guest writes through it: a CD-ROM never does. */
export function writes(device: Device): boolean {
  return !device.driver.includes('cd');
}
