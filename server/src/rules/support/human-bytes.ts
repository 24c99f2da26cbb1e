const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `24 MiB`, `1.5 GiB`, `1000 bytes`: the largest unit that leaves one decimal at most, else bytes. */
export function humanBytes(bytes: number): string {
  for (let power = UNITS.length - 1; power > 0; power--) {
    const tenths = (bytes * 10) / 1024 ** power;
    if (tenths >= 10 && Number.isInteger(tenths)) return `${tenths / 10} ${UNITS[power]}`;
  }
  return `${bytes} bytes`;
}
