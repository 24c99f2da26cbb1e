/** A case of `explain --cases`: one line of JSON, parsed into what the simulation takes. */
import {
  type CephRelease,
  cephRelease,
  type QemuRelease,
  qemuRelease,
  VENDORS,
  type Vendor,
} from '../catalog/releases.js';
import type { FileSystem, ProcessEnvironment, ReleasePair } from '../simulate/model.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { CaseFiles, type FileContent } from './case-files.js';
import { type JsonObject, readObject, readString, readStringMap, readStrings, ShapeError } from './json.js';

export interface Case {
  readonly releases: ReleasePair;
  readonly args: readonly string[];
  readonly files: FileSystem;
  readonly environment: ProcessEnvironment;
  /** The options asked for; null: every `rbd_*` option of the release. */
  readonly options: readonly string[] | null;
}

/** What a run of cases remembers between them: both are looked up again and again with the same few values. */
export interface CaseMemory {
  readonly confFile: (path: string, content: FileContent) => ConfFile;
  readonly releases: (qemu: string, librbd: string, vendor: Vendor) => ReleasePair;
}

/** Throws {@link ShapeError} where a member is missing or has another type. */
export function readCase(json: JsonObject, memory: CaseMemory): Case {
  const cwd = json['cwd'] === undefined ? '/' : readString(json['cwd'], 'cwd');
  const home = json['home'] === undefined ? '/root' : readString(json['home'], 'home');
  const files = json['files'] === undefined ? [] : readFiles(json['files']);
  return {
    releases: memory.releases(
      readString(json['qemu'], 'qemu'),
      readString(json['librbd'], 'librbd'),
      readVendor(json['vendor']),
    ),
    args: readStrings(json['args'], 'args'),
    files: new CaseFiles(files, cwd, home, memory.confFile),
    environment: {
      env: json['env'] === undefined ? {} : readStringMap(json['env'], 'env'),
      cwd,
      home,
      pid: readPid(json['pid']),
      host: json['host'] === undefined || json['host'] === null ? null : readString(json['host'], 'host'),
    },
    options: json['options'] === undefined ? null : readStrings(json['options'], 'options'),
  };
}

/** Throws {@link ShapeError} where no version can be read. */
export function readQemu(written: string): QemuRelease {
  return known('qemu', written, qemuRelease(written));
}

/** Throws {@link ShapeError} where no version can be read. */
export function readLibrbd(written: string): CephRelease {
  return known('librbd', written, cephRelease(written));
}

function known<Release>(member: string, written: string, release: Release | undefined): Release {
  if (release === undefined) throw new ShapeError(`${member}: no version can be read from ${JSON.stringify(written)}`);
  return release;
}

function readVendor(value: unknown): Vendor {
  if (value === undefined) return 'upstream';
  const found = VENDORS.find((vendor) => vendor === value);
  if (found === undefined) throw new ShapeError(`vendor must be one of ${VENDORS.join(', ')}`);
  return found;
}

function readPid(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new ShapeError('pid must be a whole number');
}

function readFiles(value: unknown): readonly (readonly [string, FileContent])[] {
  const object = readObject(value, 'files');
  return Object.keys(object).map((path) => {
    const content = object[path];
    if (typeof content === 'string') return [path, { text: content }];
    const base64 = readObject(content, `files.${path}`)['b64'];
    return [path, { base64: readString(base64, `files.${path}.b64`) }];
  });
}
