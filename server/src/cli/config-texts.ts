/**
 * The `config` and `winners` of a result. Of some 150 options a drive, files and drive speak of a few: the text of all
 * defaults is made once for each release, and each result has its own pieces put in.
 */
import type { CephRelease } from '../catalog/releases.js';
import { createCluster } from '../simulate/librados/cluster.js';
import type { Candidate, ConfigTrace, FileSystem } from '../simulate/model.js';
import { BoundedCache } from './bounded-cache.js';
import type { CaseOutput } from './case-output.js';
import { quoted } from './json.js';

/** The members of all options as UTF-8, in their order; each starts with a comma, or is empty. */
interface Members {
  readonly bytes: Buffer;
  /** Where each option's member starts; one more at the end. */
  readonly starts: readonly number[];
}

interface Defaults {
  /** The list they were made for. */
  readonly options: readonly string[];
  readonly values: Members;
  readonly winners: Members;
  readonly indexes: ReadonlyMap<string, number>;
  /** Options whose default names another one, or the process: they are asked for in each case. */
  readonly changing: readonly number[];
}

const NO_FILES: FileSystem = { lookUp: () => ({ status: 'missing' }) };
const NO_ENVIRONMENT = { env: {}, cwd: '/', home: '/', pid: null, host: null };
/** A text of the defaults pays from this many options on. */
const FEW = 16;
const KEPT_RELEASES = 64;
/** Lists of options that texts are kept for, for each release. */
const KEPT_LISTS = 4;

export class ConfigTexts {
  private readonly byRelease = new BoundedCache<string, Defaults[]>(KEPT_RELEASES);

  /** Writes `"config":{…},"winners":{…}`. */
  write(output: CaseOutput, config: ConfigTrace, release: CephRelease, options: readonly string[]): void {
    const defaults = options.length < FEW ? null : this.defaultsOf(release, options);
    if (defaults === null) output.text(oneByOne(config, options));
    else writePatched(output, config, defaults);
  }

  /** Null where the options cannot be told by their names alone. */
  private defaultsOf(release: CephRelease, options: readonly string[]): Defaults | null {
    const lists = this.byRelease.get(release.label, () => []);
    const known = lists.find((one) => sameNames(one.options, options));
    if (known !== undefined) return known;
    if (new Set(options).size < options.length) return null;
    const made = makeDefaults(release, options);
    if (lists.length === KEPT_LISTS) lists.pop();
    lists.unshift(made);
    return made;
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
}

function writePatched(output: CaseOutput, config: ConfigTrace, defaults: Defaults): void {
  const own = new Set(defaults.changing);
  for (const name of config.mentioned()) {
    const index = defaults.indexes.get(name);
    if (index !== undefined) own.add(index);
  }
  const members = [...own]
    .sort((a, b) => a - b)
    .map((index) => ({ index, ...membersOf(config, defaults.options[index]) }));
  output.text('"config":{');
  patch(output, defaults.values, members, 'value');
  output.text('},"winners":{');
  patch(output, defaults.winners, members, 'winner');
  output.text('}');
}

function oneByOne(config: ConfigTrace, options: readonly string[]): string {
  let values = '';
  let winners = '';
  for (const option of options) {
    const { value, winner } = membersOf(config, option);
    values += value;
    winners += winner;
  }
  return `"config":{${values.slice(1)}},"winners":{${winners.slice(1)}}`;
}

/** `options` are different ones. */
function makeDefaults(release: CephRelease, options: readonly string[]): Defaults {
  const untouched = createCluster({ release, files: NO_FILES, environment: NO_ENVIRONMENT }, null);
  const texts = options.map((option) => membersOf(untouched, option));
  const changing = options.flatMap((option, index) =>
    untouched.inForce(option)?.written.includes('$') === true ? [index] : [],
  );
  return {
    options,
    values: membersInRow(texts.map(({ value }) => value)),
    winners: membersInRow(texts.map(({ winner }) => winner)),
    indexes: new Map(options.map((option, index) => [option, index])),
    changing,
  };
}

function membersInRow(texts: readonly string[]): Members {
  const starts = [0];
  let length = 0;
  for (const text of texts) {
    length += Buffer.byteLength(text);
    starts.push(length);
  }
  return { bytes: Buffer.from(texts.join('')), starts };
}

interface Texts {
  readonly value: string;
  readonly winner: string;
}

interface Own extends Texts {
  readonly index: number;
}

function patch(output: CaseOutput, { bytes, starts }: Members, own: readonly Own[], part: keyof Texts): void {
  let from = 0;
  /** The first member has no comma before it. */
  let skipped = 1;
  const copy = (to: number): void => {
    if (to === from) return;
    output.bytes(bytes, from + skipped, to);
    skipped = 0;
  };
  for (const one of own) {
    copy(starts[one.index] ?? from);
    output.text(one[part].slice(skipped));
    if (one[part] !== '') skipped = 0;
    from = starts[one.index + 1] ?? bytes.length;
  }
  copy(bytes.length);
}

/** The option's members of `config` and `winners`, a comma before each; empty where the release has no such option. */
function membersOf(config: ConfigTrace, option: string | undefined): Texts {
  const candidate = option === undefined ? undefined : config.inForce(option);
  if (option === undefined || candidate === undefined) return { value: '', winner: '' };
  const name = quoted(option);
  return {
    value: `,${name}:${quoted(candidate.value ?? '')}`,
    winner: `,${name}:${winnerText(candidate)}`,
  };
}

function winnerText({ level, place }: Candidate): string {
  switch (place.kind) {
    case 'file':
      return `{"level":"${level}","path":${quoted(place.path)},"line":${place.line}}`;
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
