/**
 * The order in which QEMU goes through a set of options: that of its hash tables, not that of the text. Decides which of
 * several mistakes it names. Source: tdb_hash and qdict_first in qobject/qdict.c (the same in all releases); the schema's
 * own set is a GHashTable (GLib's ghash.c, 2.66 to 2.84).
 */

const BUCKETS = 512;

/** The bucket that a key falls into. */
function bucketOf(key: string): number {
  const bytes = Buffer.from(key, 'utf8');
  let value = Math.imul(0x238f13af, bytes.length) >>> 0;
  for (let i = 0; i < bytes.length; i++) value = (value + ((bytes[i] ?? 0) << ((i * 5) % 24))) >>> 0;
  return ((Math.imul(1103515243, value) + 12345) >>> 0) % BUCKETS;
}

/** The entry that QEMU meets first among those that are wanted. */
export function firstInOrder<T>(
  entries: Iterable<readonly [string, T]>,
  wanted: (key: string, value: T) => boolean,
): readonly [string, T] | null {
  let first: readonly [string, T] | null = null;
  let bucket = BUCKETS;
  for (const entry of entries) {
    if (!wanted(entry[0], entry[1])) continue;
    const own = bucketOf(entry[0]);
    // Of two in one bucket the later one stands at its head.
    if (first !== null && own > bucket) continue;
    first = entry;
    bucket = own;
  }
  return first;
}

/** Sizes of a GHashTable and the prime that it divides by. */
const TABLES = [
  { size: 8, prime: 7 },
  { size: 16, prime: 13 },
  { size: 32, prime: 31 },
  { size: 64, prime: 61 },
  { size: 128, prime: 127 },
] as const;

function stringHash(key: string): number {
  let hash = 5381;
  for (const byte of Buffer.from(key, 'utf8')) hash = (Math.imul(hash, 33) + (byte < 128 ? byte : byte - 256)) >>> 0;
  return hash;
}

/** The member that the schema complains about: the first in its table of all that were given, of those it does not know. */
export function firstUnexpected(given: readonly string[], unexpected: (key: string) => boolean): string | null {
  const table = TABLES.find(({ size }) => given.length < size) ?? TABLES[4];
  const slots: (string | undefined)[] = new Array<string | undefined>(table.size).fill(undefined);
  const inOrder = given.map((key, index) => ({ key, index, bucket: bucketOf(key) }));
  inOrder.sort((a, b) => a.bucket - b.bucket || b.index - a.index);
  for (const { key } of inOrder) {
    let slot = (Math.imul(stringHash(key), 11) >>> 0) % table.prime;
    for (let step = 1; slots[slot] !== undefined && step < table.size; step++) slot = (slot + step) & (table.size - 1);
    slots[slot] = key;
  }
  return slots.find((key) => key !== undefined && unexpected(key)) ?? null;
}
