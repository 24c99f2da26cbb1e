/** Meta variables in values. Source: md_config_t::expand_meta and _expand_meta of 0.48 to 20.2. */
import { type CephRelease, within } from '../../catalog/releases.js';

interface MetaVariable {
  readonly name: string;
  /** Ranges of releases, both ends included. */
  readonly known: readonly (readonly [since: string, until: string | null])[];
}

const META_VARIABLES: readonly MetaVariable[] = [
  ...['cluster', 'type', 'id', 'num', 'name', 'host'].map((name): MetaVariable => ({ name, known: [['0.48', null]] })),
  { name: 'pid', known: [['0.56', null]] },
  {
    name: 'cctid',
    known: [
      ['0.80.8', '0.80'],
      ['0.94', null],
    ],
  },
  { name: 'data_dir', known: [['10.2', null]] },
  { name: 'home', known: [['13.2', null]] },
  { name: 'programdata', known: [['16.2', null]] },
];

export function knowsMetaVariable(release: CephRelease, name: string): boolean {
  const variable = META_VARIABLES.find((each) => each.name === name);
  return variable?.known.some(([since, until]) => within(release, since, until)) ?? false;
}

/** `0.80.8 and 0.94`: when the variable came; null for what never was one. */
export function metaVariableSince(name: string): string | null {
  const variable = META_VARIABLES.find((each) => each.name === name);
  return variable === undefined ? null : variable.known.map(([since]) => since).join(' and ');
}

export function metaVariableNames(release: CephRelease): string[] {
  return META_VARIABLES.map((each) => each.name).filter((name) => knowsMetaVariable(release, name));
}

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
