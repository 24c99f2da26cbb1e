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

/** A GHashTable divides by the greatest prime that its size, a power of two, has room for. */
const PRIMES: ReadonlyMap<number, number> = new Map([
  [8, 7],
  [16, 13],
  [32, 31],
  [64, 61],
  [128, 127],
  [256, 251],
  [512, 509],
  [1024, 1021],
]);

function stringHash(key: string): number {
  let hash = 5381;
  for (const byte of Buffer.from(key, 'utf8')) hash = (Math.imul(hash, 33) + (byte < 128 ? byte : byte - 256)) >>> 0;
  return hash;
}

/** GLib's hash table of texts, as far as its order goes. */
class StringTable {
  private readonly slots = new Map<number, string>();
  private readonly tombstones = new Set<number>();
  private size = 8;

  insert(key: string): void {
    const isFree = (slot: number) => !this.slots.has(slot) && !this.tombstones.has(slot);
    this.slots.set(this.place(key, isFree), key);
    this.maybeResize();
  }

  remove(key: string): void {
    for (const [slot, found] of this.slots) {
      if (found !== key) continue;
      this.slots.delete(slot);
      this.tombstones.add(slot);
      this.maybeResize();
      return;
    }
  }

  /** The first text, by its place, that is wanted. */
  find(wanted: (key: string) => boolean): string | null {
    for (let slot = 0; slot < this.size; slot++) {
      const key = this.slots.get(slot);
      if (key !== undefined && wanted(key)) return key;
    }
    return null;
  }

  private place(key: string, isFree: (slot: number) => boolean): number {
    let slot = (Math.imul(stringHash(key), 11) >>> 0) % (PRIMES.get(this.size) ?? this.size - 1);
    for (let step = 1; !isFree(slot); step++) slot = (slot + step) & (this.size - 1);
    return slot;
  }

  private maybeResize(): void {
    const occupied = this.slots.size + this.tombstones.size;
    const sparse = this.size > 8 && this.size > this.slots.size * 4;
    if (sparse || this.size <= occupied + Math.floor(occupied / 16)) this.resize();
  }

  /** Entries move within the table: one that is in the way of another goes on to its own place. */
  private resize(): void {
    const oldSize = this.size;
    this.size = Math.max(8, 2 ** Math.floor(this.slots.size * 1.333).toString(2).length);
    this.tombstones.clear();
    const settled = new Set<number>();
    for (let from = 0; from < oldSize; from++) {
      if (settled.has(from)) continue;
      let moving = this.slots.get(from);
      this.slots.delete(from);
      while (moving !== undefined) {
        const slot = this.place(moving, (at) => !settled.has(at));
        settled.add(slot);
        const inTheWay = this.slots.get(slot);
        this.slots.set(slot, moving);
        moving = inTheWay;
      }
    }
  }
}

/**
 * The member that the schema complains about: the first that is left in its table of all that were given, once those that
 * it knows are taken out, in the schema's order.
 */
export function firstUnexpected(
  given: readonly string[],
  known: readonly string[],
  unexpected: (key: string) => boolean,
): string | null {
  const inOrder = given.map((key, index) => ({ key, index, bucket: bucketOf(key) }));
  inOrder.sort((a, b) => a.bucket - b.bucket || b.index - a.index);
  const table = new StringTable();
  for (const { key } of inOrder) table.insert(key);
  for (const key of known) table.remove(key);
  return table.find(unexpected);
}
