/** What the machine and its devices make of a drive when its image is open, or has none. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveError, DriveSyntax, QemuNotice } from '../model.js';
import type { CommandLine, Given } from './command-line.js';
import { type Device, writes } from './devices.js';
import type { DrivePlan } from './drive.js';
import type { RbdPlan } from './plan.js';
import { refusal } from './refusal.js';

interface DriveOnMachine {
  /** `if=`: a device of the machine takes it up by itself; null for a block node. */
  readonly interface: string | null;
  readonly devices: readonly Device[];
  readonly readOnly: boolean;
  readonly copyOnRead: boolean;
  /** `snapshot=on`: what is written goes elsewhere. */
  readonly snapshot: boolean;
  /** The guest is still elsewhere: no device asks whether it may write. */
  readonly incoming: boolean;
  /** Nodes between the image and the device that were given by themselves. */
  readonly nodesAbove?: readonly DriveSyntax[];
}

/** What a snapshot in the name means for a drive that something writes to: for the rbd driver, and later for a device. */
export function snapshotName(
  behaviour: QemuBehaviour,
  drive: DriveOnMachine,
  rbd: RbdPlan,
): {
  readonly driver: DriveError | null;
  readonly device: DriveError | null;
  readonly notices: readonly QemuNotice[];
} | null {
  if (rbd.snapshot === null || drive.snapshot || drive.readOnly || rbd.readOnly === true) return null;
  const { span } = rbd.snapshot;
  const how = behaviour.snapshotName;
  if (how === 'notice') {
    const message =
      'Opening rbd snapshots without an explicit read-only=on option is deprecated. Future versions will refuse to open the image ' +
      'instead of automatically marking the image read-only.';
    return { driver: null, device: null, notices: [{ code: 'snapshot-read-only', message, span }] };
  }
  if (how === 'read-only') return null;
  // A node that copies on read cannot be made read-only.
  if (how === 'explicit' && (rbd.autoReadOnly !== true || (drive.copyOnRead && rbd.isTop))) {
    const driver = refusal('open', 'snapshot-read-only', 'rbd snapshots are read-only', span);
    return { driver, device: null, notices: [] };
  }
  const isRefused = how === 'explicit' && isNextToDevice(drive, rbd) ? isIdeDisk(drive) : isWritten(drive);
  if (!isRefused || drive.incoming) return null;
  return { driver: null, device: refusal('open', 'snapshot-read-only', 'Block node is read-only', span), notices: [] };
}

/** Interfaces whose devices write. */
const WRITTEN: ReadonlySet<string> = new Set(['virtio', 'ide', 'scsi', 'pflash', 'floppy']);

/** The device sees that the rbd node is read-only; a node between them does not pass that on. */
function isNextToDevice({ nodesAbove = [] }: DriveOnMachine, rbd: RbdPlan): boolean {
  return rbd.isTop && nodesAbove.length === 0;
}

/** Of the devices that write, the only one that cannot do without. */
function isIdeDisk({ interface: type, devices }: DriveOnMachine): boolean {
  if (devices.length > 0) return devices.some(({ driver }) => driver === 'ide-hd' || driver === 'ide-drive');
  return type === 'ide';
}

function isWritten({ interface: type, devices }: DriveOnMachine): boolean {
  if (devices.length > 0) return devices.some(writes);
  return type !== null && WRITTEN.has(type);
}

/** Interfaces whose drives are the board's business. */
const OF_BOARDS: ReadonlySet<string> = new Set(['floppy', 'ide', 'mtd', 'pflash', 'scsi', 'sd', 'xen']);

/** A drive that a pc takes up by itself, and a device too; or that neither does. Other machines are left alone. */
export function misplacedDrive(
  behaviour: QemuBehaviour,
  { machine, hasMore }: CommandLine,
  plan: DrivePlan,
  devices: readonly Device[],
): DriveError | null {
  if (!behaviour.unusedDriveFatal || hasMore || (machine !== null && !/^(?:pc|q35)/.test(machine))) return null;
  const type = plan.interface;
  const id = plan.id?.value;
  const isAsked = id !== undefined && devices.some(({ drive }) => drive === id);
  const span = plan.written.findLast(({ key }) => key === 'if')?.span ?? null;
  if (isAsked && (type === 'virtio' || isOnPc(plan, machine))) {
    const message = `Drive '${id}' is already in use because it has been automatically connected to another device (did you need 'if=none' in the drive options?)`;
    return refusal('open', 'drive-in-use', message, span ?? plan.id?.span ?? null);
  }
  if (!OF_BOARDS.has(type) || isOnPc(plan, machine)) return null;
  if ((type === 'scsi' && !behaviour.unusedScsiFatal) || (isAsked && !behaviour.unusedBeforeDevices)) return null;
  const { bus, unit } = plan.place;
  return refusal('open', 'drive-unused', `machine type does not support if=${type},bus=${bus},unit=${unit}`, span);
}

/** True where a pc has a place for the drive. */
function isOnPc({ interface: type, place: { bus, unit } }: DrivePlan, machine: string | null): boolean {
  if (type === 'floppy' || type === 'pflash') return unit < 2;
  return type === 'ide' && bus >= 0 && bus < (isQ35(machine) ? 6 : 2);
}

export function isQ35(machine: string | null): boolean {
  return machine !== null && /^(?:pc-)?q35/.test(machine);
}

/** An IDE disk is never read-only. Said only where the interface is stated: another machine may have another default. */
export function readOnlyDisk(behaviour: QemuBehaviour, plan: DrivePlan, incoming: boolean): DriveError | null {
  const text = incoming ? behaviour.readOnlyIncomingText : behaviour.readOnlyDiskText;
  if (text === null || !plan.readOnly || plan.media === 'cdrom' || plan.interface !== 'ide') return null;
  const option = plan.written.findLast(({ key }) => key === 'if');
  if (option === undefined) return null;
  const by = plan.written.findLast(({ key }) => key === 'readonly' || key === 'read-only');
  return refusal('open', 'read-only-disk', text, by?.span ?? option.span);
}

const WITHOUT_IMAGE: ReadonlySet<string> = new Set(
  'if format cache id media readonly serial index aio werror rerror bus unit'.split(' '),
);

/** A disk of the machine without an image. */
export function emptyDrive(drive: {
  readonly interface: string | null;
  readonly syntax: DriveSyntax;
  readonly given: Given;
}): DriveError | null {
  if (drive.interface !== 'virtio' || drive.syntax.options.some(({ key }) => !WITHOUT_IMAGE.has(key))) return null;
  return refusal('args', 'drive-empty', 'Device needs media, but drive is empty', drive.given.argument.span());
}
