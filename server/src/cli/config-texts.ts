/**
 * The `config` and `winners` of a result. Of some 150 options a drive, files and drive speak of a few: the text of all
 * defaults is made once for each release, and each result has its own pieces put in.
 */
import type { CephRelease } from '../catalog/releases.js';
import { createCluster } from '../simulate/librados/cluster.js';
import type { Candidate, ConfigTrace, FileSystem } from '../simulate/model.js';
import { BoundedCache } from './bounded-cache.js';
import { CaseOutput } from './case-output.js';
import { quoted } from './json.js';

/** A part of a text that is made anew in each result, in bytes. */
interface Gap {
  readonly start: number;
  readonly end: number;
}

/** What a result may have to say of an option that the release knows. */
interface Slot {
  readonly option: string;
  readonly value: Gap;
  readonly winner: Gap;
}

interface Defaults {
  /** The list they were made for. */
  readonly options: readonly string[];
  /** `"config":{…},"winners":{…}` with nothing but defaults, as UTF-8. */
  readonly text: Uint8Array;
  /** In the order of the text. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** Those whose default names another option, or the process: they are asked for in each case. */
  readonly changing: readonly Slot[];
}

const NO_FILES: FileSystem = { lookUp: () => ({ status: 'missing' }) };
const NO_ENVIRONMENT = { env: {}, cwd: '/', home: '/', pid: null, host: null };
/** Bytes to start with. */
const SHORT = 16 * 1024;
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

function writePatched(output: CaseOutput, config: ConfigTrace, { text, slots, changing }: Defaults): void {
  const own: { readonly slot: Slot; readonly candidate: Candidate }[] = [];
  const add = (slot: Slot | undefined): void => {
    const candidate = slot && config.inForce(slot.option);
    if (slot !== undefined && candidate !== undefined) own.push({ slot, candidate });
  };
  for (const slot of changing) add(slot);
  for (const name of config.mentioned()) {
    const slot = slots.get(name);
    if (slot !== undefined && !changing.includes(slot)) add(slot);
  }
  own.sort((a, b) => a.slot.value.start - b.slot.value.start);
  let from = 0;
  const fill = ({ start, end }: Gap, piece: string): void => {
    output.bytes(text, from, start);
    output.text(piece);
    from = end;
  };
  for (const { slot, candidate } of own) fill(slot.value, valueText(candidate));
  for (const { slot, candidate } of own) fill(slot.winner, winnerText(candidate));
  output.bytes(text, from, text.length);
}

function oneByOne(config: ConfigTrace, options: readonly string[]): string {
  let values = '';
  let winners = '';
  let comma = '';
  for (const option of options) {
    const candidate = config.inForce(option);
    if (candidate === undefined) continue;
    const member = `${comma}${quoted(option)}:`;
    values += member + valueText(candidate);
    winners += member + winnerText(candidate);
    comma = ',';
  }
  return `"config":{${values}},"winners":{${winners}}`;
}

/** `options` are different ones. */
function makeDefaults(release: CephRelease, options: readonly string[]): Defaults {
  const untouched = createCluster({ release, files: NO_FILES, environment: NO_ENVIRONMENT }, null);
  const known = options.flatMap((option) => {
    const candidate = untouched.inForce(option);
    return candidate === undefined ? [] : [{ option, candidate }];
  });
  const output = new CaseOutput(SHORT);
  const writeMembers = (pieceOf: (candidate: Candidate) => string): readonly Gap[] =>
    known.map(({ option, candidate }, at) => {
      output.text(`${at === 0 ? '' : ','}${quoted(option)}:`);
      const start = output.written.length;
      output.text(pieceOf(candidate));
      return { start, end: output.written.length };
    });
  output.text('"config":{');
  const values = writeMembers(valueText);
  output.text('},"winners":{');
  const winners = writeMembers(winnerText);
  output.text('}');
  const slots = new Map<string, Slot>();
  const changing: Slot[] = [];
  known.forEach(({ option, candidate }, at) => {
    const value = values[at];
    const winner = winners[at];
    if (value === undefined || winner === undefined) return;
    const slot = { option, value, winner };
    slots.set(option, slot);
    if (candidate.written.includes('$')) changing.push(slot);
  });
  return { options, text: Uint8Array.from(output.written), slots, changing };
}

function valueText({ value }: Candidate): string {
  return quoted(value ?? '');
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
