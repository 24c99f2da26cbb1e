/**
 * What most rules ask of a file, answered once for all of them: which option each key is, and how its value is read.
 * Looking up ten thousand keys costs a millisecond; two dozen rules that each do so would be felt at every keystroke. What
 * the lines of a part say is found once: an edit elsewhere leaves it as it is.
 */
import { type CephOption, cephOption } from '../../catalog/ceph-options.js';
import { optionTimeline } from '../../catalog/ceph-timeline.js';
import type { CephRelease } from '../../catalog/releases.js';
import { sectionKeys } from '../../syntax/ceph-conf/section-keys.js';
import type { ConfNode, ConfPart, ConfTree, KeyNode, SectionNode } from '../../syntax/ceph-conf/tree.js';
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

/**
 * Of the keys of Ceph's own sections those that some rule looks at, in order. Lines that are lost for want of a line end are
 * among them: that is mended with one stroke, and what else is wrong with them should not come to light only then.
 */
export interface ConfIndex {
  /** Those with something about them, whether or not their value is read: see {@link isNotable}. */
  readonly notable: readonly KnownKey[];
  /** Those whose value this release refuses. */
  readonly refused: readonly RefusedKey[];
  readonly unknown: readonly UnknownKey[];
}

/** Most lines of most files set an option to a plain value: there is nothing more to be said of them. */
function isNotable(node: KeyNode, option: CephOption): boolean {
  return (
    node.comment !== null ||
    OF_CONNECTIONS.has(node.key) ||
    WITH_UNIT.test(node.value) ||
    (option.type === 'str' && node.value.includes('$'))
  );
}

const OF_CONNECTIONS: ReadonlySet<string> = new Set(['admin_socket', 'mon_host']);
/** A number with one of the letters that stand for powers of 1,024. */
export const WITH_UNIT = /^\d{1,20}[KMGTPE]/;

export const confIndex = (() => {
  const byTree = new WeakMap<ConfTree, { readonly release: CephRelease; readonly index: ConfIndex }>();
  const indexOf = createPartIndexes();
  return (context: ConfRuleContext): ConfIndex => {
    const release = context.releases.librbd;
    const kept = byTree.get(context.tree);
    if (kept?.release === release) return kept.index;
    const index = joined(context.tree, (part) => indexOf(part.content, release));
    byTree.set(context.tree, { release, index });
    return index;
  };
})();

/** What is said of a line, by its index in the part. */
type Indexed<T extends { readonly node: KeyNode }> = Omit<T, 'node'> & { readonly at: number };

interface PartIndex {
  readonly notable: readonly Indexed<KnownKey>[];
  readonly refused: readonly Indexed<RefusedKey>[];
  readonly unknown: readonly Indexed<UnknownKey>[];
}

function joined({ parts, text }: ConfTree, indexOf: (part: ConfPart) => PartIndex): ConfIndex {
  const notable: KnownKey[] = [];
  const refused: RefusedKey[] = [];
  const unknown: UnknownKey[] = [];
  for (const part of parts) {
    const keyAt = (at: number): KeyNode | null => {
      const node = part.node(at);
      return node?.kind !== 'key' || (node.lost && node.span.end < text.length) ? null : node;
    };
    const index = indexOf(part);
    for (const { at, option } of index.notable) {
      const node = keyAt(at);
      if (node !== null) notable.push({ node, option });
    }
    for (const { at, option, reading } of index.refused) {
      const node = keyAt(at);
      if (node !== null) refused.push({ node, option, reading });
    }
    for (const { at, elsewhere } of index.unknown) {
      const node = keyAt(at);
      if (node !== null) unknown.push({ node, elsewhere });
    }
  }
  return { notable, refused, unknown };
}

/** Made once for the lines of a part, wherever they stand. */
function createPartIndexes(): (content: readonly ConfNode[], release: CephRelease) => PartIndex {
  const known = new WeakMap<readonly ConfNode[], { readonly release: CephRelease; readonly index: PartIndex }>();
  const read = createReadings();
  return (content, release) => {
    const kept = known.get(content);
    if (kept?.release === release) return kept.index;
    const index = makeIndex(content, release, read);
    known.set(content, { release, index });
    return index;
  };
}

