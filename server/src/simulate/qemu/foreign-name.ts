/**
 * File names that are no rbd image: what QEMU refuses for certain. Whether a file is there, or a server answers, is not
 * ours to say. Source: path_has_protocol and bdrv_find_protocol in block.c.
 */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isNamePrefix } from '../../catalog/qemu-drivers.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { Span } from '../../syntax/span.js';
import { type ChainPlan, NOTHING_PLANNED } from './plan.js';
import { errnoText, refusal } from './refusal.js';

/** A name whose beginning says how it is opened. */
export function foreignName(behaviour: QemuBehaviour, name: string, span: Span): ChainPlan {
  const prefix = prefixOf(name);
  if (prefix === null) return foreignPath(name, span);
  if (prefix === 'file') {
    const path = name.slice(5);
    return path.startsWith('rbd:') ? foreignPath(path, span) : NOTHING_PLANNED;
  }
  if (isNamePrefix(prefix) || isDriveLetter(prefix) || prefix.includes(UNKNOWN)) return NOTHING_PLANNED;
  const message = behaviour.unknownProtocolText.replace('%s', () => cut(prefix)).replace('%f', () => name);
  return { ...NOTHING_PLANNED, before: refusal('args', 'unknown-protocol', message, span) };
}

/** A name that is a path, whatever its beginning. One that was meant for an rbd image is no file. */
export function foreignPath(name: string, span: Span): ChainPlan {
  if (!MEANT_FOR_RBD.test(name)) return NOTHING_PLANNED;
  return { ...NOTHING_PLANNED, before: refusal('args', 'not-a-file', noSuchFile(name), span) };
}

/** A name that a driver, given by its own name, reads in its own way. */
export function nameForDriver(driver: string, name: string, span: Span): ChainPlan {
  const text = MEANT_FOR_RBD.test(name) ? WITHOUT_PREFIX.get(driver) : undefined;
  if (text === undefined) return foreignPath(name, span);
  return { ...NOTHING_PLANNED, before: refusal('args', 'not-a-file', text, span) };
}

const WITHOUT_PREFIX: ReadonlyMap<string, string> = new Map([
  ['blkverify', 'A block device must be specified for "raw"'],
  ['nbd', "File name string for NBD must start with 'nbd:'"],
  ['null-aio', "The only allowed filename for this driver is 'null-aio://'"],
  ['null-co', "The only allowed filename for this driver is 'null-co://'"],
  ['vvfat', "File name string must start with 'fat:'"],
]);

const MEANT_FOR_RBD = /^rbd(?:[/:\\]|$)/i;

/** What stands before the first colon, unless that is part of a path. */
function prefixOf(name: string): string | null {
  const end = name.search(/[:/]/);
  return name[end] === ':' ? name.slice(0, end) : null;
}

/** `C:` is a path where QEMU was built for Windows. */
function isDriveLetter(prefix: string): boolean {
  return /^[A-Za-z]$/.test(prefix);
}

/** QEMU's complaint has room for so many bytes of the prefix. */
const PREFIX_SHOWN = 127;

function cut(prefix: string): string {
  return Buffer.byteLength(prefix) <= PREFIX_SHOWN ? prefix : Buffer.from(prefix).toString('utf8', 0, PREFIX_SHOWN);
}

/** The kernel goes along the path: what stands behind its first folder, which is not there, is never looked at. */
function noSuchFile(name: string): string {
  const [first = ''] = name.split('/', 1);
  const isTooLong = Buffer.byteLength(name) > LONGEST_PATH || Buffer.byteLength(first) > LONGEST_PART;
  return `Could not open '${name}': ${errnoText(isTooLong ? -36 : -2)}`;
}

/** In bytes. */
const LONGEST_PATH = 4095;
const LONGEST_PART = 255;
