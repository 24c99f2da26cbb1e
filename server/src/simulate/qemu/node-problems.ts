/** What a driver refuses of its node: what is missing, what it cannot do, what nobody knows. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isDriver } from '../../catalog/qemu-drivers.js';
import { type DriverMembers, driverMembers } from '../../catalog/qemu-rbd.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import { isUnknown } from './flat-options.js';
import type { NodeInput } from './node.js';
import type { RbdPlan } from './plan.js';
import { firstInOrder } from './qdict-order.js';
import { fill, refusal } from './refusal.js';

/** Members of a driver's nodes; undefined where they are not known, as before 2.9. */
export function membersIn({ release }: NodeInput, driver: string | null): DriverMembers | undefined {
  const own = driver === null ? undefined : driverMembers(release, driver);
  return own?.members.length === 0 ? undefined : own;
}

/** The child that a driver's node cannot do without. */
export function neededChild(input: NodeInput, driver: string): string | undefined {
  return membersIn(input, driver)?.members.find(({ required, type }) => required && type === 'ref')?.name;
}

/** What a driver without backing files says of one. */
export function backingProblem({ options }: NodeInput): DriveError | null {
  const given = [...options].find(([key]) => isUnder(key, 'backing'))?.[1];
  if (given === undefined) return null;
  return refusal('open', 'backing-unsupported', "Driver doesn't support backing files", given.keySpan);
}

export function isUnder(key: string, name: string): boolean {
  return key === name || key.startsWith(`${name}.`);
}

/** A quorum is made of its `children`, whatever image its name opens. */
export function childrenProblem({ options, span }: NodeInput, driver: string | null): DriveError | null {
  if (driver !== 'quorum' || [...options.keys()].some((key) => key.startsWith('children.'))) return null;
  return refusal('open', 'file-missing', 'Number of provided children must be 1 or more', span);
}

/** What it refuses when its file is open. */
export function problemWhenOpen(
  input: NodeInput,
  behaviour: QemuBehaviour,
  driver: string | null,
  rbd: RbdPlan,
): DriveError | null {
  return (
    groupProblem(input, driver) ??
    copyProblem(input, driver, rbd) ??
    leftoverProblem(input, behaviour, driver ?? 'raw', behaviour.unknownOptionText)
  );
}

/** A throttle's group of limits is an object of its own. */
function groupProblem({ options, names, span }: NodeInput, driver: string | null): DriveError | null {
  const group = options.get('throttle-group');
  if (driver !== 'throttle' || (group !== undefined && (isUnknown(group) || names.hasGroup(group.value)))) return null;
  const message =
    group === undefined ? 'Please specify a throttle group' : `Throttle group '${group.value}' does not exist`;
  return refusal('open', 'node-missing', message, group?.valueSpan ?? span);
}

/** A node that copies what it reads writes below itself, read-only or not; an image's snapshot cannot be written. */
function copyProblem({ span }: NodeInput, driver: string | null, rbd: RbdPlan): DriveError | null {
  if (driver !== 'copy-on-read' || (rbd.readOnly !== true && rbd.snapshot === null)) return null;
  return refusal('open', 'read-only-below', 'Block node is read-only', rbd.snapshot?.span ?? span);
}

/** Options of a format node that nobody knows: the first that QEMU meets. */
export function leftoverProblem(
  input: NodeInput,
  behaviour: QemuBehaviour,
  driver: string,
  template: string,
): DriveError | null {
  const { options, device } = input;
  const left = firstInOrder(options, (key) => !key.includes(UNKNOWN) && !isFormatOption(input, driver, key, behaviour));
  if (left === null) return null;
  const text = template.replace('%f', () => driver).replace('%d', () => device);
  return refusal('open', 'unknown-option', fill(text, left[0]), left[1].keySpan);
}

/** The options of some drivers are not in the tables; they are taken as known. */
function isFormatOption(input: NodeInput, driver: string, key: string, behaviour: QemuBehaviour): boolean {
  if (driver === 'raw' || !isDriver(input.release, driver))
    return behaviour.rawOffset && (key === 'offset' || key === 'size');
  const known = membersIn(input, driver);
  if (known?.complete === true) return known.names.some((name) => isUnder(key, name));
  return driver !== 'rbd' && key !== 'cache';
}
