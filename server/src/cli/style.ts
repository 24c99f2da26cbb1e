/** Colours, for terminals only. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (name: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
}

export const PLAIN: Style = {
  bold: (text) => text,
  dim: (text) => text,
  severity: (name) => name,
  added: (text) => text,
  removed: (text) => text,
};

const SEVERITY_COLOURS: Readonly<Record<string, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

function coloured(code: number): (text: string) => string {
  return (text) => `\u001B[${code}m${text}\u001B[0m`;
}

const COLOURED: Style = {
  bold: coloured(1),
  dim: coloured(2),
  severity: (name) => coloured(SEVERITY_COLOURS[name] ?? 0)(name),
  added: coloured(32),
  removed: coloured(31),
};

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

/** `auto`: on a terminal, unless `NO_COLOR` is set (no-color.org); `FORCE_COLOR` and `CLICOLOR_FORCE` ask for it anywhere. */
export function styleFor(
  stream: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
  choice: ColourChoice = 'auto',
): Style {
  if (choice !== 'auto') return choice === 'always' ? COLOURED : PLAIN;
  if ((env['NO_COLOR'] ?? '') !== '') return PLAIN;
  if (isSet(env['FORCE_COLOR']) || isSet(env['CLICOLOR_FORCE'])) return COLOURED;
  return stream.isTTY === true && env['TERM'] !== 'dumb' ? COLOURED : PLAIN;
}

/** True for a switch that is not turned off. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}
