/**
 * What most rules ask of a file, answered once for all of them: which option each key is, and how its value is read.
 * Looking up ten thousand keys costs a millisecond; two dozen rules that each do so would be felt at every keystroke.
 */
import { type CephOption, cephOption } from '../../catalog/ceph-options.js';
import { optionTimeline } from '../../catalog/ceph-timeline.js';
import type { CephRelease } from '../../catalog/releases.js';
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext } from '../rule.js';
import { type Reading, readingOf } from './reading.js';
import { isCephSection } from './sections.js';

export interface KnownKey {
  readonly node: KeyNode;
  readonly option: CephOption;
}

export interface RefusedKey extends KnownKey {
  readonly reading: Exclude<Reading, 'fine'>;
}

export interface UnknownKey {
  readonly node: KeyNode;
  /** Some other release has an option of this name. */
  readonly elsewhere: boolean;
}

/** One line for each option of each section, and those that another line takes the place of. */
export interface SectionKeys {
  /** By section, then by key. */
  readonly winners: ReadonlyMap<string, ReadonlyMap<string, KeyNode>>;
  readonly losers: readonly KeyNode[];
}

/**
 * The keys of Ceph's own sections, in order. Lines that are lost for want of a line end are among them: that is mended
 * with one stroke, and what else is wrong with them should not come to light only then.
 */
export interface ConfIndex {
  readonly known: readonly KnownKey[];
  /** Those of `known` whose value this release refuses. */
  readonly refused: readonly RefusedKey[];
  readonly unknown: readonly UnknownKey[];
}

export const confIndex = (() => {
  const byTree = new WeakMap<ConfTree, { readonly release: CephRelease; readonly index: ConfIndex }>();
  const readings = createReadings();
  return (context: ConfRuleContext): ConfIndex => {
    const release = context.releases.librbd;
    const kept = byTree.get(context.tree);
    if (kept?.release === release) return kept.index;
    const index = makeIndex(context.tree, release, readings);
    byTree.set(context.tree, { release, index });
    return index;
  };
})();

type Read = (release: CephRelease, option: CephOption, written: string) => Reading;

function makeIndex(tree: ConfTree, release: CephRelease, read: Read): ConfIndex {
  const known: KnownKey[] = [];
  const refused: RefusedKey[] = [];
  const unknown: UnknownKey[] = [];
  let section: string | null = null;
  let ofCeph = false;
  for (const node of tree.nodes) {
    if (node.kind !== 'key' || (node.lost && node.span.end < tree.text.length)) continue;
    if (node.section !== section) {
      section = node.section;
      ofCeph = isCephSection(section);
    }
    if (!ofCeph) continue;
    const option = cephOption(release, node.key);
    if (option === undefined) {
      unknown.push({ node, elsewhere: optionTimeline(node.key) !== undefined });
      continue;
    }
    const key = { node, option };
    known.push(key);
    const reading = read(release, option, node.value);
    if (reading !== 'fine') refused.push({ ...key, reading });
  }
  return { known, refused, unknown };
}

/** All sections, whoever reads them. Lost lines do not count. */
export const sectionKeys = (() => {
  const byTree = new WeakMap<ConfTree, SectionKeys>();
  return (tree: ConfTree): SectionKeys => {
    const kept = byTree.get(tree);
    if (kept !== undefined) return kept;
    const made = new LazySectionKeys(tree);
    byTree.set(tree, made);
    return made;
  };
})();

/** Most files set each option once a section: who wins is then asked for a line or two, if at all. */
class LazySectionKeys implements SectionKeys {
  private listed: SectionKeys | undefined;

  constructor(private readonly tree: ConfTree) {}

  get winners(): SectionKeys['winners'] {
    return this.list().winners;
  }

  get losers(): SectionKeys['losers'] {
    return mayComeTwice(this.tree) ? this.list().losers : [];
  }

  private list(): SectionKeys {
    this.listed ??= listSectionKeys(this.tree);
    return this.listed;
  }
}

/** False only where no section sets an option twice. */
function mayComeTwice(tree: ConfTree): boolean {
  const sections = new Set<string>();
  const keys = new Set<string>();
  let section: string | null = null;
  for (const node of tree.nodes) {
    if (node.kind !== 'key' || node.lost) continue;
    if (node.section !== section) {
      section = node.section;
      if (sections.has(section)) return true;
      sections.add(section);
      keys.clear();
    }
    if (keys.has(node.key)) return true;
    keys.add(node.key);
  }
  return false;
}

function listSectionKeys(tree: ConfTree): SectionKeys {
  const firstWins = tree.era === 'A';
  const sections = new Map<string, Map<string, KeyNode>>();
  const losers: KeyNode[] = [];
  for (const node of tree.nodes) {
    if (node.kind !== 'key' || node.lost) continue;
    let winners = sections.get(node.section);
    if (winners === undefined) {
      winners = new Map();
      sections.set(node.section, winners);
    }
    const earlier = winners.get(node.key);
    if (earlier !== undefined) losers.push(firstWins ? node : earlier);
    if (earlier === undefined || !firstWins) winners.set(node.key, node);
  }
  return { winners: sections, losers };
}

/** True where both sections set the same option: if one took the other's name, which line was meant is not for us to say. */
export function sectionsClash(tree: ConfTree, name: string, other: string): boolean {
  const { winners } = sectionKeys(tree);
  const there = winners.get(other);
  return there !== undefined && [...(winners.get(name)?.keys() ?? [])].some((key) => there.has(key));
}

/** Values remembered for one release; more than these come from no file that people write. */
const MOST_READINGS = 20_000;

/** From one keystroke to the next nearly all values are the same: their readings are kept. */
function createReadings(): Read {
  let kept: { readonly release: CephRelease; readonly byOption: Map<CephOption, Map<string, Reading>> } | null = null;
  let count = 0;
  return (release, option, written) => {
    if (option.type === 'str' && option.enum === null && option.name !== 'rbd_default_features') {
      return readingOf(release, option, written);
    }
    if (kept?.release !== release || count > MOST_READINGS) {
      kept = { release, byOption: new Map() };
      count = 0;
    }
    let byText = kept.byOption.get(option);
    if (byText === undefined) {
      byText = new Map();
      kept.byOption.set(option, byText);
    }
    let reading = byText.get(written);
    if (reading === undefined) {
      reading = readingOf(release, option, written);
      byText.set(written, reading);
      count++;
    }
    return reading;
  };
}
