const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `64 MiB`, `61.04 MiB`; `64 bytes` below 1 KiB. */
export function humanBytes(bytes: bigint): string {
  let unit = 0;
  let scaled = Number(bytes);
  while (Math.abs(scaled) >= 1024 && unit < UNITS.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${Number(scaled.toFixed(2))} ${UNITS[unit] ?? ''}`;
}
