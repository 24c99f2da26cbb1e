/**
 * The order in which QEMU goes through a set of options: that of its hash table, not that of the text. Decides which of
 * several mistakes it names. Source: tdb_hash and qdict_first in qobject/qdict.c (the same in all releases).
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
