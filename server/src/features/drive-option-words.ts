/**
 * What the options of a drive, a node, a device and a secret mean, as far as they bear on a disk on Ceph. One or two
 * sentences each, in our own words; made when asked for, since the language is known only then.
 */
import * as l10n from '@vscode/l10n';

type Words = Readonly<Record<string, () => string>>;

const MODES: Words = {
  none: () =>
    l10n.t(
      'No host cache: QEMU asks librbd for no RBDCache, and the guest is shown a write cache that it has to flush.',
    ),
  writeback: () => l10n.t('QEMU asks librbd for RBDCache; the guest is shown a write cache and has to flush it.'),
  writethrough: () => l10n.t('The guest is shown no write cache; since QEMU 1.2 QEMU flushes after every write.'),
  directsync: () =>
    l10n.t('Like none, but the guest is shown no write cache and (since QEMU 1.2) QEMU flushes after every write.'),
  unsafe: () => l10n.t('Like writeback, but the guest’s flushes are thrown away: they never reach librbd.'),
};

const conf = (): string => l10n.t('The ceph.conf to read; it must be there, unlike the default one.');
const key = (): string => l10n.t('The cephx key itself, readable in the list of processes.');
const keyring = (): string => l10n.t('The file that holds the cephx key.');
const monitors = (): string => l10n.t('The monitors to connect to.');
const cannotWrite = (): string => l10n.t('The guest cannot write.');
const limit = (): string => l10n.t('Limits the disk’s bytes or requests a second; 0 is no limit.');

const OPTIONS: Words = {
  file: () => l10n.t('The disk: for Ceph `rbd:pool/image@snapshot` followed by `:key=value` for librados.'),
  cache: () =>
    l10n.t(
      'The cache mode: three switches in one word (direct, no-flush, and whether the guest is shown a write cache).',
    ),
  'cache.direct': () => l10n.t('On: no host cache; for rbd it turns RBDCache off where QEMU decides it.'),
  'cache.no-flush': () => l10n.t('On: the guest’s flushes are thrown away.'),
  'cache.writeback': () => l10n.t('Whether the guest is shown a write cache; off means a flush after every write.'),
  format: () =>
    l10n.t('How the image’s bytes are read; `raw` for rbd. Without it QEMU looks at the guest’s data to guess.'),
  driver: () => l10n.t('The block driver of this node.'),
  if: () => l10n.t('The bus that the disk is attached to; `none` where a `-device` names it.'),
  id: () => l10n.t('The drive’s name, for `-device drive=` and the monitor.'),
  'node-name': () => l10n.t('The node’s name, for `-device drive=` and the monitor.'),
  aio: () => l10n.t('How host files are read; it means nothing for rbd.'),
  discard: () => l10n.t('Whether the guest’s discards reach the image.'),
  'detect-zeroes': () => l10n.t('Whether writes of zeroes become cheaper operations; `unmap` needs `discard=unmap`.'),
  readonly: cannotWrite,
  'read-only': cannotWrite,
  'auto-read-only': () =>
    l10n.t('Where the image cannot be written, it is opened for reading instead of being refused.'),
  'force-share': () => l10n.t('Opens the image although another process has it; only for reading.'),
  snapshot: () => l10n.t('Writes go to a temporary overlay and are lost at the end.'),
  serial: () => l10n.t('The disk’s serial number as the guest sees it.'),
  media: () => l10n.t('`disk` or `cdrom`.'),
  index: () => l10n.t('The disk’s place among those of its interface.'),
  bus: () => l10n.t('The bus of its interface that the disk is on.'),
  unit: () => l10n.t('The disk’s place on its bus.'),
  'copy-on-read': () => l10n.t('What is read from a backing image is kept in this one.'),
  werror: () => l10n.t('What happens when a write fails.'),
  rerror: () => l10n.t('What happens when a read fails.'),
  bps: limit,
  iops: limit,
  'throttling.bps-total': limit,
  'throttling.iops-total': limit,
  pool: () => l10n.t('The pool that holds the image.'),
  namespace: () => l10n.t('The namespace in the pool (since QEMU 5.0).'),
  image: () => l10n.t('The image in the pool.'),
  snap: () => l10n.t('A snapshot of the image; it is read-only.'),
  conf,
  user: () => l10n.t('The client id, without `client.`.'),
  'key-secret': () => l10n.t('The `-object secret` that holds the cephx key.'),
  server: () => l10n.t('The monitors, each with host and port; they outrank those of the ceph.conf.'),
  host: () => l10n.t('A monitor’s host name or address.'),
  port: () => l10n.t('A monitor’s port.'),
  'auth-client-required': () => l10n.t('The ways to log in that the client accepts.'),
  encrypt: () => l10n.t('The image is encrypted by librbd; a secret opens it (since QEMU 6.1).'),
  keyring,
  key,
  mon_host: monitors,
};

