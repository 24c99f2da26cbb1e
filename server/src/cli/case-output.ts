/** Where results are written. Most of a result is the same as in the one before: as bytes, it need not be made again. */

/** UTF-8 takes no more bytes than this for a UTF-16 code unit. */
const MOST_BYTES = 3;

/** A place that the output can be cut back to. */
export interface Mark {
  readonly filled: number;
  readonly pending: string;
}

export class CaseOutput {
  private buffer: Buffer;
  private filled = 0;
  /** Texts that are not among the bytes yet: encoding many short ones at once is faster. */
  private pending = '';

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** In bytes; what is beyond ASCII may count for less than it takes. */
  get length(): number {
    return this.filled + this.pending.length;
  }

  /** All that was written; valid until the next change. */
  get written(): Buffer {
    this.encode();
    return this.buffer.subarray(0, this.filled);
  }

  text(text: string): void {
    this.pending += text;
  }

  /** UTF-8 that was made before, or a part of it. */
  bytes(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.encode();
    this.reserve(to - from);
    this.buffer.set(bytes.subarray(from, to), this.filled);
    this.filled += to - from;
  }

  mark(): Mark {
    return { filled: this.filled, pending: this.pending };
  }

  /** Takes back all that was written behind a mark. */
  cut({ filled, pending }: Mark): void {
    this.filled = filled;
    this.pending = pending;
  }

  clear(): void {
    this.filled = 0;
    this.pending = '';
  }

  private encode(): void {
    if (this.pending === '') return;
    this.reserve(this.pending.length * MOST_BYTES);
    this.filled += this.buffer.write(this.pending, this.filled);
    this.pending = '';
  }

  private reserve(bytes: number): void {
    if (this.filled + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.filled + bytes, 2 * this.buffer.length));
    larger.set(this.buffer.subarray(0, this.filled));
    this.buffer = larger;
  }
}
