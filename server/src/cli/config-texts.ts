/**
 * The `config` and `winners` of a result. Of some 150 options a drive, files and drive speak of a few: the text of all
 * defaults is made once for each release, and each result has its own pieces put in.
 */
import type { CephRelease } from '../catalog/releases.js';
import { createCluster } from '../simulate/librados/cluster.js';
import type { Candidate, ConfigTrace, FileSystem } from '../simulate/model.js';
import { BoundedCache } from './bounded-cache.js';
import { type CaseOutput, type Prepared, prepare } from './case-output.js';

/** One text with a piece for each option, in their order; a piece ends with a comma, or is empty. */
interface Pieces {
  readonly prepared: Prepared;
  /** Where each option's piece starts; one more at the end. */
  readonly starts: readonly number[];
}

interface Defaults {
  readonly values: Pieces;
  readonly winners: Pieces;
  readonly indexes: ReadonlyMap<string, number>;
  /** Options whose default names another one, or the process: they are asked for in each case. */
  readonly changing: readonly number[];
}

const NO_FILES: FileSystem = { lookUp: () => ({ status: 'missing' }) };
const NO_ENVIRONMENT = { env: {}, cwd: '/', home: '/', pid: null, host: null };
/** A text of the defaults pays from this many options on. */
const FEW = 16;
/** Lists of options that a run of cases keeps texts for. */
const KEPT_LISTS = 64;

export class ConfigTexts {
  /** By the list of options, which is the same object for all cases of a release that ask for none. */
  private readonly byList = new WeakMap<readonly string[], Defaults | 'none'>();
  private readonly byNames = new BoundedCache<string, Defaults | 'none'>(KEPT_LISTS);

  /** Writes `"config":{…},"winners":{…}`. */
  write(output: CaseOutput, config: ConfigTrace, release: CephRelease, options: readonly string[]): void {
    const defaults = options.length < FEW ? 'none' : this.defaultsOf(release, options);
    if (defaults === 'none') output.text(oneByOne(config, options));
    else writePatched(output, config, defaults, options);
  }

  private defaultsOf(release: CephRelease, options: readonly string[]): Defaults | 'none' {
    const known = this.byList.get(options);
    if (known !== undefined) return known;
    const names = `${release.label} ${options.join(' ')}`;
    const made = this.byNames.get(names, () => makeDefaults(release, options) ?? 'none');
    this.byList.set(options, made);
    return made;
  }
}

function writePatched(output: CaseOutput, config: ConfigTrace, defaults: Defaults, options: readonly string[]): void {
  const own = new Set(defaults.changing);
  for (const name of config.mentioned()) {
    const index = defaults.indexes.get(name);
    if (index !== undefined) own.add(index);
  }
  const texts = [...own].sort((a, b) => a - b).map((index) => ({ index, ...textsOf(config, options[index]) }));
  output.text('"config":{');
  patch(output, defaults.values, texts, 'value');
  output.text('},"winners":{');
  patch(output, defaults.winners, texts, 'winner');
  output.text('}');
}

function oneByOne(config: ConfigTrace, options: readonly string[]): string {
  let values = '';
  let winners = '';
  for (const option of options) {
    const { value, winner } = textsOf(config, option);
    values += value;
    winners += winner;
  }
  return `"config":{${values.slice(0, -1)}},"winners":{${winners.slice(0, -1)}}`;
}

/** Null where the options cannot be told by their names alone. */
function makeDefaults(release: CephRelease, options: readonly string[]): Defaults | null {
  const untouched = createCluster({ release, files: NO_FILES, environment: NO_ENVIRONMENT }, null);
  const texts = options.map((option) => textsOf(untouched, option));
  const changing = options.flatMap((option, index) =>
    untouched.inForce(option)?.written.includes('$') === true ? [index] : [],
  );
  const values = piecesOf(texts.map(({ value }) => value));
  const winners = piecesOf(texts.map(({ winner }) => winner));
  const indexes = new Map(options.map((option, index) => [option, index]));
  if (values === null || winners === null || indexes.size < options.length) return null;
  return { values, winners, indexes, changing };
}

function piecesOf(texts: readonly string[]): Pieces | null {
  const starts = [0];
  let length = 0;
  for (const text of texts) {
    length += text.length;
    starts.push(length);
  }
  const prepared = prepare(texts.join(''));
  return prepared && { prepared, starts };
}

interface Texts {
  readonly value: string;
  readonly winner: string;
}

interface Own extends Texts {
  readonly index: number;
}

function patch(output: CaseOutput, { prepared, starts }: Pieces, own: readonly Own[], part: keyof Texts): void {
  const start = output.length;
  let from = 0;
  for (const one of own) {
    output.part(prepared, from, starts[one.index] ?? from);
    output.text(one[part]);
    from = starts[one.index + 1] ?? prepared.text.length;
  }
  output.part(prepared, from, prepared.text.length);
  if (output.length > start) output.cut(output.length - 1);
}

/** The option's members of `config` and `winners`, each with a comma; empty where the release has no such option. */
function textsOf(config: ConfigTrace, option: string | undefined): Texts {
  const candidate = option === undefined ? undefined : config.inForce(option);
  if (candidate === undefined) return { value: '', winner: '' };
  const name = `${JSON.stringify(option)}:`;
  return { value: `${name}${JSON.stringify(candidate.value ?? '')},`, winner: `${name}${winnerText(candidate)},` };
}

function winnerText({ level, place }: Candidate): string {
  switch (place.kind) {
    case 'file':
      return `{"level":"${level}","path":${JSON.stringify(place.path)},"line":${place.line}}`;
    case 'argument':
      return `{"level":"${level}","arg":${place.argument},"offset":${place.offset}}`;
    case 'qemu':
      return `{"level":"${level}","by":"qemu"}`;
    case 'cluster':
      return `{"level":"${level}","by":"${place.keptBy}"}`;
    case 'release':
    case 'environment':
      return `{"level":"${level}"}`;
  }
}