type Read = (release: CephRelease, option: CephOption, written: string) => Reading;

function makeIndex(content: readonly ConfNode[], release: CephRelease, read: Read): PartIndex {
  const notable: Indexed<KnownKey>[] = [];
  const refused: Indexed<RefusedKey>[] = [];
  const unknown: Indexed<UnknownKey>[] = [];
  let section: string | null = null;
  let ofCeph = false;
  for (const [at, node] of content.entries()) {
    if (node.kind !== 'key') continue;
    if (node.section !== section) {
      section = node.section;
      ofCeph = isCephSection(section);
    }
    if (!ofCeph) continue;
    const option = cephOption(release, node.key);
    if (option === undefined) {
      unknown.push({ at, elsewhere: optionTimeline(node.key) !== undefined });
      continue;
    }
    if (isNotable(node, option)) notable.push({ at, option });
    const reading = read(release, option, node.value);
    if (reading !== 'fine') refused.push({ at, option, reading });
  }
  return { notable, refused, unknown };
}

/** One line for each option of a section, by key: the one that counts. Lost lines do not. */
export const winnersOf = (() => {
  const byTree = new WeakMap<ConfTree, Map<string, ReadonlyMap<string, KeyNode>>>();
  return (tree: ConfTree, section: string): ReadonlyMap<string, KeyNode> => {
    const known = byTree.get(tree) ?? new Map<string, ReadonlyMap<string, KeyNode>>();
    byTree.set(tree, known);
    const winners = known.get(section) ?? listWinners(tree, section);
    known.set(section, winners);
    return winners;
  };
})();

function listWinners(tree: ConfTree, section: string): ReadonlyMap<string, KeyNode> {
  const winners = new Map<string, KeyNode>();
  for (const node of sectionKeys(tree).of(section)) {
    if (tree.era !== 'A' || !winners.has(node.key)) winners.set(node.key, node);
  }
  return winners;
}

/** The lines that another one of their section takes the place of, in the order in which they lose. */
export const repeatedKeys = (() => {
  const byTree = new WeakMap<ConfTree, readonly KeyNode[]>();
  return (tree: ConfTree): readonly KeyNode[] => {
    const kept = byTree.get(tree);
    if (kept !== undefined) return kept;
    const losers = sectionKeys(tree).mayComeTwice ? listLosers(tree) : [];
    byTree.set(tree, losers);
    return losers;
  };
})();

function listLosers(tree: ConfTree): readonly KeyNode[] {
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
  return losers;
}

/** True where both sections set the same option: if one took the other's name, which line was meant is not for us to say. */
export function sectionsClash(tree: ConfTree, name: string, other: string): boolean {
  const there = winnersOf(tree, other);
  return (
    there.size > 0 &&
    sectionKeys(tree)
      .of(name)
      .some(({ key }) => there.has(key))
  );
}

/** The first header of a section; undefined where there is none. */
export function firstSection(tree: ConfTree, name: string): SectionNode | undefined {
  for (const part of tree.parts) {
    const at = part.content.findIndex((node) => node.kind === 'section' && node.name === name);
    const node = at < 0 ? undefined : part.node(at);
    if (node?.kind === 'section') return node;
  }
  return undefined;
}

/** Sections whose name is written unlike any that Ceph reads: with capitals, or with blanks at its ends. */
export function oddSections(tree: ConfTree): readonly SectionNode[] {
  return tree.parts.flatMap((part) =>
    oddIn(part.content).flatMap((at) => {
      const node = part.node(at);
      return node?.kind === 'section' ? [node] : [];
    }),
  );
}

const oddIn = (() => {
  const known = new WeakMap<readonly ConfNode[], readonly number[]>();
  return (content: readonly ConfNode[]): readonly number[] => {
    const odd =
      known.get(content) ?? [...content.keys()].filter((at) => ODD_NAME.test(nameOfSection(content[at]) ?? ''));
    known.set(content, odd);
    return odd;
  };
})();

function nameOfSection(node: ConfNode | undefined): string | null {
  return node?.kind === 'section' ? node.name : null;
}

const ODD_NAME = /^\s|\s$|\p{Lu}/u;

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