/** The same key is a client id in an `rbd:` name and the drive's own name in the options around it. */
const NAME_KEYS: Words = {
  id: () => l10n.t('The client id, without `client.`; it also chooses the section of ceph.conf.'),
  conf,
  key,
  keyring,
  mon_host: monitors,
};

const DEVICE: Words = {
  driver: () => l10n.t('What the guest sees: a disk of that kind.'),
  drive: () => l10n.t('The disk behind it: the id of a `-drive` or the name of a node.'),
  id: () => l10n.t('The device’s name, for the monitor.'),
  bus: () => l10n.t('The bus that the device is plugged into.'),
  bootindex: () => l10n.t('Its place among what the firmware boots from; the lowest comes first.'),
  'write-cache': () =>
    l10n.t('Whether the guest is shown a write cache; off means a flush after every write. RBDCache stays as it is.'),
  'share-rw': () => l10n.t('The image may be written by others at the same time.'),
  'config-wce': () => l10n.t('The guest may switch its write cache.'),
  iothread: () => l10n.t('The `-object iothread` that works for this disk.'),
  'num-queues': () => l10n.t('How many queues the guest may use.'),
  'queue-size': () => l10n.t('How many requests a queue holds.'),
};

const SECRET: Words = {
  'qom-type': () => l10n.t('The kind of object; `secret` holds a key.'),
  id: () => l10n.t('The secret’s name, for `key-secret=`.'),
  file: () => l10n.t('The file that holds the key; nobody reads it in the list of processes.'),
  data: () => l10n.t('The key itself, readable in the list of processes.'),
  format: () => l10n.t('`base64` for a key as `ceph auth get-key` prints it, `raw` for its bytes.'),
  keyid: () => l10n.t('Another secret that this one is encrypted with.'),
  iv: () => l10n.t('The initialization vector of an encrypted secret.'),
};

const FLAGS: Words = {
  drive: () => l10n.t('A disk: its file, its cache mode, and how the guest sees it.'),
  blockdev: () => l10n.t('A block node; a `-device` shows it to the guest.'),
  device: () => l10n.t('A device of the guest; `drive=` names the disk behind it.'),
  object: () => l10n.t('An object; `secret` holds a cephx key.'),
  snapshot: () => l10n.t('Writes of every `-drive` go to temporary overlays and are lost at the end.'),
  hda: () => l10n.t('The first IDE disk, by its file name alone.'),
  hdb: () => l10n.t('The second IDE disk, by its file name alone.'),
  cdrom: () => l10n.t('A CD-ROM, by its file name alone.'),
};

function say(words: Words, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name]?.() : undefined;
}

export function cacheModeMeaning(mode: string): string | undefined {
  return say(MODES, mode);
}

/** Undefined where there is nothing to say that the key itself does not. */
export function driveOptionMeaning(option: string): string | undefined {
  return say(OPTIONS, option) ?? say(OPTIONS, lastMember(option));
}

/** `file.server.0.host` is a `host`. */
function lastMember(option: string): string {
  const bare = option.replace(/^(file\.|driver\.)+/, '');
  return Object.hasOwn(OPTIONS, bare) ? bare : (bare.split('.').findLast((part) => !/^\d+$/.test(part)) ?? bare);
}

export function nameOptionMeaning(option: string): string | undefined {
  return say(NAME_KEYS, option);
}

export function deviceOptionMeaning(option: string): string | undefined {
  return say(DEVICE, option) ?? driveOptionMeaning(option);
}

export function secretMemberMeaning(member: string): string | undefined {
  return say(SECRET, member);
}

/** `flag` without its dash. */
export function flagMeaning(flag: string): string | undefined {
  return say(FLAGS, flag);
}

export const CACHE_MODES: readonly string[] = Object.keys(MODES);
