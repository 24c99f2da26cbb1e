/** Colours, for terminals only. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (name: string) => string;
}

const PLAIN: Style = { bold: (text) => text, dim: (text) => text, severity: (name) => name };

const SEVERITY_COLOURS: Readonly<Record<string, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

function coloured(code: number): (text: string) => string {
  return (text) => `\u001B[${code}m${text}\u001B[0m`;
}

/** `NO_COLOR` is honoured (no-color.org). */
export function styleFor(stream: { readonly isTTY?: boolean | undefined }, env: NodeJS.ProcessEnv): Style {
  if (stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return PLAIN;
  return {
    bold: coloured(1),
    dim: coloured(2),
    severity: (name) => coloured(SEVERITY_COLOURS[name] ?? 0)(name),
  };
}
