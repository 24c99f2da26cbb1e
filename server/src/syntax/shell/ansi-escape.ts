const NAMED: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['?', '?'],
]);
const OCTAL_OR_HEX = /^\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2}))/;
const CODE_POINT = /^\\(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/;

/** What the escape of `$'…'` at `at` stands for (bash), and where it ends. Bytes of one character are taken together. */
export function readAnsiEscape(
  text: string,
  at: number,
  end: number,
): { readonly value: string; readonly end: number } {
  const named = NAMED.get(text.charAt(at + 1));
  if (named !== undefined) return { value: named, end: at + 2 };
  const point = CODE_POINT.exec(text.slice(at, Math.min(at + 10, end)));
  if (point !== null) {
    const code = Number.parseInt(point[1] ?? point[2] ?? '', 16);
    return { value: code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code), end: at + point[0].length };
  }
  if (text.charAt(at + 1) === 'c' && at + 2 < end) {
    return { value: String.fromCharCode(text.charCodeAt(at + 2) & 0x1f), end: at + 3 };
  }
  return readBytes(text, at, end) ?? { value: text.slice(at, at + 2), end: at + 2 };
}

function readBytes(text: string, at: number, end: number): { readonly value: string; readonly end: number } | null {
  const bytes: number[] = [];
  let next = at;
  while (next < end) {
    const found = OCTAL_OR_HEX.exec(text.slice(next, Math.min(next + 4, end)));
    if (found === null) break;
    const byte = (found[1] === undefined ? Number.parseInt(found[2] ?? '', 16) : Number.parseInt(found[1], 8)) & 0xff;
    if (byte < 0x80 && bytes.length > 0) break;
    bytes.push(byte);
    next += found[0].length;
    if (byte < 0x80 || bytes.length === sequenceLength(bytes[0] ?? 0)) break;
  }
  return bytes.length === 0 ? null : { value: new TextDecoder().decode(Uint8Array.from(bytes)), end: next };
}

/** Bytes of a UTF-8 character by its first one. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
