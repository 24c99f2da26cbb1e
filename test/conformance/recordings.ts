/** The recorded cases: what real QEMU over real librados did, in the form that `explain --cases` takes and gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type JsonObject, readObject, readString, readStringMap, readStrings } from '../../server/src/cli/json.js';

export const SOURCES = ['qemu', 'librados', 'old-system', 'live'] as const;
export type Source = (typeof SOURCES)[number];

export interface Expectation {
  /** Undefined: not recorded. */
  readonly calls: readonly (readonly unknown[])[] | undefined;
  /** Undefined: QEMU may have refused later, for reasons of its own. */
  readonly error: null | 'before-connect' | 'crash' | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly image: JsonObject;
}

export interface Recording {
  readonly source: Source;
  readonly id: string;
  readonly qemu: string;
  readonly librbd: string;
  readonly args: readonly string[];
  readonly about: string;
  /** First word of `about`; for the old system emulators, the second. */
  readonly topic: string;
  /** What goes to `explain --cases`. */
  readonly given: JsonObject;
  readonly expected: Expectation;
}

/** `folder` is `test/conformance/data`. */
export function loadRecordings(folder: string, source: Source): readonly Recording[] {
  const text = brotliDecompressSync(readFileSync(join(folder, `${source}.jsonl.br`))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readRecording(source, JSON.parse(line)));
}

function readRecording(source: Source, json: unknown): Recording {
  const line = readObject(json, 'recording');
  const given = readObject(line['case'], 'case');
  const about = readString(line['about'], 'about');
  const words = about.split('/');
  return {
    source,
    id: readString(given['id'], 'id'),
    qemu: readString(given['qemu'], 'qemu'),
    librbd: readString(given['librbd'], 'librbd'),
    args: readStrings(given['args'], 'args'),
    about,
    topic: source === 'old-system' ? (`old ${words[1] ?? ''}`.split('=')[0] ?? '') : (words[0] ?? ''),
    given,
    expected: readExpectation(readObject(line['expect'], 'expect')),
  };
}

function readExpectation(json: JsonObject): Expectation {
  const error = json['error'];
  if (error !== undefined && error !== null && error !== 'before-connect' && error !== 'crash') {
    throw new Error(`unknown kind of error: ${String(error)}`);
  }
  return {
    calls: json['calls'] === undefined ? undefined : readCalls(json['calls']),
    error,
    config: json['config'] === undefined ? {} : readStringMap(json['config'], 'config'),
    image: json['image'] === undefined ? {} : readObject(json['image'], 'image'),
  };
}

export function readCalls(json: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(json) && json.every((call): call is unknown[] => Array.isArray(call))) return json;
  throw new Error('calls must be a list of lists');
}
