/** A legacy `-drive file=rbd:…`, taken apart into what a block node and a device are given. */
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import { rbdMembers } from '../catalog/qemu-rbd.js';
import type { DriveTrace, NameOption } from '../simulate/model.js';

/** `host` and `port` of a monitor. */
export interface MonitorAddress {
  readonly host: string;
  readonly port: string;
}

export interface LegacyDrive {
  readonly id: string | null;
  readonly interface: string;
  readonly format: string;
  /** True where the text says something of the cache mode. */
  readonly cacheStated: boolean;
  readonly readOnly: boolean;
  readonly discard: 'unmap' | null;
  readonly detectZeroes: 'on' | 'unmap' | null;
  readonly nodeName: string | null;
  /** Properties that the device takes over, in order. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** The id of a secret object that the text names. */
  readonly secret: string | null;
  /** What the name says and a member can say. */
  readonly conf: string | null;
  readonly server: readonly MonitorAddress[] | null;
  readonly auth: readonly string[] | null;
  /** `auth_supported`, by which older managers say the same: the member says it of the client alone. */
  readonly authBy: 'auth_client_required' | 'auth_supported';
  readonly key: string | null;
  /** Options of Ceph for which the node has no member, the last of each name. */
  readonly leftovers: readonly (readonly [option: string, value: string])[];
}

/** Options of the drive that say nothing to an rbd image, or nothing once a device is named. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(['file', 'aio', 'index', 'boot']);
/** Options that are the device's own: later releases of QEMU refuse some of them on the drive. */
export const TO_DEVICE: ReadonlySet<string> = new Set(['serial', 'werror', 'rerror', 'addr']);
const OFF_ONLY: ReadonlySet<string> = new Set(['snapshot', 'copy-on-read']);
const FORMATS: ReadonlySet<string> = new Set(['raw', 'qcow2', 'rbd']);

/** Null where something in it has no place in a block node or device that could be shown to be the same. */
export function legacyDrive(trace: DriveTrace): LegacyDrive | null {
  const { syntax, releases } = trace;
  if (syntax.form !== 'drive' || !/^--?drive$/.test(syntax.flag) || syntax.name === null) return null;
  const options = new Map(syntax.options.filter(({ effective }) => effective).map(({ key, value }) => [key, value]));
  const booleans = qemuBehaviour(releases.qemu).booleans;
  const properties: (readonly [string, string])[] = [];
  const type = options.get('if') ?? 'ide';
  for (const [key, value] of options) {
    if (TO_DEVICE.has(key)) properties.push([key, value]);
    else if (OFF_ONLY.has(key) && booleans.get(value) !== false) return null;
    else if (!isReadElsewhere(key) && !OFF_ONLY.has(key) && !((key === 'bus' || key === 'unit') && type === 'none')) {
      return null;
    }
  }
  if (type !== 'none' && properties.some(([key]) => key === 'addr') && type !== 'virtio') return null;
  const format = options.get('format') ?? options.get('driver');
  const [discard, detectZeroes] = [options.get('discard'), options.get('detect-zeroes')];
  if (format === undefined || !FORMATS.has(format) || (options.get('media') ?? 'disk') !== 'disk') return null;
  const name = nameParts(trace);
  if (name === null) return null;
  return {
    id: syntax.id,
    interface: type,
    format,
    cacheStated: [...options.keys()].some((key) => key === 'cache' || key.startsWith('cache.')),
    readOnly: booleans.get(options.get('read-only') ?? options.get('readonly') ?? 'off') === true,
    discard: discard === 'unmap' || discard === 'on' ? 'unmap' : null,
    detectZeroes: detectZeroes === 'on' || detectZeroes === 'unmap' ? detectZeroes : null,
    nodeName: options.get('node-name') ?? null,
    properties,
    secret: options.get('file.key-secret') ?? options.get('file.password-secret') ?? null,
    ...name,
  };
}

function isReadElsewhere(key: string): boolean {
  return (
    WITHOUT_MEANING.has(key) ||
    /^(?:id|if|format|driver|media|cache|cache\.(?:direct|no-flush|writeback)|discard|detect-zeroes|read-?only|node-name)$/.test(
      key,
    ) ||
    /^file\.(?:key|password)-secret$/.test(key)
  );
}

type NameParts = Pick<LegacyDrive, 'conf' | 'server' | 'auth' | 'authBy' | 'key' | 'leftovers'>;

/** What stands behind the image's name; null where a part cannot be known. */
function nameParts(trace: DriveTrace): NameParts | null {
  const written = trace.syntax.name?.options ?? [];
  if (written.some(({ unknown }) => unknown)) return null;
  const last = new Map(written.map((option: NameOption) => [option.key.replaceAll(' ', '_'), option.value]));
  const members = new Set(rbdMembers(trace.releases.qemu).map(({ name }) => name));
  const conf = last.get('conf') ?? null;
  const key = last.get('key') ?? null;
  const monitors = last.get('mon_host');
  const server = monitors === undefined || !members.has('server') ? null : monitorAddresses(monitors);
  const authBy = last.has('auth_client_required') ? 'auth_client_required' : 'auth_supported';
  const modes = last.get(authBy)?.split(/[;, ]+/) ?? [];
  const isMember = members.has('auth-client-required') && modes.every((mode) => mode === 'cephx' || mode === 'none');
  const auth = modes.length > 0 && isMember ? modes : null;
  for (const name of ['id', 'conf', 'key']) last.delete(name);
  if (server !== null) last.delete('mon_host');
  if (auth !== null) last.delete(authBy);
  return { conf, key, server, auth, authBy, leftovers: [...last] };
}

/** Null where QEMU would not put the same text together from them. */
function monitorAddresses(text: string): readonly MonitorAddress[] | null {
  const found: MonitorAddress[] = [];
  for (const part of text.split(';')) {
    const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:,[\]]+)):(\d+)$/.exec(part);
    const host = match?.[1] ?? match?.[2];
    const port = match?.[3];
    if (host === undefined || port === undefined) return null;
    found.push({ host, port });
  }
  return found;
}
