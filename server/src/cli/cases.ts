/** `explain --cases`: one JSON case in, one JSON result out. The machine's view of the same simulation. */
import { cephOptionNames } from '../catalog/ceph-options.js';
import type { CephRelease } from '../catalog/releases.js';
import type { Candidate, CommandTrace, ConfigTrace, DriveTrace } from '../simulate/model.js';
import { simulateCommand } from '../simulate/simulate.js';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import { decodeBytes } from '../syntax/ceph-conf/decode.js';
import { MappedText } from '../syntax/mapped-text.js';
import { releaseText } from '../workspace/releases-in-force.js';
import { BoundedCache } from './bounded-cache.js';
import type { FileContent } from './case-files.js';
import { type Case, type CaseMemory, readCase, readReleases } from './case-input.js';
import { isObject, ShapeError } from './json.js';

/** Files, release pairs and option lists that a run of cases keeps; each is a few hundred kilobytes at most. */
const KEPT_FILES = 256;
const KEPT_FILE_CHARACTERS = 1 << 20;
const KEPT_PAIRS = 256;

/** Runs cases one after another and remembers what they have in common. Holds a bounded amount of memory. */
export interface CaseRunner {
  /** A case as parsed JSON to its result, ready for `JSON.stringify`. */
  run(json: unknown): unknown;
  /** A line of JSON to a line of JSON, without line ends. */
  runLine(line: string): string;
}

/** One case on its own; see {@link createCaseRunner} for many. Never throws on any JSON. */
export function runCase(json: unknown): unknown {
  return createCaseRunner().run(json);
}

export function createCaseRunner(): CaseRunner {
  const memory = createMemory();
  const defaults: Defaults = new WeakMap();
  const rbdOptions = new BoundedCache<CephRelease, readonly string[]>(KEPT_PAIRS);
  const optionsOf = (given: Case): readonly string[] =>
    given.options ??
    rbdOptions.get(given.releases.librbd, () =>
      cephOptionNames(given.releases.librbd).filter((name) => name.startsWith('rbd_')),
    );

  const resultOf = (json: unknown): string => {
    const id = isObject(json) ? json['id'] : undefined;
    const start = `{"id":${JSON.stringify(id ?? null)}`;
    try {
      if (!isObject(json)) throw new ShapeError('a case must be an object');
      const given = readCase(json, memory);
      const command = simulateCommand({
        args: given.args.map((arg) => MappedText.verbatim(arg)),
        releases: given.releases,
        files: given.files,
        environment: given.environment,
      });
      return start + bodyOf(command, optionsOf(given), defaults);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // A mistake of ours in one case is told in its line, and the cases behind it are still answered.
      const message = error instanceof ShapeError ? error.message : `this case could not be run: ${error.message}`;
      return `${start},"error":{"message":${JSON.stringify(message)}}}`;
    }
  };

  return {
    run: (json) => JSON.parse(resultOf(json)),
    runLine: (line) => {
      const json = parseLine(line);
      return json === NOT_JSON ? '{"id":null,"error":{"message":"the line is not JSON"}}' : resultOf(json);
    },
  };
}

const NOT_JSON = Symbol('not JSON');

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return NOT_JSON;
    throw error;
  }
}

function createMemory(): CaseMemory {
  const files = new BoundedCache<string, ReturnType<typeof confFile>>(KEPT_FILES);
  const pairs = new BoundedCache<string, ReturnType<typeof readReleases>>(KEPT_PAIRS);
  return {
    confFile: (content: FileContent) => {
      const key = 'text' in content ? content.text : `b64:${content.base64}`;
      const parse = () =>
        confFile('case', 'text' in content ? content.text : decodeBytes(Buffer.from(content.base64, 'base64')));
      return key.length > KEPT_FILE_CHARACTERS / 16 ? parse() : files.get(key, parse);
    },
    releases: (qemu, librbd, vendor) =>
      pairs.get(JSON.stringify([qemu, librbd, vendor]), () => readReleases(qemu, librbd, vendor)),
  };
}

// The result is written as text at once: with some 150 options a drive, building objects first doubles the time.

function bodyOf(command: CommandTrace, options: readonly string[], defaults: Defaults): string {
  let text = ',"drives":[';
  let separator = '';
  for (const drive of command.drives) {
    text += separator + driveText(drive, options, defaults);
    separator = ',';
  }
  text += ']';
  if (command.error !== null) text += `,"error":${errorText(command.error)}`;
  const notes = releaseNotes(command);
  if (notes.length > 0) text += `,"notes":${JSON.stringify(notes)}`;
  return `${text}}`;
}

function driveText(drive: DriveTrace, options: readonly string[], defaults: Defaults): string {
  const { image, error, outcome } = drive;
  // Where QEMU opens the image twice, the calls are those of the first open.
  const { calls, config } = drive.firstOpen ?? drive;
  const settled = error === null || error.stage === 'open' ? config : null;
  const { pool, namespace, image: name, snapshot, user } = image;
  return (
    `{"image":${JSON.stringify({ pool, namespace, image: name, snapshot, user })}` +
    `,"calls":${JSON.stringify(calls)}` +
    `,"error":${error === null ? 'null' : errorText(error)}` +
    (settled === null ? ',"config":{},"winners":{}' : configText(settled, options, defaults)) +
    `,"outcome":${settled === null ? 'null' : JSON.stringify(outcome)}}`
  );
}

function errorText({ message, stage }: { readonly message: string; readonly stage: string }): string {
  return JSON.stringify({ message, stage });
}

/** Name and text of an option with its release's default, by the candidate that stands for it. */
type Defaults = WeakMap<Candidate, { readonly value: string; readonly winner: string }>;

function configText(config: ConfigTrace, options: readonly string[], defaults: Defaults): string {
  let values = '';
  let winners = '';
  let separator = '';
  for (const option of options) {
    const candidate = config.inForce(option);
    if (candidate === undefined) continue;
    const { value, winner } = defaults.get(candidate) ?? optionText(option, candidate, defaults);
    values += separator + value;
    winners += separator + winner;
    separator = ',';
  }
  return `,"config":{${values}},"winners":{${winners}}`;
}

function optionText(option: string, candidate: Candidate, defaults: Defaults) {
  const name = JSON.stringify(option);
  const value = `${name}:${JSON.stringify(candidate.value ?? '')}`;
  const text = { value, winner: `${name}:${winnerText(candidate)}` };
  // A default without variables is one and the same candidate in every case of its release.
  if (candidate.place.kind === 'release' && !candidate.written.includes('$')) defaults.set(candidate, text);
  return text;
}

function winnerText({ level, place }: Candidate): string {
  switch (place.kind) {
    case 'file':
      return `{"level":"${level}","path":${JSON.stringify(place.path)},"line":${place.line}}`;
    case 'argument':
      return `{"level":"${level}","arg":${place.argument},"offset":${place.offset}}`;
    case 'qemu':
      return `{"level":"${level}","by":"qemu"}`;
    case 'release':
    case 'environment':
      return `{"level":"${level}"}`;
  }
}

/** A release that had to be taken as another one is said in the result. */
function releaseNotes({ releases }: CommandTrace): readonly string[] {
  const inexact = [releases.qemu, releases.librbd].filter((release) => release.match !== 'exact');
  return inexact.map((release) => releaseText(release));
}
