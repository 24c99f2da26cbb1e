/** The options of `-drive` and their values, as each release of QEMU has them. Source: data/qemu-drive-options.json. */
import data from './data/qemu-drive-options.json' with { type: 'json' };
import { perSeries, positionOf } from './qemu-timeline.js';
import type { QemuRelease } from './releases.js';

export type DriveOptionType = 'string' | 'enum' | 'bool' | 'number' | 'members' | 'list';

export interface DriveOptionInfo {
  readonly name: string;
  readonly type: DriveOptionType;
  readonly since: string;
  /** Values of an enumeration with the release that brought each. */
  readonly values: readonly { readonly value: string; readonly since: string }[];
  readonly default: string | null;
  /** QEMU's complaint about a bad value; `%s` is the value. */
  readonly error: string | null;
  readonly deprecated: string | null;
  /** The first release without it. */
  readonly removed: string | null;
  /** What to write instead. */
  readonly replacement: string | null;
  /** Renamed on the way in, from that release on. */
  readonly alias: { readonly of: string; readonly since: string } | null;
  /** Who takes it: the drive itself, or the block node under it. */
  readonly layer: 'drive' | 'node';
}

/** An option in one release. */
export interface DriveOptionInRelease extends DriveOptionInfo {
  readonly allowed: ReadonlySet<string>;
  readonly isDeprecated: boolean;
  /** The full name it stands for in this release. */
  readonly aliasOf: string | null;
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly since: string;
  readonly values?: DriveOptionInfo['values'];
  readonly default?: string;
  readonly error?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly replacement?: string;
  readonly alias?: NonNullable<DriveOptionInfo['alias']>;
  readonly layer: string;
}

function optionType(text: string): DriveOptionType {
  switch (text) {
    case 'enum':
    case 'bool':
    case 'number':
    case 'members':
    case 'list':
      return text;
    default:
      return 'string';
  }
}

const ROWS: readonly Row[] = data.options;
const ALL: readonly DriveOptionInfo[] = ROWS.map((row) => ({
  name: row.name,
  type: optionType(row.type),
  since: row.since,
  values: row.values ?? [],
  default: row.default ?? null,
  error: row.error ?? null,
  deprecated: row.deprecated ?? null,
  removed: row.removed ?? null,
  replacement: row.replacement ?? null,
  alias: row.alias ?? null,
  layer: row.layer === 'node' ? 'node' : 'drive',
}));

const inSeries = perSeries((position) => {
  const options = new Map<string, DriveOptionInRelease>();
  for (const option of ALL) {
    if (positionOf(option.since) > position) continue;
    if (option.removed !== null && positionOf(option.removed) <= position) continue;
    options.set(option.name, {
      ...option,
      allowed: new Set(option.values.filter(({ since }) => positionOf(since) <= position).map(({ value }) => value)),
      isDeprecated: option.deprecated !== null && positionOf(option.deprecated) <= position,
      aliasOf: option.alias !== null && positionOf(option.alias.since) <= position ? option.alias.of : null,
    });
  }
  return options;
});

/** The option as this release has it; undefined where it does not know it. `file.x` and the like are not listed singly. */
export function driveOption(release: QemuRelease, name: string): DriveOptionInRelease | undefined {
  return inSeries(release).get(name);
}

export function driveOptions(release: QemuRelease): readonly DriveOptionInRelease[] {
  return [...inSeries(release).values()];
}

/** The option in any release: for "needs QEMU x" and "removed in x". */
export function anyDriveOption(name: string): DriveOptionInfo | undefined {
  return ALL.find((option) => option.name === name);
}

export interface CacheModeInfo {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly since: string;
  readonly direct: boolean;
  readonly noFlush: boolean;
  readonly writeback: boolean;
}

const modesInSeries = perSeries((position) => {
  const modes = data.cacheModes.filter((mode) => positionOf(mode.since) <= position);
  return {
    modes,
    byValue: new Map(modes.flatMap((mode) => [mode.name, ...mode.aliases].map((value) => [value, mode]))),
  };
});

export function cacheModes(release: QemuRelease): readonly CacheModeInfo[] {
  return modesInSeries(release).modes;
}

/** The mode that a value of `cache=` names: exact, case-sensitive. */
export function cacheMode(release: QemuRelease, value: string): CacheModeInfo | undefined {
  return modesInSeries(release).byValue.get(value);
}

/** The name of the mode that three switches spell, for people. */
export function cacheModeName(direct: boolean, noFlush: boolean, writeback: boolean): string {
  const exact = data.cacheModes.find(
    (mode) => mode.direct === direct && mode.noFlush === noFlush && mode.writeback === writeback,
  );
  if (exact !== undefined) return exact.name;
  const base = direct ? (writeback ? 'none' : 'directsync') : 'writethrough';
  return noFlush ? `${base} without flush` : base;
}
