/** `explain --cases`: one JSON case in, one JSON result out. The machine's view of the same simulation. */
import { cephOptionNames } from '../catalog/ceph-options.js';
import type { CephRelease, QemuRelease } from '../catalog/releases.js';
import { simulateCommand } from '../simulate/simulate.js';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import { decodeBytes } from '../syntax/ceph-conf/decode.js';
import { MappedText } from '../syntax/mapped-text.js';
import { BoundedCache } from './bounded-cache.js';
import type { FileContent } from './case-files.js';
import { type Case, type CaseMemory, readCase, readLibrbd, readQemu } from './case-input.js';
import { CaseOutput } from './case-output.js';
import { ResultWriter } from './case-result.js';
import { isObject, quoted, ShapeError } from './json.js';

/** Files, releases and option lists that a run of cases keeps; each is a few hundred kilobytes at most. */
const KEPT_FILES = 256;
const KEPT_FILE_CHARACTERS = 1 << 20;
const KEPT_RELEASES = 256;
/** What hangs on a file grows with the spellings of its path: after so many looks at files they are read anew. */
const LOOKS_AT_FILES = 25_000;
/** Bytes to start with where a single result is asked for. */
const SHORT = 4096;

/** Runs cases one after another and remembers what they have in common. Holds a bounded amount of memory. */
export interface CaseRunner {
  /** A case as parsed JSON to its result, ready for `JSON.stringify`. */
  run(json: unknown): unknown;
  /** A line of JSON to a line of JSON, without line ends. */
  runLine(line: string): string;
  /** The same, written where it is to go. */
  writeLine(line: string, output: CaseOutput): void;
}

/** One case on its own; see {@link createCaseRunner} for many. Never throws on any JSON. */
export function runCase(json: unknown): unknown {
  return createCaseRunner().run(json);
}

export function createCaseRunner(): CaseRunner {
  const memory = createMemory();
  const results = new ResultWriter();
  const rbdOptions = new BoundedCache<CephRelease, readonly string[]>(KEPT_RELEASES);
  const optionsOf = (given: Case): readonly string[] =>
    given.options ??
    rbdOptions.get(given.releases.librbd, () =>
      cephOptionNames(given.releases.librbd).filter((name) => name.startsWith('rbd_')),
    );

  const write = (json: unknown, output: CaseOutput): void => {
    output.text(`{"id":${idText(json)}`);
    const start = output.mark();
    try {
      if (!isObject(json)) throw new ShapeError('a case must be an object');
      const given = readCase(json, memory);
      const command = simulateCommand({
        args: given.args.map((arg) => MappedText.verbatim(arg)),
        releases: given.releases,
        files: given.files,
        environment: given.environment,
      });
      results.write(output, command, optionsOf(given));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // A mistake of ours in one case is told in its line, and the cases behind it are still answered.
      const message = error instanceof ShapeError ? error.message : `this case could not be run: ${error.message}`;
      output.cut(start);
      output.text(`,"error":{"message":${JSON.stringify(message)}}}`);
    }
  };
  const writeLine = (line: string, output: CaseOutput): void => {
    const json = parseLine(line);
    if (json === NOT_JSON) output.text('{"id":null,"error":{"message":"the line is not JSON"}}');
    else write(json, output);
  };
  const asText = (writes: (output: CaseOutput) => void): string => {
    const output = new CaseOutput(SHORT);
    writes(output);
    return output.written.toString();
  };

  return {
    run: (json) => JSON.parse(asText((output) => write(json, output))),
    runLine: (line) => asText((output) => writeLine(line, output)),
    writeLine,
  };
}

/** As JSON; null where there is none, or one that is nested too deeply to be written. */
function idText(json: unknown): string {
  const id = isObject(json) ? json['id'] : undefined;
  if (typeof id === 'string') return quoted(id);
  try {
    return JSON.stringify(id ?? null);
  } catch (error) {
    if (error instanceof RangeError) return 'null';
    throw error;
  }
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
  const noFiles = () => new BoundedCache<string, ReturnType<typeof confFile>>(KEPT_FILES);
  let files = noFiles();
  let looks = 0;
  // Each release once, however many it is paired with: tables are made for each release object.
  const qemus = new BoundedCache<string, QemuRelease>(KEPT_RELEASES);
  const librbds = new BoundedCache<string, CephRelease>(KEPT_RELEASES);
  return {
    // By path too: what is read of a file tells its path, and a text may stand at any number of them.
    confFile: (path: string, content: FileContent) => {
      const place = `${path.length} ${path}`;
      const key = 'text' in content ? `${place} ${content.text}` : `base64 ${place} ${content.base64}`;
      looks += 1;
      if (looks % LOOKS_AT_FILES === 0) files = noFiles();
      const parse = () =>
        confFile('case', 'text' in content ? content.text : decodeBytes(Buffer.from(content.base64, 'base64')));
      return key.length > KEPT_FILE_CHARACTERS / 16 ? parse() : files.get(key, parse);
    },
    releases: (qemu, librbd, vendor) => ({
      qemu: qemus.get(qemu, () => readQemu(qemu)),
      librbd: librbds.get(librbd, () => readLibrbd(librbd)),
      vendor,
    }),
  };
}
