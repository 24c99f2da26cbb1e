/** Where results are written. Most of a result is the same text as in the one before: as bytes, it need not be made again. */

/** A text of ASCII characters, as bytes too. */
export interface Prepared {
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface CaseOutput {
  readonly length: number;
  text(text: string): void;
  /** Part of a prepared text. */
  part(prepared: Prepared, from: number, to: number): void;
  /** Takes back all that was written behind a length. */
  cut(length: number): void;
}

/** Null for a text that is more than ASCII. */
export function prepare(text: string): Prepared | null {
  const bytes = Buffer.from(text);
  return bytes.length === text.length ? { text, bytes } : null;
}

export class TextOutput implements CaseOutput {
  written = '';

  get length(): number {
    return this.written.length;
  }

  text(text: string): void {
    this.written += text;
  }

  part({ text }: Prepared, from: number, to: number): void {
    this.written += text.slice(from, to);
  }

  cut(length: number): void {
    this.written = this.written.slice(0, length);
  }
}

/** UTF-8 takes no more bytes than this for a UTF-16 code unit. */
const MOST_BYTES = 3;

export class ByteOutput implements CaseOutput {
  length = 0;
  private buffer: Buffer;

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** Valid until the next change. */
  get written(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  text(text: string): void {
    this.reserve(text.length * MOST_BYTES);
    this.length += this.buffer.write(text, this.length);
  }

  part({ bytes }: Prepared, from: number, to: number): void {
    this.reserve(to - from);
    this.buffer.set(bytes.subarray(from, to), this.length);
    this.length += to - from;
  }

  cut(length: number): void {
    this.length = length;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.length + bytes, 2 * this.buffer.length));
    larger.set(this.written);
    this.buffer = larger;
  }
}
