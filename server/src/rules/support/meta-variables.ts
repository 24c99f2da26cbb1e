/** `$variables` in values, as Ceph looks for them. Source: md_config_t::expand_meta and _expand_meta of 0.48 to 20.2. */

export interface VariableUse {
  readonly name: string;
  readonly braced: boolean;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/** `$name` and `${name}` in a text, as Ceph looks for them: letters a to z and underscore, as many as there are. */
export function variablesIn(text: string): VariableUse[] {
  return [...text.matchAll(/\$(?:\{([a-z_]+)\}|([a-z_]+))/g)].map((match) => ({
    name: match[1] ?? match[2] ?? '',
    braced: match[1] !== undefined,
    start: match.index,
    end: match.index + match[0].length,
  }));
}
