/** Turns what was seen into recorded cases, in the form of test/conformance/data. */
import * as fs from 'node:fs';
import {
  isObject,
  type JsonObject,
  readObject,
  readString,
  readStringMap,
  readStrings,
} from '../../../server/src/cli/json.js';
import { pick, type Seen } from './compare.js';
import { type FileContent, KINDS, type Kind, type LiveCase } from './live-case.js';

/** Collects cases; `defaults` holds the options as an empty configuration has them. */
export class Recorder {
  private readonly lines = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly about: string,
    private readonly defaults: JsonObject,
  ) {}

  add(kind: Kind, full: JsonObject, seen: Seen): void {
    const { calls, error, config, image } = seen;
    const connects = error === null || error === 'open';
    const changed = Object.keys(config).filter((name) => config[name] !== this.defaults[name]);
    const options = connects ? [...new Set(['rbd_cache', ...changed])] : [];
    const id = `live/${String(full['qemu'])}/${String(full['librbd'])}/${this.lines.size + 1}`;
    const expect = {
      calls: error === 'crash' ? undefined : calls,
      error: error === 'open' ? undefined : error,
      config: connects ? pick(config, options) : undefined,
      image: image ?? undefined,
    };
    this.lines.add(JSON.stringify({ case: { ...full, id, options }, expect, about: `${this.about}-${kind}` }));
  }

  /** Adds to the file. */
  save(): void {
    fs.appendFileSync(this.file, [...this.lines].map((line) => `${line}\n`).join(''));
  }
}

/** Cases that somebody wrote: one JSON object a line with `kind`, `args`, and where wanted `files` and `env`. */
export function readCases(file: string): readonly { readonly kind: Kind; readonly given: LiveCase }[] {
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const json = readObject(JSON.parse(line), 'case');
      const kind = KINDS.find((one) => one === json['kind']);
      if (kind === undefined) throw new Error(`kind must be one of ${KINDS.join(', ')}`);
      const env = json['env'] === undefined ? {} : readStringMap(json['env'], 'env');
      return { kind, given: { args: readStrings(json['args'], 'args'), files: readFiles(json['files']), env } };
    });
}

function readFiles(json: unknown): Readonly<Record<string, FileContent>> {
  if (json === undefined) return {};
  const entries = Object.entries(readObject(json, 'files')).map(([name, content]): [string, FileContent] =>
    isObject(content) ? [name, { b64: readString(content['b64'], 'b64') }] : [name, readString(content, name)],
  );
  return Object.fromEntries(entries);
}
