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
  slots: (string | undefined)[] = new Array<string | undefined>(8).fill(undefined);
  private count = 0;

  insert(key: string): void {
    this.slots[this.free(key, (slot) => this.slots[slot] === undefined)] = key;
    this.count++;
    if (this.slots.length <= this.count + Math.floor(this.count / 16)) this.grow();
  }

  private free(key: string, isFree: (slot: number) => boolean): number {
    const size = this.slots.length;
    let slot = (Math.imul(stringHash(key), 11) >>> 0) % (PRIMES.get(size) ?? size - 1);
    for (let step = 1; !isFree(slot); step++) slot = (slot + step) & (size - 1);
    return slot;
  }

  /** Entries move within the table: one that is in the way of another goes on to its own place. */
  private grow(): void {
    const oldSize = this.slots.length;
    const size = 2 ** Math.floor(this.count * 1.333).toString(2).length;
    while (this.slots.length < size) this.slots.push(undefined);
    const settled = new Set<number>();
    for (let from = 0; from < oldSize; from++) {
      if (settled.has(from)) continue;
      let moving = this.slots[from];
      this.slots[from] = undefined;
      while (moving !== undefined) {
        const slot = this.free(moving, (at) => !settled.has(at));
        settled.add(slot);
        const inTheWay: string | undefined = this.slots[slot];
        this.slots[slot] = moving;
        moving = inTheWay;
      }
    }
  }
}

/** The member that the schema complains about: the first in its table of all that were given, of those it does not know. */
export function firstUnexpected(given: readonly string[], unexpected: (key: string) => boolean): string | null {
  const inOrder = given.map((key, index) => ({ key, index, bucket: bucketOf(key) }));
  inOrder.sort((a, b) => a.bucket - b.bucket || b.index - a.index);
  const table = new StringTable();
  for (const { key } of inOrder) table.insert(key);
  return table.slots.find((key) => key !== undefined && unexpected(key)) ?? null;
}
