/**
 * How librados of a release finds, reads and ranks its configuration, as tables of "since".
 * Source: config.cc and ConfUtils.cc of 0.48.3 to 20.2.4; observed with 14.2.21, 16.2.15, 18.2.7, 20.2.4.
 */
import type { ParserEra } from '../syntax/ceph-conf/tree.js';
import variables from './data/librados-variables.json' with { type: 'json' };
import { atLeast, type CephRelease, within } from './releases.js';

export const ENOENT = -2;
export const EACCES = -13;
export const ENOTDIR = -20;
export const EISDIR = -21;
export const EINVAL = -22;
export const ENAMETOOLONG = -36;

export interface LibradosRules {
  readonly era: ParserEra;
  /** 13.2 on: one value a level. Before, one value an option, the last one written. */
  readonly levels: boolean;
  /** Where a file is looked for when the caller names none; no entry that clients never use. */
  readonly searchPath: readonly string[];
  /** Characters that separate the paths of a list. */
  readonly separators: string;
  readonly noneFound: number;
  /** What a file that exists and cannot be read is: the call's end with that errno, an empty file, or passed over. */
  readonly unreadable: number | 'empty' | 'next';
  readonly directory: number | 'next';
  /** 16.2 on: a call that finds no file succeeds if an earlier one found one. */
  readonly remembersFile: boolean;
  /**
   * How `$cluster` follows the name of an explicit path: not at all (it is `ceph`), up to the first `.conf` in the name,
   * or only where the name ends in `.conf`.
   */
  readonly clusterName: 'ceph' | 'before-conf' | 'extension';
  /** Special variables of this release, without options. */
  readonly metaVariables: ReadonlySet<string>;
  /** 12.2 on: `$host` is the machine's short name unless the option `host` is set. */
  readonly hostFromMachine: boolean;
  /** 16.2 on: the environment's `PID` stands for the process id. */
  readonly pidFromEnvironment: boolean;
  /** Environment variables that set options (13.2 on at level env), `CEPH_ARGS` apart. */
  readonly environment: readonly { readonly variable: string; readonly options: readonly string[] }[];
  /** What rados_create sets itself, as rados_conf_set would: no file can change it. */
  readonly presets: readonly { readonly option: string; readonly value: string }[];
  /** 13.2 on: `CEPH_ARGS` is read by rados_create and by each successful read of a file. */
  readonly readsCephArgs: boolean;
  /** Debian's 16.2.15 is built with Boost's assertions: a non-ASCII character outside comments and quotes ends it. */
  readonly assertsAscii: boolean;
  /** What librbd encrypts by itself: nothing, an image, or its parents too, and in any LUKS. */
  readonly encryption: 'nothing' | 'image' | 'layers';
}

/** Rows in ascending order; the last one whose `since` is reached holds. */
interface Since<T> {
  readonly since: string;
  readonly is: T;
}

const ERAS: readonly Since<ParserEra>[] = [
  { since: '0', is: 'A' },
  { since: '0.56', is: 'B' },
  { since: '15.2', is: 'C' },
];

const TILDE_PATH = ['/etc/ceph/$cluster.conf', '~/.ceph/$cluster.conf', '$cluster.conf'];
const HOME_PATH = ['/etc/ceph/$cluster.conf', '$home/.ceph/$cluster.conf', '$cluster.conf'];
const SEARCH_PATHS: readonly Since<readonly string[]>[] = [
  { since: '0', is: TILDE_PATH },
  { since: '13.2', is: HOME_PATH },
];

const SEPARATORS: readonly Since<string>[] = [
  { since: '0', is: ';,= \t' },
  { since: '16.2', is: ';,' },
];

const NONE_FOUND: readonly Since<number>[] = [
  { since: '0', is: EINVAL },
  { since: '12.2', is: ENOENT },
];

const UNREADABLE: readonly Since<number | 'empty' | 'next'>[] = [
  { since: '0', is: EACCES },
  { since: '15.2', is: 'empty' },
  { since: '16.2', is: 'next' },
];

const DIRECTORY: readonly Since<number | 'next'>[] = [
  { since: '0', is: EISDIR },
  { since: '16.2', is: 'next' },
];

const CLUSTER_NAMES: readonly Since<LibradosRules['clusterName']>[] = [
  { since: '0', is: 'ceph' },
  { since: '14.2', is: 'before-conf' },
  { since: '16.2', is: 'extension' },
];

/** `LIBRBD_SUPPORTS_ENCRYPTION…` in librbd.h; layers: not in 16.2.15, in 18.2.7; 17.2 was not read, and is not doubted. */
const ENCRYPTION: readonly Since<LibradosRules['encryption']>[] = [
  { since: '0', is: 'nothing' },
  { since: '16', is: 'image' },
  { since: '17', is: 'layers' },
];

/** common_preinit. `host`: not in 16.2.15, in 18.2.7; 17.2 was not read. */
const PRESETS: readonly { option: string; value: string; since: string }[] = [
  { option: 'no_config_file', value: 'false', since: '15.2' },
  { option: 'host', value: '$host', since: '17.2' },
];

function rowFor<T>(release: CephRelease, rows: readonly Since<T>[]): T {
  let found: Since<T> | undefined;
  for (const row of rows) if (found === undefined || atLeast(release, row.since)) found = row;
  if (found === undefined) throw new Error('a table of librados rules is empty');
  return found.is;
}

function rulesOf(release: CephRelease): LibradosRules {
  return {
    era: rowFor(release, ERAS),
    levels: atLeast(release, '13.2'),
    searchPath: rowFor(release, SEARCH_PATHS),
    separators: rowFor(release, SEPARATORS),
    noneFound: rowFor(release, NONE_FOUND),
    unreadable: rowFor(release, UNREADABLE),
    directory: rowFor(release, DIRECTORY),
    remembersFile: atLeast(release, '16.2'),
    clusterName: rowFor(release, CLUSTER_NAMES),
    metaVariables: new Set(
      variables.metaVariables.filter((row) => within(release, row.since, row.until)).map((row) => row.name),
    ),
    hostFromMachine: atLeast(release, '12.2'),
    pidFromEnvironment: atLeast(release, '16.2'),
    environment: variables.environment.filter((row) => atLeast(release, row.since)),
    presets: PRESETS.filter((row) => atLeast(release, row.since)),
    readsCephArgs: atLeast(release, '13.2'),
    assertsAscii: within(release, '16.2', '16.2'),
    encryption: rowFor(release, ENCRYPTION),
  };
}

/** The rules of a release; made once for each release object. */
export const librados = (() => {
  const known = new WeakMap<CephRelease, LibradosRules>();
  return (release: CephRelease): LibradosRules => {
    let rules = known.get(release);
    if (rules === undefined) {
      rules = rulesOf(release);
      known.set(release, rules);
    }
    return rules;
  };
})();

/** Which of the three parsers of ceph.conf this release has. */
export function parserEra(release: CephRelease): ParserEra {
  return librados(release).era;
}

/** The special `$variables` of this release; any option can stand behind a `$` too. */
export function metaVariables(release: CephRelease): ReadonlySet<string> {
  return librados(release).metaVariables;
}

/** The releases that a special variable came with, such as `0.80.8` and `0.88`; none for what never was one. */
export function metaVariableSince(name: string): string[] {
  return variables.metaVariables.filter((row) => row.name === name).map((row) => row.since);
}
