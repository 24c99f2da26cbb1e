/** Numbers of bytes for people: one way for each view to write them. */
import * as l10n from '@vscode/l10n';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** In the largest unit that leaves a number before the point, rounded to two places; `unit` 0 is bytes. */
function scaled(bytes: number): { readonly size: number; readonly exact: boolean; readonly unit: number } {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const rounded = Math.round(size * 100) / 100;
  return { size: rounded, exact: rounded === size, unit };
}

/** `32 MiB`, `1.5 GiB`; a number that no unit fits stays in bytes: `1,234,567 bytes`. */
export function humanSize(bytes: number): string {
  const { size, exact, unit } = scaled(bytes);
  return exact && unit > 0 ? `${size} ${UNITS[unit]}` : l10n.t('{0} bytes', bytes.toLocaleString('en-US'));
}

/** `64 MiB`, `≈ 1.46 MiB`; null below a KiB, where bytes are the human unit. */
export function roughSize(bytes: number): string | null {
  const { size, exact, unit } = scaled(bytes);
  return unit === 0 ? null : `${exact ? '' : '≈ '}${size} ${UNITS[unit]}`;
}
