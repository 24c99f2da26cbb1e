/**
 * What one ceph.conf says to one client: of each option that the release knows, the line that librados takes and those
 * that it never looks at. Source: md_config_t::_get_val_from_conf_file, 0.48.3 to 20.2.4.
 */
import { cephOption } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { sectionKeys } from '../../syntax/ceph-conf/section-keys.js';
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { Candidate, Place } from '../model.js';
import { readValue } from './values.js';

export interface FileOption {
  /** All lines that this client could read the option from, in the order of the file. */
  readonly candidates: readonly Candidate[];
  /** The line that counts: accepted or not, there is no other. */
  readonly taken: Candidate;
}

export interface FileValues {
  readonly options: ReadonlyMap<string, FileOption>;
  /** Text options whose value holds a `$`. */
  readonly withVariables: readonly string[];
}

/** The sections that a client reads, most specific first. */
export function sectionsOf(identity: string): readonly [string, string, string] {
  return [identity, 'client', 'global'];
}

/** By path where the file has no section for the client: then it says the same to all of them. */
interface KnownValues {
  readonly common: Map<string, FileValues>;
  readonly own: Map<string, FileValues>;
}

/** Made once for each tree, release and path, and for each client that has its own section. */
export const fileValues = (() => {
  const known = new WeakMap<ConfTree, Map<string, KnownValues>>();
  return (tree: ConfTree, release: CephRelease, identity: string, path: string): FileValues => {
    let byRelease = known.get(tree);
    if (byRelease === undefined) {
      byRelease = new Map();
      known.set(tree, byRelease);
    }
    let ofRelease = byRelease.get(release.label);
    if (ofRelease === undefined) {
      ofRelease = { common: new Map(), own: new Map() };
      byRelease.set(release.label, ofRelease);
    }
    const hasOwn = sectionKeys(tree).of(identity).length > 0;
    const made = hasOwn ? ofRelease.own : ofRelease.common;
    const key = hasOwn ? `${identity}\0${path}` : path;
    let values = made.get(key);
    if (values === undefined) {
      values = readFileValues(tree, release, identity, path);
      made.set(key, values);
    }
    return values;
  };
})();

function readFileValues(tree: ConfTree, release: CephRelease, identity: string, path: string): FileValues {
  const keys = sectionKeys(tree);
  const taken = new Map<string, KeyNode>();
  const lines = new Map<string, KeyNode[]>();
  for (const section of sectionsOf(identity)) {
    for (const node of keys.of(section)) {
      if (cephOption(release, node.key) === undefined) continue;
      const others = lines.get(node.key);
      if (others === undefined) lines.set(node.key, [node]);
      else others.push(node);
      const before = taken.get(node.key);
      const replaces = before === undefined || (before.section === section && tree.era !== 'A');
      if (replaces) taken.set(node.key, node);
    }
  }
  const options = new Map<string, FileOption>();
  const withVariables: string[] = [];
  for (const [option, winner] of taken) {
    const nodes = lines.get(option) ?? [winner];
    if (nodes.length > 1) nodes.sort((a, b) => a.line - b.line);
    const candidates = nodes.map((node) => lineCandidate(release, path, node, winner));
    const one = candidates[nodes.indexOf(winner)];
    if (one === undefined) continue;
    options.set(option, { candidates, taken: one });
    if (one.value?.includes('$') === true && cephOption(release, option)?.type === 'str') withVariables.push(option);
  }
  return { options, withVariables };
}

type Standing = 'taken' | NonNullable<Candidate['superseded']>;

/** A line is the same candidate for every client that reads it: a file may have thousands of lines, and of clients. */
const lineCandidate = (() => {
  const known = new WeakMap<KeyNode, Map<string, Candidate>>();
  return (release: CephRelease, path: string, node: KeyNode, winner: KeyNode): Candidate => {
    const standing: Standing = node === winner ? 'taken' : node.section === winner.section ? 'duplicate' : 'section';
    const key = `${standing} ${release.label} ${path}`;
    const before = known.get(node);
    const same = before?.get(key);
    if (same !== undefined) return same;
    const made = makeCandidate(release, path, node, standing);
    if (before === undefined) known.set(node, new Map([[key, made]]));
    else before.set(key, made);
    return made;
  };
})();

function makeCandidate(release: CephRelease, path: string, node: KeyNode, standing: Standing): Candidate {
  const place: Place = new FilePlace(path, node);
  const candidate = textCandidate(release, node.key, beforeNul(node.value), 'file', place);
  return standing === 'taken' ? candidate : { ...candidate, superseded: standing };
}

/** A line of a file; its spans are made when asked for. */
class FilePlace {
  readonly kind = 'file';

  constructor(
    readonly path: string,
    private readonly node: KeyNode,
  ) {}

  get line(): number {
    return this.node.line;
  }

  get section(): string {
    return this.node.section;
  }

  get keySpan(): { start: number; end: number } {
    return this.node.keySpan;
  }

  get valueSpan(): { start: number; end: number } {
    return this.node.valueSpan;
  }

  get span(): { start: number; end: number } {
    return { start: this.node.keySpan.start, end: this.node.valueSpan.end };
  }
}

/** The value as C sees it. */
function beforeNul(value: string): string {
  const nul = value.indexOf('\0');
  return nul < 0 ? value : value.slice(0, nul);
}

/** A value that some text gives to an option that the release knows. */
export function textCandidate(
  release: CephRelease,
  name: string,
  written: string,
  level: Candidate['level'],
  place: Place,
  expanded = written,
): Candidate {
  const option = cephOption(release, name);
  if (option === undefined) throw new Error(`no option of this release: ${name}`);
  const read = readValue(release, option, expanded);
  return {
    option: name,
    written,
    value: read.ok ? read.printed : null,
    level,
    place,
    refusal: read.ok ? null : { errno: read.errno, message: read.message },
    unknown: false,
  };
}
