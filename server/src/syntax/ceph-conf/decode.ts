/**
 * Bytes of a ceph.conf to text and back without loss: each byte that is no part of valid UTF-8 becomes one lone low
 * surrogate, U+DC80 to U+DCFF. A byte-order mark stays, as it does for Ceph.
 */
import { firstBadByte } from './characters.js';

const BAD_BYTE_BASE = 0xdc00;

export function decodeBytes(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.includes('\ufffd')) return text;
  let decoded = '';
  let validFrom = 0;
  const flush = (to: number): void => {
    if (to > validFrom) {
      decoded += new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(validFrom, to));
    }
  };
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    flush(i);
    decoded += String.fromCharCode(BAD_BYTE_BASE + (bytes[i] ?? 0));
    i++;
    validFrom = i;
  }
  flush(bytes.length);
  return decoded;
}

export function encodeText(text: string): Uint8Array {
  const encoder = new TextEncoder();
  let bad = firstBadByte(text);
  if (bad < 0) return encoder.encode(text);
  const pieces: Uint8Array[] = [];
  let from = 0;
  while (bad >= 0) {
    pieces.push(encoder.encode(text.slice(from, bad)), Uint8Array.of(text.charCodeAt(bad) - BAD_BYTE_BASE));
    from = bad + 1;
    bad = nextBadByte(text, from);
  }
  pieces.push(encoder.encode(text.slice(from)));
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function nextBadByte(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) i++;
    else if (code >= 0xdc80 && code <= 0xdcff) return i;
  }
  return -1;
}

/** Bytes of the well-formed UTF-8 sequence at `at` (Unicode's table 3-7), 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
