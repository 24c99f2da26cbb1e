/** What the options of a drive mean, as far as they bear on a disk on Ceph. One or two sentences each, in our own words. */

const MODES: Readonly<Record<string, string>> = {
  none: 'No host cache: QEMU asks librbd for no RBDCache, and the guest is shown a write cache that it has to flush.',
  writeback: 'QEMU asks librbd for RBDCache; the guest is shown a write cache and has to flush it.',
  writethrough: 'The guest is shown no write cache; since QEMU 1.2 QEMU flushes after every write.',
  directsync: 'Like none, but the guest is shown no write cache and (since QEMU 1.2) QEMU flushes after every write.',
  unsafe: 'Like writeback, but the guest’s flushes are thrown away: they never reach librbd.',
};

const OPTIONS: Readonly<Record<string, string>> = {
  file: 'The disk: for Ceph `rbd:pool/image@snapshot` followed by `:key=value` for librados.',
  cache: 'The cache mode: three switches in one word (direct, no-flush, and whether the guest is shown a write cache).',
  'cache.direct': 'On: no host cache; for rbd it turns RBDCache off where QEMU decides it.',
  'cache.no-flush': 'On: the guest’s flushes are thrown away.',
  'cache.writeback': 'Whether the guest is shown a write cache; off means a flush after every write.',
  format: 'How the image’s bytes are read; `raw` for rbd. Without it QEMU looks at the guest’s data to guess.',
  driver: 'The block driver of this node.',
  if: 'The bus that the disk is attached to; `none` where a `-device` names it.',
  id: 'The drive’s name, for `-device drive=` and the monitor.',
  'node-name': 'The node’s name, for `-device drive=` and the monitor.',
  aio: 'How host files are read; it means nothing for rbd.',
  discard: 'Whether the guest’s discards reach the image.',
  'detect-zeroes': 'Whether writes of zeroes become cheaper operations; `unmap` needs `discard=unmap`.',
  readonly: 'The guest cannot write.',
  'read-only': 'The guest cannot write.',
  snapshot: 'Writes go to a temporary overlay and are lost at the end.',
  serial: 'The disk’s serial number as the guest sees it.',
  media: '`disk` or `cdrom`.',
  werror: 'What happens when a write fails.',
  rerror: 'What happens when a read fails.',
  pool: 'The pool that holds the image.',
  namespace: 'The namespace in the pool (since QEMU 5.0).',
  image: 'The image in the pool.',
  snap: 'A snapshot of the image; it is read-only.',
  conf: 'The ceph.conf to read; it must be there, unlike the default one.',
  user: 'The client id, without `client.`.',
  'key-secret': 'The `-object secret` that holds the cephx key.',
  keyring: 'The file that holds the cephx key.',
  key: 'The cephx key itself, readable in the list of processes.',
  mon_host: 'The monitors to connect to.',
};

/** The same key is a client id in an `rbd:` name and the drive's own name in the options around it. */
const NAME_KEYS: Readonly<Record<string, string>> = {
  id: 'The client id, without `client.`; it also chooses the section of ceph.conf.',
  conf: OPTIONS['conf'] ?? '',
  key: OPTIONS['key'] ?? '',
  keyring: OPTIONS['keyring'] ?? '',
  mon_host: OPTIONS['mon_host'] ?? '',
};

export function cacheModeMeaning(mode: string): string | undefined {
  return MODES[mode];
}

/** Undefined where there is nothing to say that the key itself does not. */
export function driveOptionMeaning(key: string): string | undefined {
  return OPTIONS[key] ?? OPTIONS[key.replace(/^(file\.|driver\.)+/, '')];
}

export function nameOptionMeaning(key: string): string | undefined {
  return NAME_KEYS[key];
}

export const CACHE_MODES: readonly string[] = Object.keys(MODES);
