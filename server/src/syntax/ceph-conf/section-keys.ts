/** The keys that count in each section of a file. Lost ones are left out. */
import type { ConfNode, ConfPart, ConfTree, KeyNode } from './tree.js';

export interface SectionKeys {
  /** In the order of the file; none for a section that is not there. */
  of(section: string): readonly KeyNode[];
  /** False only where no section sets a key twice. */
  readonly mayComeTwice: boolean;
}

/** Made once for each tree. */
export const sectionKeys = (() => {
  const known = new WeakMap<ConfTree, SectionKeys>();
  return (tree: ConfTree): SectionKeys => {
    const before = known.get(tree);
    if (before !== undefined) return before;
    const made = new PartedKeys(tree.parts);
    known.set(tree, made);
    return made;
  };
})();

const NONE: readonly KeyNode[] = [];

class PartedKeys implements SectionKeys {
  /** By section, the part that holds its keys; all of them where there are several. */
  private readonly places = new Map<string, ConfPart | ConfPart[]>();
  private readonly known = new Map<string, readonly KeyNode[]>();
  readonly mayComeTwice: boolean;

  constructor(parts: readonly ConfPart[]) {
    let twice = false;
    for (const part of parts) {
      const summary = summaryOf(part.content);
      twice ||= summary.mayComeTwice;
      for (const section of summary.keys.keys()) {
        const before = this.places.get(section);
        twice ||= before !== undefined;
        if (before === undefined) this.places.set(section, part);
        else if (isList(before)) before.push(part);
        else this.places.set(section, [before, part]);
      }
    }
    this.mayComeTwice = twice;
  }

  of(section: string): readonly KeyNode[] {
    let keys = this.known.get(section);
    if (keys === undefined) {
      const places = this.places.get(section);
      // Not remembered: there is no end to the sections that a file does not have.
      if (places === undefined) return NONE;
      keys = (isList(places) ? places : [places]).flatMap((part) => keysIn(part, section));
      this.known.set(section, keys);
    }
    return keys;
  }
}

function isList(places: ConfPart | ConfPart[]): places is ConfPart[] {
  return Array.isArray(places);
}

function keysIn(part: ConfPart, section: string): KeyNode[] {
  const keys: KeyNode[] = [];
  for (const index of summaryOf(part.content).keys.get(section) ?? []) {
    const node = part.node(index);
    if (node?.kind === 'key') keys.push(node);
  }
  return keys;
}

/** What the lines of a part say by themselves, wherever they stand. */
interface Summary {
  /** By section, the indexes of its keys. */
  readonly keys: ReadonlyMap<string, readonly number[]>;
  readonly mayComeTwice: boolean;
}

const summaryOf = (() => {
  const known = new WeakMap<readonly ConfNode[], Summary>();
  return (content: readonly ConfNode[]): Summary => {
    const summary = known.get(content) ?? summarise(content);
    known.set(content, summary);
    return summary;
  };
})();

function summarise(content: readonly ConfNode[]): Summary {
  const keys = new Map<string, number[]>();
  const names = new Set<string>();
  let section: string | null = null;
  let own: number[] = [];
  let mayComeTwice = false;
  for (const [index, node] of content.entries()) {
    if (node.kind !== 'key' || node.lost) continue;
    if (node.section !== section) {
      section = node.section;
      mayComeTwice ||= keys.has(section);
      own = keys.get(section) ?? [];
      keys.set(section, own);
      names.clear();
    }
    mayComeTwice ||= names.has(node.key);
    names.add(node.key);
    own.push(index);
  }
  return { keys, mayComeTwice };
}
