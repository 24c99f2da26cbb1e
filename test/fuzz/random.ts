/** Pseudo-random choices that a seed repeats exactly (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** From 0 up to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to `below`, without it. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<const T extends readonly unknown[]>(items: T): T[number] {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[this.below(items.length)];
  }
}

/** The seed of one input of a run: any input can be made again without those before it. */
export function seedOf(runSeed: number, index: number): number {
  return Math.imul(runSeed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
}

/** The seed of a run: `RBDCACHE_SEED`, else always the same one. */
export function runSeed(): number {
  const given = process.env['RBDCACHE_SEED'];
  if (given === undefined || given === '') return DEFAULT_SEED;
  const seed = Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`RBDCACHE_SEED must be a whole number, not ${given}`);
  return seed;
}

const DEFAULT_SEED = 20_120_615;
